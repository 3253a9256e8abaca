// torch.nn's attention and Transformers: reset_parameters of each module, in the order in which
// PyTorch 2.14 draws.
#include "libraries/parts.hpp"

namespace initscope::layer_tables {
namespace {

Field following(const char* id, const char* other, double fallback) {
  Field field = size(id, fallback);
  field.follows = other;
  return field;
}

/// out_proj, a Linear, is drawn first, and its bias set to 0 afterwards.
std::vector<LayerParameter> attention_of(std::int64_t width, std::int64_t key_width,
                                         std::int64_t value_width, bool bias, bool bias_kv) {
  Parameters all;
  add_linear(all, "out_proj.", {width, width}, bias, width);
  const std::size_t last = bias ? 2 : 1;
  auto listed = [&] {
    if (key_width == width && value_width == width) {
      // Three matrices in one: an input reaches `width` units of each.
      const auto extent = static_cast<double>(width);
      all.add("in_proj_weight", {3 * width, width}, "xavier_uniform").connections = {extent,
                                                                                     extent};
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

/// Copies of a layer that was drawn once, which begin alike; matrices are drawn again where
/// `again`.
void add_copies(Parameters& all, const std::vector<LayerParameter>& layer, std::int64_t copies,
                const std::string& prefix, bool again) {
  for (std::int64_t copy = 0; copy < copies; ++copy)
    for (const LayerParameter& parameter : layer) {
      const std::string name = prefix + std::to_string(copy) + "." + parameter.name;
      if (again && parameter.shape.size() > 1)
        all.add(name, parameter.shape, "xavier_uniform").connections = parameter.connections;
      else
        all.repeat(parameter, name);
    }
}

/// The norm behind the layers, if it is wished for, is the caller's: made before the copies.
template <bool kDecoder>
std::vector<LayerParameter> transformer_stack(const Spec& a) {
  Parameters all;
  const auto layer = all.draw_apart(transformer_layer<kDecoder>(a));
  add_copies(all, layer, whole(a, "num_layers"), "layers.", false);
  if (is_set(a, "norm")) add_norm(all, "norm.", {whole(a, "d_model")}, is_set(a, "bias"));
  return all.list();
}

/// One layer of each kind is drawn and copied; then all matrices are drawn again, by Xavier. Biases
/// stay those of the first drawing.
std::vector<LayerParameter> transformer(const Spec& a) {
  const Shape width{whole(a, "d_model")};
  const bool bias = is_set(a, "bias");
  Parameters all;
  const auto encoder = all.draw_apart(transformer_layer<false>(a));
  const auto decoder = all.draw_apart(transformer_layer<true>(a));
  add_copies(all, encoder, whole(a, "num_encoder_layers"), "encoder.layers.", true);
  add_norm(all, "encoder.norm.", width, bias);
  add_copies(all, decoder, whole(a, "num_decoder_layers"), "decoder.layers.", true);
  add_norm(all, "decoder.norm.", width, bias);
  return all.list();
}

}  // namespace

void add_torch_attention(std::vector<LibraryLayer>& all) {
  all.push_back({"MultiheadAttention",
                 "torch",
                 {size("embed_dim", 16), size("num_heads", 4), flag_field("bias", true),
                  flag_field("add_bias_kv", false), following("kdim", "embed_dim", 16),
                  following("vdim", "embed_dim", 16)},
                 attention,
                 [](const Spec& a, SpecReader& reader) {
                   check_divisible(a, "embed_dim", "num_heads", reader);
                 },
                 "dropout add_zero_attn batch_first"});
  constexpr const char* k_inert = "dropout activation layer_norm_eps batch_first norm_first";
  const Field inner = size("dim_feedforward", 2048), bias = flag_field("bias", true);
  const std::vector<Field> fields{size("d_model", 16), size("nhead", 4), inner, bias};
  const auto check = [](const Spec& a, SpecReader& reader) {
    check_divisible(a, "d_model", "nhead", reader);
  };
  all.push_back(
      {"TransformerEncoderLayer", "torch", fields, transformer_layer<false>, check, k_inert});
  all.push_back(
      {"TransformerDecoderLayer", "torch", fields, transformer_layer<true>, check, k_inert});
  // A stack's arguments are its layer's, and its own.
  const auto layers = [](const char* id) { return integer_field(id, 6, {1, 64}); };
  std::vector<Field> stack = fields;
  stack.push_back(layers("num_layers"));
  stack.push_back(flag_field("norm", false));
  all.push_back({"TransformerEncoder", "torch", stack, transformer_stack<false>, check,
                 std::string(k_inert) + " enable_nested_tensor mask_check"});
  all.push_back({"TransformerDecoder", "torch", stack, transformer_stack<true>, check, k_inert});
  all.push_back({"Transformer",
                 "torch",
                 {size("d_model", 512), size("nhead", 8), layers("num_encoder_layers"),
                  layers("num_decoder_layers"), inner, bias},
                 transformer,
                 check,
                 k_inert});
}

}  // namespace initscope::layer_tables
