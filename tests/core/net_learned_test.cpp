// What nets learn beside weights, gains, shifts, factors and running moments: how it begins, that
// each run has its own, and that a training has the same bits wherever and however long it runs.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <set>

#include "initscope/checked.hpp"
#include "initscope/training.hpp"
#include "initscope/weights.hpp"
#include "instruction_sets.hpp"
#include "net_trainings.hpp"
#include "plain_passes.hpp"
#include "training/learner.hpp"

using namespace initscope;
using test::bits_of;
using test::k_learned_nets;
using test::spec_of;
using test::with;

TEST_CASE("What is learned beside weights is the identity at its start, bit for bit") {
  for (const char* net : k_learned_nets) {
    INFO(net);
    const TrainingSpec spec = spec_of(net);
    constexpr std::size_t k_batch = 40;
    Learner<KernelPasses> learner(spec.network, k_batch);
    const Plan& plan = learner.plan();
    NetworkWeights source(spec.network, plan);
    for (std::size_t number = 1; number <= learner.weights(); ++number)
      source.prepare(number, learner.weight(number), learner.bias(number));
    Runner<KernelPasses> runner;
    DrawnParameters parameters;
    NetworkWeights again(spec.network, plan);
    parameters.restart(plan, again, false);
    runner.restart(plan, parameters, k_batch, Keeps::differentiable);
    const Samples samples = draw_samples(spec.set, 0, 1, 0, k_batch);
    learner.begin(k_batch);
    std::fill_n(runner.signal(0), runner.shape(0).size(), 0.0F);
    for (std::size_t i = 0; i < k_batch; ++i) {
      learner.set_input(i, samples.input(i));
      for (std::size_t unit = 0; unit < 2; ++unit)
        runner.signal(0)[runner.shape(0).at(i, unit)] = samples.input(i)[unit];
    }
    learner.forward();
    while (runner.advance(nullptr)) {
    }
    const auto outputs = [&] {
      std::vector<float> all;
      for (std::size_t i = 0; i < k_batch; ++i)
        for (std::size_t k = 0; k < 2; ++k) all.push_back(learner.output(i, k));
      return all;
    };
    std::vector<float> wanted;
    for (std::size_t i = 0; i < k_batch; ++i)
      for (std::size_t k = 0; k < 2; ++k)
        wanted.push_back(runner.signal(plan.output())[runner.shape(plan.output()).at(i, k)]);
    CHECK(outputs() == wanted);
    // Control: all parameters, and with them the gains, a little larger.
    for (float& value : learner.parameters()) value *= 1.01F;
    learner.forward();
    CHECK(outputs() != wanted);
  }
}

TEST_CASE("A batch norm is evaluated by its running mean and variance, as torch's is") {
  Learner<test::PlainPasses> network(spec_of("bn,dense;out:2;bias:zeros").network, 40);
  for (double& value : network.weight(1)) value = 0;
  network.weight(1)[0] = network.weight(1)[3] = 1;  // output k is unit k
  const Samples samples = draw_samples(DataSet::circles, 0.3, 3, 0, 80);
  const auto run = [&](std::size_t from, std::size_t count, bool evaluates) {
    network.begin(count, evaluates);
    for (std::size_t i = 0; i < count; ++i) network.set_input(i, samples.input(from + i));
    network.forward();
  };
  // Before anything is learned, an evaluation leaves samples as they are, but for eps.
  run(5, 1, true);
  const auto x = [&](std::size_t i, std::size_t k) {
    return static_cast<double>(samples.input(i)[k]);
  };
  for (std::size_t k = 0; k < 2; ++k)
    CHECK(std::abs(network.output(0, k) - x(5, k) / std::sqrt(1 + 1e-5)) < 1e-7);
  double mean[2] = {}, variance[2] = {1, 1};
  for (const std::size_t from : {0u, 40u}) {
    run(from, 40, false);
    run(3, 7, true);  // what is evaluated leaves no trace
    for (std::size_t k = 0; k < 2; ++k) {
      double sum = 0, squares = 0;
      for (std::size_t i = from; i < from + 40; ++i) sum += x(i, k) / 40;
      for (std::size_t i = from; i < from + 40; ++i)
        squares += (x(i, k) - sum) * (x(i, k) - sum) / 39;
      mean[k] = 0.9 * mean[k] + 0.1 * sum;
      variance[k] = 0.9 * variance[k] + 0.1 * squares;
    }
  }
  // The same sample alone and among others.
  for (const std::size_t count : {1u, 9u}) {
    run(11, count, true);
    for (std::size_t k = 0; k < 2; ++k)
      CHECK(std::abs(network.output(0, k) - (x(11, k) - mean[k]) / std::sqrt(variance[k] + 1e-5)) <
            1e-6);
  }
  // Control: in a batch that is learned from it is another.
  run(11, 9, false);
  CHECK(std::abs(network.output(0, 0) - (x(11, 0) - mean[0]) / std::sqrt(variance[0])) > 1e-3);
}

