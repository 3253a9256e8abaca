// Mean-field theory against simulated networks: every activation with the libraries' schemes.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "initscope/checked.hpp"
#include "initscope/ensemble.hpp"
#include "initscope/mean_field.hpp"

using namespace initscope;

namespace {

constexpr double k_depth = 30, k_width = 1024, k_orthogonal_width = 256, k_batch = 32;
// Of networks that give a band: narrower, for speed; the band is only wider for that.
constexpr double k_band_width = 128, k_band_networks = 40;

Spec network(const char* activation, const char* scheme, double width) {
  return {{"scheme", std::string(scheme)},
          {"activation", std::string(activation)},
          {"depth", k_depth},
          {"width", width},
          {"batch", k_batch},
          {"correlation", 0.5}};
}

/// Band of ln(measured / theory) of one quantity of one layer.
struct Band {
  double center = 0, half = 0;
};

/// Four standard deviations of the formula, probability 6e-5 each and many of the layers move as
/// one; and 1 % for what batches and terms of order 1 / n add.
Band formula_band(const MeanField& field, double spread) {
  return {field.log_normal ? -spread / 2 : 0, 4 * std::sqrt(spread) + 0.01};
}

/// From simulated networks, where no formula holds: four standard deviations about their median.
Band simulated_band(const Range& range, double theory) {
  // 95 % of networks lie between low and high, 3.92 standard deviations of a normal law.
  const double width = std::log(range.high / range.low) / 3.92;
  return {std::log(range.median / theory), 4 * width + 0.02};
}

bool inside(double measured, double theory, const Band& band) {
  return std::abs(std::log(measured / theory) - band.center) <= band.half;
}

/// Layers of which a quantity lies outside its band; `factor` makes the theory wrong.
std::size_t outside(const char* activation, const char* scheme, double factor = 1) {
  const bool orthogonal = std::string(scheme) == "orthogonal";
  Spec spec = network(activation, scheme, orthogonal ? k_orthogonal_width : k_width);
  const auto parsed = checked::parse<NetworkSpec>(spec);
  auto wrong = spec;
  if (factor != 1) wrong.set("scheme.gain", factor);
  const auto theory = mean_field(checked::parse<NetworkSpec>(wrong), 1, 0.5);
  std::vector<LayerRanges> ranges;
  if (theory.spreads.empty() || std::isnan(theory.spreads[0].gradient)) {
    spec.set("width", k_band_width);
    spec.set("repeats", k_band_networks);
    spec.set("batch", 4.0);
    spec.set("replicate", 1.0);
    EnsembleJob job(checked::parse<NetworkSpec>(spec));
    while (job.advance()) {
    }
    ranges = job.ranges();
  }
  PropagationJob job(parsed);
  while (job.advance()) {
  }
  std::size_t failures = 0;
  for (std::size_t l = 0; l < theory.layers.size(); ++l) {
    const LayerTheory& layer = theory.layers[l];
    const auto& measured = job.result()[l];
    const bool formula = ranges.empty();
    const Band forward = formula
                             ? formula_band(theory, theory.spreads[l].activation)
                             : simulated_band(ranges[l].activation_second_moment, layer.activation);
    const Band backward = formula
                              ? formula_band(theory, theory.spreads[l].gradient)
                              : simulated_band(ranges[l].gradient_second_moment, layer.gradient);
    const bool good = inside(measured.activation.second_moment(), layer.activation, forward) &&
                      inside(measured.gradient.second_moment(), layer.gradient, backward) &&
                      // Where the band is simulated, theory itself must lie in it.
                      std::abs(forward.center) <= forward.half &&
                      std::abs(backward.center) <= backward.half;
    failures += !good;
  }
  return failures;
}

}  // namespace

TEST_CASE("Simulated second moments and gradients lie in the band of theory") {
  for (const auto& activation : activations())
    for (const char* scheme : {"torch_linear", "xavier_normal", "kaiming_normal", "orthogonal"}) {
      CAPTURE(activation.name, scheme);
      CHECK(outside(activation.name, scheme) == 0);
    }
}

TEST_CASE("The band rejects a theory whose weights are 5 % larger") {
  for (const char* activation : {"relu", "tanh", "gelu", "selu"}) {
    CAPTURE(activation);
    CHECK(outside(activation, "xavier_normal", 1.05) > 5);
  }
  CHECK(outside("tanh", "orthogonal", 1.05) > 5);
}

