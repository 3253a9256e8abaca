// Matrix products that leave out what is 0 in B, such as half of what a ReLU gives.
//
// A sum that begins with +0 is never -0, and no ±0 added to it changes a bit: so the product of a 0
// and a finite number may be left out. Samples do not share their zeros. Each has a list of its
// other numbers, and a tile of A, copied so that what is multiplied with one number lies side by
// side, stays in the L1 cache while all lists run over it. Sums run over k in order, multiplied and
// added apart, as in Products: the same bits.
#pragma once

#include <cstring>
#include <utility>
#include <xsimd/xsimd.hpp>

#include "simd/product.hpp"

namespace initscope::simd {

template <class Arch>
struct SparseProducts {
  using F = xsimd::batch<float, Arch>;

  // Vectors of a sample's sums in registers, and numbers of a list, by trial (docs/benchmarks.md).
  static constexpr std::size_t k_vectors = F::size == 16 ? 6 : 12;
  static constexpr std::size_t k_depth_block = F::size == 4 ? 128 : 64;
  static_assert(k_vectors * F::size * k_depth_block <= SparseRoom::k_tile);

  /// A number that is not 0, and the row of the tile that it is multiplied with.
  struct Entry {
    const float* row;
    float value;
  };
  // An entry more is written than is kept.
  static_assert((k_depth_block + 1) * sizeof(Entry) <= SparseRoom::k_list * sizeof(float));

  /// Samples that run over a tile one after the other.
  struct Group {
    std::size_t samples;
    float* sums;  ///< [samples][stride]
    std::size_t stride;
    const Entry* begins[SparseRoom::k_samples];  ///< of their lists
    const Entry* ends[SparseRoom::k_samples];
  };

  /// Rows [begin, begin + width) of A and numbers [k, k + depth) of each: tile[depth][width].
  struct Tile {
    float* values;
    std::size_t begin, width, k, depth;
  };

  // Samples whose lists are made together.
  static constexpr std::size_t k_together = 4;

#if defined(__EMSCRIPTEN__)
  /// For each set of lanes the bytes that move these lanes to the front in their order.
  struct Fronts {
    alignas(16) std::uint8_t of[16][16];
  };
  static constexpr Fronts fronts() noexcept {
    Fronts all{};
    for (std::size_t set = 0; set < 16; ++set)
      for (std::size_t lane = 0, to = 0; lane < 4; ++lane)
        for (std::size_t byte = 0; (set >> lane & 1) != 0 && byte < 4; ++byte)
          all.of[set][to++] = static_cast<std::uint8_t>(4 * lane + byte);
    return all;
  }
  static constexpr Fronts k_fronts = fronts();

  /// Lists by shuffles, four numbers of each sample at once, in 0.4 of the time of one by one
  /// (docs/benchmarks.md). How many numbers are done: all but the last three at most.
  static std::size_t list_fours(const float* from, const Tile& tile,
                                Entry* (&to)[k_together]) noexcept {
    static_assert(sizeof(Entry) == 8 && F::size == k_together);
    const auto first = reinterpret_cast<std::uintptr_t>(tile.values);
    const auto step = static_cast<std::uint32_t>(tile.width * sizeof(float));
    v128_t rows = wasm_u32x4_make(first, first + step, first + 2 * step, first + 3 * step);
    std::size_t k = 0;
    for (; k + F::size <= tile.depth; k += F::size, from += F::size * k_panel) {
      F values[F::size];
      for (std::size_t i = 0; i < F::size; ++i) values[i] = F::load_aligned(from + i * k_panel);
      xsimd::transpose(values, values + F::size);
      for (std::size_t i = 0; i < k_together; ++i) {
        const std::uint32_t kept =
            wasm_i32x4_bitmask(wasm_f32x4_ne(values[i], wasm_f32x4_const(0, 0, 0, 0)));
        const v128_t front = wasm_v128_load(k_fronts.of[kept]),
                     row = wasm_i8x16_swizzle(rows, front),
                     value = wasm_i8x16_swizzle(values[i], front);
        // Four are written, those that are not kept behind the others.
        wasm_v128_store(to[i], wasm_i32x4_shuffle(row, value, 0, 4, 1, 5));
        wasm_v128_store(to[i] + 2, wasm_i32x4_shuffle(row, value, 2, 6, 3, 7));
        to[i] += __builtin_popcount(kept);
      }
      rows = wasm_i32x4_add(rows, wasm_u32x4_splat(4 * step));
    }
    return k;
  }
#else
  static std::size_t list_fours(const float*, const Tile&, Entry* (&)[k_together]) noexcept {
    return 0;
  }
#endif

