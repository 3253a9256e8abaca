// Histograms of a layer's gradients and weights, beside those of its activations.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <numeric>

#include "initscope/checked.hpp"
#include "initscope/ensemble.hpp"
#include "initscope/weights.hpp"
#include "instruction_sets.hpp"
#include "networks.hpp"
#include "propagation/measures.hpp"

using namespace initscope;
using test::network;

namespace {

std::uint64_t counted(const Histogram& histogram) {
  return std::accumulate(histogram.counts.begin(), histogram.counts.end(),
                         histogram.below + histogram.above);
}

struct Bounds {
  double least = 0, most = 0;
  bool hold(double value) const {
    return value >= least * (1 - 1e-6) && value <= most * (1 + 1e-6);
  }
};

/// Between these lies the mean square of what a histogram has counted.
Bounds second_moment_of(const Histogram& histogram, const Moments& moments) {
  const double width =
      (histogram.to - histogram.from) / static_cast<double>(histogram.counts.size());
  Bounds sum;
  const auto add = [&sum](std::uint64_t count, double a, double b) {
    const double least = a <= 0 && b >= 0 ? 0 : std::min(a * a, b * b);
    sum.least += static_cast<double>(count) * least;
    sum.most += static_cast<double>(count) * std::max(a * a, b * b);
  };
  for (std::size_t i = 0; i < histogram.counts.size(); ++i)
    add(histogram.counts[i], histogram.from + static_cast<double>(i) * width,
        histogram.from + static_cast<double>(i + 1) * width);
  add(histogram.below, moments.min(), histogram.from);
  add(histogram.above, histogram.to, moments.max());
  const auto count = static_cast<double>(moments.count());
  return {sum.least / count, sum.most / count};
}

/// All numbers of a row's three histograms.
std::vector<double> numbers_of(const LayerResult& row) {
  std::vector<double> all{row.gradient_zero_fraction, row.weight_zero_fraction, row.weight.mean(),
                          row.weight.variance()};
  for (const auto* histogram : {&row.histogram, &row.gradient_histogram, &row.weight_histogram}) {
    all.insert(all.end(), {histogram->from, histogram->to, static_cast<double>(histogram->below),
                           static_cast<double>(histogram->above)});
    for (const auto count : histogram->counts) all.push_back(static_cast<double>(count));
  }
  return all;
}

}  // namespace

TEST_CASE("Histograms of gradients and weights count every number once") {
  for (const char* activation : {"linear", "relu", "tanh", "gelu"})
    for (const double batch : {1.0, 37.0, 64.0}) {
      Spec spec = network("kaiming_normal", 3, 40);
      spec.set("input_width", 24.0);
      spec.set("batch", batch);
      spec.set("activation", std::string(activation));
      const auto layers = checked::propagate(spec);
      for (std::size_t l = 0; l < layers.size(); ++l) {
        CHECK(counted(layers[l].gradient_histogram) == 40 * static_cast<std::uint64_t>(batch));
        CHECK(counted(layers[l].weight_histogram) == (l == 0 ? 960 : 1600));
        CHECK(layers[l].gradient_histogram.counts.size() == k_layer_bins);
        CHECK(layers[l].weight_histogram.counts.size() == k_layer_bins);
      }
    }
}

TEST_CASE("A histogram's mean square is the layer's, to within its bins") {
  for (const char* activation : {"linear", "relu", "tanh"}) {
    // Xavier with ReLU halves both at each layer: another layer's histogram holds another number.
    Spec spec = network("xavier_uniform", 8, 128);
    spec.set("activation", std::string(activation));
    spec.set("batch", 64.0);
    const auto layers = checked::propagate(spec);
    for (const LayerResult& layer : layers) {
      const Bounds gradient = second_moment_of(layer.gradient_histogram, layer.gradient);
      CHECK(gradient.hold(layer.gradient.second_moment()));
      CHECK(gradient.most < 1.4 * gradient.least);
      const Bounds weight = second_moment_of(layer.weight_histogram, layer.weight);
      CHECK(weight.hold(layer.weight_second_moment));
      CHECK(weight.most < 1.1 * weight.least);
    }
    // Control: neither a gradient that is a fifth larger nor, with ReLU, that of the next layer.
    const LayerResult& first = layers[0];
    const Bounds gradient = second_moment_of(first.gradient_histogram, first.gradient);
    CHECK_FALSE(gradient.hold(1.44 * first.gradient.second_moment()));
    if (std::string(activation) == "relu")
      CHECK_FALSE(gradient.hold(layers[1].gradient.second_moment()));
  }
}

