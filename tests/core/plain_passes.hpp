// A network's passes in double and in plain loops, against which differences can be taken.
#pragma once

#include "initscope/gaussian.hpp"
#include "passes/ops.hpp"

namespace initscope::test {

struct PlainPasses {
  using Real = double;

  static void multiply(const simd::ProductOf<double>& p) {
    for (std::size_t panel = 0; panel < p.panels; ++panel)
      for (std::size_t row = 0; row < p.rows; ++row)
        for (std::size_t column = 0; column < simd::k_panel; ++column) {
          double sum = 0;
          for (std::size_t k = 0; k < p.depth; ++k)
            sum += (p.transposed ? p.a[k * p.stride + row] : p.a[row * p.stride + k]) *
                   p.b[(panel * p.depth + k) * simd::k_panel + column];
          p.c[(panel * p.rows + row) * simd::k_panel + column] =
              sum + (p.bias == nullptr ? 0 : p.bias[row]);
        }
  }
  static void activate(ActivationSpec spec, const double* z, double* h, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) h[i] = evaluate(spec, z[i]).value;
  }
  static void activation_gradient(ActivationSpec spec, const double* z, double* g, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) g[i] *= evaluate(spec, z[i]).slope;
  }
};

}  // namespace initscope::test
