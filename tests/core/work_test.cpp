// The work of theory, counted in evaluations of an activation: no network exceeds its bounds.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "initscope/checked.hpp"
#include "initscope/mean_field.hpp"
#include "networks.hpp"

using namespace initscope;

namespace {

constexpr double k_depth = 200;

/// Bound of a pair's evaluations: 0 where it has a closed form.
std::size_t most_of_pair(Activation id) {
  switch (id) {
    case Activation::elu:
    case Activation::selu:
    case Activation::hardtanh:
      return 1024;
    case Activation::tanh:
    case Activation::sigmoid:
    case Activation::silu:
    case Activation::softplus:
    case Activation::mish:
      return 8192;
    case Activation::softsign:
      return k_most_pair_evaluations;
    default:
      return 0;
  }
}

/// And of its moments: 0 where they have one.
std::size_t most_of_moments(Activation id) {
  if (id == Activation::sin) return 0;
  return id == Activation::softsign ? k_most_moment_evaluations : 512;
}

/// Every activation, with the parameters at which it is like another or far from it.
std::vector<ActivationSpec> every_activation() {
  std::vector<ActivationSpec> all;
  for (const auto& info : activations()) all.push_back({info.id});
  for (const float slope : {0.0F, 1.0F, -1.0F, 10.0F})
    all.push_back({Activation::leaky_relu, slope});
  for (const float omega : {0.01F, 30.0F, 1000.0F}) all.push_back({Activation::sin, 0, omega});
  return all;
}

/// The steps of a job, each with what it took.
template <class Job, class Taken>
std::vector<std::size_t> steps_of(Job& job, Taken taken) {
  std::vector<std::size_t> steps;
  for (bool more = true; more;) {
    const std::size_t before = taken();
    more = job.advance();
    steps.push_back(taken() - before);
  }
  return steps;
}

/// Networks that theory once took seconds for, and those at the ends of what is accepted.
std::vector<Spec> every_network() {
  const auto narrow = [](const char* scheme) {
    Spec spec{{"scheme", std::string(scheme)}, {"depth", k_depth}};
    std::vector<double> widths;
    const double cycle[] = {14, 1, 8, 4, 18};
    for (std::size_t l = 0; l < static_cast<std::size_t>(k_depth); ++l)
      widths.push_back(cycle[l % 5]);
    spec.set("widths", widths);
    return spec;
  };
  std::vector<Spec> networks{narrow("trunc_normal"),
                             narrow("normal"),
                             narrow("zeros"),
                             test::network("normal", 50, 256),
                             test::network("normal", k_depth, 2),
                             test::network("torch_linear", k_depth, 64)};
  for (const double sigma_w : {0.5, 1.5, 6.0, 1000.0})
    for (const double sigma_b : {0.0, 0.2})
      networks.push_back({{"scheme", std::string("edge_of_chaos")},
                          {"scheme.sigma_w", sigma_w},
                          {"bias", std::string("edge_of_chaos")},
                          {"bias.sigma_b", sigma_b},
                          {"depth", k_depth},
                          {"width", 64.0}});
  return networks;
}

}  // namespace

TEST_CASE("No variance and no correlation takes a pair or moments beyond their bounds") {
  std::vector<double> correlations{-1, -0.5, 0, 1e-12, 0.5, 1};
  for (double rest = 0.5; rest > 1e-16; rest *= 0.05)
    for (const double sign : {-1.0, 1.0}) correlations.push_back(sign * (1 - rest));
  for (const ActivationSpec& activation : every_activation()) {
    CAPTURE(activations()[static_cast<std::size_t>(activation.id)].name);
    std::size_t most_pair = 0, most_moments = 0;
    for (double q = k_least_q; q<k_most_q; q *= q> 1e-3 && q < 1e12 ? 7 : 1e5) {
      most_moments = std::max(most_moments, gaussian_moments(activation, q).evaluations);
      for (const double c : correlations)
        most_pair = std::max(most_pair, gaussian_pair(activation, q, c).evaluations);
    }
    CHECK(most_pair <= most_of_pair(activation.id));
    CHECK(most_moments <= most_of_moments(activation.id));
    // The counter counts: a good part of each bound is reached.
    CHECK(most_pair >= most_of_pair(activation.id) / 3);
    CHECK(most_moments >= most_of_moments(activation.id) / 3);
  }
  CHECK(std::isnan(gaussian_pair({Activation::silu}, 1, std::nan("")).product));
  CHECK(std::isnan(gaussian_pair({Activation::softsign}, std::nan(""), 0).product));
}

