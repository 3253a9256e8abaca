// torch.nn's layers: reset_parameters of each module, in the order in which PyTorch 2.14 draws.
#include "layers/parts.hpp"

namespace initscope::layer_tables {
namespace {

const double k_sqrt5 = std::sqrt(5.0);

/// 1 / sqrt(fan_in) of a weight; 0 where it has none.
double default_bound(const Shape& weight) {
  const double in = fans(weight).in;
  return in > 0 ? 1 / std::sqrt(in) : 0;
}

/// Weight by kaiming_uniform(a = sqrt(5)), then bias: Linear and the convolutions.
void add_linear(Parameters& all, const std::string& prefix, const Shape& weight, bool bias,
                std::int64_t outputs, Connections connections = {}) {
  all.add(prefix + "weight", weight, "kaiming_uniform", {{"a", k_sqrt5}}).connections = connections;
  if (bias) all.add_uniform(prefix + "bias", {outputs}, default_bound(weight));
}

std::vector<LayerParameter> linear(const Spec& a) {
  Parameters all;
  const std::int64_t out = whole(a, "out_features");
  add_linear(all, "", {out, whole(a, "in_features")}, is_set(a, "bias"), out);
  return all.list();
}

template <std::size_t kDimensions, bool kTransposed>
std::vector<LayerParameter> convolution(const Spec& a) {
  const std::int64_t in = whole(a, "in_channels"), out = whole(a, "out_channels"),
                     groups = whole(a, "groups");
  Shape weight = kTransposed ? Shape{in, out / groups} : Shape{out, in / groups};
  const Shape kernel = kernel_of(a, kDimensions);
  weight.insert(weight.end(), kernel.begin(), kernel.end());
  Parameters all;
  add_linear(all, "", weight, is_set(a, "bias"), out,
             connections_of(kernel, in, out, groups, kTransposed));
  return all.list();
}

void check_groups(const Spec& a, SpecReader& reader) {
  check_divisible(a, "in_channels", "groups", reader);
  check_divisible(a, "out_channels", "groups", reader);
}

std::vector<LayerParameter> bilinear(const Spec& a) {
  const double bound = 1 / std::sqrt(a.number("in1_features"));
  Parameters all;
  all.add_uniform("weight",
                  {whole(a, "out_features"), whole(a, "in1_features"), whole(a, "in2_features")},
                  bound);
  if (is_set(a, "bias")) all.add_uniform("bias", {whole(a, "out_features")}, bound);
  return all.list();
}

std::vector<LayerParameter> embedding(const Spec& a) {
  Parameters all;
  const std::int64_t rows = whole(a, "num_embeddings"), columns = whole(a, "embedding_dim");
  LayerParameter& weight = all.add("weight", {rows, columns}, "normal");
  // Left out, the index is that behind the last row.
  const std::int64_t index = whole(a, "padding_idx"), row = index < 0 ? index + rows : index;
  if (row < rows)
    weight.overwrite = {static_cast<std::size_t>(row * columns), static_cast<std::size_t>(columns),
                        0};
  return all.list();
}

void check_embedding(const Spec& a, SpecReader& reader) {
  const double rows = a.number("num_embeddings"), index = a.number("padding_idx");
  if (index < -rows || index > rows)
    reader.note("padding_idx", Reason::out_of_range, to_text(-rows) + ".." + to_text(rows - 1));
}

/// A recurrent layer's tensors, all U(+-1 / sqrt(hidden_size)).
template <std::int64_t kGates>
std::vector<LayerParameter> recurrent(const Spec& a) {
  const std::int64_t hidden = whole(a, "hidden_size"), layers = whole(a, "num_layers");
  const std::int64_t projected = kGates == 4 ? whole(a, "proj_size") : 0;
  const std::int64_t state = projected > 0 ? projected : hidden;
  const int directions = is_set(a, "bidirectional") ? 2 : 1;
  const double bound = 1 / std::sqrt(static_cast<double>(hidden));
  Parameters all;
  for (std::int64_t layer = 0; layer < layers; ++layer)
    for (int direction = 0; direction < directions; ++direction) {
      const std::string suffix = "_l" + std::to_string(layer) + (direction == 1 ? "_reverse" : "");
      const std::int64_t inputs = layer == 0 ? whole(a, "input_size") : state * directions;
      all.add_uniform("weight_ih" + suffix, {kGates * hidden, inputs}, bound);
      all.add_uniform("weight_hh" + suffix, {kGates * hidden, state}, bound);
      if (is_set(a, "bias")) {
        all.add_uniform("bias_ih" + suffix, {kGates * hidden}, bound);
        all.add_uniform("bias_hh" + suffix, {kGates * hidden}, bound);
      }
      if (projected > 0) all.add_uniform("weight_hr" + suffix, {projected, hidden}, bound);
    }
  return all.list();
}

void check_projection(const Spec& a, SpecReader& reader) {
  if (a.number("proj_size") >= a.number("hidden_size"))
    reader.note("proj_size", Reason::not_below,
                "hidden_size = " + to_text(a.number("hidden_size")));
}

template <std::int64_t kGates>
std::vector<LayerParameter> recurrent_cell(const Spec& a) {
  const std::int64_t hidden = whole(a, "hidden_size");
  const double bound = 1 / std::sqrt(static_cast<double>(hidden));
  Parameters all;
  all.add_uniform("weight_ih", {kGates * hidden, whole(a, "input_size")}, bound);
  all.add_uniform("weight_hh", {kGates * hidden, hidden}, bound);
  if (is_set(a, "bias")) {
    all.add_uniform("bias_ih", {kGates * hidden}, bound);
    all.add_uniform("bias_hh", {kGates * hidden}, bound);
  }
  return all.list();
}

/// out_proj, a Linear, is drawn first, and its bias set to 0 afterwards.
std::vector<LayerParameter> attention_of(std::int64_t width, std::int64_t key_width,
                                         std::int64_t value_width, bool bias, bool bias_kv) {
  Parameters all;
  add_linear(all, "out_proj.", {width, width}, bias, width);
  const std::size_t last = bias ? 2 : 1;
  auto listed = [&] {
    if (key_width == width && value_width == width) {
      all.add("in_proj_weight", {3 * width, width}, "xavier_uniform");
    } else {
      all.add("q_proj_weight", {width, width}, "xavier_uniform");
      all.add("k_proj_weight", {width, key_width}, "xavier_uniform");
      all.add("v_proj_weight", {width, value_width}, "xavier_uniform");
    }
    if (bias) all.add("in_proj_bias", {3 * width}, "zeros");
    if (bias_kv) {
      all.add("bias_k", {1, 1, width}, "xavier_normal");
      all.add("bias_v", {1, 1, width}, "xavier_normal");
    }
    return all.list(last);
  }();
  for (LayerParameter& parameter : listed)
    if (parameter.name == "out_proj.bias")
      parameter.overwrite = {0, static_cast<std::size_t>(width), 0};
  return listed;
}

std::vector<LayerParameter> attention(const Spec& a) {
  return attention_of(whole(a, "embed_dim"), whole(a, "kdim"), whole(a, "vdim"), is_set(a, "bias"),
                      is_set(a, "add_bias_kv"));
}

void add_norm(Parameters& all, const std::string& prefix, const Shape& shape, bool bias) {
  all.add(prefix + "weight", shape, "ones");
  if (bias) all.add(prefix + "bias", shape, "zeros");
}

template <bool kDecoder>
std::vector<LayerParameter> transformer_layer(const Spec& a) {
  const std::int64_t width = whole(a, "d_model"), inner = whole(a, "dim_feedforward");
  const bool bias = is_set(a, "bias");
  Parameters all;
  all.append(attention_of(width, width, width, bias, false), "self_attn.");
  if (kDecoder) all.append(attention_of(width, width, width, bias, false), "multihead_attn.");
  add_linear(all, "linear1.", {inner, width}, bias, inner);
  add_linear(all, "linear2.", {width, inner}, bias, width);
  add_norm(all, "norm1.", {width}, bias);
  add_norm(all, "norm2.", {width}, bias);
  if (kDecoder) add_norm(all, "norm3.", {width}, bias);
  return all.list();
}

template <bool kBias>
std::vector<LayerParameter> norm(const Spec& a, const Shape& shape, const char* affine) {
  Parameters all;
  if (is_set(a, affine)) add_norm(all, "", shape, kBias);
  return all.list();
}

std::vector<LayerParameter> feature_norm(const Spec& a) {
  return norm<true>(a, {whole(a, "num_features")}, "affine");
}

Shape normalized_shape(const Spec& a) {
  Shape shape;
  for (const double extent : *std::get_if<std::vector<double>>(a.find("normalized_shape")))
    shape.push_back(static_cast<std::int64_t>(extent));
  return shape;
}

Field following(const char* id, const char* other, double fallback) {
  Field field = size(id, fallback);
  field.follows = other;
  return field;
}

void add_convolutions(std::vector<LayerInfo>& all) {
  using Make = std::vector<LayerParameter> (*)(const Spec&);
  const auto add = [&all](const char* id, int dimensions, Make make) {
    all.push_back({id,
                   "torch",
                   {size("in_channels", 3), size("out_channels", 64),
                    extents("kernel_size", 3, dimensions), size("groups", 1), flag("bias", true)},
                   make,
                   check_groups});
  };
  add("Conv1d", 1, convolution<1, false>);
  add("Conv2d", 2, convolution<2, false>);
  add("Conv3d", 3, convolution<3, false>);
  add("ConvTranspose1d", 1, convolution<1, true>);
  add("ConvTranspose2d", 2, convolution<2, true>);
  add("ConvTranspose3d", 3, convolution<3, true>);
}

void add_recurrent(std::vector<LayerInfo>& all) {
  const std::vector<Field> fields{size("input_size", 8), size("hidden_size", 16),
                                  Field{"num_layers", Kind::integer, 1.0, 1, 64},
                                  flag("bias", true), flag("bidirectional", false)};
  std::vector<Field> with_projection = fields;
  with_projection.push_back({"proj_size", Kind::integer, 0.0, 0, k_most_units});
  all.push_back({"RNN", "torch", fields, recurrent<1>});
  all.push_back({"LSTM", "torch", with_projection, recurrent<4>, check_projection});
  all.push_back({"GRU", "torch", fields, recurrent<3>});
  const std::vector<Field> cell{size("input_size", 8), size("hidden_size", 16), flag("bias", true)};
  all.push_back({"RNNCell", "torch", cell, recurrent_cell<1>});
  all.push_back({"LSTMCell", "torch", cell, recurrent_cell<4>});
  all.push_back({"GRUCell", "torch", cell, recurrent_cell<3>});
}

void add_attention(std::vector<LayerInfo>& all) {
  all.push_back(
      {"MultiheadAttention",
       "torch",
       {size("embed_dim", 16), size("num_heads", 4), flag("bias", true), flag("add_bias_kv", false),
        following("kdim", "embed_dim", 16), following("vdim", "embed_dim", 16)},
       attention,
       [](const Spec& a, SpecReader& reader) {
         check_divisible(a, "embed_dim", "num_heads", reader);
       }});
  const std::vector<Field> fields{size("d_model", 16), size("nhead", 4),
                                  size("dim_feedforward", 2048), flag("bias", true)};
  const auto check = [](const Spec& a, SpecReader& reader) {
    check_divisible(a, "d_model", "nhead", reader);
  };
  all.push_back({"TransformerEncoderLayer", "torch", fields, transformer_layer<false>, check});
  all.push_back({"TransformerDecoderLayer", "torch", fields, transformer_layer<true>, check});
}

void add_norms(std::vector<LayerInfo>& all) {
  for (const char* id : {"BatchNorm1d", "BatchNorm2d", "BatchNorm3d"})
    all.push_back({id, "torch", {size("num_features", 64), flag("affine", true)}, feature_norm});
  for (const char* id : {"InstanceNorm1d", "InstanceNorm2d", "InstanceNorm3d"})
    all.push_back({id, "torch", {size("num_features", 64), flag("affine", false)}, feature_norm});
  all.push_back({"GroupNorm",
                 "torch",
                 {size("num_groups", 8), size("num_channels", 64), flag("affine", true)},
                 [](const Spec& a) { return norm<true>(a, {whole(a, "num_channels")}, "affine"); },
                 [](const Spec& a, SpecReader& reader) {
                   check_divisible(a, "num_channels", "num_groups", reader);
                 }});
  Field shape{"normalized_shape", Kind::shape, std::vector<double>{64}, 1, k_most_units};
  all.push_back(
      {"LayerNorm", "torch", {shape, flag("elementwise_affine", true)}, [](const Spec& a) {
         return norm<true>(a, normalized_shape(a), "elementwise_affine");
       }});
  all.push_back({"RMSNorm", "torch", {shape, flag("elementwise_affine", true)}, [](const Spec& a) {
                   return norm<false>(a, normalized_shape(a), "elementwise_affine");
                 }});
  all.push_back({"PReLU",
                 "torch",
                 {size("num_parameters", 1), {"init", Kind::number, 0.25, -1e6, 1e6}},
                 [](const Spec& a) {
                   Parameters parameters;
                   parameters.add("weight", {whole(a, "num_parameters")}, "constant",
                                  {{"val", a.number("init")}});
                   return parameters.list();
                 }});
}

}  // namespace

void add_torch_layers(std::vector<LayerInfo>& all) {
  all.push_back({"Linear",
                 "torch",
                 {size("in_features", 784), size("out_features", 256), flag("bias", true)},
                 linear});
  add_convolutions(all);
  all.push_back({"Bilinear",
                 "torch",
                 {size("in1_features", 5), size("in2_features", 4), size("out_features", 3),
                  flag("bias", true)},
                 bilinear});
  Field padding{"padding_idx", Kind::integer, 10.0, -k_most_units, k_most_units};
  padding.follows = "num_embeddings";
  for (const char* id : {"Embedding", "EmbeddingBag"})
    all.push_back({id,
                   "torch",
                   {size("num_embeddings", 10), size("embedding_dim", 8), padding},
                   embedding,
                   check_embedding});
  add_recurrent(all);
  add_attention(all);
  add_norms(all);
  for (const char* id : {"Identity", "ReLU", "LeakyReLU", "Tanh", "Sigmoid", "ELU", "SELU", "GELU",
                         "SiLU", "Softplus", "Softmax", "Dropout", "Flatten"})
    all.push_back({id, "torch"});
}

}  // namespace initscope::layer_tables
