// The functions of simd/math.hpp as one instruction set computes them.
#pragma once

#include <array>
#include <cstddef>

namespace initscope::test {

/// A function by its name in the header, as a loop: out[i] = f(x[i]), n a multiple of 16. A result
/// that the kernel leaves as a sum of two floats is not rounded.
struct FloatProbe {
  const char* name;
  void (*over)(const float* x, double* out, std::size_t n) noexcept;
};

struct FloatProbes {
  const char* name;
  std::array<FloatProbe, 18> functions;
};

}  // namespace initscope::test
