// What BatchNorm does to gradients at initialization, where all samples of the batch are equally
// correlated: exact in wide layers for a linear reader and relu, the limit of large batches for
// other activations.
#pragma once

#include "initscope/activation.hpp"

namespace initscope {

/// Least batch at which the mask of other activations is taken to be independent of the gradient:
/// within 0.2 % there for tanh and gelu, low by 1 % for silu.
inline constexpr double k_least_large_batch = 256;

/// Whether there is a formula: a batch of more than 3, beyond which gradients have no mean square.
bool batch_norm_known(ActivationSpec reader, double batch) noexcept;

/// E[(dE/dx)^2] (E[x^2] - E[x x']) / E[(dE/du)^2] of u = BN(x), where the reader of u has already
/// multiplied its gradient by phi'. Gradients that come down a chain of layers sum to 0 over the
/// samples, for the BatchNorm above has made them so; those of a trunk, or given, do not.
double batch_norm_factor(ActivationSpec reader, bool chained, double batch) noexcept;

}  // namespace initscope
