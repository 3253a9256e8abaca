// Specs of trainings: what is refused, of fields and of tables, and by which words.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <string>

#include "initscope/checked.hpp"
#include "initscope/training.hpp"

using namespace initscope;

namespace {

Issues issues_of(const Spec& spec, bool inspect = false, std::span<const float> table = {}) {
  TrainingSpec out;
  return read_training(spec, inspect, table, out);
}

}  // namespace

TEST_CASE("Bad values of every field of a training are refused by name") {
  const auto refused = [](const Spec& spec, const char* field, Reason reason,
                          bool inspect = false) {
    const Issues issues = issues_of(spec, inspect);
    INFO(field << ": " << (issues.empty() ? "" : describe(issues[0])));
    REQUIRE(issues.size() == 1);
    CHECK(issues[0].field == field);
    CHECK(issues[0].reason == reason);
  };
  for (const char* field :
       {"samples", "depth", "width", "batch", "steps", "repeats", "inputs", "classes"}) {
    refused({{field, 0.0}}, field, Reason::out_of_range);
    refused({{field, 1e9}}, field, Reason::out_of_range);
    refused({{field, 2.5}}, field, Reason::not_an_integer);
  }
  for (const char* field : {"learning_rate", "momentum", "weight_decay", "noise"}) {
    refused({{field, -1.0}}, field, Reason::out_of_range);
    refused({{field, 1e9}}, field, Reason::out_of_range);
    refused({{field, std::nan("")}}, field, Reason::not_a_number);
  }
  for (const char* field : {"data_set", "loss", "optimizer", "activation", "scheme", "bias"})
    refused({{field, std::string("nonsense")}}, field, Reason::not_a_choice);
  refused({{"scheme", std::string("lsuv")}}, "scheme", Reason::not_a_choice);  // it takes data
  refused({{"layer", 1.0}}, "layer", Reason::unknown_field);
  refused({{"layer", 4.0}}, "layer", Reason::out_of_range, true);  // two hidden and the output
  refused({{"data_set", std::string("surface")}, {"loss", std::string("cross_entropy")}}, "loss",
          Reason::not_with);
  refused({{"samples", 50.0}, {"batch", 51.0}}, "batch", Reason::too_many);
  refused({{"steps", 1e5}, {"width", 256.0}, {"repeats", 100.0}, {"depth", 5.0}}, "steps",
          Reason::too_many);
  refused({{"depth", 200.0}, {"width", 256.0}}, "width", Reason::too_many);
  refused({{"depth", 200.0}, {"width", 32.0}, {"batch", 1000.0}}, "batch", Reason::too_many);
  refused({{"scheme", std::string("looks_linear")}, {"width", 7.0}}, "scheme",
          Reason::not_divisible);
  refused({{"generator", std::string("torch")}, {"replicate", 1.0}}, "replicate", Reason::not_with);
}

TEST_CASE("A table has as many classes as an alphabet, and up to 64") {
  for (const std::size_t classes : {27u, 64u}) {  // makemore predicts one of 27 characters
    std::vector<float> table;
    for (std::size_t i = 0; i < 4 * classes; ++i)
      table.insert(table.end(), {static_cast<float>(i % classes), static_cast<float>(i % classes)});
    TrainingSpec parsed;
    REQUIRE(read_training({{"data_set", std::string("data")},
                           {"samples", static_cast<double>(table.size() / 2)},
                           {"inputs", 1.0},
                           {"classes", static_cast<double>(classes)},
                           {"batch", 64.0},
                           {"depth", 1.0},
                           {"scheme", std::string("zeros")},
                           {"steps", 1.0}},
                          false, table, parsed)
                .empty());
    TrainingJob job(parsed);
    while (job.advance()) {
    }
    // Without weights all classes are as likely.
    CHECK(std::abs(job.result().frames[0].loss - std::log(static_cast<double>(classes))) < 1e-6);
    CHECK(job.result().frames[0].layers.size() == 2);
  }
  CHECK(issues_of({{"classes", 65.0}})[0].field == "classes");
}

