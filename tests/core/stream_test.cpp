// The stream: known answers, addressing, and a reference that knows nothing of lanes or SIMD.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "initscope/sampling.hpp"
#include "instruction_sets.hpp"

using namespace initscope;

namespace {

std::array<std::uint32_t, 4> threefry(std::array<std::uint32_t, 4> counter,
                                      std::array<std::uint32_t, 4> key) {
  std::uint32_t x[4] = {counter[0], counter[1], counter[2], counter[3]};
  threefry4x32_20(key, x);
  return {x[0], x[1], x[2], x[3]};
}

/// xoshiro128++ 1.0 as its authors define it.
struct Xoshiro {
  std::uint32_t s[4];

  std::uint32_t next() {
    const auto rotl = [](std::uint32_t x, int k) { return x << k | x >> (32 - k); };
    const std::uint32_t result = rotl(s[0] + s[3], 7) + s[0], t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 11);
    return result;
  }
};

/// Word `index` of a stream, found by walking one lane.
std::uint32_t reference_word(const Stream& stream, std::uint64_t index) {
  const std::uint64_t chunk = index / k_chunk;
  const auto lane = static_cast<std::uint32_t>(index % k_lanes);
  const auto state = threefry({static_cast<std::uint32_t>(chunk),
                               static_cast<std::uint32_t>(chunk >> 32), lane, k_stream_version},
                              stream.key);
  Xoshiro generator{{state[0], state[1], state[2], state[3]}};
  for (std::uint64_t step = 0; step < index % k_chunk / k_lanes; ++step) generator.next();
  return generator.next();
}

}  // namespace

TEST_CASE("Threefry4x32-20 gives Random123's known answers") {
  constexpr std::uint32_t f = 0xffffffff;
  CHECK(threefry({0, 0, 0, 0}, {0, 0, 0, 0}) ==
        std::array<std::uint32_t, 4>{0x9c6ca96a, 0xe17eae66, 0xfc10ecd4, 0x5256a7d8});
  CHECK(threefry({f, f, f, f}, {f, f, f, f}) ==
        std::array<std::uint32_t, 4>{0x2a881696, 0x57012287, 0xf6c7446e, 0xa16a6732});
  CHECK(threefry({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                 {0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89}) ==
        std::array<std::uint32_t, 4>{0x59cd1dbb, 0xb8879579, 0x86b5d00c, 0xac8b6d84});
}

TEST_CASE("xoshiro128++ gives its known answers") {
  // State 1, 2, 3, 4: the first outputs, computed from the definition in another language.
  Xoshiro generator{{1, 2, 3, 4}};
  CHECK(generator.next() == 641);
  CHECK(generator.next() == 1573767);
  CHECK(generator.next() == 3222811527);
  CHECK(generator.next() == 3517856514);
}

TEST_CASE("Words are those of the scalar definition on every instruction set") {
  const Stream stream(0x0123456789abcdefu, {Purpose::bias, 7, 3});
  test::on_each_instruction_set([&] {
    std::vector<std::uint32_t> words(3 * k_chunk);
    fill_words(stream, words);
    for (std::size_t i = 0; i < words.size(); i += 61)
      REQUIRE(words[i] == reference_word(stream, i));
    // Far into the stream, beyond 2^32 chunks.
    const std::uint64_t far = (std::uint64_t{1} << 33) * k_chunk + 5;
    std::vector<std::uint32_t> later(100);
    fill_words(stream, later, far);
    for (std::size_t i = 0; i < later.size(); ++i)
      REQUIRE(later[i] == reference_word(stream, far + i));
  });
}

TEST_CASE("Seed, purpose, layer and replicate each give another stream") {
  std::set<std::vector<std::uint32_t>> seen;
  std::size_t streams = 0;
  for (const std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1} << 32})
    for (const auto purpose :
         {Purpose::weight, Purpose::bias, Purpose::input, Purpose::output_gradient})
      for (const std::uint32_t layer : {0u, 1u, 200u})
        for (const std::uint32_t replicate : {0u, 1u}) {
          std::vector<std::uint32_t> words(64);
          fill_words(Stream(seed, {purpose, layer, replicate}), words);
          seen.insert(words);
          ++streams;
        }
  CHECK(seen.size() == streams);
}
