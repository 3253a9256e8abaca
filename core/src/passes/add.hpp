// out = in + scale beside. The gradient of `in` is that of the output, where it is; that of
// `beside` is scale times as much. A tile is a block of the signal.
#pragma once

#include "passes/elementwise.hpp"

namespace initscope {

template <class Passes>
struct Add {
  using Real = typename Passes::Real;
  using Here = Memory<Real>;

  static void forward(const Op& op, const Here& here, Tiles tiles) {
    const auto [begin, size] = values_of(here.out_shape, tiles);
    const Real scale = static_cast<Real>(op.scale);
    for (std::size_t i = begin; i < begin + size; ++i)
      here.out[i] = here.in[i] + scale * here.beside[i];
  }

  static void backward(const Op& op, const Here& here, Tiles tiles) {
    const auto [begin, size] = values_of(here.out_shape, tiles);
    const Real scale = static_cast<Real>(op.scale);
    for (std::size_t i = begin; i < begin + size; ++i)
      here.beside_gradient[i] = scale * here.out_gradient[i];
  }

  static constexpr OpPasses<Passes> k_row{keeps_input(OpKind::add),
                                          true,
                                          blocks_of<Real>,
                                          no_multiplications<Real>,
                                          forward,
                                          backward,
                                          nullptr,
                                          nullptr};
};

}  // namespace initscope
