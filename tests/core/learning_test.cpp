// Gradients against differences, optimizers against their papers' formulas, and data sets.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "differences.hpp"
#include "initscope/dataset.hpp"
#include "initscope/sampling.hpp"
#include "instruction_sets.hpp"
#include "plain_passes.hpp"
#include "training/learner.hpp"
#include "training/losses.hpp"
#include "training/optimizers.hpp"

using namespace initscope;
using test::distance;

namespace {

constexpr std::size_t k_batch = 37;  // two panels, the second not full

struct Problem {
  std::vector<std::size_t> widths;
  Loss loss;
  bool regression;
  std::vector<float> x, y;
};

Problem problem(Loss loss, bool regression) {
  Problem made{{5, 7, 6, regression ? 1u : 4u}, loss, regression, {}, {}};
  made.x.resize(k_batch * 5);
  made.y.resize(k_batch);
  fill_normal(Stream(7, {Purpose::data, 0, 0}), 0, 1, made.x);
  fill_normal(Stream(7, {Purpose::data, 1, 0}), 0, 1, made.y);
  if (!regression)
    for (std::size_t i = 0; i < k_batch; ++i) made.y[i] = static_cast<float>(i % 4);
  return made;
}

template <class Passes>
double cost(Learner<Passes>& network, const Problem& problem, bool gradient) {
  const std::size_t inputs = problem.widths[0];
  network.begin(k_batch);
  for (std::size_t i = 0; i < k_batch; ++i)
    network.set_input(i, std::span<const float>(problem.x).subspan(i * inputs, inputs));
  network.forward();
  Score score;
  constexpr double k_share = 1 / static_cast<double>(k_batch);
  for (std::size_t i = 0; i < k_batch; ++i)
    score += score_sample(network, i, problem.loss, problem.regression,
                          static_cast<double>(problem.y[i]), gradient ? k_share : 0);
  if (gradient) network.backward();
  return score.loss * k_share;
}

using Plain = Learner<test::PlainPasses>;
using Fast = Learner<KernelPasses>;

NetworkSpec network_of(const std::vector<std::size_t>& widths, ActivationSpec activation) {
  NetworkSpec spec;
  spec.input_width = widths.front();
  spec.widths.assign(widths.begin() + 1, widths.end());
  spec.activation = activation;
  return spec;
}

/// The same random parameters for any network.
template <class Passes>
void draw_parameters(Learner<Passes>& network) {
  for (std::size_t l = 1; l <= network.layers(); ++l) {
    std::vector<float> weight(network.weight(l).size()), bias(network.bias(l).size());
    const double std =
        1.2 / std::sqrt(static_cast<double>(network.weight(l).size() / network.bias(l).size()));
    fill_normal(Stream(3, {Purpose::weight, static_cast<std::uint32_t>(l), 0}), 0,
                static_cast<float>(std), weight);
    fill_normal(Stream(3, {Purpose::bias, static_cast<std::uint32_t>(l), 0}), 0, 0.3F, bias);
    std::copy(weight.begin(), weight.end(), network.weight(l).begin());
    std::copy(bias.begin(), bias.end(), network.bias(l).begin());
  }
}

/// Central differences of the cost by every parameter.
std::vector<double> differences(Plain& network, const Problem& problem) {
  return test::differences(network.parameters(), [&] { return cost(network, problem, false); });
}

constexpr std::pair<Loss, bool> k_costs[] = {
    {Loss::cross_entropy, false}, {Loss::mse, false}, {Loss::mse, true}};

}  // namespace

TEST_CASE("Gradients in double are those of central differences, for every activation and loss") {
  for (const auto& [loss, regression] : k_costs)
    for (const auto& info : activations()) {
      const Problem made = problem(loss, regression);
      // No pre-activation of these lies within a difference's step of a kink.
      Plain network(network_of(made.widths, {info.id}), k_batch);
      draw_parameters(network);
      const auto expected = differences(network, made);
      cost(network, made, true);
      INFO(info.name << ", loss " << static_cast<int>(loss) << ", regression " << regression);
      CHECK(distance(network.gradient(), expected) < 1e-6);
    }
  // Control: another activation's gradient is far from these differences.
  const Problem made = problem(Loss::cross_entropy, false);
  Plain network(network_of(made.widths, {Activation::tanh}), k_batch),
      other(network_of(made.widths, {Activation::softsign}), k_batch);
  draw_parameters(network);
  draw_parameters(other);
  cost(other, made, true);
  CHECK(distance(other.gradient(), differences(network, made)) > 0.01);
}

