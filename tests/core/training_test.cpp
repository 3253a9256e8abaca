// The training job: what constants can and cannot do, frames, divergence, repeats.
#include "initscope/training.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <string>

#include "initscope/checked.hpp"

using namespace initscope;

namespace {

Spec with(std::initializer_list<std::pair<std::string, Value>> changes) {
  Spec spec{{"data_set", std::string("circles")},
            {"samples", 200.0},
            {"depth", 2.0},
            {"width", 8.0},
            {"batch", 32.0},
            {"steps", 100.0}};
  for (const auto& [name, value] : changes) spec.set(name, value);
  return spec;
}

TrainingResult inspected(const Spec& spec) {
  TrainingSpec parsed;
  const Issues issues = read_training(spec, true, {}, parsed);
  INFO((issues.empty() ? "" : describe(issues[0])));
  REQUIRE(issues.empty());
  TrainingJob job(parsed);
  while (job.advance()) {
  }
  CHECK(job.progress() == 1);
  return job.result();
}

/// Whether every row of [rows][columns] is the first, bit for bit.
bool rows_equal(const std::vector<float>& matrix, std::size_t rows) {
  const std::size_t columns = matrix.size() / rows;
  for (std::size_t row = 1; row < rows; ++row)
    if (!std::equal(matrix.begin(), matrix.begin() + static_cast<std::ptrdiff_t>(columns),
                    matrix.begin() + static_cast<std::ptrdiff_t>(row * columns)))
      return false;
  return true;
}

}  // namespace

TEST_CASE("Units of every layer that begin equal are equal, bit for bit, after 1000 steps") {
  struct Case {
    const char *scheme, *activation, *optimizer;
  };
  for (const auto& [scheme, activation, optimizer] :
       {Case{"zeros", "sigmoid", "adam"}, Case{"ones", "relu", "momentum"},
        Case{"constant", "tanh", "sgd"}, Case{"constant", "relu", "adam"}})
    for (const double layer : {1.0, 2.0, 3.0}) {
      Spec spec = with({{"scheme", std::string(scheme)},
                        {"activation", std::string(activation)},
                        {"optimizer", std::string(optimizer)},
                        {"learning_rate", 0.01},
                        {"depth", 3.0},
                        {"steps", 1000.0},
                        {"layer", layer}});
      if (std::string(scheme) == "constant") spec.set("scheme.val", 0.3);
      const TrainingResult result = inspected(spec);
      INFO(scheme << ", " << activation << ", " << optimizer << ", layer " << layer);
      REQUIRE(result.diverged == 0);
      const UnitStates& units = result.frames.back().units;
      CHECK(result.frames.back().step == 1000);
      CHECK(units.distinct == 1);
      CHECK(rows_equal(units.weight, 8));
      CHECK(rows_equal(units.bias, 8));
      CHECK(rows_equal(units.weight_gradient, 8));
      CHECK(units.effective_rank < 1 + 1e-9);
      // They have moved: that they are equal is not for want of learning.
      CHECK(units.weight != result.frames.front().units.weight);
    }
}

TEST_CASE("Noise of any size parts the units, and random weights are apart from the start") {
  // Control of the test before: the same training from weights that are not equal.
  for (const double noise : {1e-4, 1e-2}) {
    const TrainingResult result = inspected(with({{"scheme", std::string("normal")},
                                                  {"scheme.mean", 0.3},
                                                  {"scheme.std", noise},
                                                  {"activation", std::string("tanh")},
                                                  {"steps", 1000.0}}));
    const auto spread = [](const TrainingFrame& frame) {
      const auto [least, most] =
          std::minmax_element(frame.units.preactivation.begin(), frame.units.preactivation.end());
      return static_cast<double>(*most) - static_cast<double>(*least);
    };
    CHECK(result.frames.back().units.distinct == 8);
    CHECK(!rows_equal(result.frames.back().units.weight, 8));
    CHECK(spread(result.frames.front()) > 0);
    CHECK(spread(result.frames.back()) > 3 * spread(result.frames.front()));
  }
  const TrainingResult random = inspected(with({{"scheme", std::string("xavier_normal")}}));
  CHECK(random.frames.front().units.distinct == 8);
  CHECK(random.frames.front().units.effective_rank > 1.2);
}

TEST_CASE("From zeros, with phi(0) = 0, no weight ever moves: the last bias alone learns") {
  for (const char* activation : {"relu", "tanh", "gelu", "silu", "softsign"}) {
    INFO(activation);
    const auto result = checked::train(
        with({{"scheme", std::string("zeros")}, {"activation", std::string(activation)}}));
    bool learns = false;
    for (const TrainingFrame& frame : result.frames) {
      for (std::size_t l = 0; l < frame.layers.size(); ++l) {
        CHECK(frame.layers[l].weight == 0);
        CHECK(frame.layers[l].weight_gradient == 0);
        CHECK(frame.layers[l].update == 0);
        if (l + 1 < frame.layers.size()) CHECK(frame.layers[l].bias_gradient == 0);
      }
      learns = learns || frame.layers.back().bias_gradient > 0;
    }
    CHECK(learns);
    CHECK(result.frames.back().score < 0.6);
  }
  // phi(0) is not 0 for sigmoid: the last weights move, and through them the others.
  const auto sigmoid = checked::train(
      with({{"scheme", std::string("zeros")}, {"activation", std::string("sigmoid")}}));
  CHECK(sigmoid.frames.back().layers.back().weight > 0);
  // Ones move too, though their units stay equal.
  const auto ones =
      checked::train(with({{"scheme", std::string("ones")}, {"learning_rate", 0.001}}));
  CHECK(ones.frames.back().layers.front().weight != 1);
}

