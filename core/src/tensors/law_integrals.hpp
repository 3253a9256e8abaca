// Integrals that two of the laws need: of the normal law over an interval, and over a sphere.
#pragma once

namespace initscope {

struct MeanAndVariance {
  double mean, variance;
};

/// Moments of N(0, 1) on [alpha, beta], alpha < beta: in closed form where the interval is wide,
/// which cancels where it is narrow; there by quadrature.
MeanAndVariance truncated_moments(double alpha, double beta) noexcept;

/// Density at 0 of a coordinate of the unit sphere in n >= 2 dimensions.
double sphere_peak(double n) noexcept;

/// P(0 <= T <= t), 0 < t < 1, for such a coordinate T, whose density is
/// peak (1 - t^2)^((n - 3) / 2): half of I_(t^2)(1/2, (n - 1) / 2).
double sphere_mass(double t, double n, double peak) noexcept;

}  // namespace initscope
