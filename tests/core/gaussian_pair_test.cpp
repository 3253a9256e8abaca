// Gaussian averages of pairs: closed forms, a quadrature in two dimensions, and both ends of c.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <numbers>

#include "initscope/gaussian.hpp"
#include "theory/quadrature.hpp"

using namespace initscope;

namespace {

constexpr double k_pi = std::numbers::pi;
constexpr float k_leaky = 0.2F;

/// The activation's pairs by closed form.
struct ClosedPair {
  Activation id;
  double (*product)(double q, double c);
};
double gelu_product(double q, double c) {
  const double k = q * c, p = (1 + q) * (1 + q);
  return k / 4 + 1 / (2 * k_pi) *
                     (k * std::asin(k / std::sqrt(p)) +
                      (k * k * (1 - q * q) + q * q * p) / (p * std::sqrt(p - k * k)));
}

/// Calls f(u, weight) for u of N(m, t^2) by panels that double from each kink of phi on, from
/// `finest` on: slow, and with nothing in common with what is tested but the rule.
template <class Function>
void over_gaussian(ActivationSpec activation, double m, double t, double finest, Function f) {
  constexpr double k_range = 8.5, k_far = std::numeric_limits<double>::infinity();
  const auto add = [&](double z, double weight) { f(m + t * z, weight * density(z)); };
  const auto split = [&](double kink, double from, double to) {
    const double at = (kink - m) / t;
    if (from < to) split_at(k_rule_16, {at, finest / t, k_far}, from, to, add);
  };
  if (activation.id != Activation::hardtanh) return split(0, -k_range, k_range);
  const double middle = std::min(k_range, std::max(-k_range, -m / t));
  split(-1, -k_range, middle);
  split(1, middle, k_range);
}

/// E[phi(u1) phi(u2)] and E[phi'(u1) phi'(u2)] by one quadrature within another.
GaussianPair plain_pair(ActivationSpec activation, double q, double c) {
  const double s = std::sqrt(q), t = s * std::sqrt((1 - c) * (1 + c));
  GaussianPair pair;
  over_gaussian(activation, 0, s, 0.25 * std::min(1.0, t), [&](double u, double weight) {
    const auto first = evaluate(activation, u);
    over_gaussian(activation, c * u, t, 0.5, [&](double other, double w) {
      const auto second = evaluate(activation, other);
      pair.product += weight * w * first.value * second.value;
      pair.slopes += weight * w * first.slope * second.slope;
    });
  });
  return pair;
}

}  // namespace

TEST_CASE("Pairs agree with closed forms, with their slope, and with moments at c = 0 and 1") {
  const ClosedPair closed[] = {
      {Activation::gelu, gelu_product},
      {Activation::relu,
       [](double q, double c) {
         return q / 2 * (std::sqrt(1 - c * c) + c * (k_pi - std::acos(c))) / k_pi;
       }},
      {Activation::erf,
       [](double q, double c) { return 2 / k_pi * std::asin(2 * q * c / (1 + 2 * q)); }},
      {Activation::sin, [](double q, double c) { return std::exp(-q) * std::sinh(q * c); }},
  };
  for (const auto& [id, product] : closed)
    for (const double q : {0.05, 1.0, 8.0})
      for (const double c : {-0.9, -0.3, 0.2, 0.75, 0.999}) {
        CAPTURE(activations()[static_cast<std::size_t>(id)].name, q, c);
        CHECK(std::abs(gaussian_pair({id, k_leaky}, q, c).product - product(q, c)) < 1e-9 * q);
      }
  for (const auto& info : activations())
    for (const double q : {0.3, 2.0}) {
      CAPTURE(info.name, q);
      const ActivationSpec activation{info.id, k_leaky};
      const auto m = gaussian_moments(activation, q);
      const auto at = [&](double c) { return gaussian_pair(activation, q, c); };
      CHECK(std::abs(at(0).product - m.mean * m.mean) < 1e-9);
      CHECK(std::abs(at(1).product - m.second) < 1e-9);
      CHECK(std::abs(at(1).slopes - m.slope) < 1e-9);
      CHECK(std::abs(at(1 - 1e-9).product - m.second) < 1e-7);
      const double derivative = (at(0.5 + 1e-4).product - at(0.5 - 1e-4).product) / 2e-4;
      CHECK(std::abs(at(0.5).slopes * q - derivative) < 1e-6);
    }
}

