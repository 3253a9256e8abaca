// Special functions against values computed with 50 digits, and against the C library.
#include "initscope/special.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

using namespace initscope;

namespace {

double relative(double value, double exact) { return std::abs(value / exact - 1); }

}  // namespace

TEST_CASE("exp and log agree with the C library") {
  double worst_exp = 0, worst_log = 0;
  for (double x = -700; x < 700; x += 0.137)
    worst_exp = std::max(worst_exp, relative(portable_exp(x), std::exp(x)));
  for (double x = -300; x < 300; x += 0.0371) {
    const double y = std::pow(10, x);
    worst_log = std::max(
        worst_log, std::abs(portable_log(y) - std::log(y)) / std::max(1.0, std::abs(std::log(y))));
  }
  CAPTURE(worst_exp, worst_log);
  CHECK(worst_exp < 5e-16);
  CHECK(worst_log < 4e-16);
  CHECK(portable_exp(0) == 1);
  CHECK(portable_exp(-1000) == 0);
  CHECK(std::isinf(portable_exp(1000)));
  CHECK(portable_log(1) == 0);
}

TEST_CASE("sin and cos agree with the C library") {
  double worst = 0;
  for (int i = -20000; i <= 20000; ++i) {
    const double x = i * 0.00731, far = i * 4.9871;
    for (const double at : {x, far}) {
      worst = std::max(worst, std::abs(portable_sin(at) - std::sin(at)));
      worst = std::max(worst, std::abs(portable_cos(at) - std::cos(at)));
    }
  }
  CAPTURE(worst);
  CHECK(worst < 3e-16);
  CHECK(portable_sin(0) == 0);
  CHECK(portable_cos(0) == 1);
}

TEST_CASE("The normal distribution function is accurate far into the tail") {
  // Computed with mpmath, 50 digits.
  CHECK(relative(normal_cdf(-1), 0.15865525393145705) < 1e-14);
  CHECK(relative(normal_cdf(-5), 2.8665157187919391e-7) < 1e-14);
  CHECK(relative(normal_cdf(-10), 7.6198530241605261e-24) < 1e-14);
  CHECK(relative(normal_cdf(-20), 2.7536241186062337e-89) < 2e-14);
  CHECK(relative(normal_cdf(-37), 5.7255712225245768e-300) < 2e-14);
  CHECK(normal_cdf(0) == 0.5);
  double worst = 0;
  for (double x = -8; x < 8; x += 0.0093)
    worst = std::max(worst, relative(normal_cdf(x), 0.5 * std::erfc(-x / std::sqrt(2.0))));
  CHECK(worst < 2e-14);
}

TEST_CASE("The quantile inverts the distribution function") {
  double worst = 0, worst_series = 0;
  for (double p = 1e-300; p < 0.5; p *= 1.7) {
    worst = std::max(worst, relative(normal_cdf(normal_quantile(p)), p));
    worst_series =
        std::max(worst_series, std::abs(normal_quantile_lower_tail(p) - normal_quantile(p)));
  }
  CAPTURE(worst, worst_series);
  CHECK(worst < 1e-11);  // 37 * 1e-13, the condition of the inversion, times the bound
  CHECK(worst_series < 5e-9);
  CHECK(relative(normal_quantile(0.975), 1.9599639845400542) < 1e-14);
  CHECK(normal_quantile(0.25) == -normal_quantile(0.75));
}
