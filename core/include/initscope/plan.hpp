// One network, written once: a flat list of operations in forward order. Sizes, passes, theory and
// training read it; none of them knows what a layer is connected to.
#pragma once

#include <cstdint>
#include <vector>

#include "initscope/network.hpp"

namespace initscope {

/// Place in one of a plan's lists.
using Index = std::uint16_t;
inline constexpr Index k_none = 65535;

/// product: out = W in + b. activate: out = phi(in).
enum class OpKind : std::uint8_t { product, activate };
inline constexpr std::size_t k_op_kinds = 2;

struct Op {
  OpKind kind = OpKind::product;
  Index in = k_none, out = k_none;                ///< signals
  Index weight = k_none;                          ///< a product's
  Index row = k_none;                             ///< the row that this operation completes
  ActivationSpec activation{Activation::linear};  ///< what activate applies
};

/// Parameters of a product: W, [outputs][inputs] row-major, and b, [outputs].
struct Weight {
  std::size_t inputs = 0, outputs = 0;
  Fans fans;
  std::uint32_t number = 0;  ///< names its streams: 1, 2, ... in forward order

  std::size_t size() const noexcept { return inputs * outputs; }
  /// Whether a scheme that has the one has the other.
  bool alike(const Weight& other) const noexcept {
    return inputs == other.inputs && outputs == other.outputs &&
           fans.position == other.fans.position;
  }
};

/// A line of the figures: the signals before and after an activation, which are one signal where
/// there is none, and the weight by which `before` came about.
struct Row {
  Index input = k_none;  ///< what the weight is multiplied by
  Index before = k_none, after = k_none, weight = k_none;
  ActivationSpec activation{Activation::linear};
};

struct Plan {
  std::vector<std::size_t> units;  ///< one number a signal; signal 0 is the input
  std::vector<Op> ops;
  std::vector<Weight> weights;
  std::vector<Row> rows;

  Index output() const noexcept { return ops.back().out; }
};

/// How a network ends: a propagation's last layer is like the others, a training's gives its
/// pre-activations to the loss.
enum class Ending : std::uint8_t { activated, linear };

/// The plan of a spec's input_width, widths and activation. Microseconds. `make_plan` writes it
/// into the memory of another plan.
void make_plan(const NetworkSpec& spec, Ending ending, Plan& out);
Plan plan_of(const NetworkSpec& spec, Ending ending = Ending::activated);

}  // namespace initscope
