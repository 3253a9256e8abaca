// Propagation: the product against a plain loop, statistics against theory, bounds and memory.
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "aligned_buffer.hpp"
#include "initscope/checked.hpp"
#include "initscope/sampling.hpp"
#include "instruction_sets.hpp"
#include "panels.hpp"
#include "simd/kernels.hpp"

using namespace initscope;

namespace {

Spec network(std::string scheme, double depth, double width) {
  return {{"scheme", std::move(scheme)}, {"depth", depth}, {"width", width}};
}

Issues issues_of(const Spec& spec) {
  NetworkSpec out;
  return read(spec, out);
}

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
                                           {37, 600, 32}})
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
    const double q = std::log(layers[l].activation.moments.second_moment());
    CHECK(q > forward.low);
    CHECK(q < forward.high);
    const Band backward = relu_band(static_cast<double>(50 - l), 512);
    const double g = std::log(layers[l].gradient.moments.second_moment() / 0.5);
    CHECK(g > backward.low);
    CHECK(g < backward.high);
  }
}

TEST_CASE("The band rejects a wrong scale") {
  // Negative control: weights 5 % too large leave the band within 50 layers.
  Spec wrong = network("xavier_normal", 50, 512);
  wrong.set("scheme.gain", 1.05 * std::sqrt(2.0));
  const auto layers = checked::propagate(wrong);
  CHECK(std::log(layers[49].activation.moments.second_moment()) > relu_band(50, 512).high);
}

TEST_CASE("Xavier with ReLU halves the second moment at each layer, forward and backward") {
  const auto layers = checked::propagate(network("xavier_normal", 50, 512));
  const auto ratio = [&](std::size_t l) {
    return layers[l].activation.moments.second_moment() * std::pow(2.0, static_cast<double>(l) + 1);
  };
  for (std::size_t l = 0; l < 50; ++l) {
    const Band band = relu_band(static_cast<double>(l + 1), 512);
    CAPTURE(l);
    CHECK(std::log(ratio(l)) > band.low);
    CHECK(std::log(ratio(l)) < band.high);
    const Band backward = relu_band(static_cast<double>(50 - l), 512);
    const double g =
        layers[l].gradient.moments.second_moment() * std::pow(2.0, 50 - static_cast<double>(l));
    CHECK(std::log(g) > backward.low);
    CHECK(std::log(g) < backward.high);
  }
}

TEST_CASE("PyTorch's default loses a factor six per ReLU layer") {
  Spec spec = network("torch_linear", 10, 512);
  const auto layers = checked::propagate(spec);
  const double q = layers[9].activation.moments.second_moment() * std::pow(6.0, 10);
  CHECK(std::log(q) > relu_band(10, 512).low);
  CHECK(std::log(q) < relu_band(10, 512).high);
}

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
  StreamWeights source(parsed);
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
  const auto same = [](const SignalStatistics& measured, const std::vector<float>& values) {
    Moments moments;
    moments.add(values);
    CHECK(measured.moments.count() == values.size());
    CHECK(std::abs(measured.moments.mean() - moments.mean()) < 1e-6);
    CHECK(std::abs(measured.moments.variance() - moments.variance()) < 1e-5 * moments.variance());
    std::uint64_t counted = measured.histogram.below + measured.histogram.above;
    for (const auto count : measured.histogram.counts) counted += count;
    CHECK(counted == values.size());
  };
  same(layers[0].preactivation, z);
  same(layers[0].activation, h);
  same(layers[0].gradient, gradient);
  std::size_t saturated = 0;
  for (const float value : h) saturated += std::abs(value) > 0.97F;
  CHECK(saturated > 0);
  CHECK(std::abs(layers[0].saturated_fraction - static_cast<double>(saturated) / 2000) < 1e-3);
}

TEST_CASE("Zeros: the signal and the gradient are exactly zero, and every unit is dead") {
  const auto layers = checked::propagate(network("zeros", 4, 64));
  for (const auto& layer : layers) {
    CHECK(layer.activation.moments.second_moment() == 0);
    CHECK(layer.gradient.moments.second_moment() == 0);
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

TEST_CASE("Overflow is counted by layer, not hidden") {
  const auto layers = checked::propagate(network("normal", 50, 512));
  std::size_t first = 0;
  while (first < 50 && layers[first].activation.moments.nonfinite() == 0) ++first;
  CHECK(first > 20);  // 256^l passes 1e76 at layer 32
  CHECK(first < 40);
  CHECK(layers[49].gradient.moments.nonfinite() > 0);
  CHECK(std::isfinite(layers[first - 1].activation.moments.second_moment()));
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
          moments.push_back(signal->moments.mean());
          moments.push_back(signal->moments.variance());
        }
      if (first.empty()) first = moments;
      CHECK(first == moments);
    });
  }
}

TEST_CASE("Weights drawn again are the weights drawn before") {
  const auto spec = checked::parse<NetworkSpec>(network("xavier_uniform", 3, 20));
  StreamWeights source(spec);
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
  for (const char* field : {"depth", "width", "input_width", "batch"}) {
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
  refused("gain", 1.0, Reason::unknown_field);
}

TEST_CASE("The largest network of the contract fits, a larger one is refused in words") {
  CHECK(issues_of({{"depth", 200.0}, {"width", 1024.0}, {"batch", 128.0}}).empty());
  const auto issues = issues_of({{"depth", 200.0}, {"width", 1024.0}, {"batch", 1024.0}});
  REQUIRE(issues.size() == 1);
  CHECK(issues[0].reason == Reason::too_many);
  CHECK(describe(issues[0]).find("32 layers at width 1024 and batch 1024") != std::string::npos);
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
