// keras.layers: kernels glorot_uniform, recurrent kernels orthogonal, biases zeros (Keras 3.16).
#include "libraries/parts.hpp"

namespace initscope::layer_tables {
namespace {

constexpr const char* k_kernel = "glorot_uniform";

Parameters keras() { return Parameters(Layout::keras); }

std::vector<LayerParameter> dense(const Spec& a) {
  Parameters all = keras();
  all.add("kernel", {whole(a, "input_dim"), whole(a, "units")}, k_kernel);
  if (is_set(a, "use_bias")) all.add("bias", {whole(a, "units")}, "zeros");
  return all.list();
}

Shape with_channels(Shape kernel, std::int64_t in, std::int64_t out) {
  kernel.push_back(in);
  kernel.push_back(out);
  return kernel;
}

/// A transposed convolution's kernel is [kernel..., out, in], and the fans are taken as if it were
/// not.
template <bool kTransposed>
std::vector<LayerParameter> convolution(const Spec& a) {
  const std::int64_t in = whole(a, "channels"), out = whole(a, "filters"),
                     groups = kTransposed ? 1 : whole(a, "groups");
  Parameters all = keras();
  const Shape kernel = kernel_of(a);
  all.add("kernel",
          kTransposed ? with_channels(kernel, out, in) : with_channels(kernel, in / groups, out),
          k_kernel)
      .connections = connections_of(kernel, in, out, groups, kTransposed);
  if (is_set(a, "use_bias")) all.add("bias", {out}, "zeros");
  return all.list();
}

std::vector<LayerParameter> depthwise(const Spec& a) {
  const std::int64_t channels = whole(a, "channels"), depth = whole(a, "depth_multiplier");
  Parameters all = keras();
  const Shape kernel = kernel_of(a);
  all.add("kernel", with_channels(kernel, channels, depth), k_kernel).connections =
      connections_of(kernel, channels, channels * depth, channels, false);
  if (is_set(a, "use_bias")) all.add("bias", {channels * depth}, "zeros");
  return all.list();
}

/// A kernel for each channel, then one that mixes channels.
std::vector<LayerParameter> separable(const Spec& a) {
  const std::int64_t channels = whole(a, "channels"), depth = whole(a, "depth_multiplier"),
                     filters = whole(a, "filters");
  Parameters all = keras();
  const Shape kernel = kernel_of(a);
  all.add("depthwise_kernel", with_channels(kernel, channels, depth), k_kernel).connections =
      connections_of(kernel, channels, channels * depth, channels, false);
  all.add("pointwise_kernel", with_channels(Shape(kernel.size(), 1), channels * depth, filters),
          k_kernel);
  if (is_set(a, "use_bias")) all.add("bias", {filters}, "zeros");
  return all.list();
}

template <bool kTied>
std::vector<LayerParameter> embedding(const Spec& a) {
  const std::int64_t rows = whole(a, "input_dim"), columns = whole(a, "output_dim");
  Parameters all = keras();
  all.add("embeddings", {rows, columns}, "random_uniform");
  if (!kTied && !is_set(a, "tie_weights"))
    all.add("reverse_embeddings", {columns, rows}, "random_uniform");
  return all.list();
}

std::vector<LayerParameter> norm(const Spec& a) {
  Parameters all = keras();
  if (is_set(a, "scale")) all.add("gamma", {whole(a, "dim")}, "ones");
  if (is_set(a, "center")) all.add("beta", {whole(a, "dim")}, "zeros");
  return all.list();
}

/// A dense layer's parameters, and the vector by which its norm is estimated.
std::vector<LayerParameter> spectral(const Spec& a) {
  Parameters all = keras();
  all.append(dense(a), "layer/");
  all.add("vector_u", {1, whole(a, "units")}, "truncated_normal", {{"stddev", 0.02}});
  return all.list();
}

std::string terms(std::initializer_list<const char*> names) {
  std::string all;
  for (const char* name : names) {
    all.append(name).append("_regularizer ");
    all.append(name).append("_constraint ");
  }
  return all;
}

void add_norms(std::vector<LibraryLayer>& all) {
  const std::vector<Field> fields{size("dim", 64), flag_field("center", true),
                                  flag_field("scale", true)};
  const std::string inert = terms({"gamma", "beta"}) + "axis epsilon ";
  all.push_back(
      {"BatchNormalization", "keras", fields, norm, nullptr,
       inert + "momentum moving_mean_initializer moving_variance_initializer synchronized "});
  all.push_back({"LayerNormalization", "keras", fields, norm, nullptr, inert});
  all.push_back({"GroupNormalization", "keras", fields, norm, nullptr, inert + "groups "});
  all.push_back({"RMSNormalization",
                 "keras",
                 {fields[0]},
                 [](const Spec& a) {
                   Parameters parameters = keras();
                   parameters.add("scale", {whole(a, "dim")}, "ones");
                   return parameters.list();
                 },
                 nullptr,
                 "axis epsilon "});
  all.push_back({"PReLU",
                 "keras",
                 {fields[0]},
                 [](const Spec& a) {
                   Parameters parameters = keras();
                   parameters.add("alpha", {whole(a, "dim")}, "zeros");
                   return parameters.list();
                 },
                 nullptr,
                 terms({"alpha"})});
}

void add_convolutions(std::vector<LibraryLayer>& all) {
  using Make = std::vector<LayerParameter> (*)(const Spec&);
  const Field bias = flag_field("use_bias", true), channels = size("channels", 3),
              filters = size("filters", 64), depth = size("depth_multiplier", 1);
  const std::string moves = "strides padding data_format dilation_rate activation ";
  const auto kernel = [](int dimensions) { return extents("kernel_size", 3, dimensions); };
  const auto convolve = [&](const char* id, int dimensions, Make make) {
    all.push_back({id,
                   "keras",
                   {channels, filters, kernel(dimensions), size("groups", 1), bias},
                   make,
                   [](const Spec& a, SpecReader& reader) {
                     check_divisible(a, "channels", "groups", reader);
                     check_divisible(a, "filters", "groups", reader);
                   },
                   moves + terms({"kernel", "bias"})});
  };
  convolve("Conv1D", 1, convolution<false>);
  convolve("Conv2D", 2, convolution<false>);
  convolve("Conv3D", 3, convolution<false>);
  const auto add = [&](const char* id, std::vector<Field> fields, Make make,
                       const std::string& inert) {
    all.push_back({id, "keras", std::move(fields), make, nullptr, moves + inert});
  };
  const std::string plain = "output_padding " + terms({"kernel", "bias"}),
                    by_depth = terms({"depthwise", "bias"}),
                    both = terms({"depthwise", "pointwise", "bias"});
  add("Conv1DTranspose", {channels, filters, kernel(1), bias}, convolution<true>, plain);
  add("Conv2DTranspose", {channels, filters, kernel(2), bias}, convolution<true>, plain);
  add("Conv3DTranspose", {channels, filters, kernel(3), bias}, convolution<true>, plain);
  add("DepthwiseConv1D", {channels, depth, kernel(1), bias}, depthwise, by_depth);
  add("DepthwiseConv2D", {channels, depth, kernel(2), bias}, depthwise, by_depth);
  add("SeparableConv1D", {channels, filters, kernel(1), depth, bias}, separable, both);
  add("SeparableConv2D", {channels, filters, kernel(2), depth, bias}, separable, both);
}

}  // namespace

void add_keras_layers(std::vector<LibraryLayer>& all) {
  const std::size_t before = all.size();
  const std::vector<Field> fields{size("input_dim", 784), size("units", 256),
                                  flag_field("use_bias", true)};
  const std::string inert = "activation " + terms({"kernel", "bias"});
  all.push_back({"Dense", "keras", fields, dense, nullptr, inert});
  all.push_back({"TernaryDense", "keras", fields, dense, nullptr, inert + "threshold "});
  add_convolutions(all);
  const std::vector<Field> table{size("input_dim", 1000), size("output_dim", 64)};
  const std::string masked = "mask_zero " + terms({"embeddings"});
  all.push_back({"Embedding", "keras", table, embedding<true>, nullptr, masked});
  all.push_back({"ReversibleEmbedding",
                 "keras",
                 {table[0], table[1], flag_field("tie_weights", true)},
                 embedding<false>,
                 nullptr,
                 masked + "reverse_dtype logit_soft_cap "});
  add_keras_recurrent(all);
  add_keras_attention(all);
  add_norms(all);
  all.push_back({"SpectralNormalization", "keras", fields, spectral, nullptr, "power_iterations "});
  add_keras_plain(all);
  for (std::size_t i = before; i < all.size(); ++i)
    all[i].inert += " name trainable dtype autocast activity_regularizer";
}

}  // namespace initscope::layer_tables
