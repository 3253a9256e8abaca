// What special.hpp and simd/math.hpp say of their errors, measured. A row states the range and the
// worst error that the header states; docs.test.ts compares the two. A number that is too small
// fails, and so does one that is an ULP too large.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <numbers>
#include <span>
#include <string>
#include <string_view>

#include "accuracy_exact.hpp"
#include "accuracy_probe.hpp"
#include "accuracy_sweep.hpp"
#include "instruction_sets.hpp"
#include "sha256.hpp"

using namespace initscope;
using namespace initscope::test;

namespace {

constexpr double k_infinity = std::numeric_limits<double>::infinity();
constexpr double k_pi = std::numbers::pi;

/// A function over a range: name, ends, worst error in ULP, the exact function, the argument where
/// the error is worst (of every float of the range: the hidden test below finds it), the magnitude
/// below which results have this one's ULP, and the distance of results that are the same.
struct FloatRow {
  const char* name;
  double from, to, ulp;
  double (*exact)(double);
  float hardest;
  double least = 0, period = 0;
};

double cdf(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }
double pdf(double x) { return std::exp(-0.5 * x * x) / std::sqrt(2 * k_pi); }
double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
double modulo_pi(double x) { return std::remainder(x, k_pi); }
/// Double's remainder by 2 pi, which is rounded, would not do.
double modulo_two_pi(double x) { return std::atan2(std::sin(x), std::cos(x)); }
double nearest(double x) { return std::nearbyint(x); }

// Double's functions are exact enough for float.
const FloatRow k_float_rows[] = {
    {"round", -4194303, 4194303, 0, nearest, 0.5F},
    {"log1p_core", -0.29289323, 0.41421354, 0.90, std::log1p, 0.413926274F},
    {"log", 1.17549435e-38, 3.4028234e38, 0.89, std::log, 0.707049608F},
    {"log1p_unit", 0, 1, 1.44, std::log1p, 0.414585203F},
    {"exponential", -87.3, 88.3, 0.85, std::exp, -86.9446869F},
    {"exp", -87.3, 88.3, 1.05, std::exp, -81.3988342F},
    {"expm1_negative", -3.4028234e38, 0, 1.17, std::expm1, -0.286620736F},
    {"sigmoid", -87.3, 3.4028234e38, 2.49, sigmoid, -16.635704F},
    {"tanh", -3.4028234e38, 3.4028234e38, 1.34, std::tanh, 0.631044209F},
    {"sin_core", -1.5707964, 1.5707964, 2.66, std::sin, 1.4783057F},
    {"cos_core", -1.5707964, 1.5707964, 1.32, std::cos, 1.53642035F, 0.5},
    {"reduce_large_angle", -1e8, 1e8, 0.52, modulo_two_pi, 99860792.0F, 2, 2 * k_pi},
    {"reduce", -8192, 8192, 0.50, modulo_pi, 4717.10156F, 1, k_pi},
    {"sin", -1e8, 1e8, 2.78, std::sin, 44552.3945F, 0.5},
    {"cos", -1e8, 1e8, 3.28, std::cos, 63925188.0F, 0.5},
    {"cdf", -13.2, 3.4028234e38, 66.9, cdf, -11.8387518F},
    {"pdf", -13.2, 13.2, 65.2, pdf, 13.0940952F},
    {"erf", -3.4028234e38, 3.4028234e38, 4.16, std::erf, 0.471218646F},
};

struct DoubleRow {
  const char* name;
  double from, to, ulp;
  double (*function)(double);
  long double (*exact)(long double);
  double hardest;  ///< of 2^23 random arguments
  double least = 0;
  bool as_float = false;  ///< the ULP is float32's
};

double unit_mass(double x) { return normal_mass(x, x + 1); }

const DoubleRow k_double_rows[] = {
    {"portable_exp", -708.3, 709.7, 1.16, portable_exp, std::exp, 88.378955160146234},
    {"portable_log", 2.3e-308, 1.7e308, 1.97, portable_log, std::log, 1.0009560226528638},
    {"portable_sin", -1e5, 1e5, 1.44, portable_sin, std::sin, 15422.872461252075, 0.5},
    {"portable_cos", -1e5, 1e5, 1.46, portable_cos, std::cos, 34672.983996852738, 0.5},
    {"normal_pdf", -37.5, 37.5, 513, normal_pdf, normal_pdf_exact, -36.588380703073163},
    {"normal_cdf", -37.5, 38.5, 5.76, normal_cdf, normal_cdf_exact, -0.041585406920673251},
    {"normal_quantile", 1e-300, 0.9999999999999998, 3.26, normal_quantile, normal_quantile_exact,
     0.51685236895273268, 1},
    {"normal_quantile_lower_tail", 1e-300, 0.5, 0.0054, normal_quantile_lower_tail,
     normal_quantile_exact, 0.034992484989051734, 1, true},
    {"normal_mass", -37.5, 36.5, 6.1, unit_mass, unit_mass_exact, -0.95593993528177723},
};

constexpr std::size_t k_float_points = std::size_t{1} << 20, k_double_points = std::size_t{1} << 18;

/// The worst error of a function in ULP, and where it is.
struct Worst {
  double error = 0, at = 0;

