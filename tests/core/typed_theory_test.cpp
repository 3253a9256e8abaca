// Theory of typed activations: the same as of the built-in ones that they spell, without knowing
// so.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "expression_texts.hpp"
#include "initscope/checked.hpp"
#include "initscope/expression.hpp"
#include "initscope/mean_field.hpp"
#include "initscope/phase.hpp"
#include "simd/program.hpp"

using namespace initscope;

namespace {

Expression expression_of(const char* text) {
  ExpressionFault fault;
  Expression expression = Expression::read(text, fault);
  INFO(text);
  REQUIRE(expression);
  return expression;
}

struct Twin {
  const char* text;
  ActivationSpec built_in;
};
const Twin k_twins[] = {
    {"x*tanh(softplus(x))", {Activation::mish}},
    {"0.5*z*(1+erf(z/sqrt(2)))", {Activation::gelu}},
    {"z*sigmoid(z)", {Activation::silu}},
    {"z/(1+exp(-z))", {Activation::silu}},
    {"tanh(z)", {Activation::tanh}},
    {"(exp(z)-exp(-z))/(exp(z)+exp(-z))", {Activation::tanh}},
    {"relu(z)", {Activation::relu}},
    {"max(0,z)", {Activation::relu}},
    {"0.5*(z+abs(z))", {Activation::relu}},
    {"max(z,0.25*z)", {Activation::leaky_relu, 0.25F}},
    {"where(z>0,z,exp(z)-1)", {Activation::elu}},
    {"1.0507009873554805*where(z>0,z,1.6732632423543772*(exp(z)-1))", {Activation::selu}},
    {"z/(1+abs(z))", {Activation::softsign}},
    {"min(1,max(-1,z))", {Activation::hardtanh}},
    {"log(1+exp(z))", {Activation::softplus}},
    {"1/(1+exp(-z))", {Activation::sigmoid}},
    {"erf(z)", {Activation::erf}},
    {"sin(z)", {Activation::sin}},
    {"sin(30*z)", {Activation::sin, 0, 30}},
    {"2*z-z", {Activation::linear}},
};

bool near(double a, double b, double tolerance) {
  return std::abs(a - b) <= tolerance * std::max(1e-300, std::abs(b)) ||
         (std::isnan(a) && std::isnan(b)) || a == b;
}

}  // namespace

TEST_CASE("A typed activation agrees with the built-in one that it spells: values and slopes") {
  for (const auto& [text, built_in] : k_twins) {
    CAPTURE(text);
    const Expression expression = expression_of(text);
    for (double u = -8; u <= 8; u += 0.0625) {
      if (u == 0 || std::abs(u) == 1) continue;  // at a kink either slope is right
      const auto a = evaluate(expression.activation(), u), b = evaluate(built_in, u);
      CHECK(std::abs(a.value - b.value) < 1e-14 * std::max(1.0, std::abs(b.value)));
      CHECK(std::abs(a.slope - b.slope) < 1e-13 * std::max(1.0, std::abs(b.slope)));
    }
  }
}

TEST_CASE("x*tanh(softplus(x)) is mish to float32's last places, and its gain to 1e-9") {
  const Expression mish = expression_of("x*tanh(softplus(x))");
  std::vector<float> z;
  for (int i = -4000; i <= 4000; ++i) z.push_back(static_cast<float>(i) / 200);
  std::vector<float> a(z.size()), b(z.size()), c(z.size(), 1.0F), d(z.size(), 1.0F);
  activate(mish.activation(), z, a);
  activate({Activation::mish}, z, b);
  apply_activation_gradient(mish.activation(), z, c);
  apply_activation_gradient({Activation::mish}, z, d);
  for (std::size_t i = 0; i < z.size(); ++i) {
    CAPTURE(z[i]);
    CHECK(std::abs(a[i] - b[i]) <= 4e-7F * std::max(std::abs(b[i]), 1e-2F));
    CHECK(std::abs(c[i] - d[i]) <= 5e-7F);
  }
  CHECK(near(unit_variance_gain(mish.activation()), unit_variance_gain({Activation::mish}), 1e-12));
  // Control: a softplus that is a little off is another activation.
  const Expression off = expression_of("x*tanh(softplus(1.0001*x))");
  CHECK(!near(unit_variance_gain(off.activation()), unit_variance_gain({Activation::mish}), 1e-9));
}

