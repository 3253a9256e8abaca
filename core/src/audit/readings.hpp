// What the values of a tensor show of the generator's words.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "audit/equations.hpp"
#include "initscope/seed.hpp"

namespace initscope {

/// Blocks of a normal tensor, and the pairs of one: (j, j + 8).
inline constexpr std::size_t k_normal_block = 16, k_normal_pairs = 8;

/// How many values of normal_ from the beginning of these were drawn as they are, in whole blocks:
/// the last 16 of a tensor that is no multiple of 16 were drawn over those before.
constexpr std::size_t settled_normals(std::size_t count) noexcept {
  if (count % k_normal_block == 0 || count < k_normal_block) return count - count % k_normal_block;
  return (count - k_normal_block) / k_normal_block * k_normal_block;
}

/// The words of uniform_(-bound, bound): all exact. Nothing if a value is not on the lattice.
std::optional<std::vector<Reading>> uniform_readings(std::span<const float> values, float bound);

/// The words of normal_(mean, std), whole blocks: those of angles are within 1, those of radii
/// within 4. The number of values is a multiple of 16, all are finite, std > 0.
std::vector<Reading> normal_readings(std::span<const float> values, float mean, float std);

/// A pair's words before they are rounded: steps of 2^-24 in the radius and in the angle; and how
/// many steps a relative change by 2^-24 of the radius is.
struct PolarSteps {
  double radius, angle, slope;
};
PolarSteps polar_steps(double cosine, double sine) noexcept;

}  // namespace initscope
