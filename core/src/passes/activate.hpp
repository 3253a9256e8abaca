// h = phi(z), and dE/dz = dE/dh phi'(z) in place. A tile is a block of the signal, which stays in
// the L1 cache for whoever looks at it next.
#pragma once

#include "passes/ops.hpp"

namespace initscope {

template <class Passes>
struct Activate {
  using Real = typename Passes::Real;
  using Here = Memory<Real>;

  static std::size_t tiles(const Here& here) { return here.in_shape.blocks(); }
  static std::size_t multiplications(const Here&) { return 0; }

  static void forward(const Op& op, const Here& here, Tiles tiles) {
    const auto [begin, size] = values(here, tiles);
    Passes::activate(op.activation, here.in + begin, here.out + begin, size);
  }

  static void backward(const Op& op, const Here& here, Tiles tiles) {
    const auto [begin, size] = values(here, tiles);
    Passes::activation_gradient(op.activation, here.in + begin, here.in_gradient + begin, size);
  }

  static constexpr OpPasses<Passes> k_row{true,    true,     tiles,   multiplications,
                                          forward, backward, nullptr, nullptr};

 private:
  struct Values {
    std::size_t begin, size;
  };
  /// Blocks follow one another in memory.
  static Values values(const Here& here, Tiles tiles) {
    const PanelShape::Block first = here.in_shape.block(tiles.begin),
                            last = here.in_shape.block(tiles.end - 1);
    return {first.begin, last.begin + last.size() - first.begin};
  }
};

}  // namespace initscope
