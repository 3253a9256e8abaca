// Propagation: the product against a plain loop, signals against theory, ensembles, progress.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "initscope/checked.hpp"
#include "initscope/ensemble.hpp"
#include "initscope/sampling.hpp"
#include "instruction_sets.hpp"
#include "networks.hpp"
#include "passes/panels.hpp"
#include "simd/aligned_buffer.hpp"
#include "simd/kernels.hpp"

using namespace initscope;
using test::network;

namespace {

/// Halves of the finite-width band on ln q at layer l: relu's q has ln q ~ N(-b / 2, b),
/// b = 5 l / n (Hanin and Nica 2018). Four standard deviations: probability 6e-5 a layer.
struct Band {
  double low, high;
};
Band relu_band(double layer, double width) {
  const double b = 5 * layer / width;
  return {-b / 2 - 4 * std::sqrt(b) - 0.02, -b / 2 + 4 * std::sqrt(b) + 0.02};
}

}  // namespace

TEST_CASE("The product agrees with a plain loop, bit for bit, for any size and both orders") {
  for (const auto& [rows, depth, batch] : {std::array<std::size_t, 3>{1, 1, 1},
                                           {5, 3, 33},
                                           {12, 17, 64},
                                           {13, 40, 100},
                                           {25, 7, 32},
                                           {37, 600, 32},
                                           {11, 600, 96}})
    test::on_each_instruction_set([&, r = rows, k = depth, m = batch] {
      const PanelShape in{k, m}, out{r, m};
      std::vector<float> a(r * k), bias(r);
      AlignedBuffer b(in.size()), c(out.size());
      fill_normal(Stream(1, {}), 0, 1, a);
      fill_normal(Stream(2, {}), 0, 1, bias);
      fill_normal(Stream(3, {}), 0, 1, b.all());
      for (const bool transposed : {false, true}) {
        const std::size_t row_step = transposed ? 1 : k, k_step = transposed ? r : 1;
        simd::kernels().multiply({a.data(), transposed ? r : k, transposed, b.data(), bias.data(),
                                  c.data(), r, k, in.panels()});
        for (std::size_t panel = 0; panel < in.panels(); ++panel)
          for (std::size_t row = 0; row < r; ++row)
            for (std::size_t column = 0; column < simd::k_panel; ++column) {
              float sum = 0;
              for (std::size_t i = 0; i < k; ++i) {
                const float product = a[row * row_step + i * k_step] *
                                      b.data()[(panel * k + i) * simd::k_panel + column];
                sum = sum + product;
              }
              REQUIRE(c.data()[(panel * r + row) * simd::k_panel + column] == sum + bias[row]);
            }
      }
    });
}

TEST_CASE("He with ReLU stays in the finite-width band, forward and backward") {
  const auto layers = checked::propagate(network("kaiming_normal", 50, 512));
  REQUIRE(layers.size() == 50);
  for (std::size_t l = 0; l < layers.size(); ++l) {
    CAPTURE(l);
    const Band forward = relu_band(static_cast<double>(l + 1), 512);
    const double q = std::log(layers[l].activation.second_moment());
    CHECK(q > forward.low);
    CHECK(q < forward.high);
    const Band backward = relu_band(static_cast<double>(50 - l), 512);
    const double g = std::log(layers[l].gradient.second_moment() / 0.5);
    CHECK(g > backward.low);
    CHECK(g < backward.high);
  }
}

TEST_CASE("The band rejects a wrong scale") {
  // Negative control: weights 5 % too large leave the band within 50 layers.
  Spec wrong = network("xavier_normal", 50, 512);
  wrong.set("scheme.gain", 1.05 * std::sqrt(2.0));
  const auto layers = checked::propagate(wrong);
  CHECK(std::log(layers[49].activation.second_moment()) > relu_band(50, 512).high);
}

TEST_CASE("Xavier with ReLU halves the second moment at each layer, forward and backward") {
  const auto layers = checked::propagate(network("xavier_normal", 50, 512));
  const auto ratio = [&](std::size_t l) {
    return layers[l].activation.second_moment() * std::pow(2.0, static_cast<double>(l) + 1);
  };
  for (std::size_t l = 0; l < 50; ++l) {
    const Band band = relu_band(static_cast<double>(l + 1), 512);
    CAPTURE(l);
    CHECK(std::log(ratio(l)) > band.low);
    CHECK(std::log(ratio(l)) < band.high);
    const Band backward = relu_band(static_cast<double>(50 - l), 512);
    const double g =
        layers[l].gradient.second_moment() * std::pow(2.0, 50 - static_cast<double>(l));
    CHECK(std::log(g) > backward.low);
    CHECK(std::log(g) < backward.high);
  }
}