TEST_CASE("The histogram of weights is that of the weights that are drawn") {
  const Spec spec = network("xavier_uniform", 2, 96);
  const auto parsed = checked::parse<NetworkSpec>(spec);
  const auto layers = checked::propagate(spec);
  const Plan plan = plan_of(parsed);
  NetworkWeights source(parsed, plan);
  std::vector<float> weight(96 * 96), bias(96);
  for (std::size_t l = 0; l < 2; ++l) {
    source.prepare(l + 1, weight, bias);
    Moments moments;
    moments.add(weight);
    Histogram histogram;
    fill_histogram(weight, moments, histogram);
    CHECK(histogram.counts == layers[l].weight_histogram.counts);
    CHECK(histogram.from == layers[l].weight_histogram.from);
    CHECK(layers[l].weight.second_moment() == layers[l].weight_second_moment);
    // A uniform law of n weights: 64 bins of n / 64 each, to within five deviations.
    for (const std::uint64_t count : histogram.counts)
      CHECK(std::abs(static_cast<double>(count) - 144) < 5 * 12);
    CHECK(histogram.below + histogram.above == 0);
    CHECK(layers[l].weight_zero_fraction == 0);
  }
  CHECK(layers[0].weight_histogram.counts != layers[1].weight_histogram.counts);
}

TEST_CASE("What is exactly 0 is told apart, of gradients and of weights") {
  const auto relu = checked::propagate(network("kaiming_normal", 4, 64));
  // Of ReLU, the gradient is 0 where the activation is.
  for (const LayerResult& layer : relu) {
    CHECK(layer.gradient_zero_fraction == layer.zero_fraction);
    CHECK(layer.gradient_zero_fraction > 0.3);
    CHECK(layer.weight_zero_fraction == 0);
  }
  Spec tanh = network("kaiming_normal", 2, 64);
  tanh.set("activation", std::string("tanh"));
  CHECK(checked::propagate(tanh)[0].gradient_zero_fraction == 0);
  for (const LayerResult& layer : checked::propagate(network("eye", 2, 64)))
    CHECK(layer.weight_zero_fraction == 63.0 / 64);
  const auto zeros = checked::propagate(network("zeros", 2, 16));
  CHECK(zeros[0].weight_zero_fraction == 1);
  CHECK(zeros[0].gradient_zero_fraction == 1);
  // All in the bin that holds 0.
  const Histogram& histogram = zeros[0].weight_histogram;
  REQUIRE(histogram.bin_of(0));
  CHECK(histogram.counts[*histogram.bin_of(0)] == 256);
}

TEST_CASE("Gradients have bins of their own size over all the decades of float32") {
  for (const double scale : {0.01, 0.3, 3.0}) {
    Spec spec = network("normal", 40, 64);
    spec.set("activation", std::string("linear"));
    spec.set("scheme.std", scale);
    const auto layers = checked::propagate(spec);
    std::size_t beyond = 0;
    for (const LayerResult& layer : layers) {
      const Histogram& histogram = layer.gradient_histogram;
      CHECK(counted(histogram) == layer.gradient.count());
      beyond += layer.gradient.nonfinite() > 0 || layer.gradient_zero_fraction > 0;
      if (layer.gradient.count() == 0 || layer.gradient.variance() == 0) continue;
      // Never more than eight deviations, nor fewer than a few bins that are not empty.
      CHECK(histogram.to - histogram.from <= 8.001 * layer.gradient.std());
      const auto used = std::count_if(histogram.counts.begin(), histogram.counts.end(),
                                      [](std::uint64_t count) { return count > 0; });
      if (layer.gradient_zero_fraction == 0) CHECK(used > 20);
    }
    // Of the smallest some are 0, of the largest some infinite; those between are neither.
    CHECK((beyond > 0) == (scale != 0.3));
  }
}

