// out = scale in, there and back in place. A tile is a block of the signal.
#pragma once

#include "passes/elementwise.hpp"

namespace initscope {

template <class Passes>
struct Scale {
  using Real = typename Passes::Real;
  using Here = Memory<Real>;

  static void forward(const Op& op, const Here& here, Tiles tiles) {
    const auto [begin, size] = values_of(here.out_shape, tiles);
    const Real scale = static_cast<Real>(op.scale);
    for (std::size_t i = begin; i < begin + size; ++i) here.out[i] = scale * here.in[i];
  }

  static void backward(const Op& op, const Here& here, Tiles tiles) {
    const auto [begin, size] = values_of(here.out_shape, tiles);
    const Real scale = static_cast<Real>(op.scale);
    for (std::size_t i = begin; i < begin + size; ++i) here.in_gradient[i] *= scale;
  }

  static constexpr OpPasses<Passes> k_row{keeps_input(OpKind::scale),
                                          true,
                                          blocks_of<Real>,
                                          no_multiplications<Real>,
                                          forward,
                                          backward,
                                          nullptr,
                                          nullptr};
};

}  // namespace initscope
