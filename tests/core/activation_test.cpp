// Activations and their derivatives against double, over the range where each has structure.
#include "initscope/activation.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <string>

#include "initscope/gaussian.hpp"
#include "instruction_sets.hpp"

using namespace initscope;

namespace {

struct Exact {
  double value, slope;
};

double cdf(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }
double pdf(double x) { return std::exp(-0.5 * x * x) / std::sqrt(2 * 3.14159265358979323846); }
double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

Exact exact(Activation id, double x) {
  const double s = sigmoid(x), t = std::tanh(x);
  const double below_elu = std::expm1(std::min(x, 0.0));
  switch (id) {
    case Activation::linear:
      return {x, 1};
    case Activation::relu:
      return {std::max(x, 0.0), x > 0 ? 1.0 : 0.0};
    case Activation::leaky_relu:
      return {x > 0 ? x : 0.2 * x, x > 0 ? 1 : 0.2};
    case Activation::tanh:
      return {t, 1 - t * t};
    case Activation::sigmoid:
      return {s, s * (1 - s)};
    case Activation::elu:
      return {x > 0 ? x : below_elu, x > 0 ? 1 : below_elu + 1};
    case Activation::selu:
      return {k_selu_lambda * (x > 0 ? x : k_selu_alpha * below_elu),
              k_selu_lambda * (x > 0 ? 1 : k_selu_alpha * (below_elu + 1))};
    case Activation::gelu:
      return {x * cdf(x), cdf(x) + x * pdf(x)};
    case Activation::silu:
      return {x * s, s * (1 + x * (1 - s))};
    case Activation::softplus:
      return {std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))), s};
    case Activation::sin:
      return {std::sin(x), std::cos(x)};
    case Activation::erf:
      return {std::erf(x), 2 / std::sqrt(3.14159265358979323846) * std::exp(-x * x)};
    case Activation::mish: {
      const double gate = std::tanh(std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))));
      return {x * gate, gate + x * s * (1 - gate * gate)};
    }
    case Activation::softsign:
      return {x / (1 + std::abs(x)), 1 / ((1 + std::abs(x)) * (1 + std::abs(x)))};
    case Activation::hardtanh:
      return {std::min(1.0, std::max(-1.0, x)), std::abs(x) < 1 ? 1.0 : 0.0};
    case Activation::typed:  // has tests of its own
      break;
  }
  return {};
}

constexpr float k_slope = 0.2F;

}  // namespace

TEST_CASE("Every activation and its derivative agree with double") {
  std::vector<float> z;
  for (double x = -30; x <= 30; x += 0.00093) z.push_back(static_cast<float>(x));
  for (double x = 1e-6; x < 1e3; x *= 1.01) {
    z.push_back(static_cast<float>(x));
    z.push_back(static_cast<float>(-x));
  }
  for (const auto& info : activations())
    test::on_each_instruction_set([&] {
      INFO(info.name);
      const ActivationSpec spec{info.id, k_slope};
      std::vector<float> h(z.size()), g(z.size(), 1.0F);
      activate(spec, z, h);
      apply_activation_gradient(spec, z, g);
      double worst = 0, worst_slope = 0;
      for (std::size_t i = 0; i < z.size(); ++i) {
        const auto [value, slope] = exact(info.id, static_cast<double>(z[i]));
        worst = std::max(
            worst, std::abs(static_cast<double>(h[i]) - value) / std::max(1.0, std::abs(value)));
        worst_slope = std::max(worst_slope, std::abs(static_cast<double>(g[i]) - slope));
      }
      CAPTURE(worst, worst_slope);
      CHECK(worst < 3e-7);
      CHECK(worst_slope < 1e-6);
    });
}

TEST_CASE("sin(omega_0 z) agrees with double, and is sin to the bit where omega_0 is 1") {
  std::vector<float> z;
  for (double x = -9; x <= 9; x += 0.00093) z.push_back(static_cast<float>(x));
  for (const float omega : {0.01F, 1.0F, 30.0F, 1000.0F})
    test::on_each_instruction_set([&] {
      CAPTURE(omega);
      const ActivationSpec spec{Activation::sin, k_slope, omega};
      std::vector<float> h(z.size()), g(z.size(), 1.0F);
      activate(spec, z, h);
      apply_activation_gradient(spec, z, g);
      double worst = 0, worst_slope = 0;
      for (std::size_t i = 0; i < z.size(); ++i) {
        const double w = static_cast<double>(omega), x = w * static_cast<double>(z[i]);
        // Half a unit in the last place of omega z, which is rounded before.
        const double slack = std::abs(x) * 6e-8;
        worst = std::max(worst, std::abs(static_cast<double>(h[i]) - std::sin(x)) - slack);
        worst_slope =
            std::max(worst_slope, std::abs(static_cast<double>(g[i]) / w - std::cos(x)) - slack);
      }
      CAPTURE(worst, worst_slope);
      CHECK(worst < 3e-7);
      CHECK(worst_slope < 3e-7);
      if (omega != 1) return;
      std::vector<float> plain(z.size());
      activate({Activation::sin}, z, plain);
      CHECK(plain == h);
    });
}

