// Activations that a reader types: `x*tanh(softplus(x))`.
//
// An expression is a text in z, or x, with numbers and pi, + - * / ^, parentheses, min, max, abs,
// exp, log, tanh, sigmoid, erf, sin, cos, sqrt, softplus, relu, and where(a < b, c, d), which has
// any of < <= > >=. ^ binds tightest and to the right: -z^2 is -(z^2). It is read into a short
// program, which runs over vectors of float32 with the same bits on every instruction set, and in
// double for theory; its derivative follows from the program by the chain rule. Nothing of a text
// is ever run as anything else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "initscope/activation.hpp"

namespace initscope {

/// Most characters of an expression, operations and functions in it, and of what waits while
/// something within is computed.
inline constexpr std::size_t k_most_expression = 200, k_most_operations = 64, k_most_nesting = 32;

/// Where an expression must be finite, with its slope, as float32: |z| up to this.
inline constexpr double k_asked_range = 10;

/// What is wrong with a text.
struct ExpressionFault {
  enum class Kind : std::uint8_t {
    none,
    too_long,        ///< more than k_most_expression characters
    syntax,          ///< `found` at `column`, where `allowed` may stand
    too_many,        ///< more than k_most_operations
    too_deep,        ///< more than k_most_nesting
    not_finite,      ///< phi or phi' at z = `at`
    not_continuous,  ///< jumps at z = `at`, from `below` to `above`: it has no derivative there
  };
  Kind kind = Kind::none;
  std::size_t column = 0;  ///< from 1, in characters
  std::string found, allowed;
  double at = 0, below = 0, above = 0;
};

/// Owns what was read of a text; copies share it.
class Expression {
 public:
  Expression() = default;

  /// The expression, or an empty one and what is wrong with the text, be it what it may: 0.1 to 2
  /// ms.
  static Expression read(std::string_view text, ExpressionFault& fault);

  /// The activation, which is good as long as this expression or a copy of it lives. Of an empty
  /// one the identity.
  ActivationSpec activation() const noexcept {
    return {.id = Activation::typed, .program = program_.get()};
  }
  explicit operator bool() const noexcept { return program_ != nullptr; }

 private:
  std::shared_ptr<const Program> program_;
};

}  // namespace initscope
