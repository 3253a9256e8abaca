// Seeds by algebra: what torch drew is found at its place, and nothing else is.
#include "initscope/seed.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "audit/equations.hpp"
#include "audit/readings.hpp"
#include "audit_draws.hpp"

using namespace initscope;
using test::drawn;
using test::Foreign;

namespace {

constexpr float k_nan = std::numeric_limits<float>::quiet_NaN();

/// A place that depends on `i` alone.
StreamPlace some_place(Foreign& foreign, std::uint64_t most) {
  const auto seed = static_cast<std::uint32_t>(foreign.bits(32));
  return {seed, foreign.bits(53) % most};
}

/// Bounds of Linear, Conv2d, LSTM and of Kaiming and Glorot.
double bound_of(int i) {
  const double bounds[] = {1.0 / 8, 1 / std::sqrt(40.0), 1.0 / 12, std::sqrt(6.0 / 128)};
  return bounds[i % 4];
}

std::vector<Reading> exact_readings(std::span<const std::uint32_t> words) {
  std::vector<Reading> readings;
  for (const std::uint32_t word : words) readings.push_back({word & 0xFFFFFF, 0, 0, 0});
  return readings;
}

}  // namespace

TEST_CASE("Uniform tensors give their seed and their place") {
  Foreign foreign(1);
  int right = 0;
  for (int i = 0; i < 200; ++i) {
    const StreamPlace place = some_place(foreign, 20000);
    const double bound = bound_of(i);
    const std::size_t count = 1247 + static_cast<std::size_t>(i % 5) * 900;
    const auto values = drawn(place, LawDrawn::uniform(-bound, bound), count);
    const auto found = recover_uniform_seed(values, bound);
    right += found && *found == place ? 1 : 0;
  }
  CHECK(right == 200);
}

TEST_CASE("Seeds and places at the ends are found") {
  for (const std::uint32_t seed : {0U, 1U, 42U, 0x80000000U, 0xFFFFFFFFU})
    for (const std::uint64_t offset :
         {0U, 1U, 226U, 227U, 622U, 623U, 624U, 625U, 1247U, 1248U, 2656U}) {
      const StreamPlace place{seed, offset};
      INFO(seed << ", " << offset);
      CHECK(recover_uniform_seed(drawn(place, LawDrawn::uniform(-0.1, 0.1), 1300), 0.1) == place);
      CHECK(recover_normal_seed(drawn(place, LawDrawn::normal(0, 1), 2048), 0, 1) == place);
    }
}

TEST_CASE("No more words are walked than is asked for") {
  const auto values = drawn({7, 5000}, LawDrawn::uniform(-0.1, 0.1), 1300);
  CHECK_FALSE(recover_uniform_seed(values, 0.1, 4999));
  CHECK(recover_uniform_seed(values, 0.1, 5000));
  CHECK(recover_uniform_seed(values, 0.1, std::numeric_limits<std::uint64_t>::max()));
  const auto normals = drawn({7, 5000}, LawDrawn::normal(0, 1), 2048);
  CHECK_FALSE(recover_normal_seed(normals, 0, 1, 4999));
  CHECK(recover_normal_seed(normals, 0, 1, 5000));
  CHECK_FALSE(recover_normal_seed(normals, 0, 1, 0));
}

TEST_CASE("Normal tensors give their seed and their place") {
  Foreign foreign(2);
  int right = 0, wrong = 0;
  const std::array stds = {1.0, 0.02, std::sqrt(2.0 / 576)};
  for (int i = 0; i < 60; ++i) {
    const StreamPlace place = some_place(foreign, 20000);
    const double std = stds[static_cast<std::size_t>(i) % 3];
    const std::size_t count =
        std::array{1248U, 1280U, 2048U, 4096U, 4099U}[static_cast<std::size_t>(i) % 5];
    const auto found = recover_normal_seed(drawn(place, LawDrawn::normal(0, std), count), 0, std);
    right += found && *found == place ? 1 : 0;
    wrong += found && *found != place ? 1 : 0;
  }
  CHECK(right == 60);
  CHECK(wrong == 0);
}

TEST_CASE("Readings of normal numbers are as near to the words as is said") {
  int off = 0, angles = 0, above_one = 0;
  for (std::uint32_t seed = 0; seed < 50; ++seed) {
    const auto values = drawn({seed, 0}, LawDrawn::normal(0, 0.02), 4096);
    const auto readings = normal_readings(values, 0, 0.02F);
    TorchGenerator words(seed);
    for (std::size_t i = 0; i < readings.size(); ++i) {
      const std::uint32_t word = words.random() & 0xFFFFFF;
      const std::uint32_t away =
          std::min((word - readings[i].word) & 0xFFFFFF, (readings[i].word - word) & 0xFFFFFF);
      CHECK(away <= readings[i].width);
      CHECK(readings[i].width <= (i % 16 < 8 ? 4 : 2));
      off += away != 0 ? 1 : 0;
      angles += away != 0 && i % 16 >= 8 ? 1 : 0;
      above_one += away > 1 ? 1 : 0;
    }
  }
  CHECK(off > 20000);  // of 204800: the algebra has something to mend
  CHECK(above_one > 50);
  CHECK(angles > 5000);
}

