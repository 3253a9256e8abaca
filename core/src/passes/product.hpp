// out = W in + b, dE/d in = W^T dE/d out, and the gradients of W and b. A tile is a panel.
#pragma once

#include <algorithm>

#include "passes/ops.hpp"

namespace initscope {

template <class Passes>
struct Product {
  using Real = typename Passes::Real;
  using Here = Memory<Real>;
  static constexpr std::size_t k_panel = simd::k_panel;

  static std::size_t tiles(const Here& here) { return here.in_shape.panels(); }
  static std::size_t multiplications(const Here& here) {
    return here.in_shape.units * here.out_shape.units * k_panel;
  }

  static void forward(const Op& op, const Here& here, Tiles tiles) {
    const std::size_t in = here.in_shape.units, out = here.out_shape.units;
    Passes::multiply({here.weight, in, false, here.in + tiles.begin * in * k_panel, here.bias,
                      here.out + tiles.begin * out * k_panel, out, in, tiles.end - tiles.begin,
                      room(op.behind_relu, out, here.scratch)});
  }

  static void backward(const Op& op, const Here& here, Tiles tiles) {
    const std::size_t in = here.in_shape.units, out = here.out_shape.units;
    Passes::multiply({here.weight, in, true, here.out_gradient + tiles.begin * out * k_panel,
                      nullptr, here.in_gradient + tiles.begin * in * k_panel, in, out,
                      tiles.end - tiles.begin, room(op.before_relu, in, here.scratch)});
  }

  /// Each summed over the batch in order: by the same product as the signals, with the units of
  /// the input as columns and the samples as depth.
  static void learn(const Op& op, const Here& here) {
    const Parts parts = parts_of(here);
    Real* const rows = here.scratch;
    Real* const transposed = rows + parts.rows;
    Real* const product = transposed + parts.transposed;
    Real* const behind = product + parts.product;
    const std::size_t in = here.in_shape.units, out = here.out_shape.units, depth = parts.depth,
                      panels = here.in_shape.panels(), groups = parts.groups;
    std::fill_n(here.bias_gradient, out, Real{0});
    for (std::size_t panel = 0; panel < panels; ++panel)
      for (std::size_t unit = 0; unit < out; ++unit) {
        const Real* from = here.out_gradient + (panel * out + unit) * k_panel;
        Real* to = rows + unit * depth + panel * k_panel;
        Real sum = here.bias_gradient[unit];
        for (std::size_t s = 0; s < k_panel; ++s) {
          to[s] = from[s];
          sum += from[s];
        }
        here.bias_gradient[unit] = sum;
      }
    for (std::size_t panel = 0; panel < panels; ++panel)
      for (std::size_t unit = 0; unit < in; ++unit) {
        const Real* from = here.in + (panel * in + unit) * k_panel;
        Real* to =
            transposed + (unit / k_panel * depth + panel * k_panel) * k_panel + unit % k_panel;
        for (std::size_t s = 0; s < k_panel; ++s) to[s * k_panel] = from[s];
      }
    Passes::multiply({rows, depth, false, transposed, nullptr, product, out, depth, groups,
                      room(op.behind_relu, out, behind)});
    for (std::size_t group = 0; group < groups; ++group) {
      const std::size_t columns = std::min(k_panel, in - group * k_panel);
      for (std::size_t unit = 0; unit < out; ++unit)
        std::copy_n(product + (group * out + unit) * k_panel, columns,
                    here.weight_gradient + unit * in + group * k_panel);
    }
  }

  static std::size_t scratch(const Op& op, const Here& here, bool learns) {
    const std::size_t in = here.in_shape.units, out = here.out_shape.units,
                      panels = here.in_shape.panels();
    std::size_t numbers = 0;
    if (leaves_out(op.behind_relu, out)) numbers = simd::SparseRoom::size(out, panels);
    if (leaves_out(op.before_relu, in))
      numbers = std::max(numbers, simd::SparseRoom::size(in, panels));
    if (!learns) return numbers;
    const Parts parts = parts_of(here);
    const std::size_t own = parts.rows + parts.transposed + parts.product;
    if (!leaves_out(op.behind_relu, out)) return std::max(numbers, own);
    return std::max(numbers, own + simd::SparseRoom::size(out, parts.groups));
  }

  static constexpr OpPasses<Passes> k_row{keeps_input(OpKind::product),
                                          false,
                                          tiles,
                                          multiplications,
                                          forward,
                                          backward,
                                          learn,
                                          scratch};

 private:
  /// Sizes of the scratch memory's parts, each of which begins on a boundary.
  struct Parts {
    std::size_t depth, groups, rows, transposed, product;
  };
  static Parts parts_of(const Here& here) {
    const std::size_t depth = here.in_shape.panels() * k_panel,
                      groups = (here.in_shape.units + k_panel - 1) / k_panel;
    return {depth, groups, here.out_shape.units * depth, groups * k_panel * depth,
            groups * k_panel * here.out_shape.units};
  }

  /// Fewer rows cost less than the lists of what is not 0.
  static constexpr std::size_t k_fewest_rows = 64;
  static bool leaves_out(bool has_zeros, std::size_t rows) noexcept {
    return has_zeros && rows >= k_fewest_rows;
  }
  static Real* room(bool has_zeros, std::size_t rows, Real* memory) noexcept {
    return leaves_out(has_zeros, rows) ? memory : nullptr;
  }
};

}  // namespace initscope
