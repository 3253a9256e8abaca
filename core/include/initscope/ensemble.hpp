// Many networks of one spec: the propagation of the first, and what the draws make of each layer.
#pragma once

#include <memory>
#include <vector>

#include "initscope/propagation.hpp"

namespace initscope {

/// Ranges of each quantity of one layer over all networks; infinite where a network overflows, NaN
/// where one has no such quantity (the correlation of inputs that are one alone, or 0).
struct LayerRanges {
  Range activation_variance, activation_second_moment, gradient_second_moment, correlation;
};

/// `spec.repeats` propagations one after the other: of the spec's replicate and those after it, or,
/// since the torch generator has no replicates, of its seed and those after it.
class EnsembleJob {
 public:
  EnsembleJob();
  explicit EnsembleJob(const NetworkSpec& spec) : EnsembleJob() { restart(spec); }
  ~EnsembleJob();

  /// Begins another request in the memory of those before, as PropagationJob does. The spec is
  /// copied.
  void restart(const NetworkSpec& spec);
  /// Bytes that the job keeps for the next request.
  std::size_t memory() const noexcept;

  /// One step of a propagation. True while there is more to do.
  bool advance() noexcept;
  /// Share done, 0 to 1.
  double progress() const noexcept;

  const NetworkSpec& spec() const noexcept;
  /// The layers of the first network.
  const PropagationResult& result() const noexcept;
  /// Moments of its h^0.
  const Moments& input() const noexcept;
  /// A row for each layer; empty for one network alone.
  const std::vector<LayerRanges>& ranges() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace initscope