TEST_CASE("Moments, pairs, critical points and states of typed activations are the built-in ones") {
  for (const auto& [text, built_in] : k_twins) {
    CAPTURE(text);
    const Expression expression = expression_of(text);
    const ActivationSpec typed = expression.activation();
    const double bend = bending_q(built_in);
    for (const double scaled : {1e-40, 1e-6, 0.01, 1.0, 9.0}) {
      const double q = scaled * bend;
      CAPTURE(q);
      const auto a = gaussian_moments(typed, q), b = gaussian_moments(built_in, q);
      CHECK(near(a.second, b.second, 1e-10));
      CHECK(std::abs(a.mean - b.mean) < 1e-11 * std::sqrt(b.second));
      if (q > 1e-7) CHECK(near(a.variance, b.variance, 1e-9));
      CHECK(near(a.slope, b.slope, 1e-10));
      CHECK(near(a.slope_fourth, b.slope_fourth, 1e-9));
      CHECK(near(a.mixed, b.mixed, 1e-9));
      CHECK(std::abs(a.second_growth - b.second_growth) < 1e-9);
      CHECK(std::abs(a.slope_growth - b.slope_growth) < 1e-9);
      if (q > 1e-7) CHECK(std::abs(a.excess - b.excess) < 1e-8 * (1 + b.excess));
      if (q < 1e-30) continue;
      for (const double c : {-1.0, -0.98, -0.4, 0.0, 0.3, 0.9, 0.999, 1 - 1e-7, 1.0}) {
        CAPTURE(c);
        const auto pair = gaussian_pair(typed, q, c), of = gaussian_pair(built_in, q, c);
        CHECK(std::abs(pair.product - of.product) < 2e-9 * b.second);
        CHECK(std::abs(pair.slopes - of.slopes) < 2e-9 * b.slope);
        CHECK(pair.evaluations < k_most_typed_pair_evaluations);
      }
    }
    CHECK(near(unit_variance_gain(typed), unit_variance_gain(built_in),
               built_in.omega_0 == 1 ? 1e-10 : 1e-4));
    for (const double sigma_b2 : {0.0, 0.02 * bend, 0.3 * bend}) {
      CAPTURE(sigma_b2);
      const auto a = critical_at(typed, sigma_b2), b = critical_at(built_in, sigma_b2);
      CHECK(near(a.point.sigma_w2, b.point.sigma_w2, 1e-9));
      // One that is flat about its root has half the digits there.
      if (sigma_b2 > 0) CHECK(near(a.q, b.q, 1e-6));
    }
    CHECK(near(half_stable(typed).q, half_stable(built_in).q, 1e-7));
    for (const PhasePoint point :
         {PhasePoint{0.8, 0.1}, PhasePoint{1.5, 0.05}, PhasePoint{2.5, 0.2}}) {
      if (built_in.omega_0 != 1) continue;  // of which q there is too far out
      const auto a = phase_state(typed, point), b = phase_state(built_in, point);
      CAPTURE(point.sigma_w2);
      CHECK(a.fate == b.fate);
      CHECK(near(a.q, b.q, 1e-8));
      if (b.fate == Fate::settles) CHECK(near(a.chi_1, b.chi_1, 1e-8));
      if (b.fate == Fate::settles && a.phase() == b.phase())
        CHECK(std::abs(a.correlation - b.correlation) < 1e-5);
    }
  }
}

TEST_CASE("Kinks are found where they are, and nowhere else") {
  const auto kinks = [](const char* text) {
    const Expression expression = expression_of(text);
    return expression.activation().program->pieces.kinks;
  };
  const auto are = [](const std::vector<double>& found, std::vector<double> wanted) {
    return std::equal(found.begin(), found.end(), wanted.begin(), wanted.end(),
                      [](double a, double b) { return std::abs(a - b) < 1e-12; });
  };
  CHECK(are(kinks("relu(z)"), {0}));
  CHECK(are(kinks("abs(z-1.2345)"), {1.2345}));
  CHECK(are(kinks("min(1,max(-1,z))"), {-1, 1}));
  CHECK(are(kinks("min(z,z^2)"), {0, 1}));
  CHECK(are(kinks("where(z>0.3,z,0.3)"), {0.3}));
  CHECK(are(kinks("relu(0.02-abs(z-0.47))"), {0.45, 0.47, 0.49}));  // between points of the grid
  CHECK(are(kinks("relu(z-300)"), {300}));
  CHECK(are(kinks("max(abs(z)-0.01,0)"), {-0.01, 0, 0.01}));
  CHECK(are(kinks("relu(z)-relu(-z)+relu(z)"), {0}));
  CHECK(are(kinks("tanh(z)"), {}));
  CHECK(are(kinks("relu(z^2+1)"), {}));
}

