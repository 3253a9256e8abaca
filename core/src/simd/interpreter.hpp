// Runs a program over rows of vectors, with or without its derivative.
//
// A row is a value of the stack: some vectors, one after the other, each of which is treated as the
// others are, so that any slicing gives the same bits. The derivative is carried beside the value,
// by the rule of each operation.
#pragma once

#include <cstddef>

#include "simd/program.hpp"

namespace initscope::simd {

/// `Functions` has a vector type V, `k_row` of which are a row at most, and its functions.
template <class Functions>
struct Interpreter {
  using M = Functions;
  using V = typename M::V;

  struct Dual {
    V value, slope;
  };
  struct Stack {
    V value[k_most_nesting][M::k_row];
    V slope[k_most_nesting][M::k_row];
  };

  /// v^n, n > 0: squares and products, from the lowest bit on.
  static V whole_power(V v, std::uint32_t n) noexcept {
    V power = v;
    bool first = true;
    for (V square = v; n > 0; n >>= 1, square = square * square)
      if ((n & 1) != 0) {
        power = first ? square : power * square;
        first = false;
      }
    return power;
  }
  static Dual to_whole_power(V v, std::int32_t n) noexcept {
    const V factor = M::number(n);
    if (n > 0) {
      const V before = n == 1 ? M::number(1) : whole_power(v, static_cast<std::uint32_t>(n - 1));
      return {whole_power(v, static_cast<std::uint32_t>(n)), factor * before};
    }
    const V value = M::quotient(M::number(1), whole_power(v, static_cast<std::uint32_t>(-n)));
    return {value, M::quotient(factor * value, v)};
  }
  /// e^-|v| / (1 + e^-|v|)^2, without cancellation where sigmoid is nearly 1.
  static V sigmoid_slope(V v) noexcept {
    const V e = M::exp(M::negate(M::abs(v))), whole = M::number(1) + e;
    return M::quotient(e, whole * whole);
  }
  /// NaN where v is, or where it is compared with NaN.
  static V step(V v) noexcept {
    return M::select(v > M::number(0), M::number(1), M::select(v == v, M::number(0), v));
  }

  // Inlined: the module's two parts cannot pass each other a vector.
  [[gnu::always_inline]] static Dual of(Operation operation, V v) noexcept {
    const V one = M::number(1);
    switch (operation) {
      case Operation::negate:
        return {M::negate(v), M::number(-1)};
      case Operation::abs:  // the slope of 0 is 0
        return {M::abs(v),
                M::select(v > M::number(0), one, M::select(v < M::number(0), M::number(-1), v))};
      case Operation::exp: {
        const V e = M::exp(v);
        return {e, e};
      }
      case Operation::log:
        return {M::log(v), M::quotient(one, v)};
      case Operation::tanh:
        return {M::tanh(v), M::number(4) * sigmoid_slope(v + v)};
      case Operation::sigmoid:
        return {M::sigmoid(v), sigmoid_slope(v)};
      case Operation::erf:
        return {M::erf(v), M::number(1.1283791670955126) * M::exp(M::negate(v * v))};
      case Operation::sin:
        return {M::sin(v), M::cos(v)};
      case Operation::cos:
        return {M::cos(v), M::negate(M::sin(v))};
      case Operation::sqrt: {
        const V root = M::sqrt(v);
        return {root, M::quotient(M::number(0.5), root)};
      }
      case Operation::softplus:
        return {M::softplus(v), M::sigmoid(v)};
      default:  // relu
        return {M::select(v < M::number(0), M::number(0), v), step(v)};
    }
  }

  [[gnu::always_inline]] static Dual of(Operation operation, Dual a, Dual b) noexcept {
    switch (operation) {
      case Operation::add:
        return {a.value + b.value, a.slope + b.slope};
      case Operation::subtract:
        return {a.value - b.value, a.slope - b.slope};
      case Operation::multiply:
        return {a.value * b.value, a.slope * b.value + a.value * b.slope};
      case Operation::divide: {
        const V ratio = M::quotient(a.value, b.value);
        return {ratio, M::quotient(a.slope - ratio * b.slope, b.value)};
      }
      case Operation::power: {
        const V zero = M::number(0);
        const V value = M::power(a.value, b.value);
        const V by_base = b.value * M::power(a.value, b.value - M::number(1)) * a.slope;
        const V by_exponent = value * M::log(a.value) * b.slope;
        return {value, by_base + M::select(b.slope == zero, zero, by_exponent)};
      }
      default: {  // min and max; where both are equal, half of either slope, as torch has it
        const bool most = operation == Operation::max;
        const V neither = a.value + b.value, half = M::number(0.5) * (a.slope + b.slope);
        const auto first = most ? a.value > b.value : a.value < b.value,
                   second = most ? b.value > a.value : b.value < a.value;
        const auto same = a.value == b.value;
        return {
            M::select(first, a.value,
                      M::select(second, b.value, M::select(same, a.value, neither))),
            M::select(first, a.slope, M::select(second, b.slope, M::select(same, half, neither)))};
      }
    }
  }

  static auto compare(Operation operation, V a, V b) noexcept {
    switch (operation) {
      case Operation::where_below:
        return a < b;
      case Operation::where_at_most:
        return a <= b;
      case Operation::where_above:
        return a > b;
      default:
        return a >= b;
    }
  }

