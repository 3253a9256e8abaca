// u = (x - mean) / sqrt(variance + eps) over groups of a sample's units, or u = x / sqrt(mean
// square
// + eps). A tile is a panel, whose columns are samples: each sums by itself, unit after unit, in
// double. The way back reads x and takes the sums again.
#pragma once

#include <cmath>

#include "passes/ops.hpp"

namespace initscope {

template <class Passes>
struct Normalize {
  using Real = typename Passes::Real;
  using Here = Memory<Real>;
  static constexpr std::size_t k_panel = simd::k_panel;

  static std::size_t tiles(const Here& here) { return here.out_shape.panels(); }
  static std::size_t multiplications(const Here& here) {
    return 4 * here.out_shape.units * k_panel;
  }

  static void forward(const Op& op, const Here& here, Tiles tiles) {
    for_each_group(op, here, tiles, [&](std::size_t begin, std::size_t units) {
      const Columns known = columns_of(op, here.in + begin, units);
      for (std::size_t unit = 0; unit < units; ++unit)
        for (std::size_t i = 0; i < k_panel; ++i) {
          const std::size_t at = begin + unit * k_panel + i;
          here.out[at] = static_cast<Real>((static_cast<double>(here.in[at]) - known.mean[i]) *
                                           known.scale[i]);
        }
    });
  }

  /// dE/dx = (g - mean g - u mean(g u)) / sigma; without the mean of g where x keeps its own.
  static void backward(const Op& op, const Here& here, Tiles tiles) {
    for_each_group(op, here, tiles, [&](std::size_t begin, std::size_t units) {
      const Columns known = columns_of(op, here.in + begin, units);
      const auto u = [&](std::size_t at, std::size_t i) {
        return (static_cast<double>(here.in[at]) - known.mean[i]) * known.scale[i];
      };
      double mean[k_panel] = {}, along[k_panel] = {};
      for (std::size_t unit = 0; unit < units; ++unit)
        for (std::size_t i = 0; i < k_panel; ++i) {
          const std::size_t at = begin + unit * k_panel + i;
          const auto g = static_cast<double>(here.in_gradient[at]);
          mean[i] += g;
          along[i] += g * u(at, i);
        }
      const auto all = static_cast<double>(units);
      for (std::size_t i = 0; i < k_panel; ++i) {
        mean[i] = op.centers ? mean[i] / all : 0;
        along[i] /= all;
      }
      for (std::size_t unit = 0; unit < units; ++unit)
        for (std::size_t i = 0; i < k_panel; ++i) {
          const std::size_t at = begin + unit * k_panel + i;
          const auto g = static_cast<double>(here.in_gradient[at]);
          here.in_gradient[at] =
              static_cast<Real>((g - mean[i] - u(at, i) * along[i]) * known.scale[i]);
        }
    });
  }

  static constexpr OpPasses<Passes> k_row{keeps_input(OpKind::normalize),
                                          true,
                                          tiles,
                                          multiplications,
                                          forward,
                                          backward,
                                          nullptr,
                                          nullptr};

 private:
  struct Columns {
    double mean[k_panel] = {}, scale[k_panel] = {};  // 1 / sigma
  };

  static Columns columns_of(const Op& op, const Real* x, std::size_t units) {
    Columns columns;
    const auto all = static_cast<double>(units);
    if (op.centers) {
      for (std::size_t unit = 0; unit < units; ++unit)
        for (std::size_t i = 0; i < k_panel; ++i)
          columns.mean[i] += static_cast<double>(x[unit * k_panel + i]);
      for (double& mean : columns.mean) mean /= all;
    }
    for (std::size_t unit = 0; unit < units; ++unit)
      for (std::size_t i = 0; i < k_panel; ++i) {
        const double off = static_cast<double>(x[unit * k_panel + i]) - columns.mean[i];
        columns.scale[i] += off * off;
      }
    for (double& scale : columns.scale)
      scale = 1 / std::sqrt(scale / all + static_cast<double>(op.eps));
    return columns;
  }

  /// Calls f(begin, units) for the groups of each panel.
  template <class Function>
  static void for_each_group(const Op& op, const Here& here, Tiles tiles, Function f) {
    const std::size_t units = here.out_shape.units / op.groups;
    for (std::size_t group = tiles.begin * op.groups; group < tiles.end * op.groups; ++group)
      f(group * units * k_panel, units);
  }
};

}  // namespace initscope
