// The law of one unit of a trunk behind relu, which is not Gaussian: an atom at 0 and a density,
// carried from block to block; and gradients as functions of the unit's value, on the way back.
//
// x' = relu(x + tau N) for a branch whose entries are N(0, tau^2), independent of x. Exact in wide
// networks; docs/mean-field.md, "Behind relu".
#pragma once

#include <vector>

namespace initscope {

/// x = relu(from + tau N), or relu(tau N): P(x = 0) = atom, and masses at the points of a
/// quadrature over x > 0, in panels of one width.
struct UnitLaw {
  const UnitLaw* from = nullptr;  ///< must outlive this; null: 0
  double tau = 0;
  double width = 0;  ///< of a panel
  double reach = 0;  ///< variance of a Gaussian whose tail is at least that of x
  double atom = 0;
  std::vector<double> at, weight, mass;  ///< points, the quadrature's weights, and times density

  double mean() const noexcept;
  double second() const noexcept;
};

/// Panels are at most this many std of the noise that they resolve.
inline constexpr double k_panel_stds = 6;
/// A law of more panels is not made: its branch is too small beside the trunk, tau / sqrt(reach)
/// below 0.006.
inline constexpr double k_most_law_panels = 256;

/// The law, with panels at most this wide; no points where there would be too many.
UnitLaw law_of(const UnitLaw* from, double tau, double width);
/// The same with finer panels.
inline UnitLaw refined(const UnitLaw& law, double width) {
  return law_of(law.from, law.tau, width);
}

/// E[g^2 | x]: the mean square of a gradient whose unit has this value; empty for one that is the
/// same whatever the value.
struct UnitProfile {
  const UnitLaw* law = nullptr;  ///< at whose points the values are; nothing comes back at 0
  std::vector<double> values;
  double open = 0;  ///< E[g^2 ; x > 0], over units

  bool empty() const noexcept { return law == nullptr; }
};

/// The profile of x + tau N by that of x' = relu(x + tau N): nothing comes back where x' is 0. `of`
/// has values of g^2 at the points of x'. The result has those at the points of `from`.
UnitProfile carried_back(const UnitProfile& of, const UnitLaw& from, double tau);

}  // namespace initscope