  /// Leaves phi(z) in the stack's first row, and phi'(z) too if `kSlopes`; `size` vectors of z.
  template <bool kSlopes>
  static void run(const Program& program, const V* z, std::size_t size, Stack& stack) noexcept {
    std::size_t top = 0;  // rows on the stack
    for (std::size_t index = 0; index < program.size; ++index) {
      const Instruction& at = program.code[index];
      switch (at.operation) {
        case Operation::number: {
          const V number = M::number(at.number);
          for (std::size_t i = 0; i < size; ++i) {
            stack.value[top][i] = number;
            if constexpr (kSlopes) stack.slope[top][i] = M::number(0);
          }
          ++top;
          break;
        }
        case Operation::variable:
          for (std::size_t i = 0; i < size; ++i) {
            stack.value[top][i] = z[i];
            if constexpr (kSlopes) stack.slope[top][i] = M::number(1);
          }
          ++top;
          break;
        case Operation::add:
          pair<kSlopes, Operation::add>(stack, --top, size);
          break;
        case Operation::subtract:
          pair<kSlopes, Operation::subtract>(stack, --top, size);
          break;
        case Operation::multiply:
          pair<kSlopes, Operation::multiply>(stack, --top, size);
          break;
        case Operation::divide:
          pair<kSlopes, Operation::divide>(stack, --top, size);
          break;
        case Operation::power:
          pair<kSlopes, Operation::power>(stack, --top, size);
          break;
        case Operation::min:
          pair<kSlopes, Operation::min>(stack, --top, size);
          break;
        case Operation::max:
          pair<kSlopes, Operation::max>(stack, --top, size);
          break;
        case Operation::whole_power:
          each<kSlopes>(stack, top - 1, size,
                        [&at](V v) { return to_whole_power(v, at.exponent); });
          break;
        case Operation::where_below:
          where<kSlopes, Operation::where_below>(stack, top -= 3, size);
          break;
        case Operation::where_at_most:
          where<kSlopes, Operation::where_at_most>(stack, top -= 3, size);
          break;
        case Operation::where_above:
          where<kSlopes, Operation::where_above>(stack, top -= 3, size);
          break;
        case Operation::where_at_least:
          where<kSlopes, Operation::where_at_least>(stack, top -= 3, size);
          break;
        case Operation::negate:
          one<kSlopes, Operation::negate>(stack, top - 1, size);
          break;
        case Operation::abs:
          one<kSlopes, Operation::abs>(stack, top - 1, size);
          break;
        case Operation::exp:
          one<kSlopes, Operation::exp>(stack, top - 1, size);
          break;
        case Operation::log:
          one<kSlopes, Operation::log>(stack, top - 1, size);
          break;
        case Operation::tanh:
          one<kSlopes, Operation::tanh>(stack, top - 1, size);
          break;
        case Operation::sigmoid:
          one<kSlopes, Operation::sigmoid>(stack, top - 1, size);
          break;
        case Operation::erf:
          one<kSlopes, Operation::erf>(stack, top - 1, size);
          break;
        case Operation::sin:
          one<kSlopes, Operation::sin>(stack, top - 1, size);
          break;
        case Operation::cos:
          one<kSlopes, Operation::cos>(stack, top - 1, size);
          break;
        case Operation::sqrt:
          one<kSlopes, Operation::sqrt>(stack, top - 1, size);
          break;
        case Operation::softplus:
          one<kSlopes, Operation::softplus>(stack, top - 1, size);
          break;
        case Operation::relu:
          one<kSlopes, Operation::relu>(stack, top - 1, size);
          break;
      }
    }
  }

 private:
  template <bool kSlopes, class Function>
  static void each(Stack& stack, std::size_t row, std::size_t size, Function f) noexcept {
    for (std::size_t i = 0; i < size; ++i) {
      const Dual result = f(stack.value[row][i]);
      stack.value[row][i] = result.value;
      if constexpr (kSlopes) stack.slope[row][i] = result.slope * stack.slope[row][i];
    }
  }
  template <bool kSlopes, Operation kOperation>
  static void one(Stack& stack, std::size_t row, std::size_t size) noexcept {
    each<kSlopes>(stack, row, size, [](V v) { return of(kOperation, v); });
  }

  /// Combines the last two rows, of which `second` is the later.
  template <bool kSlopes, Operation kOperation>
  static void pair(Stack& stack, std::size_t second, std::size_t size) noexcept {
    const std::size_t row = second - 1;
    for (std::size_t i = 0; i < size; ++i) {
      Dual a{stack.value[row][i], M::number(0)}, b{stack.value[second][i], M::number(0)};
      if constexpr (kSlopes) {
        a.slope = stack.slope[row][i];
        b.slope = stack.slope[second][i];
      }
      const Dual result = of(kOperation, a, b);
      stack.value[row][i] = result.value;
      if constexpr (kSlopes) stack.slope[row][i] = result.slope;
    }
  }

  /// Chooses by the last four rows; `next` is the one after the first of them.
  template <bool kSlopes, Operation kOperation>
  static void where(Stack& stack, std::size_t next, std::size_t size) noexcept {
    const std::size_t row = next - 1;
    for (std::size_t i = 0; i < size; ++i) {
      const auto holds = compare(kOperation, stack.value[row][i], stack.value[next][i]);
      stack.value[row][i] = M::select(holds, stack.value[next + 1][i], stack.value[next + 2][i]);
      if constexpr (kSlopes)
        stack.slope[row][i] = M::select(holds, stack.slope[next + 1][i], stack.slope[next + 2][i]);
    }
  }
};

}  // namespace initscope::simd