TEST_CASE("A net's training has the same bits on every instruction set") {
  for (const char* net : k_learned_nets) {
    INFO(net);
    std::set<std::vector<double>> results;
    test::on_each_instruction_set([&] {
      results.insert(bits_of(checked::train(with(net, {{"steps", 5.0}}))));
    });
    CHECK(results.size() == 1);
  }
}

TEST_CASE("Each run of a net begins anew, with gains, factors and running means of its own") {
  for (const char* net : {k_learned_nets[2], k_learned_nets[3], k_learned_nets[4]}) {
    INFO(net);
    const auto many = checked::train(with(net, {{"repeats", 3.0}, {"learning_rate", 0.2}}));
    std::vector<double> losses;
    for (const double replicate : {0.0, 1.0, 2.0})
      losses.push_back(checked::train(with(net, {{"replicate", replicate}, {"learning_rate", 0.2}}))
                           .frames.back()
                           .test_loss);
    CHECK(many.frames.back().test_loss == losses[0]);
    std::sort(losses.begin(), losses.end());
    CHECK(many.ranges.back().test_loss.least == losses[0]);
    CHECK(many.ranges.back().test_loss.median == losses[1]);
    CHECK(many.ranges.back().test_loss.greatest == losses[2]);
  }
}

TEST_CASE("A net's longer training begins as a shorter one, however often it is evaluated") {
  for (const char* net : k_learned_nets) {
    INFO(net);
    // Of 120 steps every second has a frame.
    const auto shorter = checked::train(with(net, {{"steps", 20.0}})),
               longer = checked::train(with(net, {{"steps", 120.0}}));
    REQUIRE(longer.frames[10].step == 20);
    CHECK(longer.frames[10].test_loss == shorter.frames[20].test_loss);
    CHECK(longer.frames[10].map == shorter.frames[20].map);
    CHECK(longer.frames[9].test_loss != shorter.frames[20].test_loss);
  }
}

TEST_CASE("ReZero's factors leave 0, a factor that is not learned does not") {
  const auto learned = [](const char* net) {
    return checked::train(with(net, {{"depth", 12.0},
                                     {"bias", std::string("zeros")},
                                     {"steps", 400.0},
                                     {"learning_rate", 0.2}}));
  };
  const auto rezero = learned("dense;out:width,depth*(res(dense,phi,dense,scale;value:0)),phi"),
             frozen = learned("dense;out:width,depth*(res;scale:0(dense,phi,dense)),phi");
  // At its start each is the stem and the head alone.
  CHECK(rezero.frames.front().test_loss == frozen.frames.front().test_loss);
  const auto block = [](const TrainingResult& result, std::size_t frame, std::size_t row) {
    return result.frames[frame].layers[row];
  };
  for (std::size_t row = 1; row <= 12; ++row) {
    CHECK(block(rezero, 0, row).branch == 0);
    CHECK(block(rezero, 0, row).weight_gradient == 0);
    CHECK(block(rezero, 0, row).trunk > 0);
    CHECK(block(rezero, 60, row).branch > 0);
    CHECK(block(rezero, 60, row).weight_gradient > 0);
    CHECK(block(frozen, 60, row).weight_gradient == 0);
    CHECK(block(frozen, 60, row).update == 0);
  }
  CHECK(rezero.frames.back().score > 0.95);
  CHECK(rezero.frames.back().test_loss < 0.5 * frozen.frames.back().test_loss);
}

TEST_CASE("Weight decay is on all that is learned, gains and factors too") {
  // Of a net whose branch multiplies by zeros nothing has a gradient: what moves, decays.
  const auto branch = [](double decay) {
    const auto result =
        checked::train(with("dense;out:width,res(ln,scale;value:0.5)",
                            {{"learning_rate", 0.0001}, {"weight_decay", decay}, {"steps", 60.0}}));
    return result.frames.back().layers[1].branch / result.frames.front().layers[1].branch;
  };
  // Gain and factor shrink by (1 - 0.0001 * 10) a step: together their square by 0.999^(4 * 60).
  CHECK(std::abs(branch(10) / branch(0) - std::pow(0.999, 240)) < 0.01);
  CHECK(std::abs(branch(0) - 1) < 0.03);
}
