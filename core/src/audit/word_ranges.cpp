#include "audit/word_ranges.hpp"

#include <algorithm>
#include <cmath>

#include "audit/readings.hpp"
#include "audit/rounding.hpp"

namespace initscope {
namespace {

constexpr std::size_t k_most_ranges = 64;
constexpr double k_steps = 0x1p24, k_last_word = k_steps - 1;

/// All words from one number of steps to another, and those that only rounding keeps out.
WordRange range_of(std::uint64_t word, double from, double to, double slack) noexcept {
  from = std::ceil(from - slack), to = std::floor(to + slack);
  if (!(from <= k_last_word && to >= 0 && from <= to)) return {word, 1, 0};
  return {word, static_cast<std::uint32_t>(std::max(from, 0.0)),
          static_cast<std::uint32_t>(std::min(to, k_last_word))};
}

/// How far a number may have been from what it was rounded to, twice: to float32 before.
double rounding_of(Precision precision, float value) noexcept {
  constexpr double k_twice = 0.5 * (1 + 0x1p-10);
  return k_twice * spacing_at(precision, static_cast<double>(value));
}

void uniform_ranges(const LawDrawn& law, Precision precision, std::span<const float> values,
                    std::vector<WordRange>& ranges) {
  const float low = static_cast<float>(law.first), range = static_cast<float>(law.second) - low;
  const double step = static_cast<double>(range) * 0x1p-24;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double off = rounding_of(precision, values[i]);
    const double above = static_cast<double>(values[i]) - static_cast<double>(low);
    ranges.push_back(range_of(i, (above - off) / step, (above + off) / step, 1));
  }
}

void normal_ranges(const LawDrawn& law, Precision precision, std::span<const float> values,
                   std::vector<WordRange>& ranges) {
  constexpr double k_turns_per_radian = 0.15915494309189535;
  constexpr double k_radius_slack = 5, k_angle_slack = 2;
  const double mean = static_cast<double>(static_cast<float>(law.first));
  const double std = static_cast<double>(static_cast<float>(law.second));
  for (std::size_t block = 0; block + k_normal_block <= values.size(); block += k_normal_block)
    for (std::size_t j = block; j < block + k_normal_pairs; ++j) {
      const float one = values[j], other = values[j + k_normal_pairs];
      if (ranges.size() >= k_most_ranges) return;
      if (one == 0 || other == 0) continue;
      const double x = (static_cast<double>(one) - mean) / std;
      const double y = (static_cast<double>(other) - mean) / std;
      const double off_x = rounding_of(precision, one) / std;
      const double off_y = rounding_of(precision, other) / std;
      const auto nearest = [](double v, double off) { return std::max(std::abs(v) - off, 0.0); };
      const PolarSteps least = polar_steps(nearest(x, off_x), nearest(y, off_y));
      const PolarSteps most = polar_steps(std::abs(x) + off_x, std::abs(y) + off_y);
      ranges.push_back(range_of(j, least.radius, most.radius, k_radius_slack));
      // Of a point so far away, the angle is off by the arc sine of this quotient, 1.02 times it at
      // most.
      const double away = std::sqrt(x * x + y * y);
      const double quotient = std::sqrt(off_x * off_x + off_y * off_y) / away;
      double from = 0, to = k_last_word;
      if (quotient < 0.3) {
        const double angle = polar_steps(x, y).angle;
        const double off = 1.02 * quotient * k_turns_per_radian * k_steps + k_angle_slack;
        // One that may begin a turn anew is of both ends, and is left at all words.
        if (angle >= off && angle + off <= k_last_word) from = angle - off, to = angle + off;
      }
      ranges.push_back(range_of(j + k_normal_pairs, from, to, 0));
    }
}

}  // namespace

double WordRange::share() const noexcept {
  return low > high ? 0 : (static_cast<double>(high - low) + 1) / k_steps;
}

std::vector<WordRange> word_ranges(const LawDrawn& law, Precision precision,
                                   std::span<const float> values) {
  std::vector<WordRange> ranges;
  if (law.kind == LawDrawn::Kind::uniform)
    uniform_ranges(law, precision, values.first(std::min(values.size(), k_most_ranges)), ranges);
  else
    normal_ranges(law, precision, values.first(settled_normals(values.size())), ranges);
  return ranges;
}

}  // namespace initscope
