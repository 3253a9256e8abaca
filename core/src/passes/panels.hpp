// A matrix [units][batch] in panels of k_panel columns, [panel][unit][k_panel]: what the kernels
// read and write. The batch is padded with columns that no statistic sees.
#pragma once

#include <algorithm>
#include <span>

#include "simd/kernels.hpp"

namespace initscope {

struct PanelShape {
  std::size_t units, batch;

  std::size_t panels() const noexcept { return (batch + simd::k_panel - 1) / simd::k_panel; }
  std::size_t size() const noexcept { return panels() * units * simd::k_panel; }

  /// Some units of one panel, `units * columns` values of the batch in them.
  struct Block {
    std::size_t begin;   ///< place of its first value
    std::size_t column;  ///< the panel's first sample
    std::size_t unit, units, columns;

    std::size_t size() const noexcept { return units * simd::k_panel; }

    /// Its values without the padding; `buffer`, of `size()`, is used where there is any.
    std::span<const float> values(const float* all, float* buffer) const noexcept {
      if (columns == simd::k_panel) return {all + begin, size()};
      for (std::size_t i = 0; i < units; ++i)
        std::copy_n(all + begin + i * simd::k_panel, columns, buffer + i * columns);
      return {buffer, units * columns};
    }

    /// Sets its padding to 0.
    void clear_padding(float* all) const noexcept {
      for (std::size_t i = 0; i < units && columns < simd::k_panel; ++i) {
        float* row = all + begin + i * simd::k_panel;
        std::fill(row + columns, row + simd::k_panel, 0.0F);
      }
    }
  };

  /// Most values of a block: 16 kB, so that what follows it finds it in the L1 cache.
  static constexpr std::size_t k_block = 4096;

  /// Units of a block, but for a panel's last.
  static constexpr std::size_t k_block_units = k_block / simd::k_panel;

  std::size_t blocks() const noexcept { return panels() * panel_blocks(); }

  /// The blocks lie one after the other in memory.
  Block block(std::size_t index) const noexcept {
    const std::size_t panel = index / panel_blocks(), unit = index % panel_blocks() * k_block_units;
    return {(panel * units + unit) * simd::k_panel, panel * simd::k_panel, unit,
            std::min(k_block_units, units - unit),
            std::min(simd::k_panel, batch - panel * simd::k_panel)};
  }

  /// Place of a sample's value of a unit.
  std::size_t at(std::size_t sample, std::size_t unit = 0) const noexcept {
    return (sample / simd::k_panel * units + unit) * simd::k_panel + sample % simd::k_panel;
  }

  /// Calls f(Block) for the whole matrix, in order.
  template <class Function>
  void for_each_block(Function f) const noexcept {
    for (std::size_t index = 0; index < blocks(); ++index) f(block(index));
  }

 private:
  std::size_t panel_blocks() const noexcept { return (units + k_block_units - 1) / k_block_units; }
};

}  // namespace initscope
