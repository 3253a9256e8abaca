// The samplers: prefixes, any length, alignment, chunking and number of threads, edges, and Box and
// Muller's transform end to end. Their statistical quality is tested in tests/statistics.
#include "initscope/sampling.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <functional>
#include <thread>

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

#ifndef __EMSCRIPTEN__  // no threads there: tests/web has workers
TEST_CASE("Four threads give the bits of one") {
  const Stream stream(7, {});
  for (const auto& sampler : samplers()) {
    std::vector<float> one(40 * k_chunk + 1000), four(one.size());
    sampler.fill(stream, one, 0);
    std::vector<std::thread> threads;
    const std::size_t part = one.size() / 4;
    for (std::size_t i = 0; i < 4; ++i) {
      const std::size_t first = i * part, size = i == 3 ? one.size() - first : part;
      threads.emplace_back([&sampler, &stream, &four, first, size] {
        sampler.fill(stream, std::span(four).subspan(first, size), first);
      });
    }
    for (auto& thread : threads) thread.join();
    INFO(sampler.name);
    CHECK(four == one);
  }
}
#endif

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
