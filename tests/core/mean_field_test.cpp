// Mean-field theory of networks: layers, spreads, and where there is none. Simulated networks are
// compared with it in tests/statistics.
#include "initscope/mean_field.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "near.hpp"

using namespace initscope;
using test::near_digits;

namespace {

NetworkSpec network(Spec spec) {
  NetworkSpec out;
  REQUIRE(read(spec, out).empty());
  return out;
}

}  // namespace

TEST_CASE("The spread of finite networks") {
  // tanh at its critical point, width 128, depth 20: .023 forward and .618 backward.
  const auto field = mean_field(network({{"scheme", std::string("edge_of_chaos")},
                                         {"scheme.sigma_w", std::sqrt(1.760955)},
                                         {"bias", std::string("edge_of_chaos")},
                                         {"bias.sigma_b", std::sqrt(.05)},
                                         {"activation", std::string("tanh")},
                                         {"depth", 20.0},
                                         {"width", 128.0}}),
                                (.570048 - .05) / 1.760955, 0);
  REQUIRE(field.spreads.size() == 20);
  CHECK(near_digits(field.spreads[19].preactivation, .023, 2));
  CAPTURE(field.spreads[0].gradient, field.spreads[19].preactivation);
  // The reference's sum ends half a layer apart.
  CHECK(std::abs(field.spreads[0].gradient - .618) < .02);
  // relu: 5 l / n in either direction; linear: 2 l / n.
  for (const auto& [name, c4] : {std::pair{"relu", 5.0}, std::pair{"linear", 2.0}}) {
    const double gain = c4 == 5 ? std::sqrt(2.0) : 1;
    const auto plain = mean_field(network({{"scheme", std::string("xavier_normal")},
                                           {"scheme.gain", gain},
                                           {"activation", std::string(name)},
                                           {"depth", 10.0},
                                           {"width", 32.0}}),
                                  1, 0);
    for (std::size_t l = 0; l < 10; ++l) {
      CAPTURE(name, l);
      const auto layers = static_cast<double>(l + 1);
      CHECK(std::abs(plain.spreads[l].activation - c4 * layers / 32) < 1e-9);
      CHECK(std::abs(plain.spreads[l].gradient - c4 * (11 - layers) / 32) < 1e-9);
    }
  }
}

TEST_CASE("What theory does not say, it says") {
  const auto gap = [](const char* scheme) {
    return mean_field(network({{"scheme", std::string(scheme)}, {"depth", 3.0}, {"width", 32.0}}),
                      1, 0)
        .gap;
  };
  CHECK(gap("kaiming_uniform") == TheoryGap::applies);
  CHECK(gap("orthogonal") == TheoryGap::applies);
  CHECK(gap("zeros") == TheoryGap::applies);
  for (const char* scheme : {"ones", "eye", "looks_linear", "mimetic", "zero_init"})
    CHECK(gap(scheme) == TheoryGap::structured);
  CHECK(gap("lsuv") == TheoryGap::measured);
  CHECK(mean_field(network({{"bias", std::string("ones")}}), 1, 0).gap == TheoryGap::biased);
  CHECK(mean_field(network({{"scheme", std::string("orthogonal")}}), 1, 0).spreads.empty());
  CHECK(mean_field(network({{"activation", std::string("gelu")}}), 1, 0).spreads.empty());
  CHECK(!mean_field(network({}), 1, 0).spreads.empty());
  // Chaotic and deep: the signal's spread is small, the gradient's is none that can be linearized.
  const auto forward = mean_field(
      network({{"activation", std::string("tanh")}, {"depth", 30.0}, {"width", 128.0}}), 1, 0);
  REQUIRE(forward.spreads.size() == 30);
  CHECK(forward.spreads[29].activation < 0.1);
  CHECK(std::isnan(forward.spreads[0].gradient));
}

TEST_CASE("Layers that float32 cannot hold have no theory") {
  const auto field = mean_field(network({{"scheme", std::string("normal")}}), 1, 0);
  REQUIRE(field.layers.size() == 50);
  CHECK(field.layers[20].preactivation > 1e40);
  CHECK(std::isnan(field.layers[49].preactivation));
  CHECK(std::isnan(field.layers[0].gradient));
}

TEST_CASE("Xavier's compromise: unequal fans scale forward and backward by their share") {
  const auto field = mean_field(network({{"scheme", std::string("xavier_normal")},
                                         {"activation", std::string("linear")},
                                         {"depth", 2.0},
                                         {"input_width", 30.0},
                                         {"widths", std::vector<double>{90, 30}}}),
                                1, .25);
  CHECK(std::abs(field.layers[0].preactivation - 2.0 * 30 / 120) < 1e-6);
  CHECK(std::abs(field.layers[1].preactivation - 0.5 * 2.0 * 90 / 120) < 1e-6);
  CHECK(std::abs(field.layers[0].gradient - 2.0 * 30 / 120) < 1e-6);
  CHECK(std::abs(field.layers[1].weight_gradient - 0.5) < 1e-6);
  CHECK(std::abs(field.layers[1].correlation - .25) < 1e-9);
}
