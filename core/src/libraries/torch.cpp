// torch.nn's layers that work by weights: reset_parameters of each module, in the order in which
// PyTorch 2.14 draws.
#include "libraries/parts.hpp"
#include "schemes/torch_default.hpp"

namespace initscope::layer_tables {
void add_linear(Parameters& all, const std::string& prefix, const Shape& weight, bool bias,
                std::int64_t outputs, Connections connections) {
  all.add(prefix + "weight", weight, "kaiming_uniform", {{"a", k_torch_default_slope}})
      .connections = connections;
  if (bias) all.add_uniform(prefix + "bias", {outputs}, torch_default_bound(fans(weight)));
}

namespace {

std::vector<LayerParameter> linear(const Spec& a) {
  Parameters all;
  const std::int64_t out = whole(a, "out_features");
  add_linear(all, "", {out, whole(a, "in_features")}, is_set(a, "bias"), out);
  return all.list();
}

template <bool kTransposed>
std::vector<LayerParameter> convolution(const Spec& a) {
  const std::int64_t in = whole(a, "in_channels"), out = whole(a, "out_channels"),
                     groups = whole(a, "groups");
  Shape weight = kTransposed ? Shape{in, out / groups} : Shape{out, in / groups};
  const Shape kernel = kernel_of(a);
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

/// A layer that learns its inputs from its first call: here they must be given. It is drawn at that
/// call, after all other layers.
void add_lazy(std::vector<LibraryLayer>& all, const char* id, const char* of, const char* inputs) {
  LibraryLayer lazy = layer_of(all, "torch", of);
  lazy.id = id;
  lazy.lazy = true;
  for (Field& field : lazy.fields)
    if (std::string_view(field.id) == inputs) field.required = true;
  all.push_back(std::move(lazy));
}

void add_convolutions(std::vector<LibraryLayer>& all) {
  using Make = std::vector<LayerParameter> (*)(const Spec&);
  const auto add = [&all](const char* id, int dimensions, Make make, const char* inert) {
    all.push_back(
        {id,
         "torch",
         {size("in_channels", 3), size("out_channels", 64), extents("kernel_size", 3, dimensions),
          size("groups", 1), flag_field("bias", true)},
         make,
         check_groups,
         inert});
  };
  constexpr const char* k_inert = "stride padding dilation padding_mode";
  constexpr const char* k_transposed = "stride padding output_padding dilation padding_mode";
  add("Conv1d", 1, convolution<false>, k_inert);
  add("Conv2d", 2, convolution<false>, k_inert);
  add("Conv3d", 3, convolution<false>, k_inert);
  add("ConvTranspose1d", 1, convolution<true>, k_transposed);
  add("ConvTranspose2d", 2, convolution<true>, k_transposed);
  add("ConvTranspose3d", 3, convolution<true>, k_transposed);
  add_lazy(all, "LazyConv1d", "Conv1d", "in_channels");
  add_lazy(all, "LazyConv2d", "Conv2d", "in_channels");
  add_lazy(all, "LazyConv3d", "Conv3d", "in_channels");
  add_lazy(all, "LazyConvTranspose1d", "ConvTranspose1d", "in_channels");
  add_lazy(all, "LazyConvTranspose2d", "ConvTranspose2d", "in_channels");
  add_lazy(all, "LazyConvTranspose3d", "ConvTranspose3d", "in_channels");
}

/// Cutoffs rise and end below the number of classes.
void check_cutoffs(const Spec& a, SpecReader& reader) {
  double below = 0;
  for (const double cutoff : list_of(a, "cutoffs")) {
    if (cutoff <= below || cutoff >= a.number("n_classes"))
      return reader.note("cutoffs", Reason::out_of_range,
                         "1.." + to_text(a.number("n_classes") - 1) + ", rising");
    below = cutoff;
  }
}

/// A head for the frequent classes and one output for each cluster of the others, which have two
/// matrices each.
std::vector<LayerParameter> adaptive_softmax(const Spec& a) {
  const std::int64_t in = whole(a, "in_features");
  const auto& cutoffs = list_of(a, "cutoffs");
  const std::size_t clusters = cutoffs.size();
  const std::int64_t head =
      static_cast<std::int64_t>(cutoffs[0]) + static_cast<std::int64_t>(clusters);
  Parameters all;
  add_linear(all, "head.", {head, in}, is_set(a, "head_bias"), head);
  double divisor = 1;
  for (std::size_t i = 0; i < clusters; ++i) {
    divisor *= a.number("div_value");
    const auto inner = static_cast<std::int64_t>(std::floor(static_cast<double>(in) / divisor));
    const double end = i + 1 < clusters ? cutoffs[i + 1] : a.number("n_classes");
    const auto classes = static_cast<std::int64_t>(end - cutoffs[i]);
    const std::string prefix = "tail." + std::to_string(i) + ".";
    add_linear(all, prefix + "0.", {inner, in}, false, inner);
    add_linear(all, prefix + "1.", {classes, inner}, false, classes);
  }
  return all.list();
}

}  // namespace

void add_torch_layers(std::vector<LibraryLayer>& all) {
  all.push_back({"Linear",
                 "torch",
                 {size("in_features", 784), size("out_features", 256), flag_field("bias", true)},
                 linear});
  add_lazy(all, "LazyLinear", "Linear", "in_features");
  add_convolutions(all);
  all.push_back({"Bilinear",
                 "torch",
                 {size("in1_features", 5), size("in2_features", 4), size("out_features", 3),
                  flag_field("bias", true)},
                 bilinear});
  const Field padding =
      following(integer_field("padding_idx", 10, {-k_most_units, k_most_units}), "num_embeddings");
  for (const char* id : {"Embedding", "EmbeddingBag"})
    all.push_back({id,
                   "torch",
                   {size("num_embeddings", 10), size("embedding_dim", 8), padding},
                   embedding,
                   check_embedding,
                   id == std::string_view("Embedding")
                       ? "max_norm norm_type scale_grad_by_freq sparse"
                       : "max_norm norm_type scale_grad_by_freq sparse mode include_last_offset"});
  add_torch_recurrent(all);
  add_torch_attention(all);
  const Field cutoffs = shape_field("cutoffs", {10, 100}, {1, k_most_units});
  all.push_back({"AdaptiveLogSoftmaxWithLoss",
                 "torch",
                 {size("in_features", 64), size("n_classes", 1000), cutoffs,
                  number_field("div_value", 4, {1, 1e6}), flag_field("head_bias", false)},
                 adaptive_softmax,
                 check_cutoffs});
  add_torch_norms(all);
  for (LibraryLayer& layer : all) layer.inert += " device dtype";
  add_torch_plain(all);
}

}  // namespace initscope::layer_tables
