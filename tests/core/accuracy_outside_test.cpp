// What special.hpp and simd/math.hpp say of arguments outside of the ranges: overflow, infinities,
// NaN, -0.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "accuracy_probe.hpp"
#include "initscope/special.hpp"
#include "instruction_sets.hpp"

using namespace initscope;
using namespace initscope::test;

namespace {

constexpr double k_infinity = std::numeric_limits<double>::infinity();
constexpr double k_nan = std::numeric_limits<double>::quiet_NaN();

/// Whether two numbers are the same, signs of 0 too, or both NaN.
bool same(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || (a == b && std::signbit(a) == std::signbit(b));
}

}  // namespace

TEST_CASE("Outside of their ranges functions on vectors give what is stated") {
  struct Case {
    const char* name;
    double x, y;
  };
  const Case cases[] = {
      {"round", -0.0, 0.0},
      {"round", 2.5, 2},
      {"round", -k_infinity, -k_infinity},
      {"round", k_nan, k_nan},
      {"log1p_core", k_nan, k_nan},
      {"log1p_unit", k_nan, k_nan},
      {"exponential", k_nan, k_nan},
      {"exp", -0.0, 1},
      {"exp", -87.31, 0},
      {"exp", 88.31, k_infinity},
      {"exp", -k_infinity, 0},
      {"exp", k_infinity, k_infinity},
      {"exp", k_nan, k_nan},
      {"expm1_negative", -k_infinity, -1},
      {"expm1_negative", k_nan, k_nan},
      {"sigmoid", -88.31, 0},
      {"sigmoid", -k_infinity, 0},
      {"sigmoid", k_infinity, 1},
      {"sigmoid", k_nan, k_nan},
      {"tanh", -0.0, -0.0},
      {"tanh", -k_infinity, -1},
      {"tanh", k_infinity, 1},
      {"tanh", k_nan, k_nan},
      {"sin_core", -0.0, 0.0},
      {"sin_core", k_nan, k_nan},
      {"cos_core", k_nan, k_nan},
      {"reduce_large_angle", k_infinity, k_nan},
      {"reduce_large_angle", k_nan, k_nan},
      {"reduce", k_infinity, k_nan},
      {"sin", -0.0, 0.0},
      {"sin", -k_infinity, k_nan},
      {"sin", k_nan, k_nan},
      {"cos", k_infinity, k_nan},
      {"cos", k_nan, k_nan},
      {"cdf", -13.22, 0},
      {"cdf", -k_infinity, 0},
      {"cdf", k_infinity, 1},
      {"cdf", k_nan, k_nan},
      {"pdf", 13.22, 0},
      {"pdf", -k_infinity, 0},
      {"pdf", k_nan, k_nan},
      {"erf", -0.0, -0.0},
      {"erf", -k_infinity, -1},
      {"erf", k_infinity, 1},
      {"erf", k_nan, k_nan},
  };
  test::on_each_instruction_set([&] {
    for (const auto& [name, x, y] : cases) {
      const std::vector<float> at(16, static_cast<float>(x));
      std::vector<double> out(at.size());
      probe(name).over(at.data(), out.data(), at.size());
      CAPTURE(name, x, y, out.front());
      for (const double each : out) CHECK(same(each, y));
    }
    // The logarithm does not warn: each of these is a finite number.
    for (const double x : {0.0, -0.0, -1.0, 1e-40, k_infinity, k_nan}) {
      const std::vector<float> at(16, static_cast<float>(x));
      std::vector<double> out(at.size());
      probe("log").over(at.data(), out.data(), at.size());
      CHECK(std::isfinite(out.front()));
    }
  });
}

TEST_CASE("Outside of their ranges special functions give what is stated") {
  struct Case {
    double (*function)(double);
    double x, y;
  };
  const Case cases[] = {
      {portable_exp, -745.3, 0},
      {portable_exp, 709.9, k_infinity},
      {portable_exp, -k_infinity, 0},
      {portable_exp, k_infinity, k_infinity},
      {portable_exp, k_nan, k_nan},
      {portable_log, 0.0, -k_infinity},
      {portable_log, -0.0, -k_infinity},
      {portable_log, -1, k_nan},
      {portable_log, k_infinity, k_infinity},
      {portable_log, k_nan, k_nan},
      {portable_sin, -0.0, -0.0},
      {normal_pdf, -k_infinity, 0},
      {normal_pdf, 39, 0},
      {normal_pdf, k_nan, k_nan},
      {normal_cdf, -39, 0},
      {normal_cdf, 39, 1},
      {normal_cdf, -k_infinity, 0},
      {normal_cdf, k_infinity, 1},
      {normal_cdf, k_nan, k_nan},
      {normal_quantile, 0, -k_infinity},
      {normal_quantile, -1, -k_infinity},
      {normal_quantile, k_nan, -k_infinity},
      {normal_quantile, 1, k_infinity},
      {normal_quantile, 2, k_infinity},
      {normal_quantile_lower_tail, 0, k_nan},
      {normal_quantile_lower_tail, 1.5, k_nan},
      {normal_quantile_lower_tail, k_nan, k_nan},
  };
  for (const auto& [function, x, y] : cases) {
    CAPTURE(x, y, function(x));
    CHECK(same(function(x), y));
  }
  CHECK(portable_exp(-745) > 0);
  CHECK(std::abs(portable_log(1e-320) / std::log(1e-320) - 1) < 1e-15);
  CHECK(same(normal_mass(1, 1), 0));
  CHECK(normal_mass(1, -1) < 0);
  CHECK(same(normal_mass(-k_infinity, k_infinity), 1));
  CHECK(std::isnan(normal_mass(k_nan, 1)));
  CHECK(std::isnan(normal_mass(-1, k_nan)));
}
