// Texts of expressions: what is read, and how what is refused is said.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <numbers>
#include <string>

#include "expression_texts.hpp"
#include "functions/program.hpp"
#include "initscope/expression.hpp"
#include "initscope/gaussian.hpp"

using namespace initscope;

namespace {

double at_two(const char* text) {
  Program program;
  ExpressionFault fault;
  REQUIRE(parse(text, program, fault));
  return value_at(program, 2).value;
}

}  // namespace

TEST_CASE("What binds how: the value at z = 2") {
  const std::pair<const char*, double> cases[] = {
      {"-z^2", -4},
      {"2^3^z", 512},
      {"2^-z", 0.25},
      {"1-z-3", -4},
      {"8/z/2", 2},
      {"z*-3", -6},
      {"--z", 2},
      {"+z", 2},
      {"(z+1)*3", 9},
      {" z\t+\n1 ", 3},
      {"x+z", 4},
      {"1e2+.5+1.", 101.5},
      {"pi", std::numbers::pi},
      {"max(1,z)-min(1,z)", 1},
      {"where(z<3,1,2)", 1},
      {"where(z>=2,where(z>2,1,5),7)", 5},
      {"z^0.5", std::sqrt(2.0)},
      {"z^(1/2)", std::sqrt(2.0)},
      {"z^0", 1},
      {"1.5E-1*z", 0.3},
      {"abs(-3)", 3},
      {"sqrt(2/pi)", std::sqrt(2 / std::numbers::pi)},
      {"1.0507009873554805", 1.0507009873554805},
      {"0.7978845608028654", 0.7978845608028654},
      {"1e23", 1e23},
      {"123456789012345678901234567890", 123456789012345678901234567890.0},
      {"3.0e-39", 3.0e-39}};
  for (const auto& [text, value] : cases) {
    CAPTURE(text);
    CHECK(std::abs(at_two(text) - value) <= 2e-15 * std::abs(value));
  }
}

TEST_CASE(
    "What is not an expression is refused with its place, what was found and what is allowed") {
  using Kind = ExpressionFault::Kind;
  struct Bad {
    std::string text;
    Kind kind;
    std::size_t column;
    const char* found;
  };
  const std::string much(201, 'z');
  std::string many = "z", deep;
  for (int i = 0; i < 65; ++i) many += "+z";
  for (int i = 0; i < 60; ++i) deep += "(";
  const Bad cases[] = {{"", Kind::syntax, 1, ""},
                       {"z+", Kind::syntax, 3, ""},
                       {"z*(2+)", Kind::syntax, 6, ")"},
                       {"z z", Kind::syntax, 3, "z"},
                       {"2z", Kind::syntax, 2, "z"},
                       {"z**2", Kind::syntax, 3, "*"},
                       {"(z", Kind::syntax, 3, ""},
                       {"z)", Kind::syntax, 2, ")"},
                       {"foo(z)", Kind::syntax, 1, "foo"},
                       {"tanh z", Kind::syntax, 6, "z"},
                       {"max(z)", Kind::syntax, 6, ")"},
                       {"max(z,1,2)", Kind::syntax, 8, ","},
                       {"tanh(z,1)", Kind::syntax, 7, ","},
                       {"where(z,1,2)", Kind::syntax, 8, ","},
                       {"z<1", Kind::syntax, 2, "<"},
                       {"\xe6\x9d\x83*\xe6\x9d\x83", Kind::syntax, 1, "\xe6\x9d\x83"},
                       {"z*\xe6\x9d\x83", Kind::syntax, 3, "\xe6\x9d\x83"},
                       {"1e", Kind::syntax, 2, "e"},
                       {"1e99", Kind::syntax, 1, "1e99"},
                       {"z;alert", Kind::syntax, 2, ";"},
                       {much, Kind::too_long, 0, ""},
                       {many, Kind::too_many, 0, ""},
                       {deep, Kind::too_deep, 0, ""},
                       {std::string(150, '-') + "z", Kind::too_deep, 0, ""},
                       {"log(z)", Kind::not_finite, 0, ""},
                       {"1/z", Kind::not_finite, 0, ""},
                       {"sqrt(abs(z))", Kind::not_finite, 0, ""},
                       {"exp(z^2)", Kind::not_finite, 0, ""},
                       {"z^0.3", Kind::not_finite, 0, ""},
                       {"where(z>0.25,1,0)", Kind::not_continuous, 0, ""},
                       {"where(z>0,z,z+1)", Kind::not_continuous, 0, ""}};
  for (const Bad& bad : cases) {
    CAPTURE(bad.text);
    ExpressionFault fault;
    const Expression expression = Expression::read(bad.text, fault);
    CHECK(!expression);
    CHECK(expression.activation().program == nullptr);
    CHECK(fault.kind == bad.kind);
    CHECK(fault.column == bad.column);
    CHECK(fault.found == bad.found);
    CHECK(fault.allowed.empty() == (bad.kind != Kind::syntax));
  }
  ExpressionFault fault;
  Expression::read("where(z>0.25,1,0)", fault);
  CHECK(std::abs(fault.at - 0.25) < 1e-9);
  CHECK(fault.below == 0);
  CHECK(fault.above == 1);
  CHECK(Expression::read(std::string(199, ' ') + "z", fault));
  CHECK(fault.kind == ExpressionFault::Kind::none);
}

TEST_CASE("Ten thousand hostile texts give an expression or what is wrong with them") {
  test::Chance chance(1);
  std::size_t good = 0, bad = 0;
  for (int i = 0; i < 10000; ++i) {
    const std::string text =
        i % 2 == 0 ? test::hostile_expression(chance) : test::expression_of(chance, 5, false);
    CAPTURE(text);
    ExpressionFault fault;
    const Expression expression = Expression::read(text, fault);
    if (static_cast<bool>(expression) != (fault.kind == ExpressionFault::Kind::none))
      FAIL("either an expression or a fault");
    ++(expression ? good : bad);
    if (!expression) continue;
    const auto m = gaussian_moments(expression.activation(), 1);
    if (!std::isfinite(m.second) || !std::isfinite(m.slope) ||
        m.evaluations > k_most_moment_evaluations)
      FAIL("averages are finite, and do not take longer");
  }
  CHECK(good > 1000);
  CHECK(bad > 4000);
}
