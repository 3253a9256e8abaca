#include "audit/readings.hpp"

#include <algorithm>
#include <cmath>

#include "audit/angle.hpp"
#include "initscope/certificate.hpp"
#include "initscope/special.hpp"

namespace initscope {
namespace {

constexpr double k_steps = 0x1p24;
constexpr std::uint32_t k_last_word = 0xFFFFFF;

}  // namespace

PolarSteps polar_steps(double cosine, double sine) noexcept {
  // Torch's angle is a multiple of 2 pi in float32, which is greater than 2 pi.
  constexpr double k_turn = 6.283185307179586 / 6.2831854820251465;
  const double square = cosine * cosine + sine * sine;
  if (!(square > 0)) return {0, 0};
  return {k_steps * (1 - portable_exp(-square / 2)), k_steps * k_turn * turns_of(sine, cosine)};
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
  constexpr std::uint8_t k_of_radius = k_widest_reading, k_of_angle = 1;
  std::vector<Reading> readings(values.size());
  const double center = static_cast<double>(mean), scale = static_cast<double>(std);
  const auto nearest = [](double steps) { return static_cast<std::uint32_t>(steps + 0.5); };
  for (std::size_t block = 0; block + k_normal_block <= values.size(); block += k_normal_block)
    for (std::size_t j = block; j < block + k_normal_pairs; ++j) {
      const double cosine = (static_cast<double>(values[j]) - center) / scale;
      const double sine = (static_cast<double>(values[j + k_normal_pairs]) - center) / scale;
      const PolarSteps steps = polar_steps(cosine, sine);
      readings[j] = {std::min(nearest(steps.radius), k_last_word), k_of_radius};
      readings[j + k_normal_pairs] = {nearest(steps.angle) & k_last_word, k_of_angle};
    }
  return readings;
}

}  // namespace initscope