TEST_CASE("A typed activation goes through theory, a phase map, propagation and training") {
  const std::string text = "x*tanh(softplus(x))";
  const auto with = [&](Spec spec, bool typed) {
    spec.set("activation", std::string(typed ? "typed" : "mish"));
    if (typed) spec.set("expression", text);
    return spec;
  };
  const Spec network{{"depth", 8.0}, {"width", 64.0}, {"batch", 32.0}};
  const auto mine = mean_field(checked::parse<NetworkSpec>(with(network, true))),
             mish = mean_field(checked::parse<NetworkSpec>(with(network, false)));
  REQUIRE(mine.layers.size() == mish.layers.size());
  for (std::size_t l = 0; l < mish.layers.size(); ++l) {
    CHECK(near(mine.layers[l].activation, mish.layers[l].activation, 1e-10));
    CHECK(near(mine.layers[l].gradient, mish.layers[l].gradient, 1e-10));
    CHECK(near(mine.layers[l].correlation, mish.layers[l].correlation, 1e-8));
  }
  const auto drawn = checked::propagate(with(network, true)),
             as_mish = checked::propagate(with(network, false));
  for (std::size_t l = 0; l < drawn.size(); ++l) {
    CHECK(near(drawn[l].activation.second_moment(), as_mish[l].activation.second_moment(), 1e-5));
    CHECK(near(drawn[l].gradient.second_moment(), as_mish[l].gradient.second_moment(), 1e-5));
  }
  const auto phase = checked::parse<PhaseSpec>(with({{"depth", 4.0}}, true));
  const auto plane = phase_map(phase.activation, phase.most),
             of_mish = phase_map({Activation::mish}, phase.most);
  REQUIRE(plane.chi_1.size() == of_mish.chi_1.size());
  for (std::size_t i = 0; i < plane.chi_1.size(); i += 97)
    CHECK(near(plane.chi_1[i], of_mish.chi_1[i], 1e-8));
  const Spec training{{"depth", 3.0}, {"width", 16.0}, {"steps", 20.0}, {"samples", 100.0}};
  const auto trained = checked::train(with(training, true)),
             trained_mish = checked::train(with(training, false));
  CHECK(near(trained.frames.back().loss, trained_mish.frames.back().loss, 1e-3));
  CHECK(!near(trained.frames.back().loss, trained.frames.front().loss, 1e-3));
}

TEST_CASE("What has no scale has none when it is typed, so that its bands and its line are exact") {
  for (const char* text : {"relu(z)", "max(0,z)", "0.5*(z+abs(z))", "max(z,0.25*z)", "2*z-z"}) {
    CAPTURE(text);
    CHECK(expression_of(text).activation().program->pieces.scale_free);
  }
  for (const char* text : {"tanh(z)", "relu(z)+0.1", "relu(z-1e-3)", "z*sigmoid(z)", "z^2"}) {
    CAPTURE(text);
    CHECK(!expression_of(text).activation().program->pieces.scale_free);
  }
  const auto field = [](const char* activation) {
    return mean_field(checked::parse<NetworkSpec>({{"scheme", std::string("kaiming_normal")},
                                                   {"activation", std::string(activation)},
                                                   {"expression", std::string("max(0,z)")},
                                                   {"depth", 20.0},
                                                   {"width", 100.0}}));
  };
  const MeanField mine = field("typed"), relu = field("relu");
  CHECK(mine.log_normal);
  REQUIRE(mine.spreads.size() == relu.spreads.size());
  REQUIRE(relu.spreads.size() == 20);
  CHECK(near(mine.spreads.back().activation, relu.spreads.back().activation, 1e-9));
  CHECK(near(mine.spreads.front().gradient, relu.spreads.front().gradient, 1e-9));
}

