// Averages over the powers of phi and phi', from their values at points of a rule.
#pragma once

#include "initscope/gaussian.hpp"

namespace initscope {

/// What the averages over the powers of psi = phi - phi(0) and of phi' give.
struct MomentSums {
  double psi = 0, psi2 = 0, psi3 = 0, psi4 = 0;                    // E[psi^k]
  double slope2 = 0, slope4 = 0, psi_slope2 = 0, psi2_slope2 = 0;  // E[psi^j phi'^k]
  double psi_z = 0, psi2_z = 0, slope2_z = 0;                      // each times z^2 - 1

  /// A point's part, at u = sqrt(q) z.
  void add(double z, double w, double rest, double slope) noexcept {
    const double w_z = w * (z * z - 1);
    const double rest2 = rest * rest, square = slope * slope;
    psi += w * rest;
    psi2 += w * rest2;
    psi3 += w * rest2 * rest;
    psi4 += w * rest2 * rest2;
    slope2 += w * square;
    slope4 += w * square * square;
    psi_slope2 += w * rest * square;
    psi2_slope2 += w * rest2 * square;
    psi_z += w_z * rest;
    psi2_z += w_z * rest2;
    slope2_z += w_z * square;
  }

  /// Moments about phi(0), in which nothing cancels at small q.
  GaussianMoments moments(double phi0) const noexcept;
};

}  // namespace initscope
