// A fully connected network at initialization: its spec and its inputs.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "initscope/activation.hpp"
#include "initscope/net.hpp"
#include "initscope/schemes.hpp"

namespace initscope {

inline constexpr double k_most_depth = 200;
inline constexpr double k_most_width = 1024;
inline constexpr double k_most_batch = 1024;
inline constexpr double k_most_repeats = 1000;

/// Most pre-activations kept for the backward pass: depth * width * batch, the batch rounded up to
/// a multiple of 32. 2^25 floats are 128 MB.
inline constexpr double k_most_activations = 33554432;

/// The network's inputs: entries of mean 0 and variance 1, independent or, as neighbouring pixels
/// are, with correlation `k_pixel_correlation` from one to the next; or the caller's own data.
enum class Input : std::uint8_t { normal, uniform, pixels, data };

inline constexpr double k_pixel_correlation = 0.95;

/// z^l = W^l h^(l-1) + b^l, h^l = phi(z^l), l = 1..depth; h^0 is the input. Or what `net` says.
struct NetworkSpec {
  Net net;                                       ///< empty: that of the widths
  std::size_t input_width = 0, field_width = 0;  ///< units of the input; the field "width"
  std::vector<std::size_t> widths;               ///< n_l of each layer; its size is the depth
  ActivationSpec activation;
  Expression expression;  ///< owns what a typed activation refers to
  SchemeSpec weight;      ///< the fans are set anew for each layer
  SchemeSpec bias;
  std::size_t batch = 0;
  Input input = Input::normal;
  /// Correlation of any two inputs, entry by entry; normal inputs and pixels alone have one.
  double correlation = 0;
  /// [batch][input_width] for Input::data, which copies of the spec share; null for others.
  std::shared_ptr<const std::vector<float>> data;
  /// Networks that are drawn: this one and those of the next replicates, or of the next seeds of
  /// the torch generator.
  std::size_t repeats = 1;
  Generator generator = Generator::initscope;  ///< what draws weights and biases
  std::uint64_t seed = 0;
  std::uint32_t replicate = 0;

  /// What draws a weight, or a bias, that has a scheme of its own or has none.
  const SchemeSpec& weight_scheme(const SchemeSpec* own) const noexcept {
    return own == nullptr ? weight : *own;
  }
  const SchemeSpec& bias_scheme(const SchemeSpec* own) const noexcept {
    return own == nullptr ? bias : *own;
  }

  std::size_t depth() const noexcept { return widths.size(); }
  /// Units of layer l = 0 (the input) .. depth.
  std::size_t width(std::size_t layer) const noexcept {
    return layer == 0 ? input_width : widths[layer - 1];
  }
};

/// Fields "net" (net.hpp), "scheme", "activation", "negative_slope", "omega_0", "expression",
/// "depth", "width", "widths" (those of the layers, repeated to the depth; left out: "width" for
/// all), "input_width", "batch", "input", "correlation", "bias", "generator", "seed", "replicate",
/// "repeats", "quantity" (which the signal's figure shows: "second_moment" or "variance"), and the
/// parameters of both schemes as "scheme.gain", "bias.std"; static memory.
std::span<const Field> network_fields();

/// What is wrong with the spec; `out` is usable only if that is nothing. `data` are the inputs of a
/// spec whose input is "data", [batch][input_width] row-major and finite, any alignment; another
/// count is an issue. They are copied. For any other input, `data` is ignored.
Issues read(const Spec& spec, NetworkSpec& out, std::span<const float> data);
inline Issues read(const Spec& spec, NetworkSpec& out) { return read(spec, out, {}); }

/// Writes input `sample` < batch. `out` holds exactly input_width entries, any alignment: its size
/// is what places the sample, so that another size writes other numbers, and more than
/// `k_most_width` is undefined.
void draw_input(const NetworkSpec& spec, std::size_t sample, std::span<float> out) noexcept;

/// What theory takes of the inputs: their mean square and the correlation of two of them. Data are
/// measured: over all entries, and over neighbouring samples as a propagation does.
struct InputMoments {
  double second = 1, correlation = 0;
};
InputMoments input_moments(const NetworkSpec& spec) noexcept;

/// The network of one of the repeats, counted from 0.
NetworkSpec repeated(const NetworkSpec& spec, std::size_t repeat);

}  // namespace initscope
