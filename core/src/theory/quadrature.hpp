// Rules of quadrature against a Gaussian: on panels that begin at a kink, and on the whole line.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

namespace initscope {

/// Density of N(0, 1); its last digits may differ between machines, unlike those of special.hpp's.
inline double density(double z) noexcept {
  return 0.5 * std::numbers::sqrt2 * std::numbers::inv_sqrtpi * std::exp(-0.5 * z * z);
}

/// Distribution function of N(0, 1), with the same reservation; no digits are lost in the lower
/// tail.
inline double distribution(double z) noexcept {
  return 0.5 * std::erfc(-0.5 * std::numbers::sqrt2 * z);
}

/// A positive node of Gauss and Legendre's rule on [-1, 1] and its weight.
struct Node {
  double x, weight;
};
using Rule = std::span<const Node>;
inline constexpr Node k_rule_16[] = {
    {0.0950125098376374402, 0.1894506104550684963}, {0.2816035507792589132, 0.1826034150449235888},
    {0.4580167776572273863, 0.1691565193950025382}, {0.6178762444026437484, 0.1495959888165767321},
    {0.7554044083550030339, 0.1246289712555338721}, {0.8656312023878317439, 0.0951585116824927848},
    {0.9445750230732325761, 0.0622535239386478929}, {0.9894009349916499326, 0.0271524594117540949}};
// In two dimensions, where each node costs as much as a whole row of the other rule.
inline constexpr Node k_rule_8[] = {{0.1834346424956498049, 0.3626837833783619830},
                                    {0.5255324099163289858, 0.3137066458778872873},
                                    {0.7966664774136267396, 0.2223810344533744706},
                                    {0.9602898564975362317, 0.1012285362903762591}};

/// Panels double from a kink on, up to this width, which the Gaussian's own shape allows.
inline constexpr double k_widest_panel = 1.5;

/// Where an integrand bends: panels begin at `kink`, are as wide as `width` there and double, until
/// beyond `reach` of the kink the integrand is a polynomial times the Gaussian: from there on they
/// are as wide as that allows, however far away it is. Without a reach their number would grow with
/// the logarithm of the range over the width, and its square in two dimensions.
struct Bend {
  double kink, width, reach;
};

/// Calls f(z, weight) for the panel's points.
template <class Function>
void panel(Rule rule, double from, double to, Function f) noexcept {
  const double middle = 0.5 * (from + to), half = 0.5 * std::abs(to - from);
  for (const auto& [x, weight] : rule) {
    f(middle - half * x, half * weight);
    f(middle + half * x, half * weight);
  }
}

/// Calls f(z, weight) over [from, to] in panels that begin at the bend's kink.
template <class Function>
void split_at(Rule rule, const Bend& bend, double from, double to, Function f) noexcept {
  for (const double sign : {-1.0, 1.0}) {
    const double begin = sign < 0 ? bend.kink - to : from - bend.kink,
                 end = sign < 0 ? bend.kink - from : to - bend.kink;
    for (double near = std::max(0.0, begin); near < end;) {
      const double width = near < bend.reach ? std::max(bend.width, near) : k_widest_panel;
      const double far = std::min(end, near + std::min(width, k_widest_panel));
      panel(rule, bend.kink + sign * near, bend.kink + sign * far, f);
      near = far;
    }
  }
}

/// A step of the trapezoidal rule for a function of a Gaussian variable with its nearest pole this
/// far from the real line. By a contour at height y the rule's error is e^(y^2 / 2 - 2 pi y /
/// step): e^-digits at the pole, times a power of 2 pi / step for a pole of higher order, and no
/// more than that for a function without one.
inline double trapezoid_step(double pole, double digits) noexcept {
  const double y = std::min(pole, std::sqrt(2 * digits));
  return 2 * std::numbers::pi * y / (digits + 0.5 * y * y);
}

/// Calls f(z, weight) over [-range, range], the weight with the Gaussian's density.
template <class Function>
void trapezoid(double step, double range, Function f) noexcept {
  const int last = static_cast<int>(range / step);
  for (int i = -last; i <= last; ++i) {
    const double z = step * i;
    f(z, step * density(z));
  }
}

}  // namespace initscope
