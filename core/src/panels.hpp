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

  /// Calls f(unit, values of the unit in one panel) for every panel and unit.
  template <class Value, class Function>
  void for_each_row(std::span<Value> values, Function f) const noexcept {
    for (std::size_t panel = 0; panel < panels(); ++panel) {
      const std::size_t columns = std::min(simd::k_panel, batch - panel * simd::k_panel);
      for (std::size_t unit = 0; unit < units; ++unit)
        f(unit, values.subspan((panel * units + unit) * simd::k_panel, columns));
    }
  }

  /// Calls f with the values in as few contiguous pieces as there are.
  template <class Value, class Function>
  void for_each_piece(std::span<Value> values, Function f) const noexcept {
    if (batch % simd::k_panel == 0) return f(values.first(size()));
    for_each_row(values, [&f](std::size_t, std::span<Value> row) { f(row); });
  }
};

}  // namespace initscope
