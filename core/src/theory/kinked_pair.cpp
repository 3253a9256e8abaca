// Activations with a kink, by quadrature over one variable: what the other has to say is in closed
// form, or, for softsign, which nears its limits as 1 / u, quadrature of its own.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "theory/pairs.hpp"
#include "theory/quadrature.hpp"

namespace initscope {
namespace {

constexpr double k_pi = std::numbers::pi;

/// distribution(-x) / density(x), Mills' ratio, for x >= k_mills, by Laplace's continued fraction.
constexpr double k_mills = 5;
double mills_ratio(double x) noexcept {
  double inverse = x;
  for (int k = 30; k > 0; --k) inverse = x + k / inverse;
  return 1 / inverse;
}

/// E[e^u; u < 0] and E[e^u - 1; u < 0] for u of N(m, t^2).
struct Decay {
  double whole, beyond_one;
};
Decay decay_of(double m, double t) noexcept {
  constexpr double k_narrow = 1e-3, k_beyond = 40;
  const double x = m / t, y = x + t, exponent = m + 0.5 * t * t;
  if (t < k_narrow && y < k_beyond) {
    // The mass from x to y by its middle's density and curvature: a difference would cancel.
    const double middle = 0.5 * (x + y), curvature = t * t / 24 * (middle * middle - 1);
    const double share = distribution(-y), mass = t * density(middle) * (1 + curvature);
    return {std::exp(exponent) * share, std::expm1(exponent) * share - mass};
  }
  const double whole =
      y < k_mills ? std::exp(exponent) * distribution(-y) : density(x) * mills_ratio(y);
  return {whole, whole - distribution(-x)};
}

/// E[phi] and E[phi'] over N(m, t^2) of elu, or of selu, which has these factors.
ActivationValue elu_mean(double lambda, double alpha, double m, double t) noexcept {
  const double x = m / t, above = distribution(x);
  const Decay decay = decay_of(m, t);
  return {lambda * (m * above + t * density(x) + alpha * decay.beyond_one),
          lambda * (above + alpha * decay.whole)};
}

/// E[phi] and E[phi'] over N(m, deviation^2) of softsign. Far from the kink, by the trapezoidal
/// rule.
ActivationValue softsign_mean(double m, double deviation, std::size_t& evaluations) noexcept {
  constexpr double k_far = 8, k_range = 7, k_step = 0.7;
  constexpr ActivationSpec k_softsign{Activation::softsign};
  ActivationValue mean{};
  const auto add = [&](double z, double weight) {
    ++evaluations;
    const auto at = evaluate(k_softsign, m + deviation * z);
    mean.value += weight * at.value;
    mean.slope += weight * at.slope;
  };
  const double kink = -m / deviation;
  if (std::abs(kink) > k_far) {
    trapezoid(k_step, k_range, add);
  } else {
    split_at(k_rule_8, {kink, 0.5 / deviation, info_of(k_softsign.id).reach / deviation}, -k_range,
             k_range, [&](double z, double weight) { add(z, weight * density(z)); });
  }
  return mean;
}

/// Splits u1 = a v + t w1 and u2 = +-a v + t w2 with independent v, w1, w2: the average over v of
/// G(a v) G(+-a v), where G(m) = E[phi(m + t w)], which `mean` gives, is smooth on the scale t.
template <class Mean>
GaussianPair over_the_common(Rule rule, double s, double c, double reach, Mean mean) noexcept {
  constexpr double k_range = 8;
  const double a = s * std::sqrt(std::abs(c)), t = s * std::sqrt(1 - std::abs(c));
  GaussianPair pair;
  // What is linear beyond a reach stays so beyond 9 t.
  const Bend bend{0, 0.5 * (t > 0 ? t : 1) / a, std::max(reach, 9 * t) / a};
  split_at(rule, bend, 0, k_range, [&](double v, double weight) {
    ++pair.evaluations;
    const auto [above, below] = mean(a * v, t, pair.evaluations);
    const double w = weight * density(v);
    if (c >= 0) {
      pair.product += w * (above.value * above.value + below.value * below.value);
      pair.slopes += w * (above.slope * above.slope + below.slope * below.slope);
    } else {
      pair.product += 2 * w * above.value * below.value;
      pair.slopes += 2 * w * above.slope * below.slope;
    }
  });
  return pair;
}

/// What a mean is at m and at -m.
struct Means {
  ActivationValue above, below;
};

GaussianPair elu_pair(ActivationSpec activation, double q, double c) noexcept {
  const bool scaled = activation.id == Activation::selu;
  const auto mean = [&](double m, double t) {
    if (t == 0) return evaluate(activation, m);
    return scaled ? elu_mean(k_selu_lambda, k_selu_alpha, m, t) : elu_mean(1, 1, m, t);
  };
  return over_the_common(k_rule_16, std::sqrt(q), c, info_of(activation.id).reach,
                         [&](double m, double t, std::size_t&) -> Means {
                           return {mean(m, t), mean(-m, t)};
                         });
}

GaussianPair softsign_pair(ActivationSpec activation, double q, double c) noexcept {
  // Where all that matters is beyond the reach, the values are those of the limit.
  const double reach = info_of(activation.id).reach, whole = std::sqrt(q),
               s = std::min(whole, reach);
  GaussianPair pair = over_the_common(
      k_rule_8, s, c, reach, [&](double m, double t, std::size_t& evaluations) -> Means {
        const auto at = t == 0 ? evaluate(activation, m) : softsign_mean(m, t, evaluations);
        return {at, {-at.value, at.slope}};
      });
  // The slopes still fall there: as 1 / q, or as 1 / s where u1 = +-u2.
  const double beyond = s / whole;
  pair.slopes *= std::abs(c) == 1 ? beyond : beyond * beyond;
  return pair;
}

}  // namespace

GaussianPair kinked_pair(ActivationSpec activation, double q, double c) noexcept {
  return activation.id == Activation::softsign ? softsign_pair(activation, q, c)
                                               : elu_pair(activation, q, c);
}

/// Integrates dK / dc = q E[phi'(u1) phi'(u2)] = q P(|u1| < 1, |u2| < 1), whose own derivative is
/// the density at the corners of the square; over psi = arccos c, so that 1 - c does not cancel.
GaussianPair hardtanh_pair(double q, double c) noexcept {
  const double near = std::abs(c);
  GaussianPair pair;
  if (near == 1) {
    const auto moments = gaussian_moments({Activation::hardtanh}, q);
    pair = {moments.second, moments.slope, moments.evaluations};
  } else {
    const double a = 1 / std::sqrt(q), alone = std::erf(a * std::numbers::sqrt2 / 2);
    double both = alone * alone, moved = 0;
    // Corners (1, -1) weigh less than (1, 1) by a factor that has its structure at psi = a.
    split_at(k_rule_16, {0, 0.25 * a, 2}, std::acos(near), k_pi / 2, [&](double psi, double w) {
      ++pair.evaluations;
      const double sine = std::sin(0.5 * psi), cosine = std::cos(psi);
      const double alike = -a * a / (1 + cosine), unlike = -0.5 * (a / sine) * (a / sine);
      const double change = w / k_pi * std::exp(alike) * -std::expm1(unlike - alike);
      both += change;
      moved += cosine * change;
    });
    pair.slopes = both;
    pair.product = q * (near * both - moved);
  }
  if (c < 0) pair.product = -pair.product;
  return pair;
}

}  // namespace initscope
