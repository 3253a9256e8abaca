// What each operation of a plan does to expectations, as passes/ops.hpp says what it does to
// numbers: a table with a row an operation.
#pragma once

#include <array>

#include "initscope/gaussian.hpp"
#include "initscope/mean_field.hpp"
#include "initscope/phase.hpp"
#include "initscope/plan.hpp"

namespace initscope {

/// What is known of a signal: E[x^2], E[x x'] of two inputs, E[x] over units, whether a unit is
/// Gaussian, and the last weight on the way to it.
struct Expected {
  double second = 0, product = 0, mean = 0;
  bool gaussian = false;
  Index source = k_none;

  /// The cosine that two inputs tend to; NaN for a signal that is 0.
  double correlation() const noexcept;
};

/// What the schemes make of a product: variances of its entries, and its fans.
struct ProductLaws {
  double weight_variance = 0, in = 0, out = 0, bias_variance = 0;
};

/// What is known of an operation once the way forward has passed.
struct OpAverages {
  ProductLaws laws;     ///< of a product, from the start
  Expected in, result;  ///< of its signals
  Expected beside;      ///< of an add's branch
  double batch = 0;     ///< samples
  double units = 0;     ///< of the input
  /// What reads the result of a standardization: linear where that is no activation.
  ActivationSpec reader{Activation::linear};
  bool chained = false;     ///< whether an activation or a product reads it
  GaussianMoments moments;  ///< of an activation
  GaussianPair pair;
  std::size_t evaluations = 0;  ///< how often this operation took phi
};

struct OpTheory {
  /// Sets `here.result` from `here.in`, or says why there is no theory of it. `before` is an
  /// earlier operation of the kind, or null: in deep networks that have settled, its averages are
  /// those of this one.
  TheoryGap (*forward)(const Op&, const OpAverages* before, OpAverages& here);
  /// E[(dE/d in)^2] / E[(dE/d out)^2].
  double (*backward)(const Op&, const OpAverages& here);
};
const std::array<OpTheory, k_op_kinds>& op_theory() noexcept;

/// Whether float32 holds a signal of this mean square, so that the averages resolve it.
inline bool held(double q) noexcept { return q >= k_least_q && q <= k_most_q; }

}  // namespace initscope
