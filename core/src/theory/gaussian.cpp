#include "initscope/gaussian.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "initscope/special.hpp"
#include "theory/moments.hpp"
#include "theory/pairs.hpp"
#include "theory/quadrature.hpp"

namespace initscope {
namespace {

constexpr double k_pi = std::numbers::pi;

// An activation bends within a few units of 0, where panels are this wide.
constexpr double k_bend = 0.5;
// Gaussian mass beyond is 1e-19 of the whole.
constexpr double k_range = 9;

/// Calls f(z, weight) over [-k_range, k_range] for an activation of u = s z.
template <class Function>
void integrate(ActivationSpec activation, double s, Function f) noexcept {
  const ActivationInfo& info = info_of(activation.id);
  const double width = k_bend / s, reach = info.reach / s;
  if (info.kink == 0) return split_at(k_rule_16, {0, width, reach}, -k_range, k_range, f);
  // Kinks that are far outside would only cost digits.
  const double kink = std::min(info.kink / s, 4 * k_range);
  split_at(k_rule_16, {-kink, width, reach}, -k_range, 0, f);
  split_at(k_rule_16, {kink, width, reach}, 0, k_range, f);
}

// For analytic ones the trapezoidal rule on the whole line is taken, up to this many points: panels
// need fewer then. e^-k_digits is 6e-19, and phi'^4 has a pole of order 8. At q = 1 it has 80
// points (tanh) or 47 (silu) for 256.
constexpr double k_digits = 42, k_most_points = 256;

double omega2_of(ActivationSpec activation) noexcept {
  const auto omega = static_cast<double>(activation.omega_0);
  return omega * omega;
}

/// Closed forms of sin, for which there is no other way: it never stops oscillating. sin(omega u)
/// has at q the averages of sin u at omega^2 q, and its slopes the factor omega.
MomentSums sine_sums(double omega2, double of_u) noexcept {
  const double q = omega2 * of_u;
  // 1 - E[cos 2u] and 1 - E[cos 4u].
  const double d2 = -std::expm1(-2 * q), d4 = -std::expm1(-8 * q);
  MomentSums sums;
  sums.psi2 = 0.5 * d2;
  // sin^4 = 3/8 - cos(2u)/2 + cos(4u)/8; the series where that cancels.
  sums.psi4 =
      q < 1e-3 ? 3 * q * q * (1 + q * (-10.0 / 3 + q * (7 - q * 34.0 / 3))) : 0.5 * d2 - 0.125 * d4;
  sums.slope2 = omega2 * (1 - 0.5 * d2);
  sums.slope4 = omega2 * omega2 * (1 - 0.5 * d2 - 0.125 * d4);
  sums.psi2_slope2 = omega2 * 0.125 * d4;
  sums.psi2_z = 2 * q * (1 - d2);
  sums.slope2_z = omega2 * -2 * q * (1 - d2);
  return sums;
}

}  // namespace

GaussianMoments MomentSums::moments(double phi0) const noexcept {
  const double mean = psi, mean2 = mean * mean;
  const auto ratio = [](double a, double b) { return b > 0 ? a / b : 0; };
  GaussianMoments m;
  m.mean = phi0 + mean;
  m.second = psi2 + 2 * phi0 * mean + phi0 * phi0;
  m.variance = std::max(0.0, psi2 - mean2);
  m.slope = slope2;
  m.slope_fourth = slope4;
  m.mixed = psi2_slope2 + 2 * phi0 * psi_slope2 + phi0 * phi0 * slope2;
  const double p2 = phi0 * phi0;
  // E[phi^4] - V^2 and its like, expanded about phi(0).
  const double square_variance =
      psi4 - psi2 * psi2 + 4 * phi0 * (psi3 - psi2 * mean) + 4 * p2 * (psi2 - mean2);
  const double centered_fourth = psi4 - 4 * mean * psi3 + 6 * mean2 * psi2 - 3 * mean2 * mean2;
  m.excess = ratio(square_variance, m.second * m.second);
  m.centered_excess = ratio(centered_fourth, m.variance * m.variance);
  if (m.variance > 0) m.centered_excess -= 1;
  m.second_growth = ratio(0.5 * psi2_z + phi0 * psi_z, m.second);
  m.variance_growth = ratio(0.5 * psi2_z - mean * psi_z, m.variance);
  m.slope_growth = ratio(0.5 * slope2_z, m.slope);
  return m;
}

ActivationValue evaluate(ActivationSpec activation, double u) noexcept {
  const auto decay = [u] { return std::exp(-std::abs(u)); };  // in (0, 1], whatever the sign
  const auto sigmoid_of = [u](double e) { return u > 0 ? 1 / (1 + e) : e / (1 + e); };
  const auto elu = [&](double lambda, double alpha) -> ActivationValue {
    if (u >= 0) return {lambda * u, lambda};
    return {lambda * alpha * std::expm1(u), lambda * alpha * decay()};
  };
  switch (activation.id) {
    case Activation::linear:
      return {u, 1};
    case Activation::relu:
      return u >= 0 ? ActivationValue{u, 1} : ActivationValue{0, 0};
    case Activation::leaky_relu: {
      const auto a = static_cast<double>(activation.negative_slope);
      return u >= 0 ? ActivationValue{u, 1} : ActivationValue{a * u, a};
    }
    case Activation::tanh: {
      const double t = std::tanh(u);
      return {t, (1 - t) * (1 + t)};
    }
    case Activation::sigmoid: {
      const double e = decay();
      return {sigmoid_of(e), e / ((1 + e) * (1 + e))};
    }
    case Activation::elu:
      return elu(1, 1);
    case Activation::selu:
      return elu(k_selu_lambda, k_selu_alpha);
    case Activation::gelu: {
      const double cdf = normal_cdf(u);
      return {u * cdf, cdf + u * density(u)};
    }
    case Activation::silu: {
      const double sigmoid = sigmoid_of(decay());
      return {u * sigmoid, sigmoid * (1 + u * (1 - sigmoid))};
    }
    case Activation::softplus: {
      const double e = decay();
      return {std::max(u, 0.0) + std::log1p(e), sigmoid_of(e)};
    }
    case Activation::sin: {
      const auto omega = static_cast<double>(activation.omega_0);
      return {std::sin(omega * u), omega * std::cos(omega * u)};
    }
    case Activation::erf:
      return {std::erf(u), 2 / std::sqrt(k_pi) * std::exp(-u * u)};
    case Activation::mish: {
      const double e = decay(), above = u < 0 ? e * e + 2 * e : 1 + 2 * e;
      const double gate = above / (above + (u < 0 ? 2 : 2 * e * e));
      return {u * gate, gate + u * sigmoid_of(e) * (1 - gate * gate)};
    }
    case Activation::softsign: {
      const double a = 1 + std::abs(u);
      return {u / a, 1 / (a * a)};
    }
    case Activation::hardtanh:
      return {std::min(1.0, std::max(-1.0, u)), std::abs(u) < 1 ? 1.0 : 0.0};
    case Activation::typed:
      if (activation.program == nullptr) return {u, 1};
      return k_typed_averages.value(*activation.program, u);
  }
  return {};
}

double bending_q(ActivationSpec activation) noexcept {
  if (const Program* program = program_of(activation)) return k_typed_averages.bending_q(*program);
  return activation.id == Activation::sin ? 1 / omega2_of(activation) : 1;
}

GaussianMoments gaussian_moments(ActivationSpec activation, double q) noexcept {
  q = std::min(std::max(q, k_least_q), k_most_q);
  if (const Program* program = program_of(activation)) return k_typed_averages.moments(*program, q);
  if (activation.id == Activation::sin) return sine_sums(omega2_of(activation), q).moments(0);
  const double s = std::sqrt(q), phi0 = evaluate(activation, 0).value;
  MomentSums sums;
  std::size_t evaluations = 1;
  const auto add = [&](double z, double w) {
    ++evaluations;
    const auto [phi, slope] = evaluate(activation, s * z);
    sums.add(z, w, phi - phi0, slope);
  };
  const double pole = info_of(activation.id).pole_distance,
               step = trapezoid_step(pole / s, k_digits);
  if (pole > 0 && 2 * k_range / step <= k_most_points)
    trapezoid(step, k_range, add);
  else
    integrate(activation, s, [&](double z, double weight) { add(z, weight * density(z)); });
  GaussianMoments moments = sums.moments(phi0);
  moments.evaluations = evaluations;
  return moments;
}

double unit_variance_gain(ActivationSpec activation) noexcept {
  return 1 / std::sqrt(gaussian_moments(activation, 1).second);
}

double unit_variance_chi_q(ActivationSpec activation) noexcept {
  // sigma_w^2 V'(q) with sigma_w^2 = 1 / V(1), at q = 1.
  return gaussian_moments(activation, 1).second_growth;
}

}  // namespace initscope
