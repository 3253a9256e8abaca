// The text of an expression, by recursive descent, into instructions for a stack.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <numbers>
#include <string>

#include "functions/decimal.hpp"
#include "functions/program.hpp"

namespace initscope {
namespace {

constexpr const char* k_after_value = "+ - * / ^ ) or the end";
constexpr const char* k_value =
    "a number, z, pi, ( , -, min, max, abs, exp, log, tanh, sigmoid, erf, sin, cos, sqrt, "
    "softplus, "
    "relu, where";
constexpr const char* k_comparison = "< <= > >=";

struct Function {
  std::string_view name;
  Operation operation;
  int arguments;
};
constexpr Function k_functions[] = {
    {"min", Operation::min, 2},         {"max", Operation::max, 2},
    {"abs", Operation::abs, 1},         {"exp", Operation::exp, 1},
    {"log", Operation::log, 1},         {"tanh", Operation::tanh, 1},
    {"sigmoid", Operation::sigmoid, 1}, {"erf", Operation::erf, 1},
    {"sin", Operation::sin, 1},         {"cos", Operation::cos, 1},
    {"sqrt", Operation::sqrt, 1},       {"softplus", Operation::softplus, 1},
    {"relu", Operation::relu, 1},       {"where", Operation::where_below, 4},
};

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_space(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
/// A byte of UTF-8 that begins no character.
bool continues(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::size_t characters(std::string_view text) noexcept {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !continues(c); }));
}

class Parser {
 public:
  Parser(std::string_view text, Program& program, ExpressionFault& fault)
      : text_(text), program_(program), fault_(fault) {}

  bool read() {
    if (characters(text_) > k_most_expression || text_.size() > 4 * k_most_expression)
      return fail(ExpressionFault::Kind::too_long);
    if (!sum(0)) return false;
    skip();
    return at_ == text_.size() || unexpected(k_after_value);
  }

 private:
  bool fail(ExpressionFault::Kind kind) {
    if (fault_.kind == ExpressionFault::Kind::none) fault_.kind = kind;
    return false;
  }

  /// What stands here, a word or a number as a whole, is none of what may.
  bool unexpected(const char* allowed) {
    std::size_t end = at_;
    if (end < text_.size()) {
      const bool word = is_letter(text_[end]) || is_digit(text_[end]);
      ++end;
      while (end < text_.size() &&
             (continues(text_[end]) || (word && (is_letter(text_[end]) || is_digit(text_[end])))))
        ++end;
    }
    fault_.column = characters(text_.substr(0, at_)) + 1;
    fault_.found = std::string(text_.substr(at_, end - at_));
    fault_.allowed = allowed;
    return fail(ExpressionFault::Kind::syntax);
  }

