// The pieces of the line on which an expression is smooth: from 0 outwards, between its kinks, each
// grows until the last of its Chebyshev coefficients are no longer negligible.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "functions/program.hpp"

namespace initscope {
namespace {

constexpr int k_most_pieces = 28;  // on either side
constexpr double k_most_size = 1e70;
constexpr double k_most_float = 3.4028234e38;

bool sized(ValueAt value, double most) noexcept {
  return std::abs(value.value) <= most && std::abs(value.slope) <= most;
}

/// Whether phi and phi' are polynomials of degree 15 on [a, b], but for what an average of their
/// squares does not see: the last three of 16 Chebyshev coefficients.
bool smooth(const Program& program, double a, double b, double (&largest)[2]) noexcept {
  constexpr int k_points = 16;
  constexpr double k_tail = 3e-9, k_floor = 1e-6;  // their product is above what rounding leaves
  double u[k_points], values[2][k_points];
  for (int i = 0; i < k_points; ++i)
    u[i] = 0.5 * (a + b) + 0.5 * (b - a) * std::cos(std::numbers::pi * (i + 0.5) / k_points);
  run_program(program, u, values[0], values[1]);
  double seen[2];
  for (int which = 0; which < 2; ++which) {
    const auto& of = values[which];
    double size = 0, tail = 0;
    for (const double value : of) size = std::max(size, std::abs(value));
    if (!(size <= k_most_size)) return false;
    seen[which] = std::max(size, largest[which]);
    for (int k = k_points - 3; k < k_points; ++k) {
      double sum = 0;
      for (int i = 0; i < k_points; ++i)
        sum += of[i] * std::cos(std::numbers::pi * k * (i + 0.5) / k_points);
      tail = std::max(tail, std::abs(sum) * 2 / k_points);
    }
    if (tail > k_tail * std::max(size, k_floor * seen[which])) return false;
  }
  std::copy_n(seen, 2, largest);
  return true;
}

/// The pieces from 0 on, on one side: their ends, in the order in which they were found.
std::vector<double> grow(const Program& program, double side, double end,
                         std::vector<double> kinks) {
  constexpr double k_least = 1.0 / 1048576;
  std::vector<double> ends;
  double from = 0, width = 1, largest[2] = {0, 0};
  auto kink = kinks.begin();
  while (from < end && ends.size() < k_most_pieces) {
    while (kink != kinks.end() && *kink <= from) ++kink;
    const double limit = kink == kinks.end() ? end : std::min(end, *kink);
    double to = std::min(limit, from + width);
    if (limit - to < 0.25 * width) to = limit;  // no sliver is left
    while (to - from > k_least * std::max(1.0, from) &&
           !smooth(program, side * from, side * to, largest))
      to = from + 0.5 * (to - from);
    width = 2 * (to - from);
    if (to == limit) width = std::max(1.0, width);
    from = to;
    ends.push_back(from);
  }
  // Unseen from here on.
  for (; from < end; ends.push_back(from)) {
    while (kink != kinks.end() && *kink <= from) ++kink;
    from = std::min(kink == kinks.end() ? end : std::min(end, *kink), 2 * from + 1);
  }
  return ends;
}

/// The end of what is finite in double, from 0 on.
double reach_of(const Program& program, double side) noexcept {
  double good = 0, u = 1;
  while (u <= k_farthest) {
    if (!sized(value_at(program, side * u), k_most_size)) {
      const auto bad = [&](double x) { return !sized(value_at(program, side * x), k_most_size); };
      double low = good, high = u;
      for (int i = 0; i < 60; ++i) {
        const double middle = 0.5 * (low + high);
        (bad(middle) ? high : low) = middle;
      }
      return low;
    }
    good = u;
    u *= 2;
  }
  return k_farthest;
}

/// phi and phi' are finite as float32 where networks ask for them, on either side of a kink too.
bool check_finite(const Program& program, std::span<const double> kinks, ExpressionFault& fault) {
  std::vector<double> points{0};
  for (int i = 1; i <= 320; ++i)
    for (const double side : {-1.0, 1.0}) points.push_back(side * i * k_asked_range / 320);
  for (const double kink : kinks)
    if (std::abs(kink) <= k_asked_range)
      for (const double side : {-1.0, 1.0})
        points.push_back(kink + side * 1e-9 * std::max(1.0, std::abs(kink)));
  for (const double u : points)
    if (!sized(value_at(program, u), k_most_float)) {
      fault.kind = ExpressionFault::Kind::not_finite;
      fault.at = u;
      return false;
    }
  return true;
}

bool check_continuous(const Program& program, std::span<const double> kinks,
                      ExpressionFault& fault) {
  for (const double kink : kinks) {
    const double step = 1e-9 * std::max(1.0, std::abs(kink));
    const ValueAt below = value_at(program, kink - step), above = value_at(program, kink + step);
    if (!sized(below, k_most_float) || !sized(above, k_most_float)) continue;
    const double allowed = 1e-6 * std::max({1.0, std::abs(below.value), std::abs(above.value)}) +
                           2 * step * (std::abs(below.slope) + std::abs(above.slope));
    if (std::abs(above.value - below.value) <= allowed) continue;
    fault.kind = ExpressionFault::Kind::not_continuous;
    fault.at = kink;
    fault.below = below.value;
    fault.above = above.value;
    return false;
  }
  return true;
}

/// Whether phi is a line on either side of 0, as relu is.
bool is_scale_free(const Program& program) noexcept {
  if (value_at(program, 0).value != 0) return false;
  for (const double side : {-1.0, 1.0}) {
    const double slope = value_at(program, side).slope;
    double u = 1e-6;
    while (u < k_farthest) {
      const ValueAt here = value_at(program, side * u);
      constexpr double k_rounding = 1e-13;
      if (!(std::abs(here.slope - slope) <= k_rounding * std::abs(slope) &&
            std::abs(here.value - slope * side * u) <= k_rounding * std::abs(slope) * u))
        return false;
      u *= 3;
    }
  }
  return true;
}

}  // namespace

bool find_pieces(Program& program, ExpressionFault& fault) {
  Pieces& pieces = program.pieces;
  pieces.kinks = find_kinks(program);
  if (!check_finite(program, pieces.kinks, fault) ||
      !check_continuous(program, pieces.kinks, fault))
    return false;
  pieces.at_0 = value_at(program, 0).value;
  pieces.scale_free = is_scale_free(program);
  pieces.breaks = {0};
  for (const double side : {-1.0, 1.0}) {
    const double end = reach_of(program, side);
    std::vector<double> kinks;
    for (const double kink : pieces.kinks)
      if (side * kink > 0) kinks.push_back(side * kink);
    std::sort(kinks.begin(), kinks.end());
    const auto ends = grow(program, side, end, kinks);
    for (const double each : ends) pieces.breaks.push_back(side * each);
    constexpr double k_small = 1.0 / 256;  // of a piece: u^7 is 1e-17 of it
    (side < 0 ? pieces.small_below : pieces.small_above) =
        side * k_small * std::min(1.0, ends.front());
    (side < 0 ? pieces.lowest : pieces.highest) = side * end;
  }
  std::sort(pieces.breaks.begin(), pieces.breaks.end());
  return true;
}

}  // namespace initscope