TEST_CASE("Gradients of a network of sin(30 z), with weights as small as SIREN's") {
  const ActivationSpec siren{Activation::sin, 0, 30};
  const Problem made = problem(Loss::cross_entropy, false);
  Plain plain(network_of(made.widths, siren), k_batch);
  Fast fast(network_of(made.widths, siren), k_batch);
  draw_parameters(plain);
  draw_parameters(fast);
  for (double& parameter : plain.parameters()) parameter /= 30;
  for (float& parameter : fast.parameters()) parameter /= 30;
  const auto expected = differences(plain, made);
  cost(plain, made, true);
  cost(fast, made, true);
  CHECK(distance(plain.gradient(), expected) < 1e-6);
  CHECK(distance(fast.gradient(), plain.gradient()) < 1e-4);
  // Control: the gradient without the factor omega_0 of each slope is another one.
  Plain slow(network_of(made.widths, {Activation::sin}), k_batch);
  draw_parameters(slow);
  cost(slow, made, true);
  CHECK(distance(slow.gradient(), expected) > 0.01);
}

TEST_CASE("Gradients in float32 agree with those in double on every instruction set") {
  test::on_each_instruction_set([] {
    for (const auto& [loss, regression] : k_costs)
      for (const auto& info : activations()) {
        const Problem made = problem(loss, regression);
        Plain plain(network_of(made.widths, {info.id}), k_batch);
        Fast fast(network_of(made.widths, {info.id}), k_batch);
        draw_parameters(plain);
        draw_parameters(fast);
        const double exact = cost(plain, made, true), cheap = cost(fast, made, true);
        INFO(info.name << ", loss " << static_cast<int>(loss) << ", regression " << regression);
        CHECK(std::abs(cheap / exact - 1) < 1e-5);
        CHECK(distance(fast.gradient(), plain.gradient()) < 1e-4);
      }
  });
}

TEST_CASE("A batch's gradient does not depend on what was in the batch before") {
  const Problem made = problem(Loss::cross_entropy, false);
  Fast fresh(network_of(made.widths, {Activation::tanh}), 64),
      used(network_of(made.widths, {Activation::tanh}), 64);
  draw_parameters(fresh);
  draw_parameters(used);
  used.begin(64);
  const std::vector<float> large(5, 100.0F);
  for (std::size_t i = 0; i < 64; ++i) {
    used.set_input(i, std::span<const float>(large));
    for (std::size_t k = 0; k < 4; ++k) used.set_output_gradient(i, k, 1.0F);
  }
  used.forward();
  used.backward();
  CHECK(cost(fresh, made, true) == cost(used, made, true));
  CHECK(std::equal(fresh.gradient().begin(), fresh.gradient().end(), used.gradient().begin()));
}

TEST_CASE("Optimizers take the steps of their formulas") {
  const std::vector<double> gradient{0.5, -2, 1e-3, 0};
  const std::vector<double> start{1, -1, 0.25, 3};
  const auto run = [&](const OptimizerSpec& spec, int steps) {
    std::vector<double> w = start;
    Updates<double> updates(spec, w.size());
    for (int i = 0; i < steps; ++i) updates.apply(w, gradient);
    return w;
  };
  for (std::size_t i = 0; i < start.size(); ++i) {
    const double w = start[i], g = gradient[i];
    const auto close = [i](const std::vector<double>& got, double expected) {
      return std::abs(got[i] - expected) < 1e-13;
    };
    // Two steps of SGD with decay 0.1: w - 0.2 (g + 0.1 w), twice.
    const double once = w - 0.2 * (g + 0.1 * w);
    CHECK(close(run({Optimizer::sgd, 0.2, 0.9, 0.1}, 2), once - 0.2 * (g + 0.1 * once)));
    // Momentum: the velocity is g, then 1.5 g.
    CHECK(close(run({Optimizer::momentum, 0.1, 0.5, 0}, 2), w - 0.1 * (g + 1.5 * g)));
    // Adam on a constant gradient: both corrected means are exact, so each step is
    // rate g / (|g| + epsilon) (Kingma and Ba 2015, algorithm 1).
    const double adam = g == 0 ? w : w - 3 * 0.01 * g / (std::abs(g) + k_adam_epsilon);
    CHECK(std::abs(run({Optimizer::adam, 0.01, 0.9, 0}, 3)[i] - adam) < 1e-12);
  }
}

