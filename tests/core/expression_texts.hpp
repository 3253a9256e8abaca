// Expressions by chance: well-formed ones by the grammar, and texts that should not be.
#pragma once

#include <cstdint>
#include <string>

namespace initscope::test {

/// A generator of small numbers, the same on every machine.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed * 2 + 1) {}
  std::size_t below(std::size_t n) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state_ >> 33) % n;
  }

 private:
  std::uint64_t state_;
};

/// An expression of the grammar; `smooth` ones are finite with their slope wherever they are asked.
inline std::string expression_of(Chance& chance, int depth, bool smooth) {
  const auto inner = [&] { return expression_of(chance, depth - 1, smooth); };
  static const char* const k_numbers[] = {"0.5", "2", "1.702", "0.044715", "3", "1e-1", "pi"};
  if (depth == 0 || chance.below(8) == 0)
    return chance.below(3) == 0 ? k_numbers[chance.below(7)] : chance.below(2) == 0 ? "z" : "x";
  static const char* const k_safe[] = {"tanh", "sigmoid", "erf", "sin", "cos", "softplus"};
  static const char* const k_kinked[] = {"abs", "relu"};
  static const char* const k_wild[] = {"exp", "log", "sqrt", "abs", "relu"};
  static const char* const k_compare[] = {"<", "<=", ">", ">="};
  switch (chance.below(smooth ? 7 : 12)) {
    case 0:
      return inner() + "+" + inner();
    case 1:
      return "(" + inner() + ")-(" + inner() + ")";
    case 2:
      return "(" + inner() + ")*(" + inner() + ")";
    case 3:
      return "(" + inner() + ")/(2+tanh(" + inner() + "))";
    case 4:
      return "-(" + inner() + ")^2";
    case 5:
    case 6:
      return std::string(k_safe[chance.below(6)]) + "(" + inner() + ")";
    case 7:
      return std::string(k_kinked[chance.below(2)]) + "(" + inner() + ")";
    case 8:
      return std::string(k_wild[chance.below(5)]) + "(" + inner() + ")";
    case 9:
      return std::string(chance.below(2) == 0 ? "min" : "max") + "(" + inner() + "," + inner() +
             ")";
    case 10:
      return "where(" + inner() + k_compare[chance.below(4)] + inner() + "," + inner() + "," +
             inner() + ")";
    default:
      return "(" + inner() + ")^(" + inner() + ")";
  }
}

/// A text of the grammar's pieces in no order, of any bytes, or an expression with a byte of it
/// changed.
inline std::string hostile_expression(Chance& chance) {
  static const char* const k_parts[] = {
      "z",  "x", "(",  ")",    ",",     "+",     "-",    "*",     "/",    "^",           "<",
      "<=", ">", ">=", "1e",   ".",     "1e999", "0x10", "where", "max",  "tanh",        " ",
      "\t", "1", "**", "exp(", "sqrt(", "((((",  "----", "pi",    "eval", "\xe6\x9d\x83"};
  std::string text;
  switch (chance.below(4)) {
    case 0:
      for (std::size_t n = chance.below(60); n > 0; --n) text += k_parts[chance.below(32)];
      return text;
    case 1:
      for (std::size_t n = chance.below(300); n > 0; --n)
        text += static_cast<char>(chance.below(256));
      return text;
    case 2: {
      const char* part = k_parts[chance.below(32)];
      for (std::size_t n = chance.below(400); n > 0; --n) text += part;
      return text;
    }
    default:
      text = expression_of(chance, 4, false);
      text[chance.below(text.size())] = static_cast<char>(chance.below(256));
      return text;
  }
}

}  // namespace initscope::test