  /// Lists of a panel's samples, the first of which is the group's `sample`.
  static void list(const float* panel, const Tile& tile, float* lists, std::size_t sample,
                   Group& group) noexcept {
    for (std::size_t column = 0; column < k_panel; column += k_together, sample += k_together) {
      Entry* to[k_together];
      for (std::size_t i = 0; i < k_together; ++i)
        group.begins[sample + i] = to[i] =
            reinterpret_cast<Entry*>(lists + (sample + i) * SparseRoom::k_list);
      const float* from = panel + tile.k * k_panel + column;
      std::size_t k = list_fours(from, tile, to);
      from += k * k_panel;
      const float* row = tile.values + k * tile.width;
      for (; k < tile.depth; ++k, from += k_panel, row += tile.width)
        for (std::size_t i = 0; i < k_together; ++i) {
          // Written whatever it is, kept unless it is +0 or -0.
          *to[i] = {row, from[i]};
          std::uint32_t bits;
          std::memcpy(&bits, from + i, sizeof bits);
          to[i] += (bits << 1) != 0 ? 1 : 0;
        }
      for (std::size_t i = 0; i < k_together; ++i) group.ends[sample + i] = to[i];
    }
  }

  /// Adds what a tile of `Vectors` vectors gives to the sums from `begin` on.
  template <std::size_t Vectors>
  static void add(const Group& group, std::size_t begin) noexcept {
    for (std::size_t sample = 0; sample < group.samples; ++sample) {
      float* const sums = group.sums + sample * group.stride + begin;
      F sum[Vectors];
      for (std::size_t v = 0; v < Vectors; ++v) sum[v] = F::load_aligned(sums + v * F::size);
      const Entry* const end = group.ends[sample];
      for (const Entry* entry = group.begins[sample]; entry != end; ++entry) {
        const F scale(entry->value);
        const float* const row = entry->row;
        for (std::size_t v = 0; v < Vectors; ++v)
          sum[v] = sum[v] + scale * F::load_aligned(row + v * F::size);
      }
      for (std::size_t v = 0; v < Vectors; ++v) sum[v].store_aligned(sums + v * F::size);
    }
  }
  using Add = void (*)(const Group&, std::size_t);
  struct Adds {
    Add of[k_vectors];
  };
  template <std::size_t... Less>
  static constexpr Adds adds(std::index_sequence<Less...>) noexcept {
    return {{add<Less + 1>...}};
  }

  static float at(const Product& p, std::size_t row, std::size_t k) noexcept {
    return p.a[p.transposed ? k * p.stride + row : row * p.stride + k];
  }

  /// Copies a tile of A, with 0 below its last row. Whether all of it is finite.
  static bool copy(const Product& p, const Tile& tile) noexcept {
    F zeros(0.0F);  // products with 0, one of which is NaN where a number is not finite
    const std::size_t left = p.rows - tile.begin, rows = left < tile.width ? left : tile.width;
    const std::size_t whole = rows - rows % F::size;
    const std::size_t square = p.transposed ? tile.depth : tile.depth - tile.depth % F::size;
    for (std::size_t k = 0; p.transposed && k < square; ++k)
      for (std::size_t row = 0; row < whole; row += F::size) {
        const F values = F::load_unaligned(p.a + (tile.k + k) * p.stride + tile.begin + row);
        zeros = zeros + values * F(0.0F);
        values.store_aligned(tile.values + k * tile.width + row);
      }
    for (std::size_t row = 0; !p.transposed && row < whole; row += F::size)
      for (std::size_t k = 0; k < square; k += F::size) {
        F values[F::size];
        for (std::size_t i = 0; i < F::size; ++i) {
          values[i] = F::load_unaligned(p.a + (tile.begin + row + i) * p.stride + tile.k + k);
          zeros = zeros + values[i] * F(0.0F);
        }
        xsimd::transpose(values, values + F::size);
        for (std::size_t i = 0; i < F::size; ++i)
          values[i].store_aligned(tile.values + (k + i) * tile.width + row);
      }
    for (std::size_t k = 0; k < tile.depth; ++k)
      for (std::size_t row = k < square ? whole : 0; row < tile.width; ++row) {
        const float value = row < rows ? at(p, tile.begin + row, tile.k + k) : 0.0F;
        zeros = zeros + F(value * 0.0F);
        tile.values[k * tile.width + row] = value;
      }
    return xsimd::all(zeros == zeros);
  }