TEST_CASE("Adam's steps in float32 are as long as torch's") {
  // From zero, the first step is the rate times g / (|g| + 1e-8): 0.00999999 in torch. Four
  // roundings of half a unit in the last place are 2.4e-7; 1 - float(0.999) in place of 0.001
  // gives 6.7e-6.
  const std::vector<float> gradient{0.5F, -2, 0.0123F, 0.07F, -0.31F, 11, -3.3F, 1e-3F};
  std::vector<float> w(gradient.size());
  Updates<float> updates({Optimizer::adam, 0.01, 0.9, 0}, w.size());
  updates.apply(w, gradient);
  for (std::size_t i = 0; i < w.size(); ++i) {
    const double g = static_cast<double>(gradient[i]);
    const double ratio = static_cast<double>(w[i]) * (std::abs(g) + k_adam_epsilon) / (-0.01 * g);
    CAPTURE(i, w[i], ratio);
    CHECK(std::abs(ratio - 1) < 2.5e-7);
  }
}

TEST_CASE("Losses of outputs beyond float32 are not finite, those within are") {
  Fast network(network_of({1, 2}, {Activation::linear}), 1);
  const auto loss_at = [&](float output) {
    network.bias(1)[0] = output;
    network.begin(1);
    network.forward();
    return score_sample(network, 0, Loss::cross_entropy, false, 1, 1).loss;
  };
  CHECK(loss_at(1e30F) == static_cast<double>(1e30F));
  CHECK(!std::isfinite(loss_at(INFINITY)));
  CHECK(!std::isfinite(loss_at(NAN)));
}

TEST_CASE("Data sets have their classes, unit variance, and no sample depends on another") {
  for (const auto& info : data_sets()) {
    if (info.id == DataSet::data) continue;
    INFO(info.name);
    const Samples all = draw_samples(info.id, 0.05, 11, 0, 2000);
    REQUIRE(all.x.size() == 2000 * info.inputs);
    const Samples some = draw_samples(info.id, 0.05, 11, 700, 40);
    CHECK(std::equal(some.x.begin(), some.x.end(),
                     all.x.begin() + static_cast<std::ptrdiff_t>(700 * info.inputs)));
    CHECK(std::equal(some.y.begin(), some.y.end(), all.y.begin() + 700));
    CHECK(draw_samples(info.id, 0.05, 12, 0, 40).x != draw_samples(info.id, 0.05, 11, 0, 40).x);
    double sum = 0, square = 0;
    for (const float value : all.x) {
      const auto x = static_cast<double>(value);
      sum += x;
      square += x * x;
    }
    const auto n = static_cast<double>(all.x.size());
    CHECK(std::abs(sum / n) < 0.1);
    CHECK(std::abs(square / n - 1) < 0.25);  // about 1, by construction; sampling adds 0.05 at most
    if (info.classes > 1)
      for (std::size_t i = 0; i < 40; ++i) CHECK(all.y[i] == static_cast<float>(i % info.classes));
  }
}

TEST_CASE("A caller's table is standardized and split without loss") {
  std::vector<float> table;
  for (int i = 0; i < 50; ++i) {
    table.push_back(static_cast<float>(100 + i));
    table.push_back(5);                          // constant
    table.push_back(static_cast<float>(i % 3));  // the class
  }
  Samples train, test;
  split_table(table, 2, 3, 1, train, test);
  CHECK(train.count() == 40);
  CHECK(test.count() == 10);
  double sum = 0, square = 0;
  int classes[3] = {};
  for (const Samples* part : {&train, &test})
    for (std::size_t i = 0; i < part->count(); ++i) {
      const auto x = static_cast<double>(part->input(i)[0]);
      sum += x;
      square += x * x;
      CHECK(part->input(i)[1] == 0);
      ++classes[static_cast<int>(part->y[i])];
    }
  CHECK(std::abs(sum) < 1e-4);
  CHECK(std::abs(square / 50 - 1) < 1e-5);
  CHECK(classes[0] == 17);
  CHECK(classes[2] == 16);
}
