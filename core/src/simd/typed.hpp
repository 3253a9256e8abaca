// Expressions over vectors of float32.
#pragma once

#include <limits>

#include "simd/interpreter.hpp"
#include "simd/kernels.hpp"
#include "simd/math.hpp"
#include "simd/primitives.hpp"

namespace initscope::simd {

/// What expressions are made of, with the whole line for a range.
template <class Arch>
struct FloatFunctions {
  using M = Math<Arch>;
  using V = typename M::F;
  static constexpr std::size_t k_row = k_panel / V::size;

  static V number(double value) noexcept { return V(static_cast<float>(value)); }
  template <class Mask>
  static V select(const Mask& mask, V a, V b) noexcept {
    return xsimd::select(mask, a, b);
  }
  /// The sign bit alone, which a difference from 0 would lose.
  static V negate(V v) noexcept { return M::with_sign(v, M::sign_bit(V(-0.0F))); }
  static V quotient(V a, V b) noexcept { return exact_quotient(a, b); }
  static V abs(V v) noexcept { return M::magnitude(v); }
  static V sqrt(V v) noexcept { return exact_sqrt(v); }
  static V exp(V v) noexcept { return M::exp(v); }
  static V tanh(V v) noexcept { return M::tanh(v); }
  static V sigmoid(V v) noexcept { return M::sigmoid(v); }
  static V erf(V v) noexcept { return M::erf(v); }
  static V sin(V v) noexcept { return M::sin(v); }
  static V cos(V v) noexcept { return M::cos(v); }
  static V softplus(V v) noexcept {
    return M::at_least(v, V(0.0F)) + M::log1p_unit(M::exp(-M::magnitude(v)));
  }
  /// ln v: of subnormal numbers too, -infinity of 0, NaN below.
  static V log(V v) noexcept {
    constexpr float k_infinity = std::numeric_limits<float>::infinity();
    const auto subnormal = v < V(1.17549435e-38F);
    const V scaled = xsimd::select(subnormal, v * V(8388608.0F), v);
    const V finite = M::log(scaled) - xsimd::select(subnormal, V(15.9423847F), V(0.0F));
    const V nothing =
        xsimd::select(v == V(0.0F), V(-k_infinity), V(std::numeric_limits<float>::quiet_NaN()));
    return xsimd::select(v > V(0.0F), xsimd::select(v < V(k_infinity), finite, v), nothing);
  }
  /// v^y by e^(y ln v).
  static V power(V v, V y) noexcept { return M::exp(y * log(v)); }
};

template <class Arch>
struct Typed {
  using Run = Interpreter<FloatFunctions<Arch>>;
  using F = typename Run::V;
  static constexpr std::size_t k_row = FloatFunctions<Arch>::k_row;

  static void typed(const Program& program, const float* z, float* h, std::size_t n) {
    typename Run::Stack stack;
    F in[k_row];
    for (std::size_t first = 0; first < n; first += k_panel) {
      for (std::size_t i = 0; i < k_row; ++i) in[i] = F::load_unaligned(z + first + i * F::size);
      Run::template run<false>(program, in, k_row, stack);
      for (std::size_t i = 0; i < k_row; ++i)
        stack.value[0][i].store_unaligned(h + first + i * F::size);
    }
  }

  static void typed_gradient(const Program& program, const float* z, float* g, std::size_t n) {
    typename Run::Stack stack;
    F in[k_row];
    for (std::size_t first = 0; first < n; first += k_panel) {
      for (std::size_t i = 0; i < k_row; ++i) in[i] = F::load_unaligned(z + first + i * F::size);
      Run::template run<true>(program, in, k_row, stack);
      for (std::size_t i = 0; i < k_row; ++i) {
        float* at = g + first + i * F::size;
        (F::load_unaligned(at) * stack.slope[0][i]).store_unaligned(at);
      }
    }
  }
};

}  // namespace initscope::simd