  void add(double ulps, double x) {
    if (ulps <= error) return;
    error = ulps;  // NaN too, which no bound is above
    at = x;
  }
};

/// Adds the errors of out[i] at x[i].
void add_errors(const FloatRow& row, std::span<const float> x, std::span<const double> out,
                Worst& worst) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto at = static_cast<double>(x[i]);
    const double exact = row.exact(at), off = out[i] - exact;
    const double apart = row.period > 0 ? std::remainder(off, row.period) : off;
    worst.add(std::abs(apart) / ulp<float>(std::max(std::abs(exact), row.least)), at);
  }
}

std::vector<float> arguments(const FloatRow& row) {
  auto x = spread<float>(row.from, row.to, k_float_points);
  x.front() = row.hardest;
  return x;
}

std::vector<double> results(const FloatRow& row, std::span<const float> x) {
  std::vector<double> out(x.size());
  probe(row.name).over(x.data(), out.data(), x.size());
  return out;
}

Worst worst_of(const DoubleRow& row) {
  Worst worst;
  auto arguments = spread<double>(row.from, row.to, k_double_points);
  arguments.front() = row.hardest;
  for (const double x : arguments) {
    const long double exact = row.exact(x), off = std::abs(row.function(x) - exact);
    const long double size = std::max<long double>(std::abs(exact), row.least);
    const long double unit = row.as_float ? ulp<float>(size) : ulp<double>(size);
    worst.add(static_cast<double>(off / unit), x);
  }
  return worst;
}

/// Whether a stated number is no smaller than what is measured, and not padded.
bool states(double stated, const Worst& worst) {
  return worst.error <= stated && stated <= 1.05 * worst.error;
}

}  // namespace

TEST_CASE("Functions on vectors err as much as is stated, on every instruction set") {
  for (const auto& row : k_float_rows) {
    const auto x = arguments(row);
    const auto out = results(row, x);
    Worst worst;
    add_errors(row, x, out, worst);
    CAPTURE(row.name, row.ulp, worst.error, worst.at);
    CHECK(states(row.ulp, worst));
    test::on_each_instruction_set([&] { CHECK((results(row, x) == out)); });
  }
}

TEST_CASE("A function on vectors that errs by an ULP more is found out") {
  const auto& row = *std::find_if(std::begin(k_float_rows), std::end(k_float_rows),
                                  [](auto& each) { return std::string_view(each.name) == "exp"; });
  const auto x = arguments(row);
  for (const double up : {0.0, 1.0}) {
    auto out = results(row, x);
    for (double& each : out) each += up * ulp<float>(each);
    Worst worst;
    add_errors(row, x, out, worst);
    CHECK(states(row.ulp, worst) == (up == 0));
  }
}

TEST_CASE("Special functions in double err as much as is stated") {
  if (!k_long_references) SKIP("long double is no wider than double, or software");
  for (const auto& row : k_double_rows) {
    const Worst worst = worst_of(row);
    CAPTURE(row.name, row.ulp, worst.error, worst.at);
    CHECK(states(row.ulp, worst));
  }
  DoubleRow off = k_double_rows[0];
  off.function = [](double x) { return std::nextafter(portable_exp(x), k_infinity); };
  CHECK_FALSE(states(off.ulp, worst_of(off)));
}

// So what was measured on one machine holds on all.
TEST_CASE("Special functions in double have the same bits everywhere") {
  std::vector<double> all;
  for (const auto& row : k_double_rows)
    for (const double x : spread<double>(row.from, row.to, k_double_points / 16))
      all.push_back(row.function(x));
  CHECK(sha256(std::as_bytes(std::span(all))) ==
        "1ce267b68b2dc73fc05ffe572fe3e19f191f9779c040caeda21ade7f9fa1da94");
}

// Minutes: -c of a row's name runs one. Its argument is the row's `hardest`.
TEST_CASE("The worst error over every float of the range", "[.every-float]") {
  std::vector<float> x(std::size_t{1} << 14);
  std::vector<double> out(x.size());
  for (const auto& row : k_float_rows) DYNAMIC_SECTION(row.name) {
      Worst worst;
      const std::int64_t last = place_of(static_cast<float>(row.to));
      for (std::int64_t place = place_of(static_cast<float>(row.from)); place <= last;) {
        for (float& each : x) each = at_place<float>(std::min(place++, last));
        probe(row.name).over(x.data(), out.data(), x.size());
        add_errors(row, x, out, worst);
      }
      CAPTURE(worst.error, worst.at);
      CHECK(states(row.ulp, worst));
    }
}
