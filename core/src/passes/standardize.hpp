// u = (x - mean) / sqrt(variance + eps) over a unit's samples, the batch, and a gain and a shift
// for each unit where they are learned. A tile is a unit. Sums run in chains, one a column of a
// panel, in double; the padding is none of the samples, and 0. A network that learns keeps running
// means of both, which take the place of the batch's own where it is evaluated.
#pragma once

#include <cmath>

#include "passes/ops.hpp"

namespace initscope {

/// What a running mean takes of a batch's, as torch.nn.BatchNorm1d does.
inline constexpr double k_running_share = 0.1;

template <class Passes>
struct Standardize {
  using Real = typename Passes::Real;
  using Here = Memory<Real>;
  static constexpr std::size_t k_panel = simd::k_panel;

  static std::size_t tiles(const Here& here) { return here.out_shape.units; }
  static std::size_t multiplications(const Here& here) {
    return 4 * here.out_shape.panels() * k_panel;
  }

  static void forward(const Op& op, const Here& here, Tiles tiles) {
    for (std::size_t unit = tiles.begin; unit < tiles.end; ++unit) {
      const Known known = here.evaluates ? running_of(op, here, unit) : known_of(op, here, unit);
      const Affine<Real> affine(here, unit);
      if (here.running != nullptr && !here.evaluates) keep(known, here, unit);
      for_each_value(here, unit, [&](std::size_t at, std::size_t, bool sample) {
        here.out[at] = sample ? static_cast<Real>(affine(known.u(here.in[at]))) : Real{0};
      });
    }
  }

  /// Through the batch's own mean and variance.
  static void backward(const Op& op, const Here& here, Tiles tiles) {
    for (std::size_t unit = tiles.begin; unit < tiles.end; ++unit) {
      const Known known = known_of(op, here, unit);
      const Affine<Real> affine(here, unit);
      const auto g = [&](std::size_t at) {
        return affine.gain * static_cast<double>(here.in_gradient[at]);
      };
      const double mean = mean_of(here, unit, g);
      const double along =
          mean_of(here, unit, [&](std::size_t at) { return g(at) * known.u(here.in[at]); });
      for_each_value(here, unit, [&](std::size_t at, std::size_t, bool sample) {
        here.in_gradient[at] =
            sample ? static_cast<Real>((g(at) - mean - known.u(here.in[at]) * along) * known.scale)
                   : Real{0};
      });
    }
  }

  /// dE/dgain = sum of g u, dE/dshift = sum of g.
  static void learn(const Op& op, const Here& here) {
    for (std::size_t unit = 0; unit < here.out_shape.units; ++unit) {
      const Known known = known_of(op, here, unit);
      const auto g = [&](std::size_t at) { return static_cast<double>(here.out_gradient[at]); };
      here.weight_gradient[unit] = static_cast<Real>(
          sum_of(here, unit, [&](std::size_t at) { return g(at) * known.u(here.in[at]); }));
      here.bias_gradient[unit] = static_cast<Real>(sum_of(here, unit, g));
    }
  }

  static constexpr OpPasses<Passes> k_row{keeps_input(OpKind::standardize),
                                          true,
                                          tiles,
                                          multiplications,
                                          forward,
                                          backward,
                                          learn,
                                          nullptr};

 private:
  struct Known {
    double mean, variance, scale;  // 1 / sigma
    double u(Real x) const { return (static_cast<double>(x) - mean) * scale; }
  };

  static Known known_of(const Op& op, const Here& here, std::size_t unit) {
    const double mean =
        mean_of(here, unit, [&](std::size_t at) { return static_cast<double>(here.in[at]); });
    const double variance = mean_of(here, unit, [&](std::size_t at) {
      const double off = static_cast<double>(here.in[at]) - mean;
      return off * off;
    });
    return {mean, variance, 1 / std::sqrt(variance + static_cast<double>(op.eps))};
  }

  static Known running_of(const Op& op, const Here& here, std::size_t unit) {
    const auto mean = static_cast<double>(here.running[unit]),
               variance = static_cast<double>(here.running[here.out_shape.units + unit]);
    return {mean, variance, 1 / std::sqrt(variance + static_cast<double>(op.eps))};
  }

  /// The variance is kept as that of a sample, over one less than the batch.
  static void keep(const Known& known, const Here& here, std::size_t unit) {
    const auto batch = static_cast<double>(here.out_shape.batch);
    const auto take = [](Real& kept, double seen) {
      kept = static_cast<Real>((1 - k_running_share) * static_cast<double>(kept) +
                               k_running_share * seen);
    };
    take(here.running[unit], known.mean);
    take(here.running[here.out_shape.units + unit], known.variance * batch / (batch - 1));
  }

  /// The mean of f(place) over a unit's samples.
  template <class Function>
  static double mean_of(const Here& here, std::size_t unit, Function f) {
    return sum_of(here, unit, f) / static_cast<double>(here.out_shape.batch);
  }

  template <class Function>
  static double sum_of(const Here& here, std::size_t unit, Function f) {
    double chains[k_panel] = {}, sum = 0;
    for_each_value(here, unit, [&](std::size_t at, std::size_t column, bool sample) {
      if (sample) chains[column] += f(at);
    });
    for (const double chain : chains) sum += chain;
    return sum;
  }

  /// Calls f(place, column of its panel, whether it is a sample's).
  template <class Function>
  static void for_each_value(const Here& here, std::size_t unit, Function f) {
    const PanelShape shape = here.out_shape;
    for (std::size_t panel = 0; panel < shape.panels(); ++panel)
      for (std::size_t i = 0; i < k_panel; ++i)
        f((panel * shape.units + unit) * k_panel + i, i, panel * k_panel + i < shape.batch);
  }
};

}  // namespace initscope
