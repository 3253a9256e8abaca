// h = phi(z), and dE/dz = dE/dh phi'(z) in place. A tile is a block of the signal.
#pragma once

#include "passes/elementwise.hpp"

namespace initscope {

template <class Passes>
struct Activate {
  using Real = typename Passes::Real;
  using Here = Memory<Real>;

  static void forward(const Op& op, const Here& here, Tiles tiles) {
    const auto [begin, size] = values_of(here.in_shape, tiles);
    Passes::activate(op.activation, here.in + begin, here.out + begin, size);
  }

  static void backward(const Op& op, const Here& here, Tiles tiles) {
    const auto [begin, size] = values_of(here.in_shape, tiles);
    Passes::activation_gradient(op.activation, here.in + begin, here.in_gradient + begin, size);
  }

  static constexpr OpPasses<Passes> k_row{keeps_input(OpKind::activate),
                                          true,
                                          blocks_of<Real>,
                                          no_multiplications<Real>,
                                          forward,
                                          backward,
                                          nullptr,
                                          nullptr};
};

}  // namespace initscope
