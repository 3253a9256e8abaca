// Where the length map and the critical line are searched.
#pragma once

#include <algorithm>

#include "initscope/phase.hpp"

namespace initscope {

// Where the length map is followed: beyond, every activation is a power law.
inline constexpr double k_lowest_q = 1e-12, k_highest_q = 1e8;
// Steps of the search for a fixed point: fine where activations bend.
inline constexpr double k_fine_low = 1e-3, k_fine_high = 1e3, k_fine = 1.12, k_coarse = 4;

/// The variances over which an activation's map is searched, and how finely.
struct Search {
  double bend, lowest, highest;

  explicit Search(ActivationSpec activation) noexcept
      : bend(bending_q(activation)),
        lowest(k_lowest_q * std::min(1.0, bend)),
        highest(k_highest_q * std::max(1.0, bend)) {}
  bool fine(double q) const noexcept { return q > k_fine_low * bend && q < k_fine_high * bend; }
  double step_at(double q) const noexcept { return fine(q) ? k_fine : k_coarse; }
};

/// The critical point at a q whose moments are known.
CriticalPoint critical_by(ActivationSpec activation, double q,
                          const GaussianMoments& moments) noexcept;

}  // namespace initscope
