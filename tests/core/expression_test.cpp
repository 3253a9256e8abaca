// Expressions: values and derivatives in float32 and double, and the same bits on every instruction
// set.
#include "initscope/expression.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "expression_texts.hpp"
#include "functions/program.hpp"
#include "initscope/gaussian.hpp"
#include "instruction_sets.hpp"

using namespace initscope;

namespace {

Program program_of(const char* text) {
  Program program;
  ExpressionFault fault;
  INFO(text);
  REQUIRE(parse(text, program, fault));
  return program;
}

ActivationValue in_double(const Program& program, double u) {
  ActivationValue at{};
  run_program(program, {&u, 1}, &at.value, &at.slope);
  return at;
}

struct Floats {
  std::vector<float> value, slope;
};
Floats in_float(const Program& program, const std::vector<float>& z) {
  const ActivationSpec spec{.id = Activation::typed, .program = &program};
  Floats result{std::vector<float>(z.size()), std::vector<float>(z.size(), 1.0F)};
  activate(spec, z, result.value);
  apply_activation_gradient(spec, z, result.slope);
  return result;
}

std::vector<float> points(float from, float to) {
  std::vector<float> z;
  constexpr int k_count = 20000;
  for (int i = 0; i <= k_count; ++i)
    z.push_back(from + (to - from) * (static_cast<float>(i) / static_cast<float>(k_count)));
  return z;
}

using Exact = long double;
/// A function with its exact value and slope, and its worst errors in ULP of the result, or of 1
/// where that is less, on [from, to]: of the value and of the slope in float32, and of both in
/// double.
struct Case {
  const char* text;
  float from, to;
  Exact (*value)(Exact);
  Exact (*slope)(Exact);
  double value_ulp, slope_ulp, double_ulp;
};
const Case k_cases[] = {
    {"z+0.5", -10, 10, [](Exact z) { return z + 0.5L; }, [](Exact) { return 1.0L; }, 0.5, 0, 0.5},
    {"0.75-z", -10, 10, [](Exact z) { return 0.75L - z; }, [](Exact) { return -1.0L; }, 0.5, 0,
     0.5},
    {"z*(z+1)", -10, 10, [](Exact z) { return z * (z + 1); }, [](Exact z) { return 2 * z + 1; },
     1.5, 1.1, 1.5},
    {"3/z", 1, 10, [](Exact z) { return 3 / z; }, [](Exact z) { return -3 / (z * z); }, 0.5, 1.5,
     1.5},
    {"-z", -10, 10, [](Exact z) { return -z; }, [](Exact) { return -1.0L; }, 0, 0, 0},
    {"z^3", -10, 10, [](Exact z) { return z * z * z; }, [](Exact z) { return 3 * z * z; }, 1.5, 1.5,
     1.5},
    {"z^-2", 1, 10, [](Exact z) { return 1 / (z * z); }, [](Exact z) { return -2 / (z * z * z); },
     1.1, 2, 2},
    {"z^20", 1, 10, [](Exact z) { return std::pow(z, 20.0L); },
     [](Exact z) { return 20 * std::pow(z, 19.0L); }, 15, 15, 15},
    {"z^2.5", 0.1F, 10, [](Exact z) { return std::pow(z, 2.5L); },
     [](Exact z) { return 2.5L * std::pow(z, 1.5L); }, 10, 10, 10},
    {"z^z", 0.1F, 10, [](Exact z) { return std::pow(z, z); },
     [](Exact z) { return std::pow(z, z) * (1 + std::log(z)); }, 40, 40, 40},
    {"abs(z)", -10, 10, [](Exact z) { return std::abs(z); },
     [](Exact z) { return z > 0   ? 1.0L
                          : z < 0 ? -1.0L
                                  : 0.0L; }, 0, 0, 0},
    {"exp(z)", -20, 20, [](Exact z) { return std::exp(z); }, [](Exact z) { return std::exp(z); },
     1.1, 1.1, 1},
    {"log(z)", 0.001F, 50, [](Exact z) { return std::log(z); }, [](Exact z) { return 1 / z; }, 1,
     0.5, 1},
    {"tanh(z)", -10, 10, [](Exact z) { return std::tanh(z); },
     [](Exact z) {
       const Exact c = std::cosh(z);
       return 1 / (c * c);
     },
     1.4, 2, 2},
    {"sigmoid(z)", -10, 10, [](Exact z) { return 1 / (1 + std::exp(-z)); },
     [](Exact z) {
       const Exact e = std::exp(-z);
       return e / ((1 + e) * (1 + e));
     },
     2.5, 1, 2},
    {"erf(z)", -4, 4, [](Exact z) { return std::erf(z); },
     [](Exact z) { return 1.12837916709551257390L * std::exp(-z * z); }, 4.2, 2, 2},
    {"sin(z)", -30, 30, [](Exact z) { return std::sin(z); }, [](Exact z) { return std::cos(z); },
     1.5, 2, 1},
    {"cos(z)", -30, 30, [](Exact z) { return std::cos(z); }, [](Exact z) { return -std::sin(z); },
     2, 1.5, 1},
    {"sqrt(z)", 0.01F, 50, [](Exact z) { return std::sqrt(z); },
     [](Exact z) { return 0.5L / std::sqrt(z); }, 0.5, 1.5, 1.5},
    {"softplus(z)", -20, 20, [](Exact z) { return std::log1p(std::exp(z)); },
     [](Exact z) { return 1 / (1 + std::exp(-z)); }, 1.5, 2.5, 2},
    {"relu(z)", -10, 10, [](Exact z) { return z > 0 ? z : 0; },
     [](Exact z) { return z > 0 ? 1.0L : 0.0L; }, 0, 0, 0},
    {"max(z,2*z)", -10, 10, [](Exact z) { return z > 0 ? 2 * z : z; },
     [](Exact z) { return z > 0   ? 2.0L
                          : z < 0 ? 1.0L
                                  : 1.5L; }, 0, 0, 0},
    {"min(z,2*z)", -10, 10, [](Exact z) { return z > 0 ? z : 2 * z; },
     [](Exact z) { return z > 0   ? 1.0L
                          : z < 0 ? 2.0L
                                  : 1.5L; }, 0, 0, 0},
    {"where(z<1,z,3)", -10, 10, [](Exact z) { return z < 1 ? z : 3; },
     [](Exact z) { return z < 1 ? 1.0L : 0.0L; }, 0, 0, 0},
    {"where(z<=1,z,3)", -10, 10, [](Exact z) { return z <= 1 ? z : 3; },
     [](Exact z) { return z <= 1 ? 1.0L : 0.0L; }, 0, 0, 0},
    {"where(z>1,z,3)", -10, 10, [](Exact z) { return z > 1 ? z : 3; },
     [](Exact z) { return z > 1 ? 1.0L : 0.0L; }, 0, 0, 0},
    {"where(z>=1,z,3)", -10, 10, [](Exact z) { return z >= 1 ? z : 3; },
     [](Exact z) { return z >= 1 ? 1.0L : 0.0L; }, 0, 0, 0},
};

/// |got - exact| in units in the last place of the exact result in `Real`, or of 1.
template <class Real>
double ulps(Exact got, Exact exact) {
  const auto size = static_cast<Real>(std::max(1.0L, std::abs(exact)));
  const Exact unit =
      static_cast<Exact>(std::nextafter(size, std::numeric_limits<Real>::infinity())) -
      static_cast<Exact>(size);
  return static_cast<double>(std::abs(got - exact) / unit);
}

}  // namespace

