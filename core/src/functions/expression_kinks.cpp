// Where an expression bends: an operation that switches (abs, min, max, relu, where) does so where
// what it looks at changes its sign. The program is run up to there over a grid that is fine near
// 0, roots between two points are bisected, and a dip towards 0 is followed to its end.
#include <algorithm>
#include <cmath>

#include "functions/program.hpp"

namespace initscope {
namespace {

// Kinks that count, from the one nearest to 0 on.
constexpr std::size_t k_most_kinks = 16;

/// Instructions of the program that end at `end` and leave one value; where they begin.
std::size_t begin_of(const Program& program, std::size_t end) noexcept {
  int wanted = 1;
  while (wanted > 0) {
    const Operation operation = program.code[--end].operation;
    wanted += arguments_of(operation) - 1;
  }
  return end;
}

void append(const Program& program, std::size_t begin, std::size_t end, Program& to) noexcept {
  for (std::size_t i = begin; i < end; ++i) to.code[to.size++] = program.code[i];
}

/// The function whose sign an instruction looks at; without code where it does not switch.
Program switch_of(const Program& program, std::size_t index) noexcept {
  Program looked_at;
  const Operation operation = program.code[index].operation;
  if (operation == Operation::abs || operation == Operation::relu) {
    append(program, begin_of(program, index), index, looked_at);
    return looked_at;
  }
  const bool extremum = operation == Operation::min || operation == Operation::max;
  if (!extremum && arguments_of(operation) != 4) return looked_at;
  std::size_t end = index;
  if (!extremum)
    for (int i = 0; i < 2; ++i) end = begin_of(program, end);
  const std::size_t second = begin_of(program, end), first = begin_of(program, second);
  // A difference takes no more room: the operation itself is left out.
  append(program, first, end, looked_at);
  looked_at.code[looked_at.size++] = {Operation::subtract};
  return looked_at;
}

/// 0, then by sixteenths up to 16, then 16 an octave.
std::vector<double> grid_points() {
  std::vector<double> grid{0};
  double u = 0.0009765625;
  while (u < 0.0625) {
    grid.push_back(u);
    u *= 1.1892071150027210667;
  }
  for (int i = 1; i <= 256; ++i) grid.push_back(i / 16.0);
  double octave = 16;
  while (octave < k_farthest) {
    for (int i = 1; i <= 16; ++i) grid.push_back(octave * (1 + i / 16.0));
    octave *= 2;
  }
  return grid;
}

/// Where f changes its sign between a and b.
template <class Function>
double bisect(double a, double b, Function f) noexcept {
  const bool begin = f(a);
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (a + b);
    if (middle == a || middle == b) break;
    (f(middle) == begin ? a : b) = middle;
  }
  return b;
}

/// The roots of g from 0 to the end of the grid, on one side.
void find_roots(const Program& g, std::span<const double> grid, double side,
                std::vector<double>& kinks) {
  std::vector<double> u(grid.size()), value(grid.size()), slope(grid.size());
  std::transform(grid.begin(), grid.end(), u.begin(), [side](double x) { return side * x; });
  run_program(g, u, value.data(), slope.data());
  const auto positive = [&g](double x) { return value_at(g, x).value > 0; };
  std::size_t found = 0;
  const auto add = [&](double root) {
    kinks.push_back(root);
    ++found;
  };
  for (std::size_t i = 0; i + 1 < grid.size() && found < k_most_kinks; ++i) {
    const double a = u[i], b = u[i + 1];
    if (value[i] == 0) {
      add(a);
      continue;
    }
    if (value[i + 1] == 0 || std::isnan(value[i]) || std::isnan(value[i + 1])) continue;
    if ((value[i] > 0) != (value[i + 1] > 0)) {
      add(bisect(a, b, positive));
      continue;
    }
    // Towards 0 and away from it again, as |g| goes.
    const double sign = (value[i] > 0 ? 1 : -1) * side;
    if (!(sign * slope[i] < 0 && sign * slope[i + 1] > 0)) continue;
    const double dip = bisect(a, b, [&](double x) { return sign * value_at(g, x).slope > 0; });
    if (positive(dip) == (value[i] > 0)) continue;
    add(bisect(a, dip, positive));
    add(bisect(dip, b, positive));
  }
}

}  // namespace

std::vector<double> find_kinks(const Program& program) {
  std::vector<double> kinks;
  const auto grid = grid_points();
  for (std::size_t i = 0; i < program.size; ++i) {
    const Program g = switch_of(program, i);
    if (g.size == 0) continue;
    for (const double side : {-1.0, 1.0}) find_roots(g, grid, side, kinks);
  }
  std::sort(kinks.begin(), kinks.end(), [](double a, double b) {
    return std::abs(a) != std::abs(b) ? std::abs(a) < std::abs(b) : a < b;
  });
  const auto same = [](double a, double b) { return std::abs(a - b) <= 1e-12 * std::abs(a); };
  std::vector<double> kept;
  for (const double kink : kinks) {
    if (kept.size() == k_most_kinks) break;
    if (std::none_of(kept.begin(), kept.end(), [&](double other) { return same(kink, other); }))
      kept.push_back(kink + 0.0);
  }
  std::sort(kept.begin(), kept.end());
  return kept;
}

}  // namespace initscope