TEST_CASE("No layer of a network takes theory beyond its bound, and no step after them") {
  for (const ActivationSpec& activation : every_activation()) {
    CAPTURE(activations()[static_cast<std::size_t>(activation.id)].name, activation.omega_0);
    std::size_t layers = 0;
    for (const Spec& spec : every_network())
      for (const double c : {-1.0, 0.999}) {
        auto network = checked::parse<NetworkSpec>(spec);
        network.activation = activation;
        const MeanField field = mean_field(network, 1, c);
        REQUIRE(field.layers.size() == network.depth());
        for (const LayerTheory& layer : field.layers) {
          const std::size_t most = most_of_moments(activation.id) + most_of_pair(activation.id);
          if (layer.evaluations > most) CHECK(layer.evaluations <= most);
          ++layers;
        }
        CHECK(field.state.evaluations <= k_most_step_evaluations);
      }
    CHECK(layers > 4000);
  }
}

TEST_CASE("States and critical points stay below the bound of a step") {
  for (const ActivationSpec& activation : every_activation()) {
    CAPTURE(activations()[static_cast<std::size_t>(activation.id)].name, activation.omega_0);
    std::size_t most = 0;
    for (const double sigma_w2 : {0.0, 0.3, 1.0, 1.001, 1.7, 2.0, 4.0, 35.0, k_most_sigma_w2})
      for (const double sigma_b2 : {0.0, 1e-6, 0.05, 1.0, k_most_sigma_b2}) {
        const auto state = phase_state(activation, {sigma_w2, sigma_b2});
        most = std::max({most, state.evaluations, critical_at(activation, sigma_b2).evaluations});
      }
    most = std::max(most, half_stable(activation).evaluations);
    CHECK(most <= k_most_step_evaluations);
    if (activation.id != Activation::sin) CHECK(most > 1000);
  }
}

TEST_CASE("Layers that have settled cost nothing more") {
  const auto field =
      mean_field(checked::parse<NetworkSpec>({{"scheme", std::string("xavier_normal")},
                                              {"activation", std::string("silu")},
                                              {"bias", std::string("edge_of_chaos")},
                                              {"bias.sigma_b", 0.3},
                                              {"depth", k_depth},
                                              {"width", 64.0}}),
                 1, 0);
  CHECK(field.layers[0].evaluations > 0);
  CHECK(field.layers[199].evaluations == 0);
  CHECK(field.layers[199].correlation == field.layers[198].correlation);
}

TEST_CASE("Theory in steps is theory at once, bit for bit") {
  const auto same = [](double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; };
  for (const char* activation : {"silu", "tanh", "elu", "softsign", "gelu", "relu"}) {
    CAPTURE(activation);
    const auto spec = checked::parse<NetworkSpec>({{"scheme", std::string("normal")},
                                                   {"activation", std::string(activation)},
                                                   {"depth", 30.0},
                                                   {"width", 64.0}});
    const MeanField whole = mean_field(spec);
    MeanFieldJob job(spec);
    double before = job.progress();
    std::size_t steps = 1;
    for (; job.advance(); ++steps) {
      // Another job between the steps changes nothing.
      mean_field(checked::parse<NetworkSpec>({{"depth", 2.0}}));
      CHECK(job.progress() > before);
      before = job.progress();
    }
    CHECK(steps == 31);
    CHECK(job.progress() == 1);
    CHECK(!job.advance());
    const MeanField& field = job.result();
    REQUIRE(field.layers.size() == whole.layers.size());
    REQUIRE(field.spreads.size() == whole.spreads.size());
    for (std::size_t l = 0; l < whole.layers.size(); ++l) {
      const LayerTheory &a = field.layers[l], &b = whole.layers[l];
      CHECK((same(a.preactivation, b.preactivation) && same(a.activation, b.activation) &&
             same(a.activation_variance, b.activation_variance) && same(a.gradient, b.gradient) &&
             same(a.weight_gradient, b.weight_gradient) && same(a.correlation, b.correlation)));
    }
    CHECK((same(field.state.q, whole.state.q) && same(field.state.chi_1, whole.state.chi_1) &&
           same(field.state.correlation, whole.state.correlation)));
  }
  MeanFieldJob silent(checked::parse<NetworkSpec>({{"scheme", std::string("ones")}}));
  CHECK(!silent.advance());
  CHECK(silent.result().gap == TheoryGap::structured);
}

TEST_CASE("A phase map in steps is the map at once, and no step exceeds its bound") {
  for (const ActivationSpec& activation : every_activation()) {
    CAPTURE(activations()[static_cast<std::size_t>(activation.id)].name, activation.omega_0);
    const PhasePoint most{k_most_sigma_w2, k_most_sigma_b2};
    const PhaseMap whole = phase_map(activation, most);
    PhaseMapJob job(activation, most);
    const auto steps = steps_of(job, [&] { return job.result().evaluations; });
    CHECK(steps.size() > k_map_cells);
    CHECK(*std::max_element(steps.begin(), steps.end()) <= k_most_step_evaluations);
    CHECK(job.progress() == 1);
    const PhaseMap& map = job.result();
    CHECK(map.chi_1 == whole.chi_1);
    REQUIRE(map.critical.size() == whole.critical.size());
    for (std::size_t i = 0; i < map.critical.size(); ++i) {
      CHECK(map.critical[i].point == whole.critical[i].point);
      CHECK(map.critical[i].chi_q == whole.critical[i].chi_q);
    }
  }
}
