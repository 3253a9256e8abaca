// Matrix products in registers.
//
// A tile of the result stays in registers while k runs, in blocks of k so that the part of B that
// is read again and again stays in the L1 cache. Sums run over k in order, multiplied and added
// apart, whatever the tile and the block: the same bits on every machine.
#pragma once

#include <type_traits>
#include <xsimd/xsimd.hpp>

#include "simd/kernels.hpp"

namespace initscope::simd {

template <class Arch>
struct Products {
  using F = xsimd::batch<float, Arch>;

  // Tiles, by trial (docs/benchmarks.md): 16 registers of 4 or 8 lanes, 32 of 16. With 4 lanes,
  // two rows of four vectors are the best in Chromium and in node, where 3 x 3 spills.
  static constexpr std::size_t k_vectors = F::size == 4 ? 4 : 2;
  static constexpr std::size_t k_rows = F::size == 4 ? 2 : F::size == 8 ? 6 : 8;
  // Two panels side by side halve the broadcasts, each of which takes Zen 4 as long as a product.
  static constexpr bool k_pairs = F::size == 16;
  static constexpr std::size_t k_pair_rows = 4;
  static constexpr std::size_t k_depth_block = 256;  // 32 kB of a panel
  // A transposed A is read across its rows; tiles of two rows use so little of each cache line
  // that copying the block first is faster (1.2 to 1.7 times in Chromium). Wider tiles lose.
  static constexpr bool k_packs_transposed = F::size == 4;
  // In V8 so does a row-major one (docs/benchmarks.md): two rows in one array are one address a
  // step.
  static constexpr bool k_packs_row_major = std::is_same_v<Arch, xsimd::wasm>;
  static constexpr std::size_t k_pack_rows = k_packs_row_major ? 64 : 32;

  /// Where element (r, k) of a tile of A is: `next` goes on to the next k.
  struct RowMajor {
    const float* a;
    std::size_t stride;
    float operator[](std::size_t r) const noexcept { return a[r * stride]; }
    void next() noexcept { ++a; }
  };
  struct ColumnMajor {
    const float* a;
    std::size_t stride;
    float operator[](std::size_t r) const noexcept { return a[r]; }
    void next() noexcept { a += stride; }
  };
  /// Copied, k_rows numbers side by side.
  struct Packed {
    const float* a;
    float operator[](std::size_t r) const noexcept { return a[r]; }
    void next() noexcept { a += k_rows; }
  };

  /// What a tile does with the result: begin with 0 or with what an earlier block left, and add
  /// the bias, if any, after the last block.
  struct Block {
    std::size_t depth;
    bool first, last;
  };
  /// How far the next panel of B and that of C are.
  struct Next {
    std::size_t b, c;
  };

  /// Rows of `Panels` panels, which lie as far apart as `next` says. A function of its own: among
  /// all that surrounds it V8 keeps some of the sums in memory (30.2 against 39.6 GFLOP/s).
  template <std::size_t Rows, std::size_t Panels, class A>
  [[gnu::noinline]] static void tile(A a, const float* b, float* c, Next next, Block block,
                                     const float* bias) noexcept {
    constexpr std::size_t k_columns = Panels * k_vectors;
    const auto in = [&](std::size_t v) { return v / k_vectors * next.b + v % k_vectors * F::size; };
    const auto out = [&](std::size_t r, std::size_t v) {
      return v / k_vectors * next.c + r * k_panel + v % k_vectors * F::size;
    };
    F sum[Rows][k_columns];
    for (std::size_t r = 0; r < Rows; ++r)
      for (std::size_t v = 0; v < k_columns; ++v)
        sum[r][v] = block.first ? F(0.0F) : F::load_aligned(c + out(r, v));
    for (std::size_t k = 0; k < block.depth; ++k, a.next(), b += k_panel) {
      F column[k_columns];
      for (std::size_t v = 0; v < k_columns; ++v) column[v] = F::load_aligned(b + in(v));
      for (std::size_t r = 0; r < Rows; ++r) {
        const F scale(a[r]);
        for (std::size_t v = 0; v < k_columns; ++v) sum[r][v] = sum[r][v] + scale * column[v];
      }
    }
    for (std::size_t r = 0; r < Rows; ++r) {
      const F shift(block.last && bias != nullptr ? bias[r] : 0.0F);
      for (std::size_t v = 0; v < k_columns; ++v) (sum[r][v] + shift).store_aligned(c + out(r, v));
    }
  }

