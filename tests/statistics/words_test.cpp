// The stream's words: as good as random, and independent between lanes, chunks and streams.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "battery.hpp"
#include "initscope/sampling.hpp"

using namespace initscope;
using test::Finding;

namespace {

constexpr std::size_t k_words = std::size_t{1} << 24;

std::vector<std::uint32_t> words_of(const Stream& stream, std::size_t count,
                                    std::uint64_t first = 0) {
  std::vector<std::uint32_t> words(count);
  fill_words(stream, words, first);
  return words;
}

std::vector<Finding> test_lanes(const std::vector<std::uint32_t>& words) {
  const std::span all(words);
  std::vector<Finding> findings;
  for (const std::size_t distance : {1u, 2u, 16u, 31u, 32u, 64u, 1024u, 8192u})
    findings.push_back(test::test_independence("words " + std::to_string(distance) + " apart",
                                               all.first(all.size() - distance),
                                               all.subspan(distance)));
  return findings;
}

void accept(const std::vector<Finding>& findings) {
  for (const auto& [name, p] : findings) {
    INFO(name << ": p = " << p << ", seed " << test::seed());
    CHECK(p > test::k_reject);
  }
}

}  // namespace

TEST_CASE("Words pass the battery") {
  accept(test::test_words(words_of(Stream(test::seed(), {}), k_words)));
}

TEST_CASE("Lanes, steps and chunks are independent") {
  accept(test_lanes(words_of(Stream(test::seed(), {}), k_words)));
}

TEST_CASE("Streams of neighbouring addresses are independent") {
  constexpr std::size_t n = std::size_t{1} << 22;
  const std::uint64_t seed = test::seed();
  const auto base = words_of(Stream(seed, {Purpose::weight, 1, 0}), n);
  const auto against = [&](const char* name, const Stream& other) {
    return test::test_independence(name, base, words_of(other, n));
  };
  accept({against("seed", Stream(seed + 1, {Purpose::weight, 1, 0})),
          against("seed, upper half",
                  Stream(seed + (std::uint64_t{1} << 32), {Purpose::weight, 1, 0})),
          against("purpose", Stream(seed, {Purpose::bias, 1, 0})),
          against("layer", Stream(seed, {Purpose::weight, 2, 0})),
          against("replicate", Stream(seed, {Purpose::weight, 1, 1}))});
}

TEST_CASE("One word of each of many streams passes the battery") {
  // Seeding alone: word 0 of 2^20 streams that differ in their replicate.
  std::vector<std::uint32_t> words(std::size_t{1} << 20);
  for (std::size_t i = 0; i < words.size(); ++i)
    fill_words(Stream(test::seed(), {Purpose::weight, 0, static_cast<std::uint32_t>(i)}),
               std::span(words).subspan(i, 1));
  accept(test::test_words(words));
}

TEST_CASE("The battery rejects bad words") {
  const auto good = words_of(Stream(test::seed(), {}), std::size_t{1} << 22);
  const auto rejected = [](const std::vector<std::uint32_t>& words) {
    return test::worst(test::test_words(words)).p < test::k_reject;
  };
  CHECK_FALSE(rejected(good));
  auto bad = good;
  for (std::size_t i = 0; i < bad.size(); i += 64) bad[i] |= 0x00010000;  // one bit in 2048 set
  CHECK(rejected(bad));
  bad = good;
  std::uint32_t state = 1;
  for (auto& word : bad) word = state = 1664525 * state + 1013904223;  // a congruential generator
  CHECK(rejected(bad));
  bad = good;
  std::uint32_t linear = 1;
  for (auto& word : bad) {  // xorshift32: linear over GF(2)
    linear ^= linear << 13;
    linear ^= linear >> 17;
    linear ^= linear << 5;
    word = linear;
  }
  CHECK(rejected(bad));
}

TEST_CASE("The test of lanes rejects a repeated lane and a repeated chunk") {
  auto words = words_of(Stream(test::seed(), {}), std::size_t{1} << 22);
  for (std::size_t i = 0; i < words.size(); i += 32) words[i + 7] = words[i + 6];
  CHECK(test::worst(test_lanes(words)).p < test::k_reject);
  words = words_of(Stream(test::seed(), {}), std::size_t{1} << 22);
  for (std::size_t chunk = 1; chunk < words.size() / k_chunk; chunk += 8)
    std::copy_n(words.begin() + static_cast<std::ptrdiff_t>((chunk - 1) * k_chunk), k_chunk,
                words.begin() + static_cast<std::ptrdiff_t>(chunk * k_chunk));
  CHECK(test::worst(test_lanes(words)).p < test::k_reject);
}
