#include <algorithm>
#include <array>
#include <cmath>

#include "audit/angle.hpp"
#include "initscope/certificate.hpp"
#include "initscope/special.hpp"

namespace initscope {
namespace {

constexpr std::size_t k_block = 16, k_pairs = 8;

/// Calls see(first of 16 values) for each block that was drawn as a whole and is still there: of a
/// tensor that is no multiple of 16, the last 16 values were drawn over the blocks before.
template <class See>
void blocks_of(std::span<const float> values, See see) noexcept {
  const std::size_t seen = std::min(values.size(), k_phase_values);
  const bool rest = seen == values.size() && seen % k_block != 0;
  const std::size_t whole = rest ? seen - std::min(seen, k_block) : seen;
  for (std::size_t i = 0; i + k_block <= whole; i += k_block) see(values.data() + i);
  if (rest && seen >= k_block) see(values.data() + (seen - k_block));
}

}  // namespace

PhaseVerdict torch_phase(std::span<const float> values) noexcept {
  constexpr double k_two_pi = 6.283185307179586, k_steps = 0x1p24;
  constexpr double k_least = 20, k_least_share = 0.05, k_most_share = 0.3, k_distinct = 0.99;
  std::array<double, k_phase_values / 2> angles;
  std::size_t m = 0;
  double cosines = 0, sines = 0;
  blocks_of(values, [&](const float* block) {
    for (std::size_t j = 0; j < k_pairs; ++j) {
      const double x = static_cast<double>(block[j]), y = static_cast<double>(block[j + k_pairs]);
      if (!std::isfinite(x) || !std::isfinite(y)) continue;
      if (x == 0 || y == 0 || std::abs(x) == std::abs(y)) continue;
      const double turns = turns_of(y, x), steps = turns * k_steps;
      const double phase = k_two_pi * (steps - std::floor(steps));
      angles[m++] = turns;
      cosines += portable_cos(phase);
      sines += portable_sin(phase);
    }
  });
  PhaseVerdict verdict;
  verdict.pairs = m;
  if (m == 0) return verdict;
  const double pairs = static_cast<double>(m);
  verdict.statistic = (cosines * cosines + sines * sines) / pairs;
  verdict.share = verdict.statistic / pairs;
  const auto end = angles.begin() + static_cast<std::ptrdiff_t>(m);
  std::sort(angles.begin(), end);
  const auto distinct = static_cast<double>(std::unique(angles.begin(), end) - angles.begin());
  verdict.certified = verdict.statistic > k_least && verdict.share > k_least_share &&
                      verdict.share < k_most_share && distinct > k_distinct * pairs;
  return verdict;
}

}  // namespace initscope
