// keras.layers: kernels glorot_uniform, recurrent kernels orthogonal, biases zeros (Keras 3.16).
#include "layers/parts.hpp"

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
template <std::size_t kDimensions, bool kTransposed>
std::vector<LayerParameter> convolution(const Spec& a) {
  const std::int64_t in = whole(a, "channels"), out = whole(a, "filters"),
                     groups = kTransposed ? 1 : whole(a, "groups");
  Parameters all = keras();
  const Shape kernel = kernel_of(a, kDimensions);
  all.add("kernel",
          kTransposed ? with_channels(kernel, out, in) : with_channels(kernel, in / groups, out),
          k_kernel)
      .connections = connections_of(kernel, in, out, groups, kTransposed);
  if (is_set(a, "use_bias")) all.add("bias", {out}, "zeros");
  return all.list();
}

template <std::size_t kDimensions>
std::vector<LayerParameter> depthwise(const Spec& a) {
  const std::int64_t channels = whole(a, "channels"), depth = whole(a, "depth_multiplier");
  Parameters all = keras();
  const Shape kernel = kernel_of(a, kDimensions);
  all.add("kernel", with_channels(kernel, channels, depth), k_kernel).connections =
      connections_of(kernel, channels, channels * depth, channels, false);
  if (is_set(a, "use_bias")) all.add("bias", {channels * depth}, "zeros");
  return all.list();
}

/// LSTM sets the forget gate's bias, the second quarter, to 1; GRU has two biases.
template <std::int64_t kGates>
std::vector<LayerParameter> recurrent(const Spec& a) {
  const std::int64_t units = whole(a, "units");
  Parameters all = keras();
  all.add("kernel", {whole(a, "input_dim"), kGates * units}, k_kernel);
  all.add("recurrent_kernel", {units, kGates * units}, "orthogonal");
  if (!is_set(a, "use_bias")) return all.list();
  LayerParameter& bias =
      all.add("bias", kGates == 3 ? Shape{2, kGates * units} : Shape{kGates * units}, "zeros");
  if (kGates == 4)
    bias.overwrite = {static_cast<std::size_t>(units), static_cast<std::size_t>(units), 1};
  return all.list();
}

/// Kernels [model, heads, head], of which Keras takes the fans as of a convolution.
std::vector<LayerParameter> attention(const Spec& a) {
  const std::int64_t model = whole(a, "dim"), heads = whole(a, "num_heads"),
                     head = whole(a, "key_dim");
  Parameters all = keras();
  for (const char* name : {"query/", "key/", "value/"}) {
    all.add(std::string(name) + "kernel", {model, heads, head}, k_kernel);
    all.add(std::string(name) + "bias", {heads, head}, "zeros");
  }
  all.add("attention_output/kernel", {heads, head, model}, k_kernel);
  all.add("attention_output/bias", {model}, "zeros");
  return all.list();
}

template <bool kBeta>
std::vector<LayerParameter> norm(const Spec& a) {
  Parameters all = keras();
  all.add(kBeta ? "gamma" : "scale", {whole(a, "dim")}, "ones");
  if (kBeta) all.add("beta", {whole(a, "dim")}, "zeros");
  return all.list();
}

}  // namespace

void add_keras_layers(std::vector<LayerInfo>& all) {
  using Make = std::vector<LayerParameter> (*)(const Spec&);
  const Field bias = flag("use_bias", true), channels = size("channels", 3);
  all.push_back({"Dense", "keras", {size("input_dim", 784), size("units", 256), bias}, dense});
  const auto convolve = [&](const char* id, int dimensions, Make make) {
    all.push_back({id,
                   "keras",
                   {channels, size("filters", 64), extents("kernel_size", 3, dimensions),
                    size("groups", 1), bias},
                   make,
                   [](const Spec& a, SpecReader& reader) {
                     check_divisible(a, "channels", "groups", reader);
                     check_divisible(a, "filters", "groups", reader);
                   }});
  };
  convolve("Conv1D", 1, convolution<1, false>);
  convolve("Conv2D", 2, convolution<2, false>);
  convolve("Conv3D", 3, convolution<3, false>);
  const auto transpose = [&](const char* id, int dimensions, Make make) {
    all.push_back({id,
                   "keras",
                   {channels, size("filters", 64), extents("kernel_size", 3, dimensions), bias},
                   make});
  };
  transpose("Conv1DTranspose", 1, convolution<1, true>);
  transpose("Conv2DTranspose", 2, convolution<2, true>);
  transpose("Conv3DTranspose", 3, convolution<3, true>);
  const auto by_depth = [&](const char* id, int dimensions, Make make) {
    all.push_back(
        {id,
         "keras",
         {channels, size("depth_multiplier", 1), extents("kernel_size", 3, dimensions), bias},
         make});
  };
  by_depth("DepthwiseConv1D", 1, depthwise<1>);
  by_depth("DepthwiseConv2D", 2, depthwise<2>);
  all.push_back(
      {"Embedding", "keras", {size("input_dim", 1000), size("output_dim", 64)}, [](const Spec& a) {
         Parameters parameters = keras();
         parameters.add("embeddings", {whole(a, "input_dim"), whole(a, "output_dim")},
                        "random_uniform");
         return parameters.list();
       }});
  const std::vector<Field> fields{size("input_dim", 8), size("units", 16), bias};
  all.push_back({"SimpleRNN", "keras", fields, recurrent<1>});
  all.push_back({"LSTM", "keras", fields, recurrent<4>});
  all.push_back({"GRU", "keras", fields, recurrent<3>});
  all.push_back({"MultiHeadAttention",
                 "keras",
                 {size("dim", 16), size("num_heads", 4), size("key_dim", 4)},
                 attention});
  for (const char* id : {"BatchNormalization", "LayerNormalization", "GroupNormalization"})
    all.push_back({id, "keras", {size("dim", 64)}, norm<true>});
  all.push_back({"RMSNormalization", "keras", {size("dim", 64)}, norm<false>});
  all.push_back({"PReLU", "keras", {size("dim", 64)}, [](const Spec& a) {
                   Parameters parameters = keras();
                   parameters.add("alpha", {whole(a, "dim")}, "zeros");
                   return parameters.list();
                 }});
}

}  // namespace initscope::layer_tables