TEST_CASE("A padding row and a mean are no hindrance") {
  auto embedding = drawn({42, 0}, LawDrawn::normal(0, 1), 1600);
  std::fill_n(embedding.begin(), 32, 0.0F);
  CHECK(recover_normal_seed(embedding, 0, 1) == StreamPlace{42, 0});
  const auto shifted = drawn({42, 77}, LawDrawn::normal(0.5, 1), 2048);
  CHECK(recover_normal_seed(shifted, 0.5, 1) == StreamPlace{42, 77});
  CHECK_FALSE(recover_normal_seed(shifted, 0, 1));
  // BatchNorm's gain in a DCGAN: of N(1, .02) float32 keeps too little.
  CHECK_FALSE(recover_normal_seed(drawn({42, 77}, LawDrawn::normal(1, 0.02), 2048), 1, 0.02));
}

TEST_CASE("No other generator has a state") {
  Foreign foreign(3);
  for (int i = 0; i < 200; ++i) {
    std::vector<std::uint32_t> words(2000);
    for (std::uint32_t& word : words) word = static_cast<std::uint32_t>(foreign.bits(32));
    CHECK_FALSE(state_of(exact_readings(words)));
  }
  // MT19937 itself, its high bits: what std::generate_canonical takes. And its low bits: the
  // control.
  TorchGenerator generator(5);
  std::vector<std::uint32_t> high(2000), low(2000);
  for (std::size_t i = 0; i < low.size(); ++i) {
    low[i] = generator.random();
    high[i] = low[i] >> 8;
  }
  CHECK_FALSE(state_of(exact_readings(high)));
  CHECK(state_of(exact_readings(low)));
  low[1990] ^= 1;  // behind what settles the state
  CHECK_FALSE(state_of(exact_readings(low)));
  for (int i = 0; i < 20; ++i) CHECK_FALSE(recover_normal_seed(foreign.normals(4096, 1), 0, 1));
  // A uniform tensor of the same lattice by another generator, as NumPy's float32.
  std::vector<float> values(4096);
  for (float& value : values)
    value = static_cast<float>(static_cast<double>(foreign.bits(24)) * 0x1p-23 - 1);
  CHECK_FALSE(recover_uniform_seed(values, 1));
}

TEST_CASE("What has changed since it was drawn has no seed") {
  const auto uniform = drawn({9, 100}, LawDrawn::uniform(-0.1, 0.1), 3000);
  const auto normal = drawn({9, 100}, LawDrawn::normal(0, 0.1), 3008);
  REQUIRE(recover_uniform_seed(uniform, 0.1));
  REQUIRE(recover_normal_seed(normal, 0, 0.1));
  for (const std::size_t place : {std::size_t{0}, std::size_t{1500}, std::size_t{2999}}) {
    auto one = uniform, other = normal;
    one[place] = -one[place] + 0.01F;
    other[place] = std::nextafter(other[place], 1.0F);
    CHECK_FALSE(recover_uniform_seed(one, 0.1));
    CHECK_FALSE(recover_normal_seed(other, 0, 0.1));
  }
  CHECK_FALSE(recover_uniform_seed(uniform, 0.1 * std::sqrt(2)));
  CHECK_FALSE(recover_uniform_seed(uniform, 0.2));
  CHECK_FALSE(recover_normal_seed(normal, 0, 0.1001));
  CHECK_FALSE(recover_normal_seed(std::span(normal).subspan(8), 0, 0.1));
}

TEST_CASE("Tensors that are too small, or hostile, have no seed") {
  const auto uniform = drawn({9, 100}, LawDrawn::uniform(-0.1, 0.1), 1300);
  const auto normal = drawn({9, 100}, LawDrawn::normal(0, 0.1), 2048);
  CHECK_FALSE(recover_uniform_seed(std::span(uniform).first(1246), 0.1));
  CHECK(recover_uniform_seed(std::span(uniform).first(1247), 0.1));
  CHECK_FALSE(recover_normal_seed(std::span(normal).first(1232), 0, 0.1));
  for (const double bound : {0.0, -0.1, std::nan(""), HUGE_VAL, 1e39, 1e-50})
    CHECK_FALSE(recover_uniform_seed(uniform, bound));
  for (const double std : {0.0, -0.1, std::nan(""), HUGE_VAL, 1e39, 1e-50}) {
    CHECK_FALSE(recover_normal_seed(normal, 0, std));
    CHECK_FALSE(recover_normal_seed(normal, std == 0 ? HUGE_VAL : std, std));
  }
  CHECK_FALSE(recover_normal_seed(normal, std::nan(""), 0.1));
  CHECK_FALSE(recover_normal_seed(normal, 0, 1e-45));
  CHECK_FALSE(recover_normal_seed(normal, 3e38, 3e38));
  for (const float bad : {k_nan, HUGE_VALF, -HUGE_VALF, 3e38F}) {
    auto one = uniform, other = normal;
    one[700] = bad, other[700] = bad;
    CHECK_FALSE(recover_uniform_seed(one, 0.1));
    CHECK_FALSE(recover_normal_seed(other, 0, 0.1));
  }
  for (const float level : {0.0F, 0.05F, -0.1F, 1.0F, k_nan, HUGE_VALF}) {
    const std::vector<float> constant(2048, level);
    CHECK_FALSE(recover_uniform_seed(constant, 0.1));
    CHECK_FALSE(recover_normal_seed(constant, 0, 0.1));
  }
}
