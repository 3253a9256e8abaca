// Mean-field theory of signal propagation: what wide networks do, and how far narrow ones stray.
//
// z^l = W^l phi(z^(l-1)) + b^l with independent weights of variance sigma_w^2 / n_in and biases of
// variance sigma_b^2; q^l is the mean square of z^l. Poole et al. 2016 (length and correlation
// maps), Schoenholz et al. 2017 (depth scales), Hanin and Nica 2018 (finite width). Functions of
// a point of the phase plane cost 0.1 to 3 ms.
#pragma once

#include <vector>

#include "initscope/gaussian.hpp"
#include "initscope/network.hpp"

namespace initscope {

/// A point of the phase plane.
struct PhasePoint {
  double sigma_w2 = 1;  ///< variance of a weight, times fan_in
  double sigma_b2 = 0;  ///< variance of a bias
};

/// Largest coordinates that a phase plane has.
inline constexpr double k_most_sigma_w2 = 64, k_most_sigma_b2 = 16;

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

  Phase phase() const noexcept;
};

/// sigma_w^2 V(q) + sigma_b^2, the length map.
double next_q(ActivationSpec activation, PhasePoint point, double q) noexcept;

/// The fixed point that the length map reaches from `q`, and what holds there.
PhaseState phase_state(ActivationSpec activation, PhasePoint point, double q = 1) noexcept;

/// The critical line by its parameter q*: chi_1 = 1 at sigma_w^2 = 1 / D(q*), sigma_b^2 =
/// q* - sigma_w^2 V(q*). Only where sigma_b^2 >= 0 is there such a network, and only where
/// chi_q < 1 does the length map stay at q*.
struct CriticalPoint {
  PhasePoint point;
  double q = 0, chi_q = 0;
};
CriticalPoint critical_point(ActivationSpec activation, double q) noexcept;

/// The critical point with this sigma_b^2 and the least q* > 0, or the limit q* -> 0 for
/// sigma_b^2 = 0; sigma_w2 is NaN where there is none.
CriticalPoint critical_at(ActivationSpec activation, double sigma_b2) noexcept;

/// q* of GELU, SiLU and Mish where chi_1 = chi_q = 1, below which critical points repel (Roberts,
/// Yaida and Hanin 2021); 0 for activations whose critical points all attract.
double half_stable_q(ActivationSpec activation) noexcept;

/// Why theory says nothing about a network; `applies` where it does.
enum class TheoryGap : std::uint8_t {
  applies,
  structured,  ///< weights are no independent draws of mean 0
  measured,    ///< weights depend on the data
  biased       ///< biases have a mean
};

/// Theory of one layer. Values that float32 cannot hold are NaN from their layer on.
struct LayerTheory {
  double preactivation = 0;        ///< q^l = E[z^2]
  double activation = 0;           ///< E[h^2]
  double activation_variance = 0;  ///< Var(h)
  double gradient = 0;             ///< E[(dE/dz)^2], where dE/dh^L has independent entries N(0, 1)
  double weight_gradient = 0;      ///< E[(dE/dW_ij)^2] of one sample
  double correlation = 0;          ///< of z between two inputs
};

/// Variances of the logarithms of what one finite network measures with one input; batches average
/// some of it away (docs/mean-field.md).
struct LayerSpread {
  double preactivation = 0, activation = 0, activation_variance = 0, gradient = 0;
};

struct MeanField {
  TheoryGap gap = TheoryGap::applies;
  PhasePoint point;                 ///< of the second layer, or of the first where there is but one
  PhaseState state;                 ///< that the length map reaches from q^1 with it
  std::vector<LayerTheory> layers;  ///< empty where there is a gap
  std::vector<LayerSpread> spreads;  ///< empty where no formula holds: simulate the band
  /// The logarithm is that of a quantity whose mean theory gives: its own mean is lower by half the
  /// spread. Known for activations without a scale.
  bool log_normal = false;
};

/// The formula for the spread is a linearization: it holds below this.
inline constexpr double k_most_spread = 0.3;

/// Half the logarithmic width of the band that 95 % of networks lie in, in std.
inline constexpr double k_band_std = 2;

/// What theory predicts of a network whose inputs have mean square `input_q` and, pair by pair,
/// correlation `input_c`.
MeanField mean_field(const NetworkSpec& spec, double input_q, double input_c);

}  // namespace initscope
