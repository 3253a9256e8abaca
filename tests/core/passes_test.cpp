// The operations of plans, each by the same rules: gradients against differences, float against
// double, any slicing the same bits, theory against samples.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "differences.hpp"
#include "initscope/sampling.hpp"
#include "instruction_sets.hpp"
#include "passes/runner.hpp"
#include "plain_passes.hpp"
#include "theory/op_theory.hpp"

using namespace initscope;
using test::distance;

namespace {

constexpr std::size_t k_batch = 37;  // two panels, the second not full

/// A plan of one operation of each kind that there is.
Plan plan_with(OpKind kind) {
  Plan plan;
  switch (kind) {
    case OpKind::product:
      plan.units = {5, 7};
      plan.weights = {{5, 7, dense_fans(5, 7), 1}};
      plan.ops = {{kind, 0, 1, 0}};
      return plan;
    case OpKind::activate:
      plan.units = {6, 6};
      plan.ops = {{kind, 0, 1, k_none, k_none, {Activation::tanh}}};
      return plan;
    case OpKind::add:
      plan.units = {6, 6, 6};
      plan.ops = {{.kind = kind, .in = 0, .out = 1, .beside = 2, .scale = 0.7F}};
      return plan;
    case OpKind::scale:
      plan.units = {6, 6};
      plan.ops = {{.kind = kind, .in = 0, .out = 1, .scale = -0.3F}};
      return plan;
    case OpKind::normalize:
    case OpKind::standardize:
      plan.units = {6, 6};
      plan.ops = {{.kind = kind, .in = 0, .out = 1}};
      return plan;
  }
  return plan;
}

/// One operation, its memory, and the numbers in it: E = sum of out * seed over units and batch.
template <class Passes>
struct Bench {
  using Real = typename Passes::Real;

  explicit Bench(const Plan& of)
      : plan(of),
        op(plan.ops[0]),
        passes(k_op_passes<Passes>[static_cast<std::size_t>(op.kind)]),
        parameters(plan),
        in(shape(0).size()),
        out(shape(1).size()),
        in_gradient(shape(0).size()),
        out_gradient(shape(1).size()),
        beside(op.beside == k_none ? 0 : shape(2).size()),
        beside_gradient(beside.size()) {
    fill(1, in.all(), shape(0));
    fill(2, parameters.values(), {parameters.values().size(), 1});
    const ParameterPlaces<Real> own = places();
    here = {
        shape(0),   shape(1), in.data(),           out.data(),        nullptr, out_gradient.data(),
        own.weight, own.bias, own.weight_gradient, own.bias_gradient, nullptr};
    if (op.beside != k_none) {
      fill(4, beside.all(), shape(2));
      here.beside = beside.data();
      here.beside_gradient = beside_gradient.data();
    }
    here.in_gradient = passes.in_place ? out_gradient.data() : in_gradient.data();
    if (passes.scratch != nullptr) {
      scratch = Aligned<Real>(passes.scratch(op, here, true));
      here.scratch = scratch.data();
    }
  }

  PanelShape shape(Index signal) const { return {plan.units[signal], k_batch}; }
  ParameterPlaces<Real> places() {
    return op.weight == k_none ? parameters.learned(0) : parameters.places(op.weight);
  }

  /// The same numbers in float and in double; none in the padding.
  static void fill(std::uint64_t seed, std::span<Real> values, PanelShape shape) {
    std::vector<float> drawn(values.size());
    fill_normal(Stream(seed, {}), 0, 1, drawn);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::size_t column =
          i / (shape.units * simd::k_panel) * simd::k_panel + i % simd::k_panel;
      values[i] = shape.batch == 1 || column < shape.batch ? static_cast<Real>(drawn[i]) : Real{0};
    }
  }

  void seed_gradient() { fill(3, out_gradient.all(), shape(1)); }

  double cost() {
    passes.forward(op, here, {0, passes.tiles(here)});
    seed_gradient();
    double sum = 0;
    for (std::size_t i = 0; i < out.size(); ++i)
      sum += static_cast<double>(out.data()[i]) * static_cast<double>(out_gradient.data()[i]);
    return sum;
  }

  void back() {
    cost();
    if (passes.learn != nullptr) passes.learn(op, here);
    passes.backward(op, here, {0, passes.tiles(here)});
  }

  std::vector<Real> gradient_of_input() const {
    return {here.in_gradient, here.in_gradient + shape(0).size()};
  }

