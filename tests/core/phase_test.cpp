// The phase plane in itself: its map, requests, the gain for unit variance, and omega_0.
#include "initscope/phase.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <string>

using namespace initscope;

TEST_CASE("The phase map agrees with its points, and its critical line parts the phases") {
  for (const Activation id : {Activation::gelu, Activation::silu, Activation::mish,
                              Activation::tanh, Activation::elu, Activation::relu}) {
    const ActivationSpec activation{id, 0};
    const PhasePoint most{4, .3};
    const PhaseMap map = phase_map(activation, most);
    REQUIRE(map.chi_1.size() == k_map_cells * k_map_cells);
    for (std::size_t cell = 7; cell < map.chi_1.size(); cell += 23) {
      const PhasePoint point{most.sigma_w2 * (static_cast<double>(cell % k_map_cells) + .5) / 100,
                             most.sigma_b2 * (static_cast<double>(cell / k_map_cells) + .5) / 100};
      CAPTURE(activations()[static_cast<std::size_t>(id)].name, point.sigma_w2, point.sigma_b2);
      const auto state = phase_state(activation, point);
      CHECK(std::abs(map.chi_1[cell] - state.chi_1) < 2e-3 * std::max(1.0, state.chi_1));
    }
    REQUIRE(!map.critical.empty());
    for (const auto& critical : map.critical)
      CHECK(std::abs(critical.point.sigma_w2 * gaussian_moments(activation, critical.q).slope - 1) <
            1e-9);
  }
  CHECK(phase_map({Activation::softplus, 0}, {4, .3}).critical.empty());
}

TEST_CASE("The map and the state beside it start where inputs of mean square 1 do") {
  // SiLU at (2.5, 0.0015) has two fixed points that attract, at infinity and near 0.006: from
  // q^1 = 2.5 the length map explodes, from q = 1 it settles.
  const ActivationSpec silu{Activation::silu, 0};
  const PhasePoint point{2.5, .0015};
  CHECK(phase_state(silu, point).fate == Fate::explodes);
  CHECK(std::abs(phase_state(silu, point).chi_1 - 1.25) < 1e-3);
  CHECK(phase_state(silu, point, 1).fate == Fate::settles);
  CHECK(std::abs(phase_map(silu, {4, .3}).chi_1[62] - 1.25) < 1e-3);
}

TEST_CASE("Bad values of every field of the phase plane are refused by name") {
  const auto refused = [](const char* field, const Value& value, Reason reason) {
    PhaseSpec out;
    const Issues issues = read({{field, value}}, out);
    INFO(field << ": " << (issues.empty() ? "" : describe(issues[0])));
    REQUIRE(issues.size() == 1);
    CHECK(issues[0].field == field);
    CHECK(issues[0].reason == reason);
  };
  for (const char* field : {"sigma_w2", "sigma_b2", "most_sigma_w2", "most_sigma_b2"}) {
    refused(field, -1.0, Reason::out_of_range);
    refused(field, 65.0, Reason::out_of_range);
    refused(field, std::nan(""), Reason::not_a_number);
    refused(field, std::string("much"), Reason::not_a_number);
  }
  for (const char* field : {"width", "depth"}) {
    refused(field, 0.0, Reason::out_of_range);
    refused(field, 1.5, Reason::not_an_integer);
  }
  for (const char* field : {"activation", "scheme", "bias", "quantity", "detail"})
    refused(field, std::string("nonsense"), Reason::not_a_choice);
  refused("negative_slope", 11.0, Reason::out_of_range);
  refused("replicate", 1.0, Reason::unknown_field);
}

TEST_CASE("The gain for unit variance says whether q = 1 attracts under it") {
  for (const auto& info : activations()) {
    INFO(info.name);
    const double gain = unit_variance_gain({info.id});
    const PhaseState state = phase_state({info.id}, {gain * gain, 0}, 1);
    CHECK(std::abs(state.q - 1) < 1e-9);
    CHECK(std::abs(state.chi_q - unit_variance_chi_q({info.id})) < 1e-9);
  }
  CHECK(unit_variance_chi_q({Activation::tanh}) < 1);
  CHECK(std::abs(unit_variance_chi_q({Activation::relu}) - 1) < 1e-9);
  CHECK(unit_variance_chi_q({Activation::gelu}) > 1);
}

TEST_CASE("sin(omega_0 z) at (sigma_w^2, sigma_b^2) is sin at omega_0^2 times both") {
  // z' = omega_0 z has the variance omega_0^2 q and the same map, so that all else agrees.
  for (const float omega : {0.1F, 30.0F, 1000.0F})
    for (const PhasePoint of_sin : {PhasePoint{0.7, 0}, PhasePoint{2, 0}, PhasePoint{2, 1.2}}) {
      const double w2 = static_cast<double>(omega) * static_cast<double>(omega);
      const ActivationSpec fast{Activation::sin, 0, omega}, sine{Activation::sin};
      const PhasePoint point{of_sin.sigma_w2 / w2, of_sin.sigma_b2 / w2};
      CAPTURE(omega, of_sin.sigma_w2, of_sin.sigma_b2);
      const PhaseState state = phase_state(fast, point, 1 / w2),
                       expected = phase_state(sine, of_sin, 1);
      CHECK(state.fate == expected.fate);
      CHECK(state.phase() == expected.phase());
      CHECK(std::abs(state.q * w2 - expected.q) <= 1e-9 * expected.q);
      CHECK(std::abs(state.chi_1 - expected.chi_1) < 1e-9);
      CHECK(std::abs(state.chi_q - expected.chi_q) < 1e-9);
      if (expected.fate == Fate::settles)
        CHECK(std::abs(state.correlation - expected.correlation) < 1e-9);
      const auto critical = critical_at(fast, 0.05 / w2), of_one = critical_at(sine, 0.05);
      CHECK(std::abs(critical.point.sigma_w2 * w2 - of_one.point.sigma_w2) < 1e-9);
      CHECK(std::abs(critical_at(fast, 0).point.sigma_w2 * w2 - 1) < 1e-9);
      CHECK(half_stable(fast).q == 0);
    }
  // The map, cell by cell.
  const auto map = phase_map({Activation::sin, 0, 30}, {4.0 / 900, 0.3 / 900}),
             expected = phase_map({Activation::sin}, {4, 0.3});
  REQUIRE(map.critical.size() == expected.critical.size());
  double worst = 0;
  for (std::size_t i = 0; i < map.chi_1.size(); ++i)
    worst = std::max(worst, std::abs(map.chi_1[i] - expected.chi_1[i]));
  CHECK(worst < 0.02);
}
