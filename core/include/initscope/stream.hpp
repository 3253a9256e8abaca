// Where random words come from: streams addressed by seed, purpose, layer and replicate.
#pragma once

#include <array>
#include <cstdint>

namespace initscope {

/// Version of the stream, `algo` in a URL. It changes only when the words change.
inline constexpr int k_stream_version = 1;

/// What a stream's numbers are used for. The values are part of the stream's address.
enum class Purpose : std::uint8_t {
  weight = 0,
  bias = 1,
  input = 2,
  output_gradient = 3,
  order = 4,  ///< random choices beside the numbers, such as which weights are 0
  data = 5    ///< samples of data sets
};

/// Address of a stream among those of one seed.
struct StreamId {
  Purpose purpose = Purpose::weight;
  std::uint32_t layer = 0;  ///< below 2^24
  std::uint32_t replicate = 0;
};

/// An endless sequence of 32-bit words, cut into chunks of `k_chunk` words. A chunk is 256 steps
/// of 32 lanes; word i of a chunk is lane i % 32 at step i / 32. Each lane is xoshiro128++
/// (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021), seeded for its
/// chunk by one Threefry4x32-20 block: counter (chunk low, chunk high, lane, k_stream_version),
/// key as below. Any chunk is reached at once, and the words do not depend on how many lanes a
/// machine has.
struct Stream {
  std::array<std::uint32_t, 4> key{};  ///< seed low, seed high, purpose << 24 | layer, replicate

  Stream(std::uint64_t seed, StreamId id) noexcept
      : key{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
            static_cast<std::uint32_t>(id.purpose) << 24 | (id.layer & 0xFFFFFFu), id.replicate} {}

  /// The stream of the same seed, layer and replicate for another purpose.
  Stream of(Purpose purpose) const noexcept {
    Stream other = *this;
    other.key[2] = static_cast<std::uint32_t>(purpose) << 24 | (key[2] & 0xFFFFFFu);
    return other;
  }
};

inline constexpr std::uint32_t k_lanes = 32;
inline constexpr std::uint32_t k_chunk = 8192;

/// One block of Threefry4x32 with 20 rounds (Salmon, Moraes, Dror and Shaw, "Parallel random
/// numbers: as easy as 1, 2, 3", SC'11). `x` is the counter, four words, and becomes the block.
/// `Word` is `std::uint32_t` or a vector of them.
template <class Word>
inline void threefry4x32_20(const std::array<std::uint32_t, 4>& key, Word (&x)[4]) noexcept {
  constexpr int k_rotations[8][2] = {{10, 26}, {11, 21}, {13, 27}, {23, 5},
                                     {6, 20},  {17, 11}, {25, 10}, {18, 20}};
  const std::uint32_t parity = 0x1BD11BDAu ^ key[0] ^ key[1] ^ key[2] ^ key[3];
  const std::uint32_t schedule[5] = {key[0], key[1], key[2], key[3], parity};
  const auto rotate = [](Word v, int by) { return (v << by) | (v >> (32 - by)); };
  for (int i = 0; i < 4; ++i) x[i] = x[i] + Word(schedule[i]);
  for (int round = 0; round < 20; ++round) {
    const int first = round % 2 == 0 ? 1 : 3, second = round % 2 == 0 ? 3 : 1;
    x[0] = x[0] + x[first];
    x[first] = rotate(x[first], k_rotations[round % 8][0]) ^ x[0];
    x[2] = x[2] + x[second];
    x[second] = rotate(x[second], k_rotations[round % 8][1]) ^ x[2];
    if (round % 4 == 3) {
      const std::uint32_t injection = static_cast<std::uint32_t>(round / 4 + 1);
      for (std::uint32_t i = 0; i < 4; ++i) x[i] = x[i] + Word(schedule[(injection + i) % 5]);
      x[3] = x[3] + Word(injection);
    }
  }
}

}  // namespace initscope
