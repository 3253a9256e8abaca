// Mean-field theory of one network: its layers' variances, gradients and correlations, and how far
// networks of finite width stray from them.
//
// z^l = W^l phi(z^(l-1)) + b^l with independent weights and biases of mean 0. Poole et al. 2016 and
// Schoenholz et al. 2017 (maps, backward recursion), Hanin and Nica 2018 (finite width).
#pragma once

#include <memory>
#include <vector>

#include "initscope/network.hpp"
#include "initscope/phase.hpp"

namespace initscope {

/// Why theory says nothing about a network; `applies` where it does.
enum class TheoryGap : std::uint8_t {
  applies,
  structured,  ///< weights are no independent draws of mean 0
  measured,    ///< weights depend on the data
  biased,      ///< biases have a mean
  shaped,      ///< an activation takes in what is not Gaussian, as a sum behind another one that is
               ///< not relu; or a norm data or pixels, which are not independent
  coherent,    ///< a branch is added that is not independent of the trunk
  batch  ///< normalized over few units, or samples that the next activation has no formula for
};

/// Theory of one layer. Values that float32 cannot hold are NaN from their layer on.
struct LayerTheory {
  double preactivation = 0;        ///< q^l = E[z^2]
  double activation = 0;           ///< E[h^2]
  double activation_variance = 0;  ///< Var(h)
  double gradient = 0;             ///< E[(dE/dz)^2], where dE/dh^L has independent entries N(0, 1)
  double weight_gradient = 0;      ///< E[(dE/dW_ij)^2] of one sample
  double correlation = 0;          ///< that two inputs' z tend to; NaN where it is not known
  std::size_t evaluations = 0;     ///< values of phi, at most k_most_layer_evaluations
};

/// A layer's moments and its pair.
inline constexpr std::size_t k_most_layer_evaluations =
    k_most_moment_evaluations + k_most_pair_evaluations;

/// Variances of the logarithms of what one finite network measures with one input; batches average
/// some of it away (docs/mean-field.md).
struct LayerSpread {
  double preactivation = 0, activation = 0, activation_variance = 0;
  double gradient = 0;  ///< NaN in all layers where only this has no formula
};

struct MeanField {
  TheoryGap gap = TheoryGap::applies;
  double input = 0;                  ///< E[(h^0)^2], from which the length map starts
  PhasePoint point;                  ///< the second layer's, or the first's where there is but one
  PhaseState state;                  ///< that the length map reaches from q^1 with it
  std::vector<LayerTheory> layers;   ///< empty where there is a gap
  std::vector<LayerSpread> spreads;  ///< empty where no formula holds: simulate the band
  /// The logarithm is that of a quantity whose mean theory gives: its own mean is lower by half the
  /// spread. Known for activations without a scale.
  bool log_normal = false;
};

/// Where a scheme stands in the phase plane, for a layer that is as wide as the one before.
struct SchemePlace {
  TheoryGap gap = TheoryGap::applies;
  PhasePoint point;
};
SchemePlace place_of(const PhaseSpec& spec);

/// The formula for the spread is a linearization: it holds while that of ln q stays below the first
/// of these. The gradient's, a sum over all layers, may be larger.
inline constexpr double k_most_spread = 0.3, k_most_gradient_spread = 0.9;

/// Half the logarithmic width of the band that 95 % of networks lie in, in std.
inline constexpr double k_band_std = 2;

/// Theory in steps, layer by layer.
class MeanFieldJob {
 public:
  /// Theory of a network whose inputs have mean square `input_q` and, pair by pair, correlation
  /// `input_c`.
  MeanFieldJob(const NetworkSpec& spec, InputMoments inputs);
  /// Theory of a network whose inputs are what `input_moments` says.
  explicit MeanFieldJob(const NetworkSpec& spec);
  /// Theory at the request's own point, layers being equally wide and inputs of mean square 1 and
  /// independent.
  explicit MeanFieldJob(const PhaseSpec& spec);
  ~MeanFieldJob();
  MeanFieldJob(MeanFieldJob&&) noexcept;

  /// One step: a layer, up to 0.6 ms; or, last, the state that the layers tend to, and the spreads.
  /// True while there is more to do.
  bool advance() noexcept;
  /// Share done, 0 to 1.
  double progress() const noexcept;
  /// Complete once `advance` has returned false.
  const MeanField& result() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The job, run to its end.
MeanField mean_field(const NetworkSpec& spec, double input_q, double input_c);
MeanField mean_field(const NetworkSpec& spec);
MeanField mean_field(const PhaseSpec& spec);

}  // namespace initscope