TEST_CASE("Pairs agree with a quadrature in two dimensions, also where c is near 1 or -1") {
  for (const auto& info : activations()) {
    if (info.id == Activation::sin) continue;  // its own test is that of its moments
    for (const double q : {0.05, 1.0, 9.0, 200.0})
      for (const double c : {-0.9999, -0.6, 0.4, 0.97, 0.9999, 1 - 1e-6}) {
        CAPTURE(info.name, q, c);
        const ActivationSpec activation{info.id, k_leaky};
        const auto pair = gaussian_pair(activation, q, c), plain = plain_pair(activation, q, c);
        const auto m = gaussian_moments(activation, q);
        CHECK(std::abs(pair.product - plain.product) < 1e-9 * m.second);
        CHECK(std::abs(pair.slopes - plain.slopes) < 1e-8 * m.slope);
      }
  }
}

TEST_CASE("At large variances pairs are those of a ramp or of a step") {
  constexpr double k_limit = 1e40;
  const auto step = [](double c) { return 2 / k_pi * std::asin(c); };
  const auto ramp = [](double q, double c) {
    return gaussian_pair({Activation::relu}, q, c).product;
  };
  for (const double c : {-1.0, -0.7, 0.0, 0.3, 0.999, 1.0}) {
    CAPTURE(c);
    const auto product = [&](Activation id) { return gaussian_pair({id}, k_limit, c).product; };
    for (const Activation id : {Activation::silu, Activation::softplus, Activation::mish,
                                Activation::elu, Activation::gelu})
      CHECK(std::abs(product(id) - ramp(k_limit, c)) < 1e-10 * k_limit);
    CHECK(std::abs(product(Activation::selu) - k_selu_lambda * k_selu_lambda * ramp(k_limit, c)) <
          1e-10 * k_limit);
    for (const Activation id :
         {Activation::tanh, Activation::erf, Activation::hardtanh, Activation::softsign})
      CHECK(std::abs(product(id) - step(c)) < 1e-10);
    CHECK(std::abs(product(Activation::sigmoid) - (0.25 + step(c) / 4)) < 1e-10);
  }
  // What is alike at both ends is alike at all variances: c = 1 and c = 0 are moments.
  for (const auto& info : activations())
    for (double q = 1e-84; q < 1e76; q *= 1e8) {
      CAPTURE(info.name, q);
      const ActivationSpec activation{info.id, k_leaky};
      const auto m = gaussian_moments(activation, q);
      const auto same = gaussian_pair(activation, q, 1), none = gaussian_pair(activation, q, 0);
      CHECK(std::abs(same.product - m.second) < 1e-10 * m.second);
      CHECK(std::abs(same.slopes - m.slope) < 1e-9 * m.slope);
      CHECK(std::abs(none.product - m.mean * m.mean) < 1e-10 * m.second);
      CHECK(none.slopes >= 0);
      // Where phi is linear, near 0, with a slope on either side, pairs are those of a leaky ramp.
      if (q > 1e-40 || m.mean * m.mean > 0.5 * m.second) continue;
      const double right = evaluate(activation, 0).slope, left = evaluate(activation, -1e-12).slope;
      const double inner = gaussian_pair({Activation::leaky_relu, static_cast<float>(left / right)},
                                         q * right * right, 0.9)
                               .product;
      const double product = gaussian_pair(activation, q, 0.9).product;
      CHECK(std::abs(product - inner) < 1e-6 * std::abs(inner));
    }
}
