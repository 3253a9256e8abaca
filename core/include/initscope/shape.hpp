// Shapes of weight tensors, and what initializers read off them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace initscope {

/// Extents of a tensor, row-major.
using Shape = std::vector<std::int64_t>;

/// Largest extent of a shape.
inline constexpr double k_most_extent = 1e6;

/// Order of a weight's extents: PyTorch's [out, in, kernel...] or Keras's and JAX's
/// [kernel..., in, out].
enum class Layout : std::uint8_t { torch, keras };

/// Where in a network a weight stands; `alone` where there is no network.
enum class Position : std::uint8_t { alone, first, hidden };

/// What initializers read off a weight's shape. Whole numbers; those of formulas are kept as
/// double.
struct Extents {
  double inputs = 1;           ///< extent of the axis of inputs
  double outputs = 1;          ///< extent of the axis of outputs
  double receptive_field = 1;  ///< product of the kernel's extents
  int rank = 2;                ///< number of extents
  Layout layout = Layout::torch;
  std::size_t center = 0;        ///< the kernel's middle tap, right of the middle where it is even
  std::size_t lower_center = 0;  ///< the middle tap, left of the middle where it is even

  /// The tensor as a matrix, row-major: [out][in kernel] in PyTorch's layout, [kernel in][out] in
  /// Keras's.
  double rows() const noexcept {
    return layout == Layout::torch ? outputs : inputs * receptive_field;
  }
  double columns() const noexcept {
    return layout == Layout::torch ? inputs * receptive_field : outputs;
  }
  double elements() const noexcept { return inputs * outputs * receptive_field; }

  /// Index of the weight from input to output at one tap of the kernel.
  std::size_t index(std::size_t output, std::size_t input, std::size_t tap) const noexcept {
    const auto n = static_cast<std::size_t>(inputs), m = static_cast<std::size_t>(outputs),
               taps = static_cast<std::size_t>(receptive_field);
    return layout == Layout::torch ? (output * n + input) * taps + tap
                                   : (tap * n + input) * m + output;
  }
};

/// Connections of one weight, its extents, and where it stands.
struct Fans : Extents {
  double in = 1;   ///< connections into one unit, fan_in
  double out = 1;  ///< connections out of one unit, fan_out
  Position position = Position::alone;
  std::uint16_t branches = 0;       ///< residual branches of the whole network
  std::uint16_t branch_length = 0;  ///< weights in this one's own branch; 0: on the trunk
  bool ends_branch = false;         ///< whether it is its branch's last
  bool bias = false;                ///< whether the tensor is the bias of a weight of these fans
};

/// Fans of any shape; a number without extents has both fans 1. PyTorch: fan_in = shape[1] * R and
/// fan_out = shape[0] * R, R the product of the further extents, as
/// torch.nn.init._calculate_fan_in_and_fan_out; Keras: the last two extents times the product of
/// those before (keras.initializers.compute_fans). A vector of n has both fans n. For grouped and
/// transposed convolutions these are the libraries' numbers, not the true counts of connections.
Fans fans(const Shape& shape, Layout layout = Layout::torch) noexcept;

/// Axes of a shape that count as inputs, as outputs, and as neither, from -rank to rank - 1. Inputs
/// or outputs that are left out are those of the layout; an empty list is none at all, a product
/// of 1.
struct Axes {
  std::optional<std::vector<int>> in, out;
  std::vector<int> batch;
};

/// Fans by axes, as jax.nn.initializers.variance_scaling has them: inputs and outputs times the
/// product of the axes that are neither inputs, outputs nor batch. The axes are within the rank. A
/// vector, which JAX refuses without both lists, has none of those that are left out.
Fans fans(const Shape& shape, Layout layout, const Axes& axes) noexcept;

/// Fans of the weight of a fully connected layer.
Fans dense_fans(std::size_t inputs, std::size_t outputs) noexcept;

/// Fans of the bias beside a weight of these fans.
Fans bias_fans(Fans weight) noexcept;

/// Number of elements.
std::int64_t element_count(const Shape& shape) noexcept;

}  // namespace initscope