TEST_CASE("Rows without a weight have no histogram of one, whatever the job had before") {
  PropagationJob job(checked::parse<NetworkSpec>(network("kaiming_normal", 6, 24)));
  while (job.advance()) continue;
  REQUIRE(job.result()[0].weight_histogram.counts.size() == k_layer_bins);
  job.restart(checked::parse<NetworkSpec>(test::with_net("phi,depth*(dense,phi)", 2)));
  while (job.advance()) continue;
  const LayerResult &first = job.result().front(), &last = job.result().back();
  CHECK(first.weight_histogram.counts.empty());
  CHECK(first.weight.count() == 0);
  CHECK(first.weight_zero_fraction == 0);
  CHECK(counted(first.gradient_histogram) == first.gradient.count());
  CHECK(counted(last.weight_histogram) == last.weight.count());
  CHECK(last.weight.count() > 0);
}

TEST_CASE("Nets have histograms of every row's gradient") {
  for (const char* net : test::k_nets)
    for (const LayerResult& row : checked::propagate(test::with_net(net))) {
      CHECK(counted(row.gradient_histogram) == row.gradient.count());
      CHECK(second_moment_of(row.gradient_histogram, row.gradient)
                .hold(row.gradient.second_moment()));
      CHECK(counted(row.weight_histogram) == row.weight.count());
    }
}

TEST_CASE("Histograms have the same bits on every instruction set") {
  for (const char* activation : {"relu", "gelu", "tanh"}) {
    Spec spec = network("kaiming_uniform", 5, 48);
    spec.set("batch", 37.0);
    spec.set("activation", std::string(activation));
    std::vector<double> first;
    test::on_each_instruction_set([&] {
      std::vector<double> all;
      for (const LayerResult& layer : checked::propagate(spec)) {
        const auto numbers = numbers_of(layer);
        all.insert(all.end(), numbers.begin(), numbers.end());
      }
      if (first.empty()) first = all;
      CHECK(first == all);
    });
    // Control: another seed has others.
    spec.set("seed", 1.0);
    CHECK(numbers_of(checked::propagate(spec)[0]) !=
          std::vector<double>(first.begin(), first.begin() + 4 + 3 * (4 + k_layer_bins)));
  }
}

TEST_CASE("Who asks for no histograms has none, and the same moments") {
  const auto spec = checked::parse<NetworkSpec>(network("kaiming_normal", 4, 48));
  PropagationJob with(spec), without(spec);
  while (with.advance()) continue;
  while (without.advance()) continue;
  without.restart(spec, PropagationJob::Counts::nothing);
  while (without.advance()) continue;
  for (std::size_t l = 0; l < 4; ++l) {
    const LayerResult &a = with.result()[l], &b = without.result()[l];
    for (const auto* histogram : {&b.histogram, &b.gradient_histogram, &b.weight_histogram})
      CHECK(histogram->counts.empty());
    CHECK(std::isnan(b.quantiles[2]));
    CHECK(a.gradient.second_moment() == b.gradient.second_moment());
    CHECK(a.activation.variance() == b.activation.variance());
    CHECK(a.weight_second_moment == b.weight_second_moment);
    CHECK(a.gradient_zero_fraction == b.gradient_zero_fraction);
  }
  // An ensemble tells the histograms of its first network.
  Spec many = network("kaiming_normal", 4, 48);
  many.set("repeats", 3.0);
  EnsembleJob job(checked::parse<NetworkSpec>(many));
  while (job.advance()) continue;
  for (std::size_t l = 0; l < 4; ++l)
    CHECK(numbers_of(job.result()[l]) == numbers_of(with.result()[l]));
}
