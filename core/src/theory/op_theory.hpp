// What each operation of a plan does to expectations, as passes/ops.hpp says what it does to
// numbers: a table with a row an operation.
#pragma once

#include <array>
#include <cmath>
#include <memory>

#include "initscope/gaussian.hpp"
#include "initscope/mean_field.hpp"
#include "initscope/phase.hpp"
#include "initscope/plan.hpp"
#include "theory/unit_law.hpp"

namespace initscope {

/// What is known of a signal: E[x^2], E[x x'] of two inputs, E[x] over units, whether a unit is
/// Gaussian and its units are independent of one another, and the product or input of which it is
/// made unit by unit: what has the same root is not independent. Where relu has been: of what
/// Gaussian's variance it is the relu, or its law; and of a sum that relu may rectify, the law that
/// comes of it.
struct Expected {
  double second = 0, product = 0, mean = 0;
  bool gaussian = false, mixed = false;
  Index root = 0;
  double rectified_variance = 0;
  const UnitLaw *law = nullptr, *rectified = nullptr;
  double rectified_product = 0;  ///< of the rectified sum; NaN where it is not known

  /// Whether two samples of a batch are uncorrelated, but for what BatchNorm's centring leaves.
  bool uncorrelated(double batch) const noexcept {
    return std::abs(product - mean * mean) <= 1.5 / (batch - 1) * second;
  }
  /// Whether it is behind relu.
  bool behind_relu() const noexcept { return law != nullptr || rectified_variance > 0; }
  /// The cosine that two inputs tend to; NaN for a signal that is 0, or of which it is not known.
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
  /// What alone reads the result of a standardization: linear where that is no activation.
  ActivationSpec reader{Activation::linear};
  bool chained = false;      ///< whether that is an activation or a product
  bool lone = true;          ///< whether there is one reader at most, and that no standardization
  bool first_reader = true;  ///< of an add: whether no add before it has its trunk
  /// Of an add behind relu: its trunk's, where that is made anew, and that of its rectified sum.
  std::unique_ptr<const UnitLaw> trunk_law, sum_law;
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