  Plan plan;
  Op op;
  OpPasses<Passes> passes;
  KeptParameters<Real> parameters;
  Aligned<Real> in, out, in_gradient, out_gradient, beside, beside_gradient, scratch;
  Memory<Real> here{};
};

using Plain = Bench<test::PlainPasses>;
using Fast = Bench<KernelPasses>;

std::vector<double> differences(Plain& bench, std::span<double> by) {
  return test::differences(by, [&] { return bench.cost(); });
}

/// A plan of each kind, and of the kinds that have several: groups, and the mean left in.
template <class Function>
void for_each_plan(Function f) {
  for (std::size_t kind = 0; kind < k_op_kinds; ++kind) {
    INFO("operation " << kind);
    Plan plan = plan_with(static_cast<OpKind>(kind));
    REQUIRE_FALSE(plan.ops.empty());
    f(plan);
    if (plan.ops[0].kind != OpKind::normalize) continue;
    plan.ops[0].centers = false;
    f(plan);
    plan.ops[0].centers = true;
    plan.ops[0].groups = 2;
    f(plan);
  }
}

constexpr std::size_t k_samples = 20000;
constexpr double k_square = 0.7, k_correlation = 0.6;

/// The plan with so many units that each is a sample: of the operation, or of its weights.
Plan widened(Plan plan) {
  const Op& op = plan.ops[0];
  if (op.weight == k_none) {
    plan.units.assign(plan.units.size(), k_samples);
  } else {
    Weight& weight = plan.weights[op.weight];
    weight = {weight.inputs, k_samples, dense_fans(weight.inputs, k_samples), 1};
    plan.units[op.out] = k_samples;
  }
  return plan;
}

/// Samples 0 and 1 of mean square k_square and correlation k_correlation: Gaussian, or before a
/// product, which theory asks no more of, exactly so.
void draw_pair(Fast& bench) {
  const PanelShape shape = bench.shape(0);
  std::vector<float> first(shape.units), other(shape.units);
  if (bench.op.weight == k_none) {
    const auto std = static_cast<float>(std::sqrt(k_square));
    fill_normal(Stream(5, {}), 0, std, first);
    fill_normal(Stream(6, {}), 0, std, other);
    const auto own = static_cast<float>(std::sqrt(1 - k_correlation * k_correlation));
    for (std::size_t i = 0; i < other.size(); ++i)
      other[i] = static_cast<float>(k_correlation) * first[i] + own * other[i];
  } else {
    REQUIRE(shape.units == 5);  // four of which are alike: (4 - 1) / 5
    std::fill(first.begin(), first.end(), static_cast<float>(std::sqrt(k_square)));
    other = first;
    other[0] = -other[0];
  }
  bench.parameters.start();  // theory knows no factor but the operation's own
  for (std::size_t unit = 0; unit < shape.units; ++unit) {
    bench.in.data()[shape.at(0, unit)] = first[unit];
    bench.in.data()[shape.at(1, unit)] = other[unit];
  }
}

/// What theory expects of samples whose mean square is q.
Expected expected_of(const Fast& bench, double q) {
  OpAverages known;
  known.in = {q, q * k_correlation, 0, true};
  if (bench.op.weight != k_none) {  // a Bench's parameters have variance 1
    const Fans& fans = bench.plan.weights[bench.op.weight].fans;
    known.laws = {1, fans.in, fans.out, 1};
  }
  const OpTheory& theory = op_theory()[static_cast<std::size_t>(bench.op.kind)];
  CHECK(theory.forward(bench.op, nullptr, known) == TheoryGap::applies);
  return known.result;
}

/// Whether the mean of independent samples is `mean` within 5 standard errors, beyond which one of
/// 1.7 million means lies.
bool agree(const std::vector<double>& samples, double mean) {
  const auto n = static_cast<double>(samples.size());
  double sum = 0, squares = 0;
  for (const double sample : samples) sum += sample;
  for (const double sample : samples) squares += (sample - sum / n) * (sample - sum / n);
  return std::abs(sum / n - mean) < 5 * std::sqrt(squares / (n * n));
}

}  // namespace