  /// A tile of `rows` < Rows rows.
  template <std::size_t Rows, std::size_t Panels, class A>
  static void rest(std::size_t rows, A a, const float* b, float* c, Next next, Block block,
                   const float* bias) noexcept {
    if constexpr (Rows > 1) {
      if (rows == Rows - 1)
        tile<Rows - 1, Panels>(a, b, c, next, block, bias);
      else
        rest<Rows - 1, Panels>(rows, a, b, c, next, block, bias);
    }
  }

  /// Rows [begin, end) of `Panels` panels, over one block of k from `k` on; `a_at(row)` is A there.
  template <std::size_t Rows, std::size_t Panels, class At>
  static void rows_of_panels(const Product& p, std::size_t panel, std::size_t k, Block block,
                             std::size_t begin, std::size_t end, At a_at) noexcept {
    const Next next{p.depth * k_panel, p.rows * k_panel};
    for (std::size_t column = 0; column < k_panel; column += k_vectors * F::size) {
      const float* b = p.b + (panel * p.depth + k) * k_panel + column;
      for (std::size_t row = begin; row < end; row += Rows) {
        float* c = p.c + (panel * p.rows + row) * k_panel + column;
        const float* bias = p.bias == nullptr ? nullptr : p.bias + row;
        if (row + Rows <= end)
          tile<Rows, Panels>(a_at(row), b, c, next, block, bias);
        else
          rest<Rows, Panels>(end - row, a_at(row), b, c, next, block, bias);
      }
    }
  }

  /// Rows [begin, end) of all panels.
  template <class At>
  static void rows(const Product& p, std::size_t k, Block block, std::size_t begin, std::size_t end,
                   At a_at) noexcept {
    std::size_t panel = 0;
    if constexpr (k_pairs)
      for (; panel + 2 <= p.panels; panel += 2)
        rows_of_panels<k_pair_rows, 2>(p, panel, k, block, begin, end, a_at);
    for (; panel < p.panels; ++panel)
      rows_of_panels<k_rows, 1>(p, panel, k, block, begin, end, a_at);
  }

  /// Copies numbers [k, k + depth) of two rows of A, those of one k side by side. How many are
  /// done: all but the last few.
  static std::size_t zip(const Product& p, std::size_t row, std::size_t k, std::size_t depth,
                         float* to) noexcept {
    const float* const upper = p.a + row * p.stride + k;
    std::size_t i = 0;
    for (; i + F::size <= depth; i += F::size) {
      const F first = F::load_unaligned(upper + i),
              second = F::load_unaligned(upper + p.stride + i);
      xsimd::zip_lo(first, second).store_unaligned(to + 2 * i);
      xsimd::zip_hi(first, second).store_unaligned(to + 2 * i + F::size);
    }
    return i;
  }

  /// The same with A copied tile by tile.
  static void packed_rows(const Product& p, std::size_t k, Block block) noexcept {
    float copy[k_pack_rows * k_depth_block];
    static_assert(k_pack_rows % k_rows == 0 || !k_packs_transposed);
    for (std::size_t begin = 0; begin < p.rows; begin += k_pack_rows) {
      const std::size_t end = begin + k_pack_rows < p.rows ? begin + k_pack_rows : p.rows;
      for (std::size_t row = begin; row < end; row += k_rows) {
        float* const to = copy + (row - begin) * block.depth;
        std::size_t i = 0;
        if constexpr (k_packs_row_major)
          if (!p.transposed && row + k_rows <= end) i = zip(p, row, k, block.depth, to);
        for (; i < block.depth; ++i)
          for (std::size_t r = 0; r < k_rows && row + r < end; ++r)
            to[i * k_rows + r] =
                p.a[p.transposed ? (k + i) * p.stride + row + r : (row + r) * p.stride + k + i];
      }
      rows(p, k, block, begin, end,
           [&](std::size_t row) { return Packed{copy + (row - begin) * block.depth}; });
    }
  }

  static void multiply(const Product& p) {
    for (std::size_t k = 0; k < p.depth; k += k_depth_block) {
      const bool last = k + k_depth_block >= p.depth;
      const Block block{last ? p.depth - k : k_depth_block, k == 0, last};
      if (p.transposed ? k_packs_transposed : k_packs_row_major)
        packed_rows(p, k, block);
      else if (!p.transposed)
        rows(p, k, block, 0, p.rows, [&](std::size_t row) {
          return RowMajor{p.a + row * p.stride + k, p.stride};
        });
      else
        rows(p, k, block, 0, p.rows, [&](std::size_t row) {
          return ColumnMajor{p.a + k * p.stride + row, p.stride};
        });
    }
  }
};

}  // namespace initscope::simd
