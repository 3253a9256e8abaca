// One network, written once: a flat list of operations in forward order. Sizes, passes, theory and
// training read it; none of them knows what a layer is connected to.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "initscope/network.hpp"

namespace initscope {

/// Place in one of a plan's lists.
using Index = std::uint16_t;
inline constexpr Index k_none = 65535;

/// product: out = W in + b. activate: out = phi(in). add: out = in + scale beside. scale: out =
/// scale in. normalize: each sample's units, in groups, to mean 0 and variance 1, or to mean square
/// 1 alone. standardize: each unit's samples to mean 0 and variance 1.
enum class OpKind : std::uint8_t { product, activate, add, scale, normalize, standardize };
inline constexpr std::size_t k_op_kinds = 6;

/// Whether the way back reads the operation's input.
constexpr bool keeps_input(OpKind kind) noexcept {
  return kind == OpKind::activate || kind == OpKind::normalize || kind == OpKind::standardize;
}

struct Op {
  OpKind kind = OpKind::product;
  Index in = k_none, out = k_none;                ///< signals
  Index weight = k_none;                          ///< a product's
  Index row = k_none;                             ///< the row that this operation completes
  ActivationSpec activation{Activation::linear};  ///< what activate applies
  Index beside = k_none;                          ///< of add: the branch, where `in` is the trunk
  float scale = 1;                                ///< of add and of scale
  Index groups = 1;                               ///< of normalize, which divide the units
  bool centers = true;                            ///< of normalize: whether the mean is subtracted
  float eps = 1e-5F;            ///< of normalize and standardize, added to the variance
  const char* block = "dense";  ///< id of the block that it is of
  Index joins = k_none;         ///< of add: the row whose trunk and branch it joins
  Index measures = k_none;      ///< of product: the row whose weight is `apart` and its own
  bool adds = false;  ///< whether a later reader of `in` has left a gradient, to which this adds
  /// Of product: whether a ReLU stands directly before it, so that many numbers of its input are 0,
  /// or behind it, so that many of its output's gradient are. The passes leave them out.
  bool behind_relu = false, before_relu = false;
};

/// Parameters of a product: W, [outputs][inputs] row-major, and b, [outputs].
struct Weight {
  std::size_t inputs = 0, outputs = 0;
  Fans fans;
  std::uint32_t number = 0;  ///< names its streams: 1, 2, ... in forward order
  /// The block's own schemes, which lie in the spec; null for those of the network.
  const SchemeSpec *scheme = nullptr, *bias = nullptr;

  std::size_t size() const noexcept { return inputs * outputs; }
  /// Whether a scheme that has the one has the other.
  bool alike(const Weight& other) const noexcept {
    return inputs == other.inputs && outputs == other.outputs && scheme == other.scheme &&
           fans.position == other.fans.position && fans.branches == other.fans.branches &&
           fans.branch_length == other.fans.branch_length &&
           fans.ends_branch == other.fans.ends_branch;
  }
};

/// A line of the figures: the signals before and after an activation, which are one signal where
/// there is none, and the weight by which `before` came about. A residual block's row has the trunk
/// after it, and the block's last weight.
struct Row {
  Index input = k_none;                                    ///< what the weight is multiplied by
  Index before = k_none, after = k_none, weight = k_none;  ///< no weight where nothing came between
  ActivationSpec activation{Activation::linear};
  const char* block = "phi";  ///< id of the block that ends it
  /// Whether `before` is not what the weight gives, or its input no row's `after`, so that the
  /// weight's gradient is measured at the product.
  bool apart = false;
};

struct Plan {
  std::vector<std::size_t> units;  ///< one number a signal; signal 0 is the input
  std::vector<Op> ops;
  std::vector<Weight> weights;
  std::vector<Row> rows;

  Index output() const noexcept { return ops.back().out; }
  /// Whether the outputs are logits, which no norm or activation comes after.
  bool headed() const noexcept { return ops.back().kind == OpKind::product; }
};

/// Numbers that an operation learns beside weights: gains, and shifts, which begin at 0.
struct LearnedSize {
  std::size_t gains = 0, shifts = 0;
  float start = 1;    ///< of the gains
  bool runs = false;  ///< whether running means and variances are kept, as many as gains
};
LearnedSize learned_by(const Plan& plan, const Op& op) noexcept;

/// The row that the first operation from this one on completes; the last row where none does.
Index row_behind(const Plan& plan, std::size_t op) noexcept;

/// "res 3": what a line of a figure is called, counted among the rows that such a block ends.
std::string label_of(const Plan& plan, Index row);

/// Numbers of a plan that are known before anything runs, of a sample: those kept for the way back,
/// and multiplications on the way forward.
struct PlanSize {
  double kept = 0, multiplications = 0;
};
PlanSize size_of(const Plan& plan);

/// How a network ends: a propagation's last layer is like the others, a training's gives its
/// pre-activations to the loss.
enum class Ending : std::uint8_t { activated, linear };

/// The plan of a spec's net, or of its widths where it has none. Microseconds. `make_plan` writes
/// it into the memory of another plan.
void make_plan(const NetworkSpec& spec, Ending ending, Plan& out);
Plan plan_of(const NetworkSpec& spec, Ending ending = Ending::activated);

}  // namespace initscope
