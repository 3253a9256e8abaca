// Special functions in double whose bits do not depend on the machine.
//
// Libraries of mathematics differ from one another in the last bit; laws, tail samples and
// golden hashes must not. These use only +, -, *, / and sqrt, which IEEE 754 fixes, in one
// order of evaluation. Errors are measured in tests/core/special_test.cpp.
#pragma once

namespace initscope {

/// e^x. Relative error below 4e-16; 0 below -745.2, infinity above 709.8.
double portable_exp(double x) noexcept;

/// Natural logarithm of a positive finite x. Relative error below 4e-16 away from x = 1,
/// absolute error below 2e-16 near it.
double portable_log(double x) noexcept;

/// sin x and cos x for |x| <= 1e5. Absolute error below 3e-16.
double portable_sin(double x) noexcept;
double portable_cos(double x) noexcept;

/// Density of N(0, 1) at x.
double normal_pdf(double x) noexcept;

/// Phi(x), the distribution function of N(0, 1). Relative error below 2e-14 for x >= -37,
/// also in the lower tail; `normal_cdf(-x)` is the survival function without cancellation.
double normal_cdf(double x) noexcept;

/// Phi^-1(p) for p in (0, 1): one Halley step on `normal_quantile_lower_tail`.
/// Error below 1e-13 of the quantile for p <= 1/2 and down to p = 1e-300.
double normal_quantile(double p) noexcept;

/// Phi^-1(p) for p in (0, 1/2]: a Chebyshev series in (r - 3) / (r + 3), r = sqrt(-2 ln p).
/// Absolute error below 5e-9, which is far less than float32 resolves; 25 ns.
double normal_quantile_lower_tail(double p) noexcept;

/// Probability of N(0, 1) between `a` and `b` (a < b), without cancellation in either tail.
double normal_mass(double a, double b) noexcept;

}  // namespace initscope
