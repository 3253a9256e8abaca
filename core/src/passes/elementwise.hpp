// What operations share that take each number by itself: a tile is a block of the signal, which
// stays in the L1 cache for whoever looks at it next.
#pragma once

#include "passes/ops.hpp"

namespace initscope {

struct ValueRange {
  std::size_t begin, size;
};
/// Blocks follow one another in memory.
inline ValueRange values_of(PanelShape shape, Tiles tiles) {
  const PanelShape::Block first = shape.block(tiles.begin), last = shape.block(tiles.end - 1);
  return {first.begin, last.begin + last.size() - first.begin};
}

template <class Real>
std::size_t blocks_of(const Memory<Real>& here) {
  return here.out_shape.blocks();
}

template <class Real>
std::size_t no_multiplications(const Memory<Real>&) {
  return 0;
}

}  // namespace initscope