TEST_CASE("The derivative is that of the function: central differences") {
  // A slope for another activation would pass a comparison with a wrong formula; this does not.
  for (const auto& info : activations()) {
    INFO(info.name);
    for (const double x : {-2.3, -0.7, 0.4, 1.9}) {
      const double step = 1e-5;
      const double difference =
          (exact(info.id, x + step).value - exact(info.id, x - step).value) / (2 * step);
      std::vector<float> z{static_cast<float>(x)}, g{1.0F};
      apply_activation_gradient({info.id, k_slope}, z, g);
      CHECK(std::abs(static_cast<double>(g[0]) - difference) < 1e-6);
    }
  }
}

TEST_CASE("Activations at zero, at infinity and of NaN") {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  const auto phi = [](Activation id, float x) {
    std::vector<float> z{x}, h(1);
    activate({id, k_slope}, z, h);
    return h[0];
  };
  for (const auto& info : activations()) {
    INFO(info.name);
    CHECK(std::isnan(phi(info.id, std::numeric_limits<float>::quiet_NaN())));
    if (info.id != Activation::sigmoid && info.id != Activation::softplus)
      CHECK(phi(info.id, 0) == 0);
  }
  CHECK(phi(Activation::relu, -infinity) == 0);
  CHECK(phi(Activation::tanh, infinity) == 1);
  CHECK(phi(Activation::tanh, -infinity) == -1);
  CHECK(phi(Activation::sigmoid, -infinity) == 0);
  CHECK(phi(Activation::elu, -infinity) == -1);
  CHECK(std::isnan(phi(Activation::sin, infinity)));
  CHECK(std::abs(phi(Activation::sin, 1e30F)) <= 1);
  std::vector<float> z{std::numeric_limits<float>::quiet_NaN()}, g{1.0F};
  apply_activation_gradient({Activation::relu, 0}, z, g);
  CHECK(std::isnan(g[0]));
}

TEST_CASE("Any length, with guard words") {
  test::on_each_instruction_set([] {
    for (std::size_t n = 0; n <= 70; ++n) {
      std::vector<float> z(n, -1.0F), h(n + 2, 7.0F);
      activate({Activation::relu, 0}, z, std::span(h).subspan(1, n));
      REQUIRE(std::count(h.begin(), h.end(), 7.0F) == 2);
      REQUIRE(std::count(h.begin(), h.end(), 0.0F) == static_cast<std::ptrdiff_t>(n));
    }
  });
}

TEST_CASE("An activation's columns say of its function what it does") {
  for (const ActivationInfo& info : activations()) {
    INFO(info.name);
    CHECK(&info == &info_of(info.id));
    const auto phi = [&](double u) { return evaluate({info.id}, u).value; };
    const auto slope = [&](double u) { return evaluate({info.id}, u).slope; };
    bool scales = true;
    for (const double u : {-3.0, -0.5, 0.25, 2.0}) scales = scales && phi(2 * u) == 2 * phi(u);
    CHECK(info.scale_free == scales);
    // A slope that jumps: at both kinks, and never where phi is analytic.
    constexpr double k_near = 1e-9;
    const auto jump = [&](double u) { return std::abs(slope(u + k_near) - slope(u - k_near)); };
    if (info.kink > 0)
      CHECK((jump(-info.kink) > 0.5 && jump(info.kink) > 0.5 && jump(0) == 0));
    else
      for (const double u : {-2.0, -1.0, 1.0, 2.0}) CHECK(jump(u) < 1e-6);
    if (info.pole_distance > 0) CHECK(jump(0) < 1e-6);
    // Beyond the reach phi is linear; sin, whose averages have closed forms, is never.
    if (info.id == Activation::sin || info.reach > 100) continue;
    for (const double side : {-1.0, 1.0}) {
      const double u = side * (info.reach + std::max(1.0, info.kink));
      CHECK(std::abs(phi(3 * u) - 2 * phi(2 * u) + phi(u)) <= 1e-12);
    }
  }
}