TEST_CASE(
    "Every operator and function of an expression has its stated error, as have their slopes") {
  for (const Case& each : k_cases) {
    CAPTURE(each.text);
    const Program program = program_of(each.text);
    const auto z = points(each.from, each.to);
    test::on_each_instruction_set([&] {
      const Floats of = in_float(program, z);
      double value = 0, slope = 0, both = 0;
      for (std::size_t i = 0; i < z.size(); ++i) {
        const auto at = static_cast<double>(z[i]);
        const Exact exact = each.value(at), exact_slope = each.slope(at);
        value = std::max(value, ulps<float>(static_cast<Exact>(of.value[i]), exact));
        slope = std::max(slope, ulps<float>(static_cast<Exact>(of.slope[i]), exact_slope));
        const auto precise = in_double(program, at);
        both = std::max(
            {both, ulps<double>(precise.value, exact), ulps<double>(precise.slope, exact_slope)});
      }
      CHECK(value <= each.value_ulp);
      CHECK(slope <= each.slope_ulp);
      CHECK(both <= each.double_ulp);
    });
  }
}

TEST_CASE("Derivatives of random expressions are those of central differences") {
  test::Chance chance(2026);
  std::size_t tried = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::string text = test::expression_of(chance, 4, true);
    ExpressionFault fault;
    Program program;
    if (!parse(text, program, fault)) continue;
    CAPTURE(text);
    for (const double u : {-2.3, -0.71, 0.13, 1.9}) {
      constexpr double k_step = 1e-5;
      const auto at = in_double(program, u);
      const double difference =
          (in_double(program, u + k_step).value - in_double(program, u - k_step).value) /
          (2 * k_step);
      // Third derivatives of such compositions, times the square of the step.
      const double scale = 1 + std::abs(at.value) + std::abs(at.slope);
      if (scale > 1e6) continue;
      const double wider =
          (in_double(program, u + 2 * k_step).value - in_double(program, u - 2 * k_step).value) /
          (4 * k_step);
      CHECK(std::abs(at.slope - difference) < 1e-7 * scale + 2 * std::abs(wider - difference));
      ++tried;
    }
  }
  CHECK(tried > 4000);
}

