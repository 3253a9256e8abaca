// phi = a + r: the asymptote a is a smoothed step or ramp with phi's own limits, whose averages
// have closed forms, and r decays as e^-|u|. With 1 and 2 for what is taken at u1 and at u2, E[phi1
// phi2] = E[a1 a2] + 2 E[r1 E[a2 | u1]] + E[r1 r2]: the second is quadrature over one variable and
// the third over two, both near 0 alone. The slopes likewise.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "theory/pairs.hpp"
#include "theory/quadrature.hpp"

namespace initscope {
namespace {

constexpr double k_pi = std::numbers::pi;

/// offset + height erf(k u), or u Phi(k u); and how phi strays from it.
struct Asymptote {
  bool ramp;
  double k, height, offset;
  double reach;  ///< |u| beyond which r is less than 1e-11 of phi

  /// E[a(u)] and E[a'(u)] for u of this mean and standard deviation.
  ActivationValue mean(double m, double deviation) const noexcept {
    const double variance = k * k * deviation * deviation;
    if (ramp) {
      const double root = std::sqrt(1 + variance), x = k * m / root;
      const double share = distribution(x), at = density(x);
      return {m * share + variance / root * at / k, share + x * at / (1 + variance)};
    }
    const double root = std::sqrt(1 + 2 * variance), x = k * m / root;
    return {offset + height * std::erf(x),
            height * 2 / std::sqrt(k_pi) * k / root * std::exp(-x * x)};
  }

  GaussianPair pair(double q, double c) const noexcept {
    const double k2 = k * k;
    const GaussianPair of = ramp ? gelu_pair(k2 * q, c) : erf_pair(k2 * q, c);
    if (ramp) return {of.product / k2, of.slopes};
    return {offset * offset + height * height * of.product, height * height * k2 * of.slopes};
  }
};

/// Chooses the asymptote with the slope of phi at 0, where there is one to have, so that r is
/// small.
Asymptote asymptote_of(ActivationSpec activation) noexcept {
  const double root = std::sqrt(k_pi);
  switch (activation.id) {
    case Activation::tanh:
      return {false, root / 2, 1, 0, 13};
    case Activation::sigmoid:
      return {false, root / 4, 0.5, 0.5, 26};
    case Activation::mish:
      return {true, 0.8, 0, 0, 26};
    default:  // silu and softplus
      return {true, 0.63, 0, 0, 26};
  }
}

// Beyond, z^2 has 4e-12 of its mean.
constexpr double k_range = 7.5;

// e^-k_digits is 2e-15, and phi'^2 has a pole of order 4.
constexpr double k_digits = 34;

/// Points of the trapezoidal rule over a Gaussian variable of which u has `scale` a unit.
struct Grid {
  double step, last;

  Grid(double scale, double pole, double reach) noexcept
      : step(trapezoid_step(pole / scale, k_digits)), last(std::min(k_range, reach / scale)) {}
};

}  // namespace

GaussianPair smooth_pair(ActivationSpec activation, double q, double c) noexcept {
  const Asymptote asymptote = asymptote_of(activation);
  const double s = std::sqrt(q), reach = asymptote.reach,
               pole = info_of(activation.id).pole_distance;
  GaussianPair pair = asymptote.pair(q, c);
  const auto rest_at = [&](double u) -> ActivationValue {
    ++pair.evaluations;
    const auto phi = evaluate(activation, u), a = asymptote.mean(u, 0);
    return {phi.value - a.value, phi.slope - a.slope};
  };
  const Grid line(s, pole, reach);
  const double deviation = s * std::sqrt((1 - c) * (1 + c));
  trapezoid(line.step, line.last, [&](double z, double w) {
    const auto rest = rest_at(s * z), mean = asymptote.mean(c * s * z, deviation);
    pair.product += 2 * w * rest.value * mean.value;
    pair.slopes += 2 * w * rest.slope * mean.slope;
  });
  // By the sum and the difference of u1 and u2, which are independent; the difference's sign does
  // not matter, and beyond |sum| + |difference| = reach one of the two r is 0.
  const double along = s * std::sqrt(0.5 * (1 + c)), across = s * std::sqrt(0.5 * (1 - c));
  const Grid sum(along, pole, reach), difference(across, pole, reach);
  trapezoid(sum.step, sum.last, [&](double z, double w) {
    const double room = std::max(0.0, reach - std::abs(along * z));
    const double left = std::min(difference.last, room / across);  // infinite where u1 = u2
    const int last = static_cast<int>(left / difference.step);
    for (int i = 0; i <= last; ++i) {
      const double other = difference.step * i;
      const auto first = rest_at(along * z + across * other),
                 second = rest_at(along * z - across * other);
      const double weight = w * difference.step * density(other) * (i == 0 ? 1 : 2);
      pair.product += weight * first.value * second.value;
      pair.slopes += weight * first.slope * second.slope;
    }
  });
  return pair;
}

}  // namespace initscope
