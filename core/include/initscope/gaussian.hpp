// Averages of an activation over Gaussian pre-activations: what mean-field theory is made of.
//
// Quadrature serves all of them: the trapezoidal rule for analytic activations; otherwise, and at
// large variances, Gauss and Legendre's on panels that end where the activation has a kink and are
// as narrow as its structure, which ends where phi is linear. It agrees with the closed forms,
// where there are any, within 1e-11 relative. What an average takes is counted and has a bound that
// no variance and no correlation exceeds (tests/core/work_test.cpp). Functions of the C library are
// used: the last digits may differ between machines.
//
// All are in double. Errors are relative to the result; tests/core/gaussian_test.cpp compares with
// closed forms, and with one another where there are none.
#pragma once

#include "initscope/activation.hpp"

namespace initscope {

/// phi(u) and phi'(u).
struct ActivationValue {
  double value, slope;
};
/// The two at u; at a kink the derivative from the right, 0 at both of hardtanh's.
/// - Range: finite u.
/// - Error: that of the C library's functions and, of gelu, of `normal_cdf`.
/// - Outside: undefined for infinities and NaN; some activations give the limit, some NaN, relu and
///   hardtanh a number.
ActivationValue evaluate(ActivationSpec activation, double u) noexcept;

/// The variance at which an activation begins to bend, 1 / omega_0^2 of sin and 1 of all others:
/// phi depends on u / sqrt of it alone.
double bending_q(ActivationSpec activation) noexcept;

/// Averages over u = sqrt(q) z, z ~ N(0, 1).
struct GaussianMoments {
  double mean = 0;          ///< E[phi]
  double second = 0;        ///< V(q) = E[phi^2]
  double variance = 0;      ///< V - E[phi]^2, without cancellation where phi is nearly constant
  double slope = 0;         ///< D(q) = E[phi'^2]
  double slope_fourth = 0;  ///< E[phi'^4]
  double mixed = 0;         ///< E[phi^2 phi'^2]
  /// E[phi^4] / V^2 - 1, and the same of phi - E[phi]: over n, the variance of the logarithm of
  /// their mean over n units. 0 where phi is 0.
  double excess = 0, centered_excess = 0;
  /// d ln V / d ln q = E[phi^2 (z^2 - 1)] / (2 V), and of the variance and of D. 0 for 0.
  double second_growth = 0, variance_growth = 0, slope_growth = 0;
  std::size_t evaluations = 0;  ///< how many values of phi this took
};

/// Least and most variances that the averages resolve: float32 holds no signal beyond them.
inline constexpr double k_least_q = 1e-90, k_most_q = 1e76;

/// Most evaluations of an activation's moments, and of its pairs. A pair of tanh, sigmoid, silu,
/// softplus and mish takes 8192 at most, one of elu, selu and hardtanh 1024; softsign's, which
/// nears its limits as 1 / u and costs a division a value, has structure at every scale.
inline constexpr std::size_t k_most_moment_evaluations = 2048, k_most_pair_evaluations = 49152;
/// Most of a pair of a typed activation, of which nothing is known but where it is smooth.
inline constexpr std::size_t k_most_typed_pair_evaluations = std::size_t{1} << 20;

/// The averages at variance q. 1 to 5 us at q = 1; of a typed activation 0.03 ms, and its rule sees
/// 28 pieces to either side of 0: what keeps oscillating is sampled beyond.
/// - Range: [k_least_q, k_most_q]; of a typed one up to 1e10, from where on it is taken for a power
///   law.
/// - Error: below 1e-11; of elu, selu and typed ones, 1e-10.
/// - Outside: the averages at the nearer end, for 0 and infinity too; undefined for NaN.
GaussianMoments gaussian_moments(ActivationSpec activation, double q) noexcept;

/// Averages over two pre-activations of variance q and correlation c in [-1, 1]; NaN for NaN.
struct GaussianPair {
  double product = 0;           ///< K = E[phi(u1) phi(u2)]
  double slopes = 0;            ///< E[phi'(u1) phi'(u2)] = (dK / dc) / q
  std::size_t evaluations = 0;  ///< how many values of phi or of another integrand this took
};

/// The averages at variance q and correlation c: closed forms of Cho and Saul 2009 (relu and its
/// leaky kind), Williams 1997 (erf), and for linear, sin and gelu. Otherwise quadrature: over one
/// variable for elu, selu and hardtanh, 0.01 to 0.1 ms, and over two where the others bend, 0.02 to
/// 0.5 ms; of a typed activation over two everywhere, 1 to 20 ms.
/// - Range: q in [k_least_q, k_most_q], c in [-1, 1].
/// - Error: below 1e-9 of V(q) and of the slopes.
/// - Outside: the averages at the nearer end of either range; NaN for NaN.
GaussianPair gaussian_pair(ActivationSpec activation, double q, double c) noexcept;

/// 1 / sqrt(E[phi(z)^2]) at unit variance, within 1e-10. Weights whose std is this gain over
/// sqrt(fan_in), without biases, keep Var(z) = 1 from layer to layer where it is 1; E[h^2] is then
/// 1 / gain^2. What is not 1 comes nearer only where `unit_variance_chi_q` is below 1. torch's
/// `calculate_gain` has no such gain for gelu, silu, and others.
double unit_variance_gain(ActivationSpec activation) noexcept;

/// chi_q at q = 1 under that gain: below 1 the length map attracts to q = 1, above it repels.
double unit_variance_chi_q(ActivationSpec activation) noexcept;

}  // namespace initscope
