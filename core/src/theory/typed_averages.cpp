// Averages of typed activations, of which nothing is known but their pieces: Gauss and Legendre's
// rule on each of them, cut to what the Gaussian allows.
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "functions/program.hpp"
#include "initscope/special.hpp"
#include "theory/moments.hpp"
#include "theory/pairs.hpp"
#include "theory/quadrature.hpp"

namespace initscope {
namespace {

// Beyond, an activation is a power law, whose growth is that at the end.
constexpr double k_far_q = 1e10;
// Gaussian mass beyond: 1e-19 of the whole, and 1e-15 of either average of a pair.
constexpr double k_range = 9, k_pair_range = 8;

/// Equal parts of an interval, as wide as a panel may be or less.
struct Parts {
  std::size_t count;
  double from, width;

  Parts(double begin, double end) noexcept
      : count(static_cast<std::size_t>(std::ceil((end - begin) / k_widest_panel))),
        from(begin),
        width((end - begin) / static_cast<double>(count)) {}
  double at(std::size_t part) const noexcept { return from + static_cast<double>(part) * width; }
};

/// Runs a program over the points of a rule, and counts them.
struct Evaluator {
  const Program& program;
  std::size_t evaluations = 0;

  /// Calls f(z, weight, value) for the points of a panel of z, u = m + t z.
  template <class Function>
  void over(double m, double t, double from, double to, Function f) noexcept {
    double z[16], weight[16], u[16], rest[16], slope[16];
    std::size_t count = 0;
    panel(k_rule_16, from, to, [&](double at, double w) {
      z[count] = at;
      u[count] = m + t * at;
      weight[count++] = w;
    });
    rest_of_typed(program, {u, count}, rest, slope);
    evaluations += count;
    for (std::size_t i = 0; i < count; ++i) f(z[i], weight[i], ActivationValue{rest[i], slope[i]});
  }

  /// The same over [-range, range], cut where the pieces end.
  template <class Function>
  void over_pieces(double m, double t, double range, Function f) noexcept {
    const auto& breaks = program.pieces.breaks;
    auto next = std::upper_bound(breaks.begin(), breaks.end(), m - t * range);
    for (double from = -range; from < range;) {
      const double end = next == breaks.end() ? range : std::min(range, (*next++ - m) / t);
      if (!(end > from)) continue;
      const Parts parts(from, end);
      for (std::size_t i = 0; i < parts.count; ++i)
        over(m, t, parts.at(i), i + 1 == parts.count ? end : parts.at(i + 1), f);
      from = end;
    }
  }

  /// E[phi - phi(0)] and E[phi'] over N(m, t^2).
  ActivationValue mean(double m, double t) noexcept {
    ActivationValue sum{0, 0};
    const auto add = [&](double z, double weight, ActivationValue here) {
      const double w = weight * density(z);
      sum.value += w * here.value;
      sum.slope += w * here.slope;
    };
    const auto& breaks = program.pieces.breaks;
    const double low = m - k_pair_range * t, high = m + k_pair_range * t;
    const auto next = std::lower_bound(breaks.begin(), breaks.end(), low);
    if (next != breaks.end() && *next <= high) {
      over_pieces(m, t, k_pair_range, add);
      return sum;
    }
    constexpr int k_points = 23, k_middle = k_points / 2;
    constexpr double k_step = 0.7;
    double u[k_points], rest[k_points], slope[k_points];
    for (int i = 0; i < k_points; ++i) u[i] = m + t * k_step * (i - k_middle);
    rest_of_typed(program, u, rest, slope);
    evaluations += k_points;
    for (int i = 0; i < k_points; ++i) add(k_step * (i - k_middle), k_step, {rest[i], slope[i]});
    return sum;
  }
};

/// Where phi and its mirror image, both smoothed over t, are cut, from 0 to `end`: at their pieces,
/// and about a kink ever closer, down to t.
std::vector<double> smoothed_cuts(const Pieces& pieces, double t, double end) {
  std::vector<double> ends;
  for (const double at : pieces.breaks) ends.push_back(std::abs(at));
  std::sort(ends.begin(), ends.end());
  std::vector<double> cuts = ends;
  for (const double kink : pieces.kinks) {
    const double at = std::abs(kink);
    const auto above = std::upper_bound(ends.begin(), ends.end(), at);
    const auto below = std::lower_bound(ends.begin(), ends.end(), at);
    const double up = above == ends.end() ? end : *above,
                 down = below == ends.begin() ? 0 : below[-1];
    if (t == 0) continue;
    for (double step = t; at + step < std::min(up, end); step *= 2) cuts.push_back(at + step);
    for (double step = t; at - step > down; step *= 2) cuts.push_back(at - step);
  }
  std::sort(cuts.begin(), cuts.end());
  std::vector<double> kept{0};
  for (const double cut : cuts)
    if (cut > kept.back() + 0.75 * t && cut < end) kept.push_back(cut);
  kept.push_back(end);
  return kept;
}

/// phi(u) phi(-u) and the slopes.
GaussianPair opposite_pair(Evaluator& run, double s) {
  const Pieces& pieces = run.program.pieces;
  const double phi0 = pieces.at_0;
  GaussianPair pair{phi0 * phi0, 0};
  const auto cuts = smoothed_cuts(pieces, 0, k_range * s);
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    const double from = cuts[i] / s, to = cuts[i + 1] / s;
    const Parts parts(from, to);
    for (std::size_t k = 0; k < parts.count; ++k) {
      const double begin = parts.at(k), width = parts.width;
      ActivationValue mirrored[16];
      std::size_t count = 0;
      run.over(0, -s, begin, begin + width,
               [&](double, double, ActivationValue at) { mirrored[count++] = at; });
      count = 0;
      run.over(0, s, begin, begin + width, [&](double z, double weight, ActivationValue at) {
        const ActivationValue other = mirrored[count++];
        const double w = 2 * weight * density(z);
        pair.product += w * (at.value * other.value + phi0 * (at.value + other.value));
        pair.slopes += w * at.slope * other.slope;
      });
    }
  }
  return pair;
}

/// Averages by what two variables have in common: u1 = m + t w1 and u2 = +-m + t w2, m of N(0,
/// a^2).
GaussianPair common_pair(Evaluator& run, double s, double c) {
  const Pieces& pieces = run.program.pieces;
  const double a = s * std::sqrt(std::abs(c)), t = s * std::sqrt(1 - std::abs(c));
  const double phi0 = pieces.at_0;
  GaussianPair pair{phi0 * phi0, 0};
  const auto cuts = smoothed_cuts(pieces, t, k_pair_range * a);
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    const double from = cuts[i] / a, to = cuts[i + 1] / a;
    const Parts parts(from, to);
    for (std::size_t k = 0; k < parts.count; ++k)
      panel(k_rule_16, parts.at(k), parts.at(k + 1), [&](double v, double weight) {
        const double w = weight * density(v);
        const auto above = run.mean(a * v, t), below = run.mean(-a * v, t);
        pair.product += 2 * w * phi0 * (above.value + below.value);
        if (c > 0) {
          pair.product += w * (above.value * above.value + below.value * below.value);
          pair.slopes += w * (above.slope * above.slope + below.slope * below.slope);
        } else {
          pair.product += 2 * w * above.value * below.value;
          pair.slopes += 2 * w * above.slope * below.slope;
        }
      });
  }
  return pair;
}

