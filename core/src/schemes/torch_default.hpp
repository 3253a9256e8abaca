// The rule by which PyTorch's Linear and convolutions draw where nobody asks for another.
#pragma once

#include <cmath>

#include "initscope/shape.hpp"

namespace initscope {

/// Slope a of kaiming_uniform, by which weights are drawn: sqrt(5). The bound is 1 / sqrt(fan_in).
inline constexpr double k_torch_default_slope = 2.23606797749979;

/// Bound of the uniform law of biases, 1 / sqrt(fan_in) of their weight; 0 where it has none.
inline double torch_default_bound(const Fans& weight) noexcept {
  return weight.in > 0 ? 1 / std::sqrt(weight.in) : 0;
}

}  // namespace initscope
