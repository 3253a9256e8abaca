// How far networks of finite width stray from theory, where a formula holds: in stacks of a product
// and an activation (docs/mean-field.md).
#pragma once

#include <vector>

#include "initscope/mean_field.hpp"
#include "theory/op_theory.hpp"

namespace initscope {

/// A row of such a stack: its product, its activation's averages, and q.
struct SpreadRow {
  ProductLaws laws;
  GaussianMoments moments;
  double q = 0;
};

/// Spread of ln q^l carried from layer to layer, and what each layer's units add; empty where the
/// linearization fails, and without the gradient's where its alone does.
std::vector<LayerSpread> spreads_of(ActivationSpec activation, const std::vector<SpreadRow>& rows);

}  // namespace initscope
