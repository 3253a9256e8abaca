// The phase plane: what a pair (sigma_w^2, sigma_b^2) does to signals and gradients in the limit of
// wide and deep networks.
//
// sigma_w^2 is the variance of a weight times fan_in, sigma_b^2 that of a bias. Poole et al. 2016
// (length and correlation maps), Schoenholz et al. 2017 (depth scales). A point costs 0.1 to 3 ms,
// a map 3 to 15 ms, in steps of less than 1 ms.
#pragma once

#include <memory>
#include <vector>

#include "initscope/gaussian.hpp"
#include "initscope/schemes.hpp"

namespace initscope {

/// A point of the phase plane.
struct PhasePoint {
  double sigma_w2 = 1;  ///< variance of a weight, times fan_in
  double sigma_b2 = 0;  ///< variance of a bias

  bool operator==(const PhasePoint&) const = default;
};

/// Largest coordinates that a phase plane has, and the least that may be its end: sin of a high
/// frequency bends near sigma_w^2 = 1 / omega_0^2.
inline constexpr double k_most_sigma_w2 = 64, k_most_sigma_b2 = 16, k_least_plane = 1e-6;

/// Most evaluations of an activation that one step of theory takes: a state, a critical point, some
/// of a map; of a typed activation four times as many, and a pair. Those of `PhaseState`,
/// `CriticalPoint` and the like say what they took.
inline constexpr std::size_t k_most_step_evaluations = std::size_t{1} << 18;

/// What the length map does from a starting variance.
enum class Fate : std::uint8_t {
  settles,   ///< q^l tends to q* > 0
  vanishes,  ///< q^l tends to 0
  explodes   ///< q^l grows without bound
};

/// Ordered: gradients vanish and inputs become alike. Chaotic: gradients explode and inputs part.
enum class Phase : std::uint8_t { ordered, critical, chaotic };

/// chi_1 that differs from 1 by less than this counts as critical: over 200 layers a gradient
/// changes by less than a factor 1.25.
inline constexpr double k_critical_tolerance = 1e-3;

struct PhaseState {
  Fate fate = Fate::settles;
  double q = 0;            ///< q*; 0 where it vanishes, infinity where it explodes
  double chi_1 = 0;        ///< sigma_w^2 E[phi'^2] at q*: the factor of the gradient per layer
  double chi_q = 0;        ///< dq'/dq at q*; above 1 the fixed point repels
  double correlation = 1;  ///< c*, to which the correlation of two inputs tends; NaN at q* = 0 or
                           ///< infinity where no variance is left to divide by
  double xi_q = 0;         ///< depth scale of |q^l - q*|, in layers; infinite where chi_q is 1
  double xi_c = 0;         ///< depth scale of |c^l - c*|
  double xi_gradient = 0;  ///< 1 / |ln chi_1|
  std::size_t evaluations = 0;

  Phase phase() const noexcept;
};

/// sigma_w^2 V(q) + sigma_b^2, the length map.
double next_q(ActivationSpec activation, PhasePoint point, double q) noexcept;

/// q^1 = sigma_w^2 + sigma_b^2, where the length map starts for inputs of mean square 1. Where
/// several fixed points attract (GELU, SiLU, Mish), the start decides between them: states and maps
/// of the plane take this one.
inline double first_q(PhasePoint point) noexcept { return point.sigma_w2 + point.sigma_b2; }

/// The fixed point that the length map reaches from `q`, and what holds there.
PhaseState phase_state(ActivationSpec activation, PhasePoint point, double q) noexcept;
inline PhaseState phase_state(ActivationSpec activation, PhasePoint point) noexcept {
  return phase_state(activation, point, first_q(point));
}

/// The critical line by its parameter q*: chi_1 = 1 at sigma_w^2 = 1 / D(q*), sigma_b^2 =
/// q* - sigma_w^2 V(q*). Only where sigma_b^2 >= 0 is there such a network, and only where
/// chi_q < 1 does the length map stay at q*.
struct CriticalPoint {
  PhasePoint point;
  double q = 0, chi_q = 0;
  std::size_t evaluations = 0;
};
CriticalPoint critical_point(ActivationSpec activation, double q) noexcept;

/// The critical point with this sigma_b^2 and the least q* > 0, or the limit q* -> 0 for
/// sigma_b^2 = 0; sigma_w2 is NaN where there is none.
CriticalPoint critical_at(ActivationSpec activation, double sigma_b2) noexcept;

/// The critical point of GELU, SiLU and Mish where chi_1 = chi_q = 1, below which critical points
/// repel (Roberts, Yaida and Hanin 2021); its q is 0 for activations whose critical points all
/// attract.
CriticalPoint half_stable(ActivationSpec activation) noexcept;

/// Cells of a map along either axis.
inline constexpr std::size_t k_map_cells = 100;

/// Where a cell's centre lies on an axis of the map that goes from 0 to `most`; the first is 0.
inline double cell_centre(double most, std::size_t cell) noexcept {
  return most * (static_cast<double>(cell) + 0.5) / static_cast<double>(k_map_cells);
}

/// chi_1 at the centres of equal cells over [0, sigma_w2] x [0, sigma_b2], row by row from
/// sigma_b^2 = 0 up; and the critical line within, from q* = 0 on. Each cell's fixed point is the
/// one that `phase_state` reaches there, to within 2 % in q. 10 ms.
struct PhaseMap {
  std::vector<double> chi_1;  ///< k_map_cells^2
  std::vector<CriticalPoint> critical;
  std::size_t evaluations = 0;
};

class PhaseMapJob {
 public:
  /// The expression of a typed activation must outlive the job.
  PhaseMapJob(ActivationSpec activation, PhasePoint most);
  ~PhaseMapJob();

  /// One step: some of the variances that all cells share, a row of cells, or the critical line; at
  /// most k_most_step_evaluations. True while there is more to do.
  bool advance() noexcept;
  /// Share done, 0 to 1.
  double progress() const noexcept;
  /// Complete once `advance` has returned false.
  const PhaseMap& result() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The job, run to its end.
PhaseMap phase_map(ActivationSpec activation, PhasePoint most);

/// A request of the phase lab: a scheme's place in the plane at a width, and the reader's point, at
/// which theory is followed through `depth` layers.
struct PhaseSpec {
  SchemeSpec weight, bias;
  ActivationSpec activation;
  Expression expression;  ///< owns what a typed activation refers to
  std::size_t width = 0, depth = 0;
  PhasePoint point, most;
  bool place_only = false;  ///< the scheme's place alone is wanted
};

/// "scheme", "bias", "activation", "negative_slope", "omega_0", "expression", "width", "depth",
/// "sigma_w2", "sigma_b2", "most_sigma_w2", "most_sigma_b2", "quantity" (which a map shows: "chi_1"
/// or "depth"), "detail" ("all", or "place": the scheme's place alone).
std::span<const Field> phase_fields();

/// What is wrong with the spec; `out` is usable only if that is nothing.
Issues read(const Spec& spec, PhaseSpec& out);

}  // namespace initscope
