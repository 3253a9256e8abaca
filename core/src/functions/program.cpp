// Programs in double.
#include "functions/program.hpp"

#include <algorithm>
#include <cmath>

#include "initscope/special.hpp"
#include "simd/interpreter.hpp"

namespace initscope {
namespace {

struct DoubleFunctions {
  using V = double;
  static constexpr std::size_t k_row = 16;

  static double number(double value) noexcept { return value; }
  static double select(bool which, double a, double b) noexcept { return which ? a : b; }
  static double negate(double v) noexcept { return -v; }
  static double quotient(double a, double b) noexcept { return a / b; }
  static double abs(double v) noexcept { return std::abs(v); }
  static double sqrt(double v) noexcept { return std::sqrt(v); }
  static double exp(double v) noexcept { return std::exp(v); }
  static double tanh(double v) noexcept { return std::tanh(v); }
  static double sigmoid(double v) noexcept {
    const double e = std::exp(-std::abs(v));
    return v < 0 ? e / (1 + e) : 1 / (1 + e);
  }
  static double erf(double v) noexcept { return std::erf(v); }
  static double sin(double v) noexcept { return std::sin(v); }
  static double cos(double v) noexcept { return std::cos(v); }
  static double softplus(double v) noexcept {
    return (v < 0 ? 0 : v) + std::log1p(std::exp(-std::abs(v)));
  }
  static double log(double v) noexcept { return portable_log(v); }
  static double power(double v, double y) noexcept { return std::exp(y * portable_log(v)); }
};

using Run = simd::Interpreter<DoubleFunctions>;

/// No further from 0 than that fourth powers, and their products with squares, are finite.
double bounded(double value) noexcept {
  constexpr double k_most = 1e72;
  return std::min(std::max(value, -k_most), k_most);
}

/// phi' on [0, u] by Gauss and Legendre's rule of three points.
double integral_to(const Program& program, double u) noexcept {
  constexpr double k_root = 0.774596669241483377;  // sqrt(3 / 5)
  const double at[] = {0.5 * u * (1 - k_root), 0.5 * u, 0.5 * u * (1 + k_root)};
  double value[3], slope[3];
  run_program(program, at, value, slope);
  return u * (5 * slope[0] + 8 * slope[1] + 5 * slope[2]) / 18;
}

}  // namespace

void run_program(const Program& program, std::span<const double> u, double* value,
                 double* slope) noexcept {
  Run::Stack stack;
  for (std::size_t first = 0; first < u.size(); first += DoubleFunctions::k_row) {
    const std::size_t size = std::min(DoubleFunctions::k_row, u.size() - first);
    Run::run<true>(program, u.data() + first, size, stack);
    std::copy_n(stack.value[0], size, value + first);
    std::copy_n(stack.slope[0], size, slope + first);
  }
}

void rest_of_typed(const Program& program, std::span<const double> u, double* rest,
                   double* slope) noexcept {
  const Pieces& pieces = program.pieces;
  double kept[DoubleFunctions::k_row];
  for (std::size_t first = 0; first < u.size(); first += DoubleFunctions::k_row) {
    const std::size_t size = std::min(DoubleFunctions::k_row, u.size() - first);
    for (std::size_t i = 0; i < size; ++i)
      kept[i] = std::min(std::max(u[first + i], pieces.lowest), pieces.highest);
    run_program(program, {kept, size}, rest + first, slope + first);
    for (std::size_t i = 0; i < size; ++i) {
      double &here = rest[first + i], &there = slope[first + i];
      const double at = u[first + i];
      if (std::isnan(here) || std::isnan(there)) here = there = 0;
      if (at > pieces.small_below && at < pieces.small_above)
        here = integral_to(program, at);
      else
        here += there * (at - kept[i]) - pieces.at_0;
      here = bounded(here);
      there = bounded(there);
    }
  }
}

}  // namespace initscope