  void skip() noexcept {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }
  bool take(char wanted) noexcept {
    skip();
    if (at_ == text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  bool add(Instruction instruction) {
    const int arguments = arguments_of(instruction.operation);
    if (arguments > 0 && ++operations_ > k_most_operations)
      return fail(ExpressionFault::Kind::too_many);
    depth_ += 1 - arguments;
    if (depth_ > static_cast<int>(k_most_nesting)) return fail(ExpressionFault::Kind::too_deep);
    if (program_.size == k_most_expression) return fail(ExpressionFault::Kind::too_many);
    program_.code[program_.size++] = instruction;
    fold();
    return true;
  }

  double* number_before(std::size_t back) noexcept {
    if (program_.size < back) return nullptr;
    Instruction& at = program_.code[program_.size - back];
    return at.operation == Operation::number ? &at.number : nullptr;
  }

  /// Operations on numbers alone are done here, where IEEE 754 says what they give.
  void fold() noexcept {
    const Operation operation = program_.code[program_.size - 1].operation;
    double result = NAN;
    const double* last = number_before(2);
    if (last == nullptr) return;
    if (operation == Operation::negate) result = -*last;
    if (operation == Operation::abs) result = std::abs(*last);
    if (operation == Operation::sqrt) result = std::sqrt(*last);
    std::size_t used = 2;
    if (const double* first = number_before(3); first != nullptr) {
      if (operation == Operation::add) result = *first + *last;
      if (operation == Operation::subtract) result = *first - *last;
      if (operation == Operation::multiply) result = *first * *last;
      if (operation == Operation::divide) result = *first / *last;
      if (arguments_of(operation) == 2) used = 3;
    }
    if (!std::isfinite(result)) return;
    program_.size -= used - 1;
    program_.code[program_.size - 1] = {Operation::number, 0, result};
  }

  // Each level is one of the grammar's; `nesting` counts those that wait.
  bool sum(std::size_t nesting) {
    if (!term(nesting)) return false;
    for (;;) {
      const bool plus = take('+');
      if (!plus && !take('-')) return true;
      if (!term(nesting) || !add({plus ? Operation::add : Operation::subtract})) return false;
    }
  }

  bool term(std::size_t nesting) {
    if (!factor(nesting)) return false;
    for (;;) {
      const bool times = take('*');
      if (!times && !take('/')) return true;
      if (!factor(nesting) || !add({times ? Operation::multiply : Operation::divide})) return false;
    }
  }

  bool factor(std::size_t nesting) {
    if (nesting >= k_most_nesting) return fail(ExpressionFault::Kind::too_deep);
    if (take('-')) return factor(nesting + 1) && add({Operation::negate});
    if (take('+')) return factor(nesting + 1);
    if (!value(nesting)) return false;
    if (!take('^')) return true;
    return factor(nesting + 1) && power();
  }

  bool power() {
    constexpr double k_most_exponent = 64;
    if (const double* exponent = number_before(1); exponent != nullptr) {
      const double n = *exponent;
      if (n == 0.5) {
        drop();
        return add({Operation::sqrt});
      }
      if (n == std::floor(n) && n != 0 && std::abs(n) <= k_most_exponent) {
        drop();
        return add({Operation::whole_power, static_cast<std::int32_t>(n)});
      }
    }
    return add({Operation::power});
  }
  void drop() noexcept {
    --program_.size;
    --depth_;
  }

  bool value(std::size_t nesting) {
    skip();
    if (at_ == text_.size()) return unexpected(k_value);
    const char c = text_[at_];
    if (is_digit(c) || c == '.') return number();
    if (is_letter(c)) return name(nesting);
    if (!take('(')) return unexpected(k_value);
    if (!sum(nesting + 1)) return false;
    return take(')') || unexpected("+ - * / ^ )");
  }

  bool number() {
    const Decimal decimal = read_decimal(text_.substr(at_));
    if (decimal.length == 0) return unexpected(k_value);
    if (!decimal.in_range) return unexpected("a number of 1e-40..1e40");
    at_ += decimal.length;
    if (at_ < text_.size() && is_letter(text_[at_])) return unexpected(k_after_value);
    return add({Operation::number, 0, decimal.value});
  }

  bool name(std::size_t nesting) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (word == "z" || word == "x") return add({Operation::variable});
    if (word == "pi") return add({Operation::number, 0, std::numbers::pi});
    for (const Function& function : k_functions)
      if (word == function.name) {
        if (!take('(')) return unexpected("(");
        return call(function, nesting + 1);
      }
    at_ = begin;
    return unexpected(k_value);
  }

  bool call(const Function& function, std::size_t nesting) {
    Operation operation = function.operation;
    for (int i = 0; i < function.arguments; ++i) {
      if (!sum(nesting)) return false;
      if (operation == Operation::where_below && i == 0) {
        if (!comparison(operation)) return false;
        if (!sum(nesting)) return false;
        ++i;
      }
      const bool last = i + 1 == function.arguments;
      if (!take(last ? ')' : ',')) return unexpected(last ? "+ - * / ^ )" : "+ - * / ^ ,");
    }
    return add({operation});
  }

  bool comparison(Operation& operation) {
    const bool above = take('>');
    if (!above && !take('<')) return unexpected(k_comparison);
    const bool equal = at_ < text_.size() && text_[at_] == '=';
    if (equal) ++at_;
    operation = above ? (equal ? Operation::where_at_least : Operation::where_above)
                      : (equal ? Operation::where_at_most : Operation::where_below);
    return true;
  }

  std::string_view text_;
  Program& program_;
  ExpressionFault& fault_;
  std::size_t at_ = 0, operations_ = 0;
  int depth_ = 0;
};

}  // namespace

int arguments_of(Operation operation) noexcept {
  switch (operation) {
    case Operation::number:
    case Operation::variable:
      return 0;
    case Operation::add:
    case Operation::subtract:
    case Operation::multiply:
    case Operation::divide:
    case Operation::power:
    case Operation::min:
    case Operation::max:
      return 2;
    case Operation::where_below:
    case Operation::where_at_most:
    case Operation::where_above:
    case Operation::where_at_least:
      return 4;
    default:
      return 1;
  }
}

bool parse(std::string_view text, Program& program, ExpressionFault& fault) {
  return Parser(text, program, fault).read();
}

}  // namespace initscope
