// What a propagation measures of a layer, against plain computations and beside overflow.
#include "propagation/measures.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "initscope/checked.hpp"
#include "initscope/sampling.hpp"
#include "initscope/weights.hpp"
#include "networks.hpp"
#include "passes/panels.hpp"
#include "simd/aligned_buffer.hpp"

using namespace initscope;
using test::network;

TEST_CASE("One layer's statistics are those of a plain computation") {
  Spec spec = network("kaiming_normal", 1, 40);
  spec.set("input_width", 30.0);
  spec.set("batch", 50.0);
  spec.set("activation", std::string("tanh"));
  spec.set("bias", std::string("normal"));
  const auto parsed = checked::parse<NetworkSpec>(spec);
  const auto layers = checked::propagate(spec);
  std::vector<float> input(50 * 30), weight(40 * 30), bias(40), gradient(50 * 40);
  fill_normal(Stream(0, {Purpose::input, 0, 0}), 0, 1, input);
  fill_normal(Stream(0, {Purpose::output_gradient, 0, 0}), 0, 1, gradient);
  const Plan plan = plan_of(parsed);
  NetworkWeights source(parsed, plan);
  source.prepare(1, weight, bias);
  std::vector<float> z(gradient.size()), h(z.size());
  for (std::size_t sample = 0; sample < 50; ++sample)
    for (std::size_t unit = 0; unit < 40; ++unit) {
      double sum = static_cast<double>(bias[unit]);
      for (std::size_t i = 0; i < 30; ++i)
        sum += static_cast<double>(weight[unit * 30 + i]) *
               static_cast<double>(input[sample * 30 + i]);
      z[sample * 40 + unit] = static_cast<float>(sum);
    }
  activate(parsed.activation, z, h);
  apply_activation_gradient(parsed.activation, z, gradient);
  const auto same = [](const Moments& measured, const std::vector<float>& values) {
    Moments moments;
    moments.add(values);
    CHECK(measured.count() == values.size());
    CHECK(std::abs(measured.mean() - moments.mean()) < 1e-6);
    CHECK(std::abs(measured.variance() - moments.variance()) < 1e-5 * moments.variance());
  };
  const Histogram& histogram = layers[0].histogram;
  std::uint64_t counted = histogram.below + histogram.above;
  for (const auto count : histogram.counts) counted += count;
  CHECK(counted == h.size());
  same(layers[0].preactivation, z);
  same(layers[0].activation, h);
  same(layers[0].gradient, gradient);
  std::size_t saturated = 0;
  for (const float value : h) saturated += std::abs(value) > 0.97F;
  CHECK(saturated > 0);
  CHECK(std::abs(layers[0].saturated_fraction - static_cast<double>(saturated) / 2000) < 1e-3);
}

TEST_CASE("Overflow is counted by layer, not hidden") {
  const auto layers = checked::propagate(network("normal", 50, 512));
  std::size_t first = 0;
  while (first < 50 && layers[first].activation.nonfinite() == 0) ++first;
  CHECK(first > 20);  // 256^l passes 1e76 at layer 32
  CHECK(first < 40);
  CHECK(layers[49].gradient.nonfinite() > 0);
  CHECK(std::isfinite(layers[first - 1].activation.second_moment()));
}

TEST_CASE("Beside overflow, histograms and quantiles are those of the finite values") {
  Spec spec = network("normal", 50, 64);
  spec.set("activation", std::string("linear"));
  std::size_t partly = 0;
  for (const double batch : {32.0, 37.0}) {
    spec.set("batch", batch);
    for (const LayerResult& layer : checked::propagate(spec)) {
      const Histogram& histogram = layer.histogram;
      std::uint64_t counted = histogram.below + histogram.above;
      for (const std::uint64_t count : histogram.counts) counted += count;
      CAPTURE(layer.activation.count(), layer.activation.nonfinite());
      CHECK(counted == layer.activation.count());
      if (layer.activation.count() == 0 || layer.activation.nonfinite() == 0) continue;
      ++partly;
      // The values are as often negative as positive, and none of their quarters is empty.
      const LayerQuantiles& at = layer.quantiles;
      CHECK(at[0] >= layer.activation.min());
      CHECK(at[4] <= layer.activation.max());
      for (std::size_t k = 1; k < at.size(); ++k) CHECK(at[k - 1] < at[k]);
      CHECK(std::abs(at[2]) < 0.5 * layer.activation.std());
    }
  }
  CHECK(partly >= 4);
}

TEST_CASE("Zeros stand where they are among values of which some overflow") {
  // Of 64 values: 16 infinite or NaN, 16 zeros, and -16 .. -1, 1 .. 16.
  const PanelShape shape{2, 32};
  AlignedBuffer values(shape.size());
  std::vector<float> finite;
  constexpr float k_infinity = std::numeric_limits<float>::infinity();
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto size = static_cast<float>(i % 16 + 1);
    values.data()[i] = i < 16   ? (i % 3 == 0   ? k_infinity
                                   : i % 3 == 1 ? -k_infinity
                                                : std::nanf(""))
                       : i < 32 ? 0
                       : i < 48 ? -size
                                : size;
    if (i >= 16) finite.push_back(values.data()[i]);
  }
  Moments moments;
  moments.add(values.all());
  REQUIRE(moments.nonfinite() == 16);
  Histogram histogram;
  fill_histogram(shape, values.data(), moments, histogram);
  const auto quantiles = quantiles_of(histogram, moments, 16.0 / 64);
  std::sort(finite.begin(), finite.end());
  for (std::size_t k = 0; k < quantiles.size(); ++k) {
    CAPTURE(k);
    CHECK(std::abs(quantiles[k] - quantile(finite, layer_probabilities()[k])) < 1);
  }
  CHECK(quantiles[2] == 0);
}

