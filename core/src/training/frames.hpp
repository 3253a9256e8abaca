// What a training shows of its network.
#pragma once

#include <span>
#include <vector>

#include "initscope/training.hpp"
#include "training/learner.hpp"

namespace initscope {

using KernelLearner = Learner<KernelPasses>;

/// Root of the mean of squares.
double root_mean_square(std::span<const float> values) noexcept;
/// Root of the mean of the squares of their differences.
double root_mean_square_change(std::span<const float> now, std::span<const float> then) noexcept;
double variance(std::span<const float> values) noexcept;

/// Mean of squares over units and batch, without the padding.
double mean_square(const PanelShape& shape, const float* signal) noexcept;

/// A layer after a pass there and back: all of its state but for the gradient by z, the update, and
/// what a residual block joins.
LayerState observe_layer(KernelLearner& network, std::size_t layer);

/// The units of a layer as the batch finds them: all but their gradients. The first sample is the
/// input of their pre-activations.
UnitStates observe_units(KernelLearner& network, std::size_t layer);

}  // namespace initscope