  /// The sums of a panel's samples with the bias, as a panel.
  static void finish(const Product& p, const float* sums, std::size_t stride, float* c) noexcept {
    for (std::size_t row = 0; row < p.rows; row += F::size)
      for (std::size_t sample = 0; sample < k_panel; sample += F::size) {
        F values[F::size];
        for (std::size_t i = 0; i < F::size; ++i)
          values[i] = F::load_aligned(sums + (sample + i) * stride + row);
        xsimd::transpose(values, values + F::size);
        for (std::size_t i = 0; i < F::size && row + i < p.rows; ++i)
          (values[i] + F(p.bias == nullptr ? 0.0F : p.bias[row + i]))
              .store_aligned(c + (row + i) * k_panel + sample);
      }
  }

  /// Panels [begin, begin + panels) of C. False, with C lost, where A is not finite.
  static bool panels(const Product& p, std::size_t begin, std::size_t panels) noexcept {
    static constexpr Adds k_adds = adds(std::make_index_sequence<k_vectors>());
    const std::size_t vectors = (p.rows + F::size - 1) / F::size,
                      tiles = (vectors + k_vectors - 1) / k_vectors,
                      each = (vectors + tiles - 1) / tiles;
    float* const lists = p.room + SparseRoom::k_tile;
    Group group;
    group.samples = panels * k_panel;
    group.sums = lists + group.samples * SparseRoom::k_list;
    group.stride = SparseRoom::stride(p.rows);
    for (std::size_t i = 0; i < group.samples * group.stride; i += F::size)
      F(0.0F).store_aligned(group.sums + i);
    Tile tile{p.room, 0, each * F::size, 0, 0};
    for (; tile.k < p.depth; tile.k += tile.depth) {
      tile.depth = p.depth - tile.k < k_depth_block ? p.depth - tile.k : k_depth_block;
      for (std::size_t i = 0; i < panels; ++i)
        list(p.b + (begin + i) * p.depth * k_panel, tile, lists, i * k_panel, group);
      for (std::size_t vector = 0; vector < vectors; vector += each) {
        tile.begin = vector * F::size;
        if (!copy(p, tile)) return false;
        k_adds.of[(vectors - vector < each ? vectors - vector : each) - 1](group, tile.begin);
      }
    }
    for (std::size_t i = 0; i < panels; ++i)
      finish(p, group.sums + i * k_panel * group.stride, group.stride,
             p.c + (begin + i) * p.rows * k_panel);
    return true;
  }

  /// Whether that is faster: with 16 lanes copying a row-major A takes as long as is gained.
  static bool pays(const Product& p) noexcept { return F::size < 16 || p.transposed; }

  /// Leaves zeros out where there is room for that, where it pays, and where A is finite.
  static void multiply(const Product& p) {
    for (std::size_t panel = 0; p.room != nullptr && pays(p) && panel < p.panels;) {
      const std::size_t left = p.panels - panel,
                        some = left < SparseRoom::k_panels ? left : SparseRoom::k_panels;
      if (!panels(p, panel, some)) break;
      panel += some;
      if (panel == p.panels) return;
    }
    Products<Arch>::multiply(p);
  }
};

}  // namespace initscope::simd