TEST_CASE("Correlations follow the correlation map within their sampling error") {
  // The correlation of two samples over n units has a std of (1 - c^2) / sqrt(n) a layer, errors
  // add up over layers, and 16 pairs are averaged: four of them, and 0.01 for terms of order 1 / n.
  const auto error = [](double c, double layer) {
    return 4 * (1 - c * c) * std::sqrt(layer / (k_width * k_batch / 2)) + 0.01;
  };
  for (const char* activation : {"linear", "relu", "tanh", "gelu", "elu", "erf", "hardtanh"})
    for (const double c : {0.1, 0.5, 0.9}) {
      Spec spec = network(activation, "xavier_normal", k_width);
      spec.set("correlation", c);
      spec.set("bias", std::string("edge_of_chaos"));
      spec.set("bias.sigma_b", 0.2);
      const auto parsed = checked::parse<NetworkSpec>(spec);
      // The inputs' own correlation and square are known: theory starts from what was drawn.
      double product = 0, square = 0;
      std::vector<float> a(parsed.input_width), b(parsed.input_width);
      for (std::size_t s = 0; s + 1 < parsed.batch; s += 2) {
        draw_input(parsed, s, a);
        draw_input(parsed, s + 1, b);
        for (std::size_t i = 0; i < a.size(); ++i) {
          product += static_cast<double>(a[i]) * static_cast<double>(b[i]);
          square += 0.5 * (static_cast<double>(a[i]) * static_cast<double>(a[i]) +
                           static_cast<double>(b[i]) * static_cast<double>(b[i]));
        }
      }
      const double values = k_width * k_batch / 2;
      const auto theory = mean_field(parsed, square / values, product / square);
      PropagationJob job(parsed);
      while (job.advance()) {
      }
      const auto outside = [&](const MeanField& predicted) {
        std::size_t count = 0;
        for (std::size_t l = 0; l < predicted.layers.size(); ++l) {
          const double expected = predicted.layers[l].correlation;
          count += std::abs(job.result()[l].correlation - expected) >
                   error(expected, static_cast<double>(l + 1));
        }
        return count;
      };
      CAPTURE(activation, c);
      CHECK(outside(theory) == 0);
      // Control: inputs of another correlation would be seen.
      CHECK(outside(mean_field(parsed, square / values,
                               product / square + (c > 0.5 ? -0.2 : 0.2))) > 0);
    }
}

TEST_CASE("The fourth moment of a relu network's length is the product that Hanin and Nica give") {
  // E[|h|^4] / E[|h|^2]^2 = prod(1 + 5 / n_l): depth 4, widths 64. ln |h|^2 is near normal with
  // variance b = 4 ln(1 + 5 / 64) = .30; over 4000 networks the ratio's relative std is about
  // sqrt((e^(4 b) - 4 e^b + 3) / 4000) < 0.02. Four of them: 6e-5.
  constexpr double k_networks = 4000;
  Spec spec = network("relu", "kaiming_normal", 64);
  spec.set("depth", 4.0);
  spec.set("batch", 1.0);
  double squares = 0, fourths = 0;
  PropagationJob job;
  for (double replicate = 0; replicate < k_networks; ++replicate) {
    spec.set("replicate", replicate);
    const auto parsed = checked::parse<NetworkSpec>(spec);
    std::vector<float> input(64);
    draw_input(parsed, 0, input);
    double length = 0;
    for (const float x : input) length += static_cast<double>(x) * static_cast<double>(x) / 64;
    job.restart(parsed);
    while (job.advance()) {
    }
    const double h2 = job.result()[3].activation.second_moment() / length;
    squares += h2 / k_networks;
    fourths += h2 * h2 / k_networks;
  }
  const double expected = std::pow(1 + 5.0 / 64, 4);
  CHECK(std::abs(fourths / (squares * squares) / expected - 1) < 0.08);
  CHECK(std::abs(squares - 1) < 0.04);
  // Control: without the factor 5 it would be far off.
  CHECK(std::abs(fourths / (squares * squares) / std::pow(1 + 2.0 / 64, 4) - 1) > 0.1);
}

TEST_CASE("The spread of many networks is the formula's") {
  // Variances of logarithms over 400 networks: relative std sqrt(2 / 400) = 0.07, four of them.
  for (const auto& [activation, sigma_w2, sigma_b2] :
       {std::tuple{"tanh", 1.760955, .05}, std::tuple{"relu", 2.0, 0.0}}) {
    constexpr std::size_t k_networks = 400;
    Spec spec{{"scheme", std::string("edge_of_chaos")},
              {"scheme.sigma_w", std::sqrt(sigma_w2)},
              {"bias", std::string("edge_of_chaos")},
              {"bias.sigma_b", std::sqrt(sigma_b2)},
              {"activation", std::string(activation)},
              {"depth", 20.0},
              {"width", 128.0},
              {"batch", 1.0}};
    const auto theory = mean_field(checked::parse<NetworkSpec>(spec), 1, 0);
    Moments forward, backward;
    PropagationJob job;
    for (std::size_t i = 0; i < k_networks; ++i) {
      spec.set("replicate", static_cast<double>(i));
      job.restart(checked::parse<NetworkSpec>(spec));
      while (job.advance()) {
      }
      const auto add = [](Moments& moments, double value) {
        const auto single = static_cast<float>(std::log(value));
        moments.add(std::span(&single, 1));
      };
      add(forward, job.result()[19].activation.second_moment());
      add(backward, job.result()[0].gradient.second_moment());
    }
    CAPTURE(activation, forward.variance(), backward.variance());
    CHECK(std::abs(forward.variance() / theory.spreads[19].activation - 1) < 0.3);
    CHECK(std::abs(backward.variance() / theory.spreads[0].gradient - 1) < 0.3);
  }
}
