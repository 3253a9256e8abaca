// Theory of nets drawn by their grammar against networks of them: where it applies it holds, and
// where it would not it has a gap.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <random>

#include "initscope/checked.hpp"
#include "initscope/propagation.hpp"

using namespace initscope;

namespace {

constexpr std::size_t k_networks = 20;
constexpr int k_nets = 160;

std::string one_of(std::mt19937& engine, std::initializer_list<const char*> texts) {
  return texts.begin()[engine() % texts.size()];
}

/// Blocks that keep the width; residual ones to a depth of two.
std::string blocks(std::mt19937& engine, int nesting) {
  std::string text;
  for (std::size_t left = 1 + engine() % 3; left > 0; --left) {
    text += text.empty() ? "" : ",";
    if (nesting < 2 && engine() % 3 == 0)
      text += one_of(engine, {"res(", "res;scale:0.5("}) + blocks(engine, nesting + 1) +
              (engine() % 4 == 0 ? "|dense" : "") + ")" + one_of(engine, {"", "", ",phi"});
    else
      text += one_of(engine, {"dense", "dense,phi", "phi,dense", "ln,dense,phi,dense", "bn,phi",
                              "dense,bn", "rms,dense", "scale;value:0.7", "ln"});
  }
  return text;
}

NetworkSpec drawn(std::mt19937& engine) {
  constexpr double k_batches[] = {8, 16, 32, 64, 128}, k_correlations[] = {0, 0.3, 0.9};
  const std::string net = one_of(engine, {"dense,", "phi,dense,", ""}) + blocks(engine, 0);
  return checked::parse<NetworkSpec>({{"net", net},
                                      {"activation", one_of(engine, {"relu", "tanh", "gelu"})},
                                      {"width", 96.0},
                                      {"batch", k_batches[engine() % 5]},
                                      {"correlation", k_correlations[engine() % 3]},
                                      {"seed", std::to_string(engine())}});
}

/// Means over networks of the last row's E[h^2] and of the first one's gradient.
struct Ends {
  double second = 0, gradient = 0;
};
Ends measured(const NetworkSpec& spec) {
  Ends mean;
  PropagationJob job;
  for (std::size_t k = 0; k < k_networks; ++k) {
    job.restart(repeated(spec, k));
    while (job.advance()) {
    }
    mean.second += job.result().back().activation.second_moment() / k_networks;
    mean.gradient += job.result().front().gradient.second_moment() / k_networks;
  }
  return mean;
}

/// Within a third: 20 networks of width 96 scatter by less than a tenth around a limit that is off
/// by O(rows / width); the seeds are fixed, so that an alarm is there always or never. In batches
/// of 5 and fewer the gradient behind a norm of the batch has no variance, and 20 say nothing.
bool agrees(double value, double theory) {
  return (value == 0 && theory == 0) || std::abs(std::log(value / theory)) < std::log(4.0 / 3);
}

}  // namespace

TEST_CASE("Where theory of a random net applies, networks are as it says") {
  std::mt19937 engine(17);
  int compared = 0, refused = 0;
  for (int i = 0; i < k_nets; ++i) {
    const NetworkSpec spec = drawn(engine);
    const MeanField theory = mean_field(spec);
    if (theory.gap != TheoryGap::applies) {
      ++refused;
      continue;
    }
    const Ends here = measured(spec);
    INFO(to_text(spec.net) << ", B " << spec.batch << ", c " << spec.correlation << ", "
                           << info_of(spec.activation.id).name);
    INFO("E[h^2] " << here.second << " / " << theory.layers.back().activation << ", gradient "
                   << here.gradient << " / " << theory.layers.front().gradient);
    CHECK(agrees(here.second, theory.layers.back().activation));
    CHECK(agrees(here.gradient, theory.layers.front().gradient));
    ++compared;
  }
  CHECK(compared > 60);
  CHECK(refused > 30);
}

TEST_CASE("A branch that was taken for independent of its trunk would be found") {
  // E[h^2] of x + (x + W x) with He's weights is 6; of independent terms it would be 4.
  const auto spec = checked::parse<NetworkSpec>(
      {{"net", std::string("res(res(dense))")}, {"width", 96.0}, {"batch", 64.0}});
  const Ends here = measured(spec);
  CHECK(agrees(here.second, 6));
  CHECK_FALSE(agrees(here.second, 4));
}