TEST_CASE("Zero biases do no harm: they have a gradient, and the network learns") {
  const auto result =
      checked::train(with({{"steps", 400.0}, {"width", 16.0}, {"learning_rate", 0.1}}));
  for (const LayerState& layer : result.frames.front().layers) CHECK(layer.bias_gradient > 0);
  CHECK(result.frames.back().score > 0.95);
}

TEST_CASE("Frames stand where they should, and a longer training begins as a shorter one") {
  for (const std::size_t steps : {1u, 7u, 60u, 61u, 600u, 99999u}) {
    CHECK(frame_count(steps) == std::min<std::size_t>(steps, k_most_frames) + 1);
    CHECK(frame_step(steps, 0) == 0);
    CHECK(frame_step(steps, frame_count(steps) - 1) == steps);
    for (std::size_t f = 1; f < frame_count(steps); ++f)
      CHECK(frame_step(steps, f) > frame_step(steps, f - 1));
  }
  const auto shorter = checked::train(with({{"steps", 20.0}})),
             longer = checked::train(with({{"steps", 40.0}}));
  REQUIRE(shorter.frames.size() == 21);
  for (std::size_t i = 0; i < 21; ++i) {
    CHECK(shorter.frames[i].test_loss == longer.frames[i].test_loss);
    CHECK(shorter.frames[i].map == longer.frames[i].map);
  }
}

TEST_CASE("Every data set, loss and optimizer learns") {
  std::size_t next = 0;
  for (const auto& set : data_sets()) {
    if (set.id == DataSet::data) continue;
    const char* const optimizer = std::array{"sgd", "momentum", "adam"}[next++ % 3];
    const bool sgd = std::string(optimizer) == "sgd";
    const auto result = checked::train({{"data_set", std::string(set.name)},
                                        {"optimizer", std::string(optimizer)},
                                        {"learning_rate", sgd ? 0.1 : 0.01},
                                        {"samples", 400.0},
                                        {"depth", 2.0},
                                        {"width", 32.0},
                                        {"batch", 32.0},
                                        {"steps", 800.0}});
    INFO(set.name << " by " << optimizer << ": " << result.frames.back().score);
    CHECK(result.frames.back().score > 0.85);
    CHECK(result.frames.back().map.size() == (set.inputs == 2 ? k_map_side * k_map_side : 0));
  }
  const auto squared = checked::train(with(
      {{"loss", std::string("mse")}, {"steps", 600.0}, {"learning_rate", 0.2}, {"width", 16.0}}));
  CHECK(squared.frames.back().score > 0.9);
}

TEST_CASE("Frames know the mean square of the inputs that their batch has") {
  const auto of = [](std::span<const float> x) {
    double sum = 0;
    for (const float value : x) sum += static_cast<double>(value) * static_cast<double>(value);
    return sum / static_cast<double>(x.size());
  };
  // Inputs in the plane, and of 256 pixels; 50 fill no panel of columns.
  for (const char* set : {"circles", "digits"}) {
    INFO(set);
    const Spec all{{"data_set", std::string(set)},
                   {"samples", 50.0},
                   {"batch", 50.0},
                   {"depth", 2.0},
                   {"width", 8.0},
                   {"steps", 3.0}};
    const TrainingResult whole = checked::train(all);
    REQUIRE(whole.train.count() == 50);
    const double expected = of(whole.train.x);
    CHECK(expected > 0.01);
    REQUIRE(whole.frames.size() == 4);
    for (const TrainingFrame& frame : whole.frames)
      CHECK(std::abs(frame.input / expected - 1) < 1e-12);
    // Controls: it is no layer's, and of a part of the samples it is another.
    CHECK(std::abs(whole.frames[0].layers[0].activation / expected - 1) > 1e-3);
    Spec parts = all;
    parts.set("batch", 10.0);
    for (const TrainingFrame& frame : checked::train(parts).frames)
      CHECK(std::abs(frame.input / expected - 1) > 1e-6);
  }
}

TEST_CASE("A run whose loss is not finite ends there, and says at which step") {
  const auto result = checked::train(with({{"scheme", std::string("normal")},
                                           {"depth", 8.0},
                                           {"width", 64.0},
                                           {"learning_rate", 1.0}}));
  CHECK(result.diverged > 1);
  CHECK(result.diverged < 10);
  CHECK(result.frames.size() <= result.diverged);
  CHECK(std::isfinite(result.frames.front().loss));
  // With no learning the loss stays what it is.
  const auto still = checked::train(with({{"learning_rate", 0.0}}));
  CHECK(still.diverged == 0);
  CHECK(still.frames.front().test_loss == still.frames.back().test_loss);
}

TEST_CASE("Repeats are the runs of the next replicates, in order of size") {
  const auto many = checked::train(with({{"repeats", 5.0}, {"steps", 30.0}}));
  REQUIRE(many.ranges.size() == 31);
  REQUIRE(many.all_diverged.size() == 5);
  std::vector<double> scores;
  for (int r = 0; r < 5; ++r) {
    const auto one = checked::train(with({{"replicate", double(r)}, {"steps", 30.0}}));
    scores.push_back(one.frames.back().test_loss);
    if (r == 0) CHECK(one.frames.back().map == many.frames.back().map);
  }
  std::sort(scores.begin(), scores.end());
  CHECK(many.ranges.back().test_loss.least == scores.front());
  CHECK(many.ranges.back().test_loss.median == scores[2]);
  CHECK(many.ranges.back().test_loss.greatest == scores.back());
  CHECK(scores.front() < scores.back());
  // The torch generator has no replicates: the next seeds.
  const auto torch = checked::train(with({{"generator", std::string("torch")}, {"repeats", 2.0}}));
  CHECK(torch.ranges.size() == frame_count(100));
}
