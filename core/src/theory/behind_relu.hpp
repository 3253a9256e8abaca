// Theory of a trunk that relu rectifies after each sum: what sums and activations do to the law of
// a unit forward, and to gradients on the way back. Reached by pointers alone: plain networks have
// no such trunk, and no room for it in the first part of the module.
#pragma once

#include <vector>

#include "theory/op_theory.hpp"

namespace initscope {

struct BehindRelu {
  /// After a sum whose trunk is behind relu: its law, where the branch is Gaussian and its own.
  void (*sum)(const Op&, OpAverages& here);
  /// An activation of such a sum; shaped where it is not relu, or the law is unknown.
  TheoryGap (*activation)(const Op&, OpAverages& here);
  /// Whether the gradient of the operation's output depends on the unit's value: then it is passed
  /// on. `gradients` and `profiles` are one a signal.
  bool (*go_back)(const Op&, OpAverages& here, std::vector<double>& gradients,
                  std::vector<UnitProfile>& profiles);
};
extern const BehindRelu k_behind_relu;

}  // namespace initscope
