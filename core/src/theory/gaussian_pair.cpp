#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "initscope/gaussian.hpp"
#include "theory/pairs.hpp"

namespace initscope {
namespace {

constexpr double k_pi = std::numbers::pi;

/// (sqrt(1 - c^2) + c (pi - arccos c)) / pi, Cho and Saul's arc-cosine kernel of degree 1.
double arc_cosine(double c) noexcept {
  return (std::sqrt(std::max(0.0, 1 - c * c)) + c * (k_pi - std::acos(c))) / k_pi;
}

GaussianPair leaky_pair(double a, double q, double c) noexcept {
  const double d = (1 - a) * (1 - a);
  return {q * (a * c + 0.5 * d * arc_cosine(c)), a + d * (k_pi - std::acos(c)) / (2 * k_pi)};
}

/// sin(omega u) has at q the averages of sin u at omega^2 q, and its slopes the factor omega.
GaussianPair sine_pair(double omega, double of_u, double c) noexcept {
  const double omega2 = omega * omega, q = omega2 * of_u;
  // e^-q sinh(q c) and e^-q cosh(q c), without overflow.
  const double up = std::exp(-q * (1 - c)), down = std::exp(-q * (1 + c));
  const double small = q * c * std::exp(-q);
  return {std::abs(q * c) < 1e-8 ? small : 0.5 * (up - down), omega2 * 0.5 * (up + down)};
}

}  // namespace

// In both, 1 minus the square of the sine is taken by its factors, which do not cancel at large q
// and c near 1, and the angle by both sides.
GaussianPair erf_pair(double q, double c) noexcept {
  const double root = std::sqrt((1 + 2 * q * (1 - c)) * (1 + 2 * q * (1 + c)));
  return {2 / k_pi * std::atan2(2 * q * c, root), 4 / k_pi / root};
}

GaussianPair gelu_pair(double q, double c) noexcept {
  const double k = q * c, x = k / (1 + q), p = (1 + q) * (1 + q);
  const double rest = (1 + q * (1 - c)) * (1 + q * (1 + c)), root = std::sqrt(rest);
  const double angle = std::atan2(k, root);
  return {k / 4 + (k * angle + (x * x + q * q * (rest / p)) / root) / (2 * k_pi),
          0.25 + (angle + (x * (3 + 2 * q) / (1 + q) + k * (x * x / rest)) / root) / (2 * k_pi)};
}

GaussianPair gaussian_pair(ActivationSpec activation, double q, double c) noexcept {
  constexpr double k_nan = std::numeric_limits<double>::quiet_NaN();
  if (std::isnan(q) || std::isnan(c)) return {k_nan, k_nan};
  q = std::min(std::max(q, k_least_q), k_most_q);
  c = std::min(1.0, std::max(-1.0, c));
  switch (activation.id) {
    case Activation::linear:
      return {q * c, 1};
    case Activation::relu:
      return leaky_pair(0, q, c);
    case Activation::leaky_relu:
      return leaky_pair(static_cast<double>(activation.negative_slope), q, c);
    case Activation::erf:
      return erf_pair(q, c);
    case Activation::sin:
      return sine_pair(static_cast<double>(activation.omega_0), q, c);
    case Activation::gelu:
      return gelu_pair(q, c);
    case Activation::tanh:
    case Activation::sigmoid:
    case Activation::silu:
    case Activation::softplus:
    case Activation::mish:
      return smooth_pair(activation, q, c);
    case Activation::elu:
    case Activation::selu:
    case Activation::softsign:
      return kinked_pair(activation, q, c);
    case Activation::hardtanh:
      return hardtanh_pair(q, c);
    case Activation::typed:
      if (activation.program == nullptr) return {q * c, 1};
      return k_typed_averages.pair(*activation.program, q, c);
  }
  return {};
}

}  // namespace initscope
