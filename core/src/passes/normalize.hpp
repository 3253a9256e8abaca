// u = (x - mean) / sqrt(variance + eps) over groups of a sample's units, or u = x / sqrt(mean
// square
// + eps), and a gain and a shift for each unit where they are learned. A tile is a panel, whose
// columns are samples: each sums by itself, unit after unit, in double. The way back reads x and
// takes the sums again.
#pragma once

#include <algorithm>
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
    for_each_group(op, here, tiles, [&](const Group& group) {
      const Columns known = columns_of(op, here.in + group.begin, group.units);
      for (std::size_t unit = 0; unit < group.units; ++unit) {
        const Affine<Real> affine(here, group.first + unit);
        for (std::size_t i = 0; i < k_panel; ++i) {
          const std::size_t at = group.at(unit, i);
          here.out[at] = static_cast<Real>(affine(known.u(here.in[at], i)));
        }
      }
    });
  }

  /// dE/dx = (g - mean g - u mean(g u)) / sigma, where g = gain dE/dout; without the mean of g
  /// where x keeps its own.
  static void backward(const Op& op, const Here& here, Tiles tiles) {
    for_each_group(op, here, tiles, [&](const Group& group) {
      const Columns known = columns_of(op, here.in + group.begin, group.units);
      double mean[k_panel] = {}, along[k_panel] = {};
      for (std::size_t unit = 0; unit < group.units; ++unit) {
        const Affine<Real> affine(here, group.first + unit);
        for (std::size_t i = 0; i < k_panel; ++i) {
          const std::size_t at = group.at(unit, i);
          const double g = affine.gain * static_cast<double>(here.in_gradient[at]);
          mean[i] += g;
          along[i] += g * known.u(here.in[at], i);
        }
      }
      const auto all = static_cast<double>(group.units);
      for (std::size_t i = 0; i < k_panel; ++i) {
        mean[i] = op.centers ? mean[i] / all : 0;
        along[i] /= all;
      }
      for (std::size_t unit = 0; unit < group.units; ++unit) {
        const Affine<Real> affine(here, group.first + unit);
        for (std::size_t i = 0; i < k_panel; ++i) {
          const std::size_t at = group.at(unit, i);
          const double g = affine.gain * static_cast<double>(here.in_gradient[at]);
          here.in_gradient[at] = static_cast<Real>(
              (g - mean[i] - known.u(here.in[at], i) * along[i]) * known.scale[i]);
        }
      }
    });
  }

  /// dE/dgain = sum of g u, dE/dshift = sum of g.
  static void learn(const Op& op, const Here& here) {
    const std::size_t all = here.out_shape.units;
    std::fill_n(here.weight_gradient, all, Real{0});
    if (op.centers) std::fill_n(here.bias_gradient, all, Real{0});
    for_each_group(op, here, {0, tiles(here)}, [&](const Group& group) {
      const Columns known = columns_of(op, here.in + group.begin, group.units);
      for (std::size_t unit = 0; unit < group.units; ++unit) {
        double along = 0, sum = 0;
        for (std::size_t i = 0; i < group.samples; ++i) {
          const std::size_t at = group.at(unit, i);
          const auto g = static_cast<double>(here.out_gradient[at]);
          along += g * known.u(here.in[at], i);
          sum += g;
        }
        here.weight_gradient[group.first + unit] += static_cast<Real>(along);
        if (op.centers) here.bias_gradient[group.first + unit] += static_cast<Real>(sum);
      }
    });
  }

  static constexpr OpPasses<Passes> k_row{keeps_input(OpKind::normalize),
                                          true,
                                          tiles,
                                          multiplications,
                                          forward,
                                          backward,
                                          learn,
                                          nullptr};

 private:
  struct Columns {
    double mean[k_panel] = {}, scale[k_panel] = {};  // 1 / sigma
    double u(Real x, std::size_t i) const { return (static_cast<double>(x) - mean[i]) * scale[i]; }
  };
  /// Some units of one panel: where they begin in memory and among all units.
  struct Group {
    std::size_t begin, units, first, samples;
    std::size_t at(std::size_t unit, std::size_t i) const { return begin + unit * k_panel + i; }
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

  /// Calls f(Group) for the groups of each panel.
  template <class Function>
  static void for_each_group(const Op& op, const Here& here, Tiles tiles, Function f) {
    const std::size_t units = here.out_shape.units / op.groups;
    for (std::size_t group = tiles.begin * op.groups; group < tiles.end * op.groups; ++group) {
      const std::size_t left = here.out_shape.batch - group / op.groups * k_panel;
      f(Group{group * units * k_panel, units, group % op.groups * units, std::min(left, k_panel)});
    }
  }
};

}  // namespace initscope
