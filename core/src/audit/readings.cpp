#include "audit/readings.hpp"

#include <algorithm>
#include <cmath>

#include "audit/angle.hpp"
#include "audit/rounding.hpp"
#include "initscope/certificate.hpp"
#include "initscope/special.hpp"

namespace initscope {
namespace {

constexpr double k_steps = 0x1p24;
constexpr std::uint32_t k_last_word = 0xFFFFFF;

/// The word nearest to so many steps, and those at most `bound` from it.
Reading reading_of(double steps, double deviation, double bound) noexcept {
  const double nearest = std::floor(std::min(steps, static_cast<double>(k_last_word)) + 0.5);
  const double away = steps - nearest, width = std::floor(std::abs(away) + bound + 0.5);
  return {static_cast<std::uint32_t>(nearest) & k_last_word,
          static_cast<std::uint8_t>(std::min<double>(width, k_widest_reading)),
          static_cast<float>(away), static_cast<float>(1 / deviation)};
}

}  // namespace

PolarSteps polar_steps(double cosine, double sine) noexcept {
  // Torch's angle is a multiple of 2 pi in float32, which is greater than 2 pi.
  constexpr double k_turn = 6.283185307179586 / 6.2831854820251465;
  const double square = cosine * cosine + sine * sine;
  if (!(square > 0)) return {0, 0, 0};
  const double survivors = portable_exp(-square / 2);
  return {k_steps * (1 - survivors), k_steps * k_turn * turns_of(sine, cosine), square * survivors};
}

std::optional<std::vector<Reading>> uniform_readings(std::span<const float> values, float bound) {
  const TorchLattice lattice(bound, true);
  std::vector<Reading> readings;
  readings.reserve(values.size());
  for (const float value : values) {
    const std::int32_t word = lattice.word_of(value);
    if (word < 0) return std::nullopt;
    readings.push_back({static_cast<std::uint32_t>(word), 0});
  }
  return readings;
}

std::vector<Reading> normal_readings(std::span<const float> values, float mean, float std) {
  // Over 4 10^6 pairs, a radius is off by 3.4 slopes at most, .8 in the square mean; an angle by
  // .95 steps at most, and on average by what float32 keeps of it: .29 spacings, of which a step is
  // 2 pi 2^-24.
  constexpr double k_radius_bound = 5, k_radius_deviation = 0.8, k_least_deviation = 0.02;
  constexpr double k_angle_bound = 1, k_angle_deviation = 0.29 / (6.283185307179586 * 0x1p-24);
  std::vector<Reading> readings(values.size());
  const double center = static_cast<double>(mean), scale = static_cast<double>(std);
  for (std::size_t block = 0; block + k_normal_block <= values.size(); block += k_normal_block)
    for (std::size_t j = block; j < block + k_normal_pairs; ++j) {
      const double cosine = (static_cast<double>(values[j]) - center) / scale;
      const double sine = (static_cast<double>(values[j + k_normal_pairs]) - center) / scale;
      const PolarSteps steps = polar_steps(cosine, sine);
      const double deviation = k_radius_deviation * steps.slope + k_least_deviation;
      readings[j] = reading_of(steps.radius, deviation, k_radius_bound * deviation);
      const double spacing =
          spacing_at(Precision::float32, steps.angle * 6.283185307179586 * 0x1p-24);
      readings[j + k_normal_pairs] =
          reading_of(steps.angle, k_angle_deviation * spacing + k_least_deviation, k_angle_bound);
    }
  return readings;
}

}  // namespace initscope