TEST_CASE("Theory of any expression is numbers, and what it takes has a bound") {
  test::Chance chance(11);
  std::size_t good = 0;
  for (int i = 0; i < 200; ++i) {
    const std::string text = test::expression_of(chance, 4, i % 3 == 0);
    CAPTURE(text);
    ExpressionFault fault;
    const Expression expression = Expression::read(text, fault);
    if (!expression) continue;
    ++good;
    const ActivationSpec activation = expression.activation();
    for (const double q : {1e-12, 1.0, 1e9, 1e50}) {
      const auto m = gaussian_moments(activation, q);
      for (const double value : {m.mean, m.second, m.variance, m.slope, m.slope_fourth, m.mixed,
                                 m.excess, m.centered_excess, m.second_growth, m.slope_growth})
        CHECK(std::isfinite(value));
      CHECK(m.evaluations <= k_most_moment_evaluations);
      const auto pair = gaussian_pair(activation, q, 0.9);
      CHECK((std::isfinite(pair.product) && std::isfinite(pair.slopes)));
      CHECK(pair.evaluations <= k_most_typed_pair_evaluations);
    }
    const auto state = phase_state(activation, {2, 0.1});
    CHECK((state.chi_1 >= 0 && state.q >= 0));
    CHECK(state.evaluations <= 4 * k_most_step_evaluations + k_most_typed_pair_evaluations);
  }
  CHECK(good > 100);
}

TEST_CASE("A job keeps the expression that its spec owned") {
  auto job = [] {
    const auto spec = checked::parse<NetworkSpec>({{"activation", std::string("typed")},
                                                   {"expression", std::string("z*exp(-z^2/9)")},
                                                   {"depth", 5.0},
                                                   {"width", 32.0}});
    return MeanFieldJob(spec);
  }();
  ExpressionFault fault;  // what was read of late is forgotten
  for (int i = 0; i < 20; ++i) Expression::read(std::to_string(i) + "*z", fault);
  while (job.advance()) {
  }
  CHECK(job.result().layers.back().activation > 0);
  const Expression again = expression_of("z*exp(-z^2/9)");
  CHECK(expression_of("z*exp(-z^2/9)").activation() == again.activation());
}

TEST_CASE("What is wrong with an expression is an issue of its field") {
  const auto issues = [](const Value& text) {
    NetworkSpec spec;
    return read(Spec{{"activation", std::string("typed")}, {"expression", text}}, spec);
  };
  const auto says = [&](const Value& text, const char* sentence) {
    const Issues found = issues(text);
    REQUIRE(found.size() == 1);
    CHECK(found[0].field == "expression");
    CHECK(describe(found[0]) == sentence);
  };
  CHECK(issues("tanh(z)").empty());
  says("z*(2+)",
       "expression is wrong at character 6: ); allowed there: a number, z, pi, ( , -, min, "
       "max, "
       "abs, exp, log, tanh, sigmoid, erf, sin, cos, sqrt, softplus, relu, where");
  says("max(z,1", "expression is wrong at character 8: end; allowed there: + - * / ^ )");
  says("1/z", "expression and its slope must be finite for z in -10..10; at z = 0 they are not");
  says("where(z>0,1,0)", "expression must not jump: at z = 0 its values on either side are 0, 1");
  says(3.0, "expression must be a text of at most 200 bytes, not 3");
  CHECK(issues(std::string(300, 'z'))[0].reason == Reason::too_many);
  // It is read only where it is asked for.
  NetworkSpec spec;
  const Spec other{{"activation", std::string("tanh")}, {"expression", std::string("(")}};
  CHECK(read(other, spec).empty());
  CHECK(!spec.expression);
}

TEST_CASE("Without a slope at 0 there is no critical point without biases") {
  // relu(z)^2: D = 2q, V = 3/2 q^2, so that sigma_w^2 = 1/(2q) and sigma_b^2 = q/4, and chi_q =
  // 3/2.
  const Expression squared = expression_of("relu(z)^2"), relu = expression_of("relu(z)");
  const CriticalPoint none = critical_at(squared.activation(), 0);
  CHECK(std::isnan(none.point.sigma_w2));
  CHECK(std::isnan(none.chi_q));
  const CriticalPoint biased = critical_at(squared.activation(), 0.25);
  CHECK(std::abs(biased.point.sigma_w2 - 0.5) < 1e-9);
  CHECK(std::abs(biased.chi_q - 1.5) < 1e-9);
  CHECK(std::abs(critical_at(relu.activation(), 0).point.sigma_w2 - 2) < 1e-9);
}
