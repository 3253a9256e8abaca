// Programs of expressions in double, and what theory has to know of them.
#pragma once

#include <span>
#include <string_view>

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

/// The same, beyond the lowest and the highest that the pieces know by the tangent there, and with
/// `rest` = phi(u) - phi(0), in which nothing cancels, for the value. 0 where either is no number,
/// which it may be beyond k_asked_range.
void rest_of_typed(const Program& program, std::span<const double> u, double* rest,
                   double* slope) noexcept;

}  // namespace initscope
