// Programs of expressions in double, and what theory has to know of them.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "initscope/expression.hpp"
#include "simd/program.hpp"

namespace initscope {

/// Reads a text into a program; false, and what is wrong, where it is not one. Pieces are left.
bool parse(std::string_view text, Program& program, ExpressionFault& fault);

/// How many values an operation takes from the stack.
int arguments_of(Operation operation) noexcept;

/// Finds the pieces; false, and what is wrong, for a function that no network can have.
bool find_pieces(Program& program, ExpressionFault& fault);

/// phi(u[i]) and phi'(u[i]) as the program gives them, by the C library's functions; as many as u
/// has.
void run_program(const Program& program, std::span<const double> u, double* value,
                 double* slope) noexcept;

/// phi and phi' at one point, as the program gives them.
struct ValueAt {
  double value, slope;
};
inline ValueAt value_at(const Program& program, double u) noexcept {
  ValueAt result{};
  run_program(program, {&u, 1}, &result.value, &result.slope);
  return result;
}

/// |u| up to which averages follow an activation: beyond, an activation is a power law.
inline constexpr double k_farthest = 1048576;

/// Where phi bends, ascending; 16 kinks at most, those nearest to 0.
std::vector<double> find_kinks(const Program& program);

/// phi(u) - phi(0), in which nothing cancels, and phi'(u). Beyond the lowest and the highest u that
/// the pieces know phi is its tangent there; where it is no number, as it may be beyond
/// k_asked_range, both are 0.
void rest_of_typed(const Program& program, std::span<const double> u, double* rest,
                   double* slope) noexcept;

}  // namespace initscope