TEST_CASE("A caller's table must have its size, finite numbers and classes") {
  std::vector<float> table;
  for (int i = 0; i < 40; ++i) {
    const float x = static_cast<float>(i % 2 == 0 ? -1 : 1);
    table.insert(table.end(), {x, static_cast<float>(i), x > 0 ? 1.0F : 0.0F});
  }
  const Spec spec{{"data_set", std::string("data")},
                  {"samples", 40.0},
                  {"inputs", 2.0},
                  {"classes", 2.0},
                  {"batch", 16.0},
                  {"depth", 1.0},
                  {"steps", 200.0},
                  {"learning_rate", 0.2}};
  TrainingSpec parsed;
  REQUIRE(read_training(spec, false, table, parsed).empty());
  TrainingJob job(parsed);
  while (job.advance()) {
  }
  CHECK(job.result().train.count() == 32);
  CHECK(job.result().frames.back().score == 1);
  const auto refused = [&](std::vector<float> changed, const std::string& part) {
    const Issues issues = issues_of(spec, false, changed);
    REQUIRE(issues.size() == 1);
    CHECK(issues[0].field == "data_set");
    INFO(describe(issues[0]));
    CHECK(describe(issues[0]).find(part) != std::string::npos);
  };
  refused({1, 2, 3}, "samples * (inputs + 1) = 120");
  auto wrong = table;
  wrong[50] = std::numeric_limits<float>::quiet_NaN();
  refused(wrong, "not finite");
  wrong = table;
  wrong[8] = 2;
  refused(wrong, "the class 2 in row 3; classes are 0..1");
  wrong[8] = 0.5F;
  refused(wrong, "the class 0.5 in row 3");
  CHECK(issues_of({{"data_set", std::string("data")}}).size() == 1);
  CHECK(issues_of({}, false, table).size() == 1);  // a table that nothing asks for
}

TEST_CASE("A regression without a variance to explain is refused, and overflow has a score") {
  constexpr std::size_t k_rows = 20;
  const auto issues_with = [&](const std::vector<float>& targets, std::uint64_t seed) {
    std::vector<float> table;
    for (std::size_t i = 0; i < k_rows; ++i) {
      table.push_back(static_cast<float>(i));
      table.push_back(targets[i]);
    }
    TrainingSpec out;
    return read_training({{"data_set", "data"},
                          {"samples", k_rows},
                          {"inputs", 1},
                          {"classes", 1},
                          {"batch", 4},
                          {"seed", static_cast<double>(seed)}},
                         false, table, out);
  };
  const Issues constant = issues_with(std::vector<float>(k_rows, 3), 0);
  REQUIRE(constant.size() == 1);
  CHECK(describe(constant[0]) ==
        "data_set = data does not go with targets that are the same in all 4 rows to test on (seed "
        "= 0)");
  // One row that differs is among the four of twenty at some seeds alone.
  std::vector<float> lone(k_rows, 3);
  lone[7] = 4;
  std::size_t refused = 0;
  for (std::uint64_t seed = 0; seed < 50; ++seed) refused += issues_with(lone, seed).size();
  CHECK(refused > 25);
  CHECK(refused < 50);
  // Beside a row that is far from both, two targets are one as float32.
  std::vector<float> near(k_rows, 1e-30F);
  near[3] = 2e-30F;
  near[7] = 1e30F;
  for (std::uint64_t seed = 0; seed < 50; ++seed)
    CHECK(issues_with(near, seed).size() == issues_with(lone, seed).size());
  // A rate that throws the weights beyond float32: no NaN in what is scored.
  for (const char* set : {"surface", "circles"})
    for (const double repeats : {1.0, 2.0}) {
      const TrainingResult result = checked::train({{"data_set", set},
                                                    {"loss", "mse"},
                                                    {"learning_rate", 1000},
                                                    {"activation", "linear"},
                                                    {"depth", 5},
                                                    {"samples", 100},
                                                    {"steps", 40},
                                                    {"repeats", repeats}});
      CHECK(result.diverged > 0);
      for (const TrainingFrame& frame : result.frames)
        for (const double value : {frame.loss, frame.test_loss, frame.score})
          CHECK_FALSE(std::isnan(value));
      for (const TrainingRanges& ranges : result.ranges)
        for (const Range& range : {ranges.loss, ranges.test_loss, ranges.score})
          CHECK_FALSE(std::isnan(range.median));
    }
}
