// The phase of Box and Muller's pairs: torch's normal tensors have it, whatever they were scaled
// by.
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "audit_draws.hpp"
#include "initscope/certificate.hpp"

using namespace initscope;
using test::drawn;
using test::Foreign;

namespace {

std::vector<float> normal(std::uint32_t seed, std::size_t count, double std = 0.02) {
  return drawn({seed, seed % 100}, LawDrawn::normal(0, std), count);
}

template <class Change>
std::vector<float> changed(std::vector<float> values, Change change) {
  for (float& value : values) value = static_cast<float>(change(static_cast<double>(value)));
  return values;
}

}  // namespace

TEST_CASE("Normal tensors of torch are certified") {
  int certified = 0;
  for (std::uint32_t seed = 0; seed < 1000; ++seed)
    certified += torch_phase(normal(seed, 1024)).certified ? 1 : 0;
  CHECK(certified == 1000);
  const PhaseVerdict large = torch_phase(normal(5, 16384));
  CHECK(large.pairs == k_phase_values / 2);
  CHECK(large.share > 0.11);
  CHECK(large.share < 0.17);
  // Of 512 values nearly all, of 256 a third: the power that the header states.
  int of_512 = 0, of_256 = 0;
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    of_512 += torch_phase(normal(seed, 512)).certified ? 1 : 0;
    of_256 += torch_phase(normal(seed, 256)).certified ? 1 : 0;
  }
  CHECK(of_512 >= 190);
  CHECK(of_256 >= 40);
  CHECK(of_256 <= 100);
}

TEST_CASE("A tensor that is no multiple of 16 has its last block") {
  // 1003 = 62 blocks and 11: the last 16 values begin anew within two blocks.
  CHECK(torch_phase(normal(3, 1003)).certified);
  CHECK(torch_phase(normal(3, 1003)).pairs == 62 * 8);
}

TEST_CASE("What scales a tensor leaves its phase, what steps wipes it out") {
  int scaled = 0, nudged = 0, stepped = 0, half = 0, brain = 0, shifted = 0;
  Foreign foreign(2);
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    const auto values = normal(seed, 2048, 1);
    const auto yes = [](std::span<const float> some) {
      return torch_phase(some).certified ? 1 : 0;
    };
    scaled += yes(changed(values, [](double x) { return x * 0.8123; }));
    nudged += yes(changed(values, [&](double x) { return x * (1 + 1e-7 * foreign.normal()); }));
    stepped += yes(changed(values, [&](double x) { return x * (1 + 1e-5 * foreign.normal()); }));
    half += yes(changed(values, [](double x) {
      return static_cast<double>(rounded_to(Precision::float16, static_cast<float>(x)));
    }));
    brain += yes(changed(values, [](double x) {
      return static_cast<double>(rounded_to(Precision::bfloat16, static_cast<float>(x)));
    }));
    shifted += yes(std::span(values).subspan(8));
  }
  CHECK(scaled == 100);
  CHECK(nudged >= 95);
  CHECK(stepped == 0);
  CHECK(half == 0);
  CHECK(brain == 0);
  CHECK(shifted == 0);
}

TEST_CASE("Other normal tensors are not certified") {
  Foreign foreign(8);
  int certified = 0;
  double largest = 0;
  for (int i = 0; i < 2000; ++i) {
    const PhaseVerdict verdict = torch_phase(foreign.normals(1024, 0.02));
    certified += verdict.certified ? 1 : 0;
    largest = std::max(largest, verdict.statistic);
  }
  CHECK(certified == 0);
  CHECK(largest < 20);  // the gate by itself: 2000 e^-20 = 4e-6
  CHECK(largest > 3);   // and the statistic is one that varies
}

TEST_CASE("Quantized weights and sines pass the statistic, and are refused by the gates") {
  Foreign foreign(9);
  int certified = 0, high = 0;
  const auto judge = [&](std::span<const float> values) {
    const PhaseVerdict verdict = torch_phase(values);
    certified += verdict.certified ? 1 : 0;
    high += verdict.statistic > 20 ? 1 : 0;
  };
  for (int i = 0; i < 200; ++i) {
    // uint8 with a zero point: few levels, and few angles.
    const double scale = 0.001 * (1 + i), spread = 2 + i % 40;
    std::vector<float> values(2048);
    for (float& value : values)
      value = static_cast<float>(scale * std::round(spread * foreign.normal()));
    judge(values);
    // The base of a short-time Fourier transform.
    const int window = 64 << (i % 4);
    for (std::size_t t = 0; t < values.size(); ++t) {
      const double phase = 6.283185307179586 *
                           static_cast<double>((1 + i) * (static_cast<int>(t) % window)) / window;
      values[t] = static_cast<float>(std::cos(phase));
    }
    judge(values);
  }
  CHECK(certified == 0);
  CHECK(high > 20);  // without the gates there would be many
}

TEST_CASE("Hostile tensors have no phase") {
  const float nan = std::numeric_limits<float>::quiet_NaN(), infinite = HUGE_VALF;
  CHECK(torch_phase({}).pairs == 0);
  CHECK(torch_phase(normal(1, 15)).pairs == 0);
  for (const float level : {0.0F, 1.0F, nan, infinite, -infinite, 1e-45F, 3e38F}) {
    const PhaseVerdict verdict = torch_phase(std::vector<float>(4096, level));
    CHECK(verdict.pairs == 0);
    CHECK_FALSE(verdict.certified);
    CHECK(verdict.statistic == 0);
  }
  // A padding row, and some values that are no numbers, are left out.
  auto values = normal(4, 4096, 1);
  for (std::size_t i = 0; i < 64; ++i) values[i] = 0;
  values[100] = nan;
  values[200] = infinite;
  const PhaseVerdict verdict = torch_phase(values);
  CHECK(verdict.certified);
  CHECK(verdict.pairs == (4096 - 64) / 2 - 2);
  const std::array extremes = {3e38F, 1e-45F};
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = extremes[i / 8 % 2];
  CHECK_FALSE(torch_phase(values).certified);
}
