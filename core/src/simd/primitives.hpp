// Primitives that xsimd 13 has not got, or not exactly: its float32 square root and quotient on Arm
// are Newton steps on an estimate, where IEEE 754 has one right answer and so have we.
#pragma once

#include <xsimd/xsimd.hpp>

namespace initscope::simd {

template <class Arch>
inline xsimd::batch<float, Arch> exact_sqrt(const xsimd::batch<float, Arch>& x) noexcept {
#if defined(__aarch64__)
  return vsqrtq_f32(x);
#else
  return xsimd::sqrt(x);
#endif
}

template <class Arch>
inline xsimd::batch<float, Arch> exact_quotient(const xsimd::batch<float, Arch>& x,
                                                const xsimd::batch<float, Arch>& y) noexcept {
#if defined(__aarch64__)
  return vdivq_f32(x, y);
#else
  return x / y;
#endif
}

/// The lanes of a vector of float as two vectors of double.
template <class Arch>
struct Widened {
  xsimd::batch<double, Arch> half[2];
};

template <class Arch>
inline Widened<Arch> widen(const xsimd::batch<float, Arch>& x) noexcept {
#if defined(__EMSCRIPTEN__)
  const v128_t upper = wasm_i32x4_shuffle(x.data, x.data, 2, 3, 2, 3);
  return {{wasm_f64x2_promote_low_f32x4(x.data), wasm_f64x2_promote_low_f32x4(upper)}};
#elif defined(__aarch64__)
  return {{vcvt_f64_f32(vget_low_f32(x)), vcvt_high_f64_f32(x)}};
#else
  if constexpr (sizeof(x) == 16) {
    return {{_mm_cvtps_pd(x), _mm_cvtps_pd(_mm_movehl_ps(x, x))}};
  }
#if defined(__AVX__)
  else if constexpr (sizeof(x) == 32) {
    return {
        {_mm256_cvtps_pd(_mm256_castps256_ps128(x)), _mm256_cvtps_pd(_mm256_extractf128_ps(x, 1))}};
  }
#endif
#if defined(__AVX512F__)
  else {
    const __m256 upper = _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(x), 1));
    return {{_mm512_cvtps_pd(_mm512_castps512_ps256(x)), _mm512_cvtps_pd(upper)}};
  }
#endif
#endif
}

}  // namespace initscope::simd
