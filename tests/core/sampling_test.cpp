// The samplers: prefixes, edges, transforms against double, laws with negative controls.
// Streams are fixed, so no test depends on luck; the probability stated beside each bound is that
// of a correct sampler to fail it for an arbitrary seed.
#include "initscope/sampling.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cmath>
#include <functional>

#include "initscope/law.hpp"
#include "initscope/statistics.hpp"
#include "instruction_sets.hpp"

using namespace initscope;

namespace {

using Fill = std::function<void(const Stream&, std::span<float>, std::uint64_t)>;

struct Sampler {
  const char* name;
  Fill fill;
};

std::vector<Sampler> samplers() {
  return {
      {"uniform, symmetric", [](const Stream& s, std::span<float> out,
                                std::uint64_t i) { fill_uniform(s, -1, 1, out, i); }},
      {"uniform, shifted", [](const Stream& s, std::span<float> out,
                              std::uint64_t i) { fill_uniform(s, 3, 5, out, i); }},
      {"normal", [](const Stream& s, std::span<float> out,
                    std::uint64_t i) { fill_normal(s, 1, 2, out, i); }},
      {"truncated, centre", [](const Stream& s, std::span<float> out,
                               std::uint64_t i) { fill_truncated_normal(s, 0, 1, -2, 2, out, i); }},
      {"truncated, tail", [](const Stream& s, std::span<float> out,
                             std::uint64_t i) { fill_truncated_normal(s, 0, 1, 4, 6, out, i); }},
  };
}

constexpr float k_guard = 12345.0F;

std::vector<float> sorted_sample(const Law& law, std::size_t n, std::uint64_t seed = 11) {
  std::vector<float> values(n);
  law.fill(Stream(seed, {}), values);
  std::sort(values.begin(), values.end());
  return values;
}

/// P(sqrt(n) D > 2.23) = 1e-4 (Kolmogorov's limit law).
double ks_bound(std::size_t n) { return 2.23 / std::sqrt(static_cast<double>(n)); }

}  // namespace

TEST_CASE("A short fill is a prefix of a long one, for any length, alignment and chunking") {
  const Stream stream(99, {Purpose::weight, 1, 0});
  for (const auto& sampler : samplers())
    test::on_each_instruction_set([&] {
      INFO(sampler.name);
      std::vector<float> whole(3 * k_chunk + 17);
      sampler.fill(stream, whole, 0);
      for (std::size_t n = 0; n <= 4 * k_lanes + 1; ++n)
        for (const std::size_t offset : {0u, 1u, 3u}) {
          std::vector<float> guarded(n + offset + 8, k_guard);
          sampler.fill(stream, std::span(guarded).subspan(offset + 2, n), 0);
          REQUIRE(std::equal(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(n),
                             guarded.begin() + static_cast<std::ptrdiff_t>(offset) + 2));
          REQUIRE(std::count(guarded.begin(), guarded.end(), k_guard) ==
                  static_cast<std::ptrdiff_t>(offset) + 8);
        }
      for (const std::size_t piece : {1000u, 8191u, 8192u, 8193u}) {
        std::vector<float> pieces(whole.size());
        for (std::size_t i = 0; i < pieces.size(); i += piece)
          sampler.fill(stream, std::span(pieces).subspan(i, std::min(piece, pieces.size() - i)), i);
        REQUIRE(pieces == whole);
      }
    });
}

TEST_CASE("Uniform values stay within their bounds, and a == b gives a") {
  const Stream stream(5, {});
  std::vector<float> values(1u << 20);
  for (const auto& [a, b] :
       {std::pair(0.0F, 1.0F), std::pair(-1.0F, 1.0F), std::pair(1e6F, 1e6F + 1),
        std::pair(0.1F, 0.3F), std::pair(-1e-30F, 1e-30F)}) {
    fill_uniform(stream, a, b, values);
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    CHECK(*low >= a);
    CHECK(*high < b);
  }
  fill_uniform(stream, 0.25F, 0.25F, values);
  CHECK(std::count(values.begin(), values.end(), 0.25F) ==
        static_cast<std::ptrdiff_t>(values.size()));
}

