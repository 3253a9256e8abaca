// Special functions in double whose bits do not depend on the machine.
//
// Libraries of mathematics differ from one another in the last bit; laws, tail samples and
// golden hashes must not. These use only +, -, *, / and sqrt, which IEEE 754 fixes, in one
// order of evaluation.
//
// All take and return double. Each states the range for which it is made; the worst
// error there that 2^23 random arguments show, in units in the last place (ULP) of the exact
// result, or of a larger number where the result comes near 0; and what it gives outside of the
// range. tests/core/accuracy_test.cpp measures them: a number too small fails there, and one too
// large.
#pragma once

namespace initscope {

/// e^x. Taylor's series after reduction by ln 2.
/// - Range: [-708.3, 709.7], where the result is normal.
/// - Error: 1.16 ULP.
/// - Outside: subnormal down to -745.2 and 0 below; infinity above 709.8; NaN for NaN.
double portable_exp(double x) noexcept;

/// Natural logarithm, by the series of artanh. The core has no other: the C library's `log` and
/// `pow` bring tables, 3.9 and 2.3 kB of what the page loads first.
/// - Range: [2.3e-308, 1.7e308], the normal numbers.
/// - Error: 1.97 ULP.
/// - Outside: right for subnormal numbers too; -infinity for 0 and -0, infinity for infinity, NaN
///   for negative numbers and NaN.
double portable_log(double x) noexcept;

/// sin x, by Taylor's series after reduction by pi / 2.
/// - Range: [-1e5, 1e5].
/// - Error: 1.44 ULP (of 0.5 where the result is less).
/// - Outside: undefined; the count of quarter turns must be a 32-bit integer. -0 for -0.
double portable_sin(double x) noexcept;

/// cos x, by the same series.
/// - Range: [-1e5, 1e5].
/// - Error: 1.46 ULP (of 0.5 where the result is less).
/// - Outside: undefined, as of `portable_sin`.
double portable_cos(double x) noexcept;

/// Density of N(0, 1) at x. The error is that of rounding x^2 / 2, and grows with it: below 10 ULP
/// for |x| <= 5.
/// - Range: [-37.5, 37.5], where the result is normal.
/// - Error: 513 ULP.
/// - Outside: subnormal, then 0; 0 for infinities, NaN for NaN.
double normal_pdf(double x) noexcept;

/// Phi(x), the distribution function of N(0, 1), by a Chebyshev series for Mills' ratio.
/// `normal_cdf(-x)` is the survival function without cancellation.
/// - Range: [-37.5, 38.5]; at the lower end the result is still normal.
/// - Error: 5.76 ULP.
/// - Outside: subnormal, then 0 below; 1 above; NaN for NaN.
double normal_cdf(double x) noexcept;

/// Phi^-1(p): one step of Halley's on `normal_quantile_lower_tail`. Near p = 1/2, where the
/// quantile is 0, its error is absolute, like that of p itself.
/// - Range: [1e-300, 0.9999999999999998].
/// - Error: 3.26 ULP (of 1 where the result is less).
/// - Outside: -infinity for p <= 0 and NaN, infinity for p >= 1.
double normal_quantile(double p) noexcept;

/// Phi^-1(p) of the lower half: a Chebyshev series in (r - 3) / (r + 3), r = sqrt(-2 ln p), for
/// what is rounded to float32. 25 ns.
/// - Range: [1e-300, 0.5].
/// - Error: 0.0054 ULP (of 1 where the result is less) of float32; below 5e-9 absolute.
/// - Outside: more and more wrong between 1/2 and 1; NaN for p <= 0, p > 1 and NaN.
double normal_quantile_lower_tail(double p) noexcept;

/// Probability of N(0, 1) between `a` and `b`, a <= b, without cancellation in either tail. Of a
/// narrow interval it is a difference: an absolute error of a few ULP of Phi remains. The error
/// stated is of [a, a + 1], by a.
/// - Range: [-37.5, 36.5].
/// - Error: 6.1 ULP.
/// - Outside: as far as `normal_cdf` reaches; either end may be infinite. 0 for a == b, negative
///   for a > b, NaN where one is NaN.
double normal_mass(double a, double b) noexcept;

}  // namespace initscope
