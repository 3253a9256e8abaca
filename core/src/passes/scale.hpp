// out = scale in, there and back in place, by the factor that is learned where there is one. A tile
// is a block of the signal.
#pragma once

#include "passes/elementwise.hpp"

namespace initscope {

template <class Passes>
struct Scale {
  using Real = typename Passes::Real;
  using Here = Memory<Real>;

  static void forward(const Op& op, const Here& here, Tiles tiles) {
    const auto [begin, size] = values_of(here.out_shape, tiles);
    const Real scale = factor(op, here);
    for (std::size_t i = begin; i < begin + size; ++i) here.out[i] = scale * here.in[i];
  }

  static void backward(const Op& op, const Here& here, Tiles tiles) {
    const auto [begin, size] = values_of(here.out_shape, tiles);
    const Real scale = factor(op, here);
    for (std::size_t i = begin; i < begin + size; ++i) here.in_gradient[i] *= scale;
  }

  /// dE/dscale = sum of g in.
  static void learn(const Op&, const Here& here) {
    double sum = 0;
    here.out_shape.for_each_block([&](const PanelShape::Block& block) {
      for (std::size_t unit = 0; unit < block.units; ++unit)
        for (std::size_t i = 0; i < block.columns; ++i) {
          const std::size_t at = block.begin + unit * simd::k_panel + i;
          sum += static_cast<double>(here.out_gradient[at]) * static_cast<double>(here.in[at]);
        }
    });
    *here.weight_gradient = static_cast<Real>(sum);
  }

  static constexpr OpPasses<Passes> k_row{keeps_input(OpKind::scale),
                                          true,
                                          blocks_of<Real>,
                                          no_multiplications<Real>,
                                          forward,
                                          backward,
                                          learn,
                                          nullptr};

 private:
  static Real factor(const Op& op, const Here& here) {
    return here.weight == nullptr ? static_cast<Real>(op.scale) : *here.weight;
  }
};

}  // namespace initscope