/// x ratio^growth, below what a square root of the largest double is. Far out a growth is that of a
/// power of u, but for what is left of the bends near 0.
double grown(double x, double ratio, double growth) noexcept {
  constexpr double k_near = 0.1;
  const double whole = 0.5 * std::round(2 * growth);
  const double power = std::abs(growth - whole) < k_near ? whole : growth;
  return std::min(x * std::min(std::exp(power * portable_log(ratio)), 1e150), 1e300);
}

ActivationValue typed_value(const Program& program, double u) noexcept {
  ActivationValue at{};
  rest_of_typed(program, {&u, 1}, &at.value, &at.slope);
  return {program.pieces.at_0 + at.value, at.slope};
}

double typed_bending_q(const Program& program) noexcept {
  constexpr double k_least = 1e-4;  // the plane is searched nine decades about it
  const auto& breaks = program.pieces.breaks;
  const auto zero = std::lower_bound(breaks.begin(), breaks.end(), 0);
  const double width = 2 * std::min(zero[1], -zero[-1]);
  return std::min(1.0, std::max(k_least, width * width));
}

GaussianMoments typed_moments(const Program& program, double q) noexcept {
  const double near = std::min(q, k_far_q);
  Evaluator run{program};
  MomentSums sums;
  run.over_pieces(0, std::sqrt(near), k_range, [&](double z, double weight, ActivationValue at) {
    sums.add(z, weight * density(z), at.value, at.slope);
  });
  GaussianMoments moments = sums.moments(program.pieces.at_0);
  moments.evaluations = run.evaluations;
  if (q > near) {
    const double ratio = q / near;
    moments.mean *= std::sqrt(grown(1, ratio, moments.second_growth));
    moments.second = grown(moments.second, ratio, moments.second_growth);
    moments.variance = grown(moments.variance, ratio, moments.variance_growth);
    moments.slope = grown(moments.slope, ratio, moments.slope_growth);
    moments.slope_fourth = grown(moments.slope_fourth, ratio, 2 * moments.slope_growth);
    moments.mixed = grown(moments.mixed, ratio, moments.slope_growth + moments.second_growth);
  }
  return moments;
}

GaussianPair typed_pair(const Program& program, double q, double c) {
  const double near = std::min(q, k_far_q), s = std::sqrt(near);
  Evaluator run{program};
  GaussianPair pair;
  if (c == 1) {
    const auto moments = typed_moments(program, near);
    pair = {moments.second, moments.slope};
    run.evaluations += moments.evaluations;
  } else if (c == -1) {
    pair = opposite_pair(run, s);
  } else if (std::abs(c) < 1e-20) {
    const auto mean = run.mean(0, s);
    const double phi = program.pieces.at_0 + mean.value;
    pair = {phi * phi, mean.slope * mean.slope};
  } else {
    pair = common_pair(run, s, c);
  }
  if (q > near) {
    const auto moments = typed_moments(program, near);
    run.evaluations += moments.evaluations;
    const double ratio = q / near, sign = pair.product < 0 ? -1 : 1;
    pair.product = sign * grown(std::abs(pair.product), ratio, moments.second_growth);
    pair.slopes =
        (pair.slopes < 0 ? -1 : 1) * grown(std::abs(pair.slopes), ratio, moments.slope_growth);
  }
  pair.evaluations = run.evaluations;
  return pair;
}

}  // namespace

bool scale_free(const Program& program) noexcept { return program.pieces.scale_free; }

const TypedAverages k_typed_averages{typed_value, typed_bending_q, typed_moments, typed_pair};

}  // namespace initscope
