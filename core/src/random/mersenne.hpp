// The state of MT19937 as a window of its sequence x_0, x_1, ...: 624 words, of which seeding makes
// the first; output w is x_(624 + w), tempered. Matsumoto and Nishimura 1998; the seeding of 2002.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace initscope::mersenne {

inline constexpr std::size_t k_size = 624, k_middle = 397;
inline constexpr std::uint32_t k_matrix = 0x9908b0dfU, k_top = 0x80000000U, k_rest = 0x7fffffffU;
inline constexpr std::uint32_t k_multiplier = 1812433253U;

/// x_k .. x_(k + 623). Of x_k the top bit alone goes on to what follows.
using Window = std::array<std::uint32_t, k_size>;

/// Linear over the bits, as are all of these: what the generator puts out for a word of its
/// sequence.
constexpr std::uint32_t temper(std::uint32_t x) noexcept {
  x ^= x >> 11;
  x ^= (x << 7) & 0x9d2c5680U;
  x ^= (x << 15) & 0xefc60000U;
  return x ^ (x >> 18);
}

/// x_(k + 624) xor x_(k + 397), of the top bit of x_k and the rest of x_(k + 1).
constexpr std::uint32_t twist(std::uint32_t joined) noexcept {
  return (joined >> 1) ^ ((0U - (joined & 1U)) & k_matrix);
}

constexpr std::uint32_t joined(std::uint32_t top, std::uint32_t rest) noexcept {
  return (top & k_top) | (rest & k_rest);
}

/// Word `place` of the array that seeding makes, of the word before it.
constexpr std::uint32_t seeded_after(std::uint32_t word, std::uint32_t place) noexcept {
  return k_multiplier * (word ^ (word >> 30)) + place;
}

/// The window from x_0 on.
Window seeded(std::uint32_t seed) noexcept;

/// Moves the window by so many words: 0.3 to 1 ns each.
void forward(Window& window, std::uint64_t words) noexcept;

}  // namespace initscope::mersenne
