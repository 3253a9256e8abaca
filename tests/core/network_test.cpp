// Networks: their specs, bounds, weights and inputs.
#include "initscope/network.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "initscope/checked.hpp"
#include "initscope/weights.hpp"
#include "networks.hpp"

using namespace initscope;
using test::issues_of;
using test::network;

TEST_CASE("Weights drawn again are the weights drawn before") {
  const auto spec = checked::parse<NetworkSpec>(network("xavier_uniform", 3, 20));
  const Plan plan = plan_of(spec);
  NetworkWeights source(spec, plan);
  std::vector<std::vector<float>> weights(3, std::vector<float>(400));
  std::vector<float> bias(20), again(400);
  for (std::size_t l = 1; l <= 3; ++l) source.prepare(l, weights[l - 1], bias);
  for (const std::size_t l : {3u, 1u, 2u}) {
    source.redraw(l, again);
    CHECK(again == weights[l - 1]);
  }
  CHECK(weights[0] != weights[1]);
}

TEST_CASE("Bad values of every field of a network are refused by name") {
  const auto refused = [](const char* field, const Value& value, Reason reason) {
    const Issues issues = issues_of({{field, value}});
    INFO(field << ": " << (issues.empty() ? "" : describe(issues[0])));
    REQUIRE(issues.size() == 1);
    CHECK(issues[0].field == field);
    CHECK(issues[0].reason == reason);
  };
  for (const char* field : {"depth", "width", "input_width", "batch", "repeats"}) {
    refused(field, 0.0, Reason::out_of_range);
    refused(field, -1.0, Reason::out_of_range);
    refused(field, 1e9, Reason::out_of_range);
    refused(field, 1.5, Reason::not_an_integer);
    refused(field, std::nan(""), Reason::not_an_integer);
    refused(field, std::string("many"), Reason::not_an_integer);
  }
  for (const char* field : {"activation", "scheme", "bias", "input"})
    refused(field, std::string("nonsense"), Reason::not_a_choice);
  refused("bias", std::string("kaiming_normal"), Reason::not_a_choice);
  refused("negative_slope", 11.0, Reason::out_of_range);
  refused("seed", std::string("1e3"), Reason::not_a_seed);
  for (const double bad : {-0.1, 1.1}) refused("correlation", bad, Reason::out_of_range);
  refused("correlation", std::string("much"), Reason::not_a_number);
  for (const auto& bad : {std::vector<double>{}, {0}, {2.5}, {1025}, std::vector<double>(201, 8)})
    refused("widths", bad, Reason::not_a_shape);
  refused("input", std::string("data"), Reason::not_with);  // of which there is none
  refused("gain", 1.0, Reason::unknown_field);
}

TEST_CASE("The largest network of the contract fits, a larger one is refused in words") {
  CHECK(issues_of({{"depth", 200.0}, {"width", 1024.0}, {"batch", 128.0}}).empty());
  const auto issues = issues_of({{"depth", 200.0}, {"width", 1024.0}, {"batch", 1024.0}});
  REQUIRE(issues.size() == 1);
  CHECK(issues[0].reason == Reason::too_many);
  CHECK(describe(issues[0]).find("32 layers at width 1024 and batch 1024") != std::string::npos);
}

TEST_CASE("Widths are a list, repeated to the depth") {
  const auto spec = checked::parse<NetworkSpec>(
      {{"depth", 5.0}, {"width", 7.0}, {"widths", std::vector<double>{8, 16}}});
  CHECK(spec.widths == std::vector<std::size_t>{8, 16, 8, 16, 8});
  CHECK(spec.input_width == 7);
  // Every layer is checked: looks_linear needs even widths.
  CHECK(issues_of({{"scheme", std::string("looks_linear")},
                   {"depth", 4.0},
                   {"widths", std::vector<double>{8, 8, 8, 9}}})
            .size() == 1);
  const auto issues = issues_of(
      {{"depth", 200.0}, {"batch", 1024.0}, {"widths", std::vector<double>{1, 1, 1, 1024}}});
  REQUIRE(issues.size() == 1);
  CHECK(issues[0].reason == Reason::too_many);
  // It is a list, no tensor: the product of its 200 extents is beyond double.
  CHECK(issues_of({{"depth", 200.0}, {"widths", std::vector<double>(200, 1024)}}).empty());
}

TEST_CASE("Inputs have the variance and the correlations that are asked for") {
  const auto inputs = [](const char* input, double correlation) {
    const auto spec = checked::parse<NetworkSpec>({{"input", std::string(input)},
                                                   {"correlation", correlation},
                                                   {"width", 1024.0},
                                                   {"depth", 1.0},
                                                   {"batch", 64.0}});
    std::vector<float> all(64 * 1024);
    for (std::size_t i = 0; i < 64; ++i)
      draw_input(spec, i, std::span(all).subspan(i * 1024, 1024));
    return all;
  };
  const auto product = [](const std::vector<float>& all, std::size_t shift) {
    double sum = 0;
    for (std::size_t i = 0; i + shift < all.size(); ++i)
      sum += static_cast<double>(all[i]) * static_cast<double>(all[i + shift]);
    return sum / static_cast<double>(all.size() - shift);
  };
  // 65536 values: the means of products have std 0.0055 at most where entries are independent;
  // pixels have 1 / 39 of them. Five std: probability 6e-7 each.
  CHECK(std::abs(product(inputs("normal", 0), 0) - 1) < 0.03);
  CHECK(std::abs(product(inputs("uniform", 0), 0) - 1) < 0.03);
  CHECK(std::abs(product(inputs("normal", 0), 1024)) < 0.02);
  // What is shared is one sample of 1024 entries: std 0.044 of its share.
  CHECK(std::abs(product(inputs("normal", 0.7), 1024) - 0.7) < 0.17);
  CHECK(std::abs(product(inputs("pixels", 0), 0) - 1) < 0.18);
  const auto pixels = inputs("pixels", 0);
  CHECK(std::abs(product(pixels, 1) / product(pixels, 0) - k_pixel_correlation) < 0.01);
  for (const char* input : {"uniform", "data"}) {
    const auto issues = issues_of({{"input", std::string(input)}, {"correlation", 0.5}});
    REQUIRE(!issues.empty());
    CHECK(issues[0].field == "correlation");
  }
}

TEST_CASE("The caller's own data go in as they are") {
  Spec spec = network("kaiming_normal", 1, 3);
  spec.set("batch", 2.0);
  spec.set("input", std::string("data"));
  const std::vector<float> data{1, 2, 2, 0, 3, 4};
  NetworkSpec parsed;
  REQUIRE(read(spec, parsed, data).empty());
  std::vector<float> sample(3);
  draw_input(parsed, 1, sample);
  CHECK(sample == std::vector<float>{0, 3, 4});
  const auto moments = input_moments(parsed);
  CHECK(std::abs(moments.second - 34.0 / 6) < 1e-12);
  CHECK(std::abs(moments.correlation - 14.0 / 15) < 1e-12);
  for (const auto& wrong : {std::vector<float>{1, 2}, {1, 2, 2, 0, 3, std::nanf("")}}) {
    const auto issues = read(spec, parsed, wrong);
    REQUIRE(issues.size() == 1);
    CHECK(issues[0].field == "input");
  }
}