TEST_CASE("float32 follows double, with the same bits on every instruction set and in any slices") {
  test::Chance chance(7);
  std::vector<float> z;
  for (int i = 0; i < 1000; ++i) z.push_back(static_cast<float>(i - 500) / 64);
  z.push_back(0.0F);
  z.push_back(-0.0F);
  z.push_back(1e30F);
  z.push_back(-1e-40F);
  z.push_back(std::numeric_limits<float>::infinity());
  z.push_back(std::numeric_limits<float>::quiet_NaN());
  std::size_t followed = 0;
  for (int i = 0; i < 300; ++i) {
    const std::string text = test::expression_of(chance, 4, i % 2 == 0);
    ExpressionFault fault;
    Program program;
    if (!parse(text, program, fault)) continue;
    CAPTURE(text);
    const ActivationSpec spec{.id = Activation::typed, .program = &program};
    Floats first;
    test::on_each_instruction_set([&] {
      const Floats whole = in_float(program, z);
      if (first.value.empty()) first = whole;
      const auto same = [](const std::vector<float>& a, const std::vector<float>& b) {
        return std::equal(a.begin(), a.end(), b.begin(), [](float x, float y) {
          return std::memcmp(&x, &y, sizeof x) == 0 || (std::isnan(x) && std::isnan(y));
        });
      };
      CHECK(same(first.value, whole.value));
      CHECK(same(first.slope, whole.slope));
      Floats sliced{whole.value, std::vector<float>(z.size(), 1.0F)};
      for (std::size_t begin = 0, size = 1; begin < z.size(); begin += size, size = size * 3 % 67) {
        size = std::min(size, z.size() - begin);
        activate(spec, std::span(z).subspan(begin, size),
                 std::span(sliced.value).subspan(begin, size));
        apply_activation_gradient(spec, std::span(z).subspan(begin, size),
                                  std::span(sliced.slope).subspan(begin, size));
      }
      CHECK(same(sliced.value, whole.value));
      CHECK(same(sliced.slope, whole.slope));
    });
    if (i % 2 == 1) continue;
    // Smooth ones have no cancellation worse than that of a difference of their parts.
    for (std::size_t k = 200; k < 800; k += 7) {
      const auto at = in_double(program, static_cast<double>(z[k]));
      if (std::abs(at.value) > 100 || std::abs(at.slope) > 100) continue;
      CHECK(std::abs(static_cast<double>(first.value[k]) - at.value) < 1e-2);
      ++followed;
    }
  }
  CHECK(followed > 5000);
}
