// Shapes of weight tensors and their fans.
#pragma once

#include <cstdint>
#include <vector>

namespace initscope {

/// Extents of a tensor in PyTorch's order, [out, in, kernel...], row-major.
using Shape = std::vector<std::int64_t>;

/// Largest extent of a shape.
inline constexpr double k_most_extent = 1e6;

/// Connections into and out of one unit. Whole numbers, kept as double for the formulas.
struct Fans {
  double in = 1;
  double out = 1;
  double receptive_field = 1;  ///< product of the kernel's extents

  /// The tensor as a matrix of one row for each output.
  double rows() const noexcept { return out / receptive_field; }
  double columns() const noexcept { return in; }
  double elements() const noexcept { return rows() * columns(); }
};

/// fan_in = shape[1] * R and fan_out = shape[0] * R, R the product of the further extents, as in
/// torch.nn.init._calculate_fan_in_and_fan_out. `shape` has at least two extents. For grouped and
/// transposed convolutions this is torch's number, not the true count of connections.
Fans fans(const Shape& shape) noexcept;

/// Number of elements.
std::int64_t element_count(const Shape& shape) noexcept;

}  // namespace initscope
