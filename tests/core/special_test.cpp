// Special functions against values computed with 50 digits, and against one another.
// accuracy_test.cpp measures their errors over their ranges.
#include "initscope/special.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

using namespace initscope;

namespace {

double relative(double value, double exact) { return std::abs(value / exact - 1); }

}  // namespace

TEST_CASE("Elementary functions are exact where the result is") {
  CHECK(portable_exp(0) == 1);
  CHECK(portable_log(1) == 0);
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
