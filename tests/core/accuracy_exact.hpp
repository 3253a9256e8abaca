// References for the functions of special.hpp, in the long double of x86: eleven bits more.
#pragma once

#include <cfloat>
#include <cmath>

#include "initscope/special.hpp"

namespace initscope::test {

/// Whether the C library's long double functions are more exact than double. WebAssembly's take
/// some of double's.
inline constexpr bool k_long_references = LDBL_MANT_DIG == 64;

inline constexpr long double k_pi_long = 3.14159265358979323846264338327950288L;

/// P(Z > x) for a double x. x / sqrt(2) is a sum of two, because the tail magnifies its relative
/// error x^2 times.
inline long double upper_tail_exact(long double x) {
  constexpr long double k_root = 0.707106781186547524400844362104849039L;
  constexpr long double k_head = 0x1.6a09e6p-1L;
  const auto head = static_cast<long double>(static_cast<float>(x));
  const long double large = head * k_head, small = head * (k_root - k_head) + (x - head) * k_root;
  const long double h = large + small, rest = small - (h - large);
  return (std::erfc(h) - 2 / std::sqrt(k_pi_long) * std::exp(-h * h) * rest) / 2;
}

inline long double normal_cdf_exact(long double x) { return upper_tail_exact(-x); }

/// The density of N(0, 1) at a double x, whose square is a sum of two.
inline long double normal_pdf_exact(long double x) {
  const auto head = static_cast<long double>(static_cast<float>(x));
  const long double large = head * head, small = (x - head) * (x + head);
  const long double square = large + small, rest = small - (square - large);
  return std::exp(-square / 2) * (1 - rest / 2) / std::sqrt(2 * k_pi_long);
}

/// Newton's step from a quantile in double, whose error it squares.
inline long double normal_quantile_exact(long double p) {
  const long double z = normal_quantile(static_cast<double>(p));
  const long double off = p > 0.5L ? (1 - p) - upper_tail_exact(z) : upper_tail_exact(-z) - p;
  return z - off / normal_pdf_exact(static_cast<double>(z));
}

/// P(x < Z < x + 1), x + 1 rounded to double.
inline long double unit_mass_exact(long double x) {
  const auto end = static_cast<long double>(static_cast<double>(x) + 1);
  return x > 0 ? upper_tail_exact(x) - upper_tail_exact(end)
               : upper_tail_exact(-end) - upper_tail_exact(-x);
}

}  // namespace initscope::test