TEST_CASE("Every operation's way back is that of central differences in double") {
  for_each_plan([](const Plan& plan) {
    Plain bench(plan);
    const auto by_input = differences(bench, bench.in.all());
    const auto by_parameters = differences(bench, bench.parameters.values());
    const auto by_beside = differences(bench, bench.beside.all());
    bench.back();
    CHECK(distance(bench.gradient_of_input(), by_input) < 1e-7);
    if (bench.op.beside != k_none) CHECK(distance(bench.beside_gradient.all(), by_beside) < 1e-7);
    const LearnedSize learned = learned_by(plan, bench.op);
    REQUIRE((bench.passes.learn != nullptr) == (bench.op.weight != k_none || learned.gains > 0));
    if (bench.passes.learn != nullptr)
      CHECK(distance(bench.parameters.gradient(), by_parameters) < 1e-7);
    // Control: the gradient at another input, of other parameters, or of a sum that is scaled
    // otherwise, is another one.
    for (std::size_t i = 0; i < bench.in.size(); ++i)
      bench.in.data()[i] *= i % 3 == 0 ? 1.3 : 1.1;  // a norm takes no notice of one factor
    if (bench.op.beside != k_none) {
      bench.op.scale *= 1.1F;
      bench.back();
      CHECK(distance(bench.beside_gradient.all(), by_beside) > 0.01);
      return;
    }
    for (double& value : bench.parameters.values()) value *= 1.1;
    bench.back();
    CHECK(distance(bench.gradient_of_input(), by_input) > 0.01);
    if (bench.passes.learn != nullptr)
      CHECK(distance(bench.parameters.gradient(), by_parameters) > 1e-3);
  });
}

TEST_CASE("Every operation in float32 agrees with double on every instruction set") {
  test::on_each_instruction_set([] {
    for_each_plan([](const Plan& plan) {
      Plain plain(plan);
      Fast fast(plan);
      plain.back();
      fast.back();
      const auto same = [](const auto& a, const auto& b) { return distance(a, b) < 1e-5; };
      CHECK(same(fast.out.all(), plain.out.all()));
      auto got = fast.gradient_of_input();
      auto wanted = plain.gradient_of_input();
      CHECK(same(got, wanted));
      if (plain.passes.learn != nullptr)
        CHECK(distance(fast.parameters.gradient(), plain.parameters.gradient()) < 1e-5);
    });
  });
}

TEST_CASE("Every operation gives the same bits tile by tile") {
  for_each_plan([](const Plan& plan) {
    Fast whole(plan), parts(plan);
    whole.back();
    parts.seed_gradient();
    const std::size_t tiles = parts.passes.tiles(parts.here);
    for (std::size_t tile = tiles; tile-- > 0;)
      parts.passes.forward(parts.op, parts.here, {tile, tile + 1});
    for (std::size_t tile = tiles; tile-- > 0;)
      parts.passes.backward(parts.op, parts.here, {tile, tile + 1});
    CHECK(std::equal(whole.out.all().begin(), whole.out.all().end(), parts.out.data()));
    CHECK(whole.gradient_of_input() == parts.gradient_of_input());
    CHECK(std::equal(whole.beside_gradient.all().begin(), whole.beside_gradient.all().end(),
                     parts.beside_gradient.data()));
  });
}

TEST_CASE("Theory expects of every operation what its passes make of samples") {
  for_each_plan([](const Plan& plan) {
    const OpKind kind = plan.ops[0].kind;
    const OpTheory& theory = op_theory()[static_cast<std::size_t>(kind)];
    REQUIRE(theory.forward != nullptr);
    REQUIRE(theory.backward != nullptr);
    // Sums and norms take more than one signal's averages: architecture_test.cpp has them in nets.
    if (kind != OpKind::product && kind != OpKind::activate && kind != OpKind::scale) return;
    Fast bench(widened(plan));
    draw_pair(bench);
    bench.passes.forward(bench.op, bench.here, {0, bench.passes.tiles(bench.here)});
    const PanelShape shape = bench.shape(bench.op.out);
    std::vector<double> squares, products;
    for (std::size_t unit = 0; unit < shape.units; ++unit) {
      const double first = static_cast<double>(bench.out.data()[shape.at(0, unit)]),
                   other = static_cast<double>(bench.out.data()[shape.at(1, unit)]);
      squares.push_back(first * first);
      products.push_back(first * other);
    }
    // Two means a kind: the seeds are fixed, and one set of seeds of 400 000 would fail by chance.
    const Expected wanted = expected_of(bench, k_square);
    CHECK(agree(squares, wanted.second));
    CHECK(agree(products, wanted.product));
    // Control: signals that are twice as large are others.
    const Expected twice = expected_of(bench, 2 * k_square);
    CHECK_FALSE(agree(squares, twice.second));
    CHECK_FALSE(agree(products, twice.product));
  });
}
