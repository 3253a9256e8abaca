// The state of MT19937 from the low 24 bits of words that follow one another.
//
// Tempering is linear over the bits, and its upper byte does not reach the low 24. So the low 24
// bits of outputs i and i - 227 give those of twist(top bit of x_(i-624), rest of x_(i-623)): 24
// equations for the 8 hidden bits of output i - 623, of which 16 must hold by themselves. They hold
// by chance once in 65536, and 623 words follow one another: no other generator passes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "random/mersenne.hpp"

namespace initscope {

/// What a value shows of an output: its low 24 bits, or those of one at most `width` away (modulo
/// 2^24). The word is about `fraction` more than `word`, with a standard deviation of 1 /
/// per_deviation.
struct Reading {
  std::uint32_t word = 0;
  std::uint8_t width = 0;
  float fraction = 0, per_deviation = 0;
};
inline constexpr int k_widest_reading = 4;

/// Readings that settle a state.
inline constexpr std::size_t k_settling_readings = 1247;

/// The window from the output that the first reading is of, or nothing if no state shows all
/// readings. At least 1247 of them, of outputs in the order of the stream. Where readings are wide,
/// the likeliest words that satisfy each equation are taken in turn, and once in 1000 times that
/// misses the state: of the closest choices, one is taken the other way.
std::optional<mersenne::Window> state_of(std::span<const Reading> readings);

}  // namespace initscope
