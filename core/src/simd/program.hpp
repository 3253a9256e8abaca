// What an expression was read into: a program for a stack machine of vectors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "initscope/expression.hpp"

namespace initscope {

enum class Operation : std::uint8_t {
  number,
  variable,
  add,
  subtract,
  multiply,
  divide,
  negate,
  power,        ///< of a positive base
  whole_power,  ///< by multiplications
  min,
  max,
  abs,
  exp,
  log,
  tanh,
  sigmoid,
  erf,
  sin,
  cos,
  sqrt,
  softplus,
  relu,
  where_below,     ///< of a, b, c, d: c where a < b, d elsewhere
  where_at_most,   ///< a <= b
  where_above,     ///< a > b
  where_at_least,  ///< a >= b
};

struct Instruction {
  Operation operation = Operation::number;
  std::int32_t exponent = 0;  ///< of whole_power
  double number = 0;
};

/// What theory knows of an expression as a function: where it is cut into smooth pieces.
struct Pieces {
  /// Ascending; 0 is among them. Between two of them phi is as good as a polynomial of degree 15.
  std::vector<double> breaks;
  /// Those of the breaks at which phi bends.
  std::vector<double> kinks;
  /// Ends beyond which phi is continued by its tangent: it is not finite in double, or no pieces
  /// are known.
  double lowest = 0, highest = 0;
  double at_0 = 0;          ///< phi(0)
  bool scale_free = false;  ///< whether phi(a z) = a phi(z) for a > 0
  /// Ends of the neighbourhood of 0 where phi(u) - phi(0) is the integral of phi', so that nothing
  /// cancels.
  double small_below = 0, small_above = 0;
};

struct Program {
  // An array, for kernels call no function that is not of their own instruction set.
  Instruction code[k_most_expression];
  std::size_t size = 0;
  Pieces pieces;
};

}  // namespace initscope