TEST_CASE("Zeros that lie outside the histogram are in none of its bins") {
  // 7 zeros, 4 values in the first bin, and 181 that are 10: four std below the mean is above 0.
  const PanelShape shape{6, 32};
  AlignedBuffer values(shape.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    values.data()[i] = i < 7 ? 0.0F : i < 11 ? 0.35F : 10.0F;
  Moments moments;
  moments.add(values.all());
  Histogram histogram;
  fill_histogram(shape, values.data(), moments, histogram);
  REQUIRE(histogram.from > 0);
  REQUIRE(histogram.below == 7);
  REQUIRE(histogram.counts[0] == 4);
  CHECK(!histogram.bin_of(0));
  const auto quantiles = quantiles_of(histogram, moments, 7.0 / static_cast<double>(values.size()));
  const double width = (histogram.to - histogram.from) / static_cast<double>(k_layer_bins);
  CHECK(quantiles[0] > histogram.from);
  CHECK(quantiles[0] < histogram.from + width);
}

TEST_CASE("Weights, their gradients, correlations and quantiles are those of a plain computation") {
  Spec spec = network("xavier_uniform", 2, 24);
  spec.set("input_width", 10.0);
  spec.set("batch", 35.0);
  spec.set("activation", std::string("tanh"));
  spec.set("bias", std::string("normal"));
  const auto parsed = checked::parse<NetworkSpec>(spec);
  const auto layers = checked::propagate(spec);
  const Plan plan = plan_of(parsed);
  NetworkWeights source(parsed, plan);
  std::vector<float> w1(240), w2(576), b1(24), b2(24), x(350), out(35 * 24);
  source.prepare(1, w1, b1);
  source.prepare(2, w2, b2);
  for (std::size_t i = 0; i < 35; ++i) draw_input(parsed, i, std::span(x).subspan(i * 10, 10));
  fill_normal(Stream(0, {Purpose::output_gradient, 0, 0}), 0, 1, out);
  const auto dense = [](const std::vector<float>& w, const std::vector<float>& b,
                        const std::vector<float>& h, std::size_t in) {
    std::vector<float> z(35 * 24);
    for (std::size_t s = 0; s < 35; ++s)
      for (std::size_t o = 0; o < 24; ++o) {
        double sum = static_cast<double>(b[o]);
        for (std::size_t i = 0; i < in; ++i)
          sum += static_cast<double>(w[o * in + i]) * static_cast<double>(h[s * in + i]);
        z[s * 24 + o] = static_cast<float>(sum);
      }
    return z;
  };
  const auto z1 = dense(w1, b1, x, 10);
  std::vector<float> h1(z1.size());
  activate(parsed.activation, z1, h1);
  const auto z2 = dense(w2, b2, h1, 24);
  std::vector<float> delta = out;
  apply_activation_gradient(parsed.activation, z2, delta);
  double gradient = 0, correlation = 0;
  for (std::size_t s = 0; s < 35; ++s)
    for (std::size_t o = 0; o < 24; ++o)
      for (std::size_t i = 0; i < 24; ++i)
        gradient +=
            std::pow(static_cast<double>(delta[s * 24 + o]) * static_cast<double>(h1[s * 24 + i]),
                     2) /
            (35.0 * 24 * 24);
  for (std::size_t s = 0; s + 1 < 35; s += 2) {
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t o = 0; o < 24; ++o) {
      const auto a = static_cast<double>(z2[s * 24 + o]),
                 b = static_cast<double>(z2[(s + 1) * 24 + o]);
      ab += a * b;
      aa += a * a;
      bb += b * b;
    }
    correlation += ab / std::sqrt(aa * bb) / 17;
  }
  CHECK(std::abs(layers[1].weight_gradient / gradient - 1) < 1e-5);
  CHECK(std::abs(layers[1].correlation - correlation) < 1e-5);
  Moments weights;
  weights.add(w2);
  CHECK(layers[1].weight_second_moment == weights.second_moment());
  std::sort(h1.begin(), h1.end());
  const auto& histogram = layers[0].histogram;
  const double bin = (histogram.to - histogram.from) / static_cast<double>(k_layer_bins);
  for (std::size_t k = 0; k < 5; ++k)
    CHECK(std::abs(layers[0].quantiles[k] - quantile(h1, layer_probabilities()[k])) < bin);
}

TEST_CASE("Quantiles of relu: half of the activations are exactly 0") {
  const auto layers = checked::propagate(network("kaiming_normal", 1, 512));
  CHECK(layers[0].quantiles[0] == 0);
  CHECK(layers[0].quantiles[1] == 0);
  // z ~ N(0, 2): quantiles 0.75 and 0.95 are 0.6745 and 1.6449 times its std.
  CHECK(std::abs(layers[0].quantiles[3] / std::sqrt(2.0) - 0.6745) < 0.05);
  CHECK(std::abs(layers[0].quantiles[4] / std::sqrt(2.0) - 1.6449) < 0.1);
}
