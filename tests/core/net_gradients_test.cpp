// Gradients of nets: in double against differences, in float32 against those in double.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <vector>

#include "differences.hpp"
#include "initscope/checked.hpp"
#include "initscope/sampling.hpp"
#include "instruction_sets.hpp"
#include "networks.hpp"
#include "plain_passes.hpp"
#include "training/learner.hpp"

using namespace initscope;
using test::differences;
using test::distance;
using test::k_nets;
using test::with_net;

namespace {

constexpr std::size_t k_samples = 5, k_inputs = 8;

/// A net that learns, in double or in float, on the same inputs, parameters and output gradients.
template <class Passes>
struct Learning {
  using Real = typename Passes::Real;

  explicit Learning(const char* net)
      : network(checked::parse<NetworkSpec>(with_net(net, 2, k_inputs, k_samples)), k_samples) {
    const auto drawn = draw(1, network.parameters().size());
    std::copy(drawn.begin(), drawn.end(), network.parameters().begin());
  }

  static std::vector<float> draw(std::uint64_t seed, std::size_t count) {
    std::vector<float> values(count);
    fill_normal(Stream(seed, {}), 0, 0.5, values);
    return values;
  }

  /// Sum of outputs times the gradients that are given.
  double cost() {
    const auto inputs = draw(2, k_samples * k_inputs),
               seeds = draw(3, k_samples * network.outputs());
    network.begin(k_samples);
    for (std::size_t s = 0; s < k_samples; ++s)
      network.set_input(s, std::span<const float>(inputs).subspan(s * k_inputs, k_inputs));
    network.forward();
    double sum = 0;
    for (std::size_t s = 0; s < k_samples; ++s)
      for (std::size_t u = 0; u < network.outputs(); ++u) {
        const float seed = seeds[s * network.outputs() + u];
        sum += static_cast<double>(seed) * static_cast<double>(network.output(s, u));
        network.set_output_gradient(s, u, static_cast<Real>(seed));
      }
    return sum;
  }

  std::vector<double> gradient() {
    cost();
    network.backward();
    return {network.gradient().begin(), network.gradient().end()};
  }

  Learner<Passes> network;
};

}  // namespace

TEST_CASE("Gradients through every block are those of central differences in double") {
  for (const char* net : k_nets) {
    INFO(net);
    Learning<test::PlainPasses> learning(net);
    const std::vector<double> gradient = learning.gradient();
    const std::vector<double> slopes =
        differences(learning.network.parameters(), [&] { return learning.cost(); });
    CHECK(distance(gradient, slopes) < 1e-6);
    // Control: the gradient at other parameters.
    for (double& parameter : learning.network.parameters()) parameter *= 1.1;
    CHECK(distance(learning.gradient(), slopes) > 1e-3);
  }
}

TEST_CASE("A net in float32 learns as in double, on every instruction set") {
  for (const char* net : k_nets) {
    INFO(net);
    const std::vector<double> wanted = Learning<test::PlainPasses>(net).gradient();
    test::on_each_instruction_set(
        [&] { CHECK(distance(Learning<KernelPasses>(net).gradient(), wanted) < 1e-4); });
  }
}