TEST_CASE("Box and Muller's transform agrees with double on the same words") {
  const Stream stream(17, {});
  constexpr std::size_t n = 1u << 20;
  std::vector<std::uint32_t> words(n);
  std::vector<float> values(n);
  fill_words(stream, words);
  fill_normal(stream, 0, 1, values);
  constexpr double pi = 3.14159265358979323846;
  double worst = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (i / k_lanes % 2 == 1) continue;  // the even row of each pair holds the radius
    const std::uint32_t w = words[i], v = words[i + k_lanes];
    // u = k / 2^31 with k odd, rounded to float32 before the logarithm is taken.
    const auto k = static_cast<float>(0x80000000u - ((w | 1u) & 0x7FFFFFFFu));
    const double radius = std::sqrt(-2 * std::log(static_cast<double>(k) / 2147483648.0));
    const double angle =
        static_cast<double>((static_cast<std::int32_t>(v) >> 7) | 1) / 16777216.0 * pi / 2;
    const double sign = w >> 1 & 1 ? -1 : 1;
    worst =
        std::max({worst, std::abs(static_cast<double>(values[i]) - sign * radius * std::cos(angle)),
                  std::abs(static_cast<double>(values[i + k_lanes]) - radius * std::sin(angle))});
  }
  CAPTURE(worst);
  CHECK(worst < 1e-6);
}

TEST_CASE("Samples follow their laws, the tails of truncated normals included") {
  constexpr std::size_t n = 1000000;
  const Law law =
      GENERATE(Law::uniform(-1, 1), Law::uniform(0, 1), Law::normal(0, 1), Law::normal(-3, 0.5),
               Law::truncated_normal(0, 1, -2, 2), Law::truncated_normal(0, 1, 4, 6),
               Law::truncated_normal(0, 1, 5, 7), Law::truncated_normal(0, 1, -7, -5),
               Law::truncated_normal(10, 1, -2, 2), Law::truncated_normal(-3, 2, 1.5, 9),
               Law::truncated_normal(0, 1, -8, 8), Law::truncated_normal(0, 1, 30, 31),
               Law::truncated_normal(0, 0.02, -2, 2));
  const auto values = sorted_sample(law, n);
  CAPTURE(law.lowest(), law.highest(), law.mean());
  CHECK(kolmogorov_smirnov(values, law) < ks_bound(n));
  CHECK(static_cast<double>(values.front()) >= law.lowest());
  CHECK(static_cast<double>(values.back()) <= law.highest());
  Moments moments;
  moments.add(values);
  // Each within 5 standard errors: probability 6e-7.
  CHECK(std::abs(moments.mean() - law.mean()) <
        5 * law.std() / std::sqrt(n) + 1e-6 * std::abs(law.mean()));
  CHECK(std::abs(moments.variance() / law.variance() - 1) < 5 * std::sqrt(8.0 / n));
}

TEST_CASE("The test of laws rejects wrong samplers") {
  constexpr std::size_t n = 1000000;
  // std x 1.02
  CHECK(kolmogorov_smirnov(sorted_sample(Law::normal(0, 1.02), n), Law::normal(0, 1)) >
        ks_bound(n));
  // no truncation
  CHECK(kolmogorov_smirnov(sorted_sample(Law::normal(0, 1), n),
                           Law::truncated_normal(0, 1, -2, 2)) > ks_bound(n));
  // a uniform law one part in 200 too wide
  CHECK(kolmogorov_smirnov(sorted_sample(Law::uniform(-1.005, 1.005), n), Law::uniform(-1, 1)) >
        ks_bound(n));
  // a float32 inverse in the tail, which takes a few values only
  std::vector<float> coarse = sorted_sample(Law::truncated_normal(0, 1, 4, 6), n);
  for (float& value : coarse) value = std::round(value * 64) / 64;
  CHECK(kolmogorov_smirnov(coarse, Law::truncated_normal(0, 1, 4, 6)) > ks_bound(n));
}

TEST_CASE("Normal samples have the moments and tails of a normal law") {
  constexpr std::size_t n = 1u << 22;
  std::vector<float> values(n);
  fill_normal(Stream(3, {}), 0, 1, values);
  Moments moments;
  moments.add(values);
  const double root = std::sqrt(static_cast<double>(n));
  CHECK(std::abs(moments.skewness()) < 5 * std::sqrt(6.0) / root);
  CHECK(std::abs(moments.excess_kurtosis()) < 5 * std::sqrt(24.0) / root);
  for (const auto& [sigma, probability] :
       {std::pair(3.0F, 2.699796e-3), std::pair(4.0F, 6.334248e-5), std::pair(5.0F, 5.733031e-7)}) {
    const auto beyond = static_cast<double>(std::count_if(
        values.begin(), values.end(), [s = sigma](float x) { return std::abs(x) > s; }));
    const double expected = probability * static_cast<double>(n);
    CAPTURE(sigma, beyond, expected);
    CHECK(std::abs(beyond - expected) < 5 * std::sqrt(expected) + 3);
  }
}