TEST_CASE("PyTorch's default loses a factor six per ReLU layer") {
  Spec spec = network("torch_linear", 10, 512);
  const auto layers = checked::propagate(spec);
  const double q = layers[9].activation.second_moment() * std::pow(6.0, 10);
  CHECK(std::log(q) > relu_band(10, 512).low);
  CHECK(std::log(q) < relu_band(10, 512).high);
}

TEST_CASE("Zeros: the signal and the gradient are exactly zero, and every unit is dead") {
  const auto layers = checked::propagate(network("zeros", 4, 64));
  for (const auto& layer : layers) {
    CHECK(layer.activation.second_moment() == 0);
    CHECK(layer.gradient.second_moment() == 0);
    CHECK(layer.zero_fraction == 1);
    CHECK(layer.dead_fraction == 1);
  }
}

TEST_CASE("Constants make all units of a layer equal") {
  Spec spec = network("constant", 3, 64);
  spec.set("activation", std::string("tanh"));
  const auto parsed = checked::parse<NetworkSpec>(spec);
  const auto layers = checked::propagate(spec);
  // Variance within the layer comes from the batch alone: dead or alive together.
  for (const auto& layer : layers) CHECK((layer.dead_fraction == 0 || layer.dead_fraction == 1));
  CHECK(parsed.depth() == 3);
}

TEST_CASE("Results have the same bits on every instruction set, whatever the batch") {
  for (const double batch : {1.0, 31.0, 128.0}) {
    Spec spec = network("kaiming_uniform", 6, 48);
    spec.set("batch", batch);
    spec.set("activation", std::string("gelu"));
    std::vector<double> first;
    test::on_each_instruction_set([&] {
      std::vector<double> moments;
      for (const auto& layer : checked::propagate(spec))
        for (const auto* signal : {&layer.preactivation, &layer.activation, &layer.gradient}) {
          moments.push_back(signal->mean());
          moments.push_back(signal->variance());
        }
      if (first.empty()) first = moments;
      CHECK(first == moments);
    });
  }
}

TEST_CASE("An ensemble is its networks, one by one") {
  for (const char* generator : {"initscope", "torch"}) {
    Spec spec = network("kaiming_normal", 3, 32);
    spec.set("generator", std::string(generator));
    spec.set("repeats", 5.0);
    EnsembleJob job(checked::parse<NetworkSpec>(spec));
    double before = 0;
    while (job.advance()) {
      CHECK(job.progress() >= before);
      before = job.progress();
    }
    CHECK(job.progress() == 1);
    CHECK(!job.advance());  // it is over, and stays so
    CHECK(job.progress() == 1);
    std::vector<double> alone;
    for (int i = 0; i < 5; ++i) {
      Spec one = network("kaiming_normal", 3, 32);
      one.set("generator", std::string(generator));
      one.set(std::string(generator) == "torch" ? "seed" : "replicate", static_cast<double>(i));
      alone.push_back(checked::propagate(one)[2].activation.variance());
    }
    CHECK(job.result()[2].activation.variance() == alone[0]);
    std::sort(alone.begin(), alone.end());
    const Range& range = job.ranges()[2].activation_variance;
    CHECK(range.least == alone[0]);
    CHECK(range.median == alone[2]);
    CHECK(range.greatest == alone[4]);
    CHECK((range.low > range.least && range.high < range.greatest));
    spec.set("repeats", 1.0);
    job.restart(checked::parse<NetworkSpec>(spec));
    while (job.advance()) {
    }
    CHECK(job.ranges().empty());
  }
}

TEST_CASE("Progress runs from 0 to 1 and never back") {
  PropagationJob job(checked::parse<NetworkSpec>(network("kaiming_normal", 7, 64)));
  double before = job.progress();
  CHECK(before == 0);
  while (job.advance()) {
    CHECK(job.progress() >= before);
    before = job.progress();
  }
  CHECK(job.progress() == 1);
  DistributionJob draw(checked::parse<DistributionSpec>({{"samples", 700000.0}}));
  before = 0;
  while (draw.advance()) {
    CHECK(draw.progress() >= before);
    before = draw.progress();
  }
  CHECK(draw.progress() == 1);
}

TEST_CASE("A measured scheme leaves a layer without variance as it was drawn") {
  // One unit and one sample; and samples that are all the same, by one unit.
  for (const auto& [batch, correlation] : {std::pair{1.0, 0.0}, std::pair{40.0, 1.0}}) {
    const PropagationResult layers = checked::propagate({{"scheme", "lsuv"},
                                                         {"activation", "selu"},
                                                         {"depth", 3},
                                                         {"width", 1},
                                                         {"batch", batch},
                                                         {"correlation", correlation}});
    for (const LayerResult& layer : layers) {
      CHECK(std::abs(layer.weight_second_moment - 1) < 1e-6);
      CHECK(layer.preactivation.nonfinite() == 0);
      CHECK(layer.gradient.nonfinite() == 0);
    }
  }
}
