// An expression's program, written back as an expression of Python: a walk over the program with a
// stack of texts, each of which knows how tightly it binds.
#include "initscope/python.hpp"

#include <cmath>
#include <vector>

#include "functions/program.hpp"
#include "initscope/spec.hpp"

namespace initscope {
namespace {

/// How tightly Python binds, from the loosest on.
enum Binding : std::uint8_t { k_sum, k_product, k_sign, k_power, k_atom };

struct Part {
  std::string text;
  Binding binding = k_atom;
  bool is_number = false;
  double number = 0;
};

/// What a library calls its functions. Torch's take tensors alone where another number than the
/// first argument's would do elsewhere.
struct Library {
  const char *tanh, *sigmoid, *erf, *sin, *cos, *exp, *log, *sqrt, *abs, *relu, *softplus;
  const char *minimum, *maximum, *where, *full_like;
  bool only_tensors;
};

constexpr Library k_torch = {
    .tanh = "torch.tanh",
    .sigmoid = "torch.sigmoid",
    .erf = "torch.erf",
    .sin = "torch.sin",
    .cos = "torch.cos",
    .exp = "torch.exp",
    .log = "torch.log",
    .sqrt = "torch.sqrt",
    .abs = "torch.abs",
    .relu = "torch.relu",
    .softplus = "torch.nn.functional.softplus",
    .minimum = "torch.minimum",
    .maximum = "torch.maximum",
    .where = "torch.where",
    .full_like = "torch.full_like",
    .only_tensors = true,
};
constexpr Library k_keras = {
    .tanh = "keras.ops.tanh",
    .sigmoid = "keras.ops.sigmoid",
    .erf = "keras.ops.erf",
    .sin = "keras.ops.sin",
    .cos = "keras.ops.cos",
    .exp = "keras.ops.exp",
    .log = "keras.ops.log",
    .sqrt = "keras.ops.sqrt",
    .abs = "keras.ops.abs",
    .relu = "keras.ops.relu",
    .softplus = "keras.ops.softplus",
    .minimum = "keras.ops.minimum",
    .maximum = "keras.ops.maximum",
    .where = "keras.ops.where",
    .full_like = "keras.ops.full_like",
    .only_tensors = false,
};
constexpr Library k_jax = {
    .tanh = "jnp.tanh",
    .sigmoid = "jax.nn.sigmoid",
    .erf = "jax.scipy.special.erf",
    .sin = "jnp.sin",
    .cos = "jnp.cos",
    .exp = "jnp.exp",
    .log = "jnp.log",
    .sqrt = "jnp.sqrt",
    .abs = "jnp.abs",
    .relu = "jax.nn.relu",
    .softplus = "jax.nn.softplus",
    .minimum = "jnp.minimum",
    .maximum = "jnp.maximum",
    .where = "jnp.where",
    .full_like = "jnp.full_like",
    .only_tensors = false,
};

const char* function_of(Operation operation, const Library& library) {
  switch (operation) {
    case Operation::tanh:
      return library.tanh;
    case Operation::sigmoid:
      return library.sigmoid;
    case Operation::erf:
      return library.erf;
    case Operation::sin:
      return library.sin;
    case Operation::cos:
      return library.cos;
    case Operation::exp:
      return library.exp;
    case Operation::log:
      return library.log;
    case Operation::sqrt:
      return library.sqrt;
    case Operation::abs:
      return library.abs;
    case Operation::relu:
      return library.relu;
    case Operation::softplus:
      return library.softplus;
    case Operation::min:
      return library.minimum;
    case Operation::max:
      return library.maximum;
    default:
      return "";
  }
}

Part number_part(double value) {
  const bool negative = std::signbit(value);
  if (std::isnan(value)) return {"float('nan')", k_atom, true, value};
  if (std::isinf(value))
    return {negative ? "-float('inf')" : "float('inf')", negative ? k_sign : k_atom, true, value};
  std::string text = to_text(value);
  // A number of Python is one of floats: 2 ** z of an integer is not everywhere.
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return {text, negative ? k_sign : k_atom, true, value};
}

std::string in_brackets(const Part& part, Binding least) {
  return part.binding < least ? '(' + part.text + ')' : part.text;
}

Part infix(const Part& left, const char* sign, const Part& right, Binding binding) {
  return {in_brackets(left, binding) + sign + in_brackets(right, static_cast<Binding>(binding + 1)),
          binding};
}

class Writer {
 public:
  explicit Writer(const Library& library) : library_(library) {}

  std::string write(const Program& program) {
    for (std::size_t i = 0; i < program.size; ++i) step(program.code[i]);
    const Part whole = stack_.back();
    return whole.is_number ? tensor(whole) : whole.text;
  }

 private:
  Part pop() {
    Part part = std::move(stack_.back());
    stack_.pop_back();
    return part;
  }

  /// A number as what has z's shape.
  std::string tensor(const Part& part) const {
    return part.is_number ? std::string(library_.full_like) + "(z, " + part.text + ')' : part.text;
  }
  /// The same where the library takes no numbers.
  std::string argument(const Part& part) const {
    return library_.only_tensors ? tensor(part) : part.text;
  }

  /// What an instruction on numbers alone gives, by the program's own arithmetic.
  static Part computed(const Instruction& instruction, std::span<const Part> arguments) {
    Program program;
    for (const Part& part : arguments)
      program.code[program.size++] = {Operation::number, 0, part.number};
    program.code[program.size++] = instruction;
    return number_part(value_at(program, 0).value);
  }

  void step(const Instruction& instruction) {
    const Operation operation = instruction.operation;
    if (operation == Operation::number) return stack_.push_back(number_part(instruction.number));
    if (operation == Operation::variable) return stack_.push_back({"z"});
    std::vector<Part> arguments(static_cast<std::size_t>(arguments_of(operation)));
    bool numbers = true;
    for (std::size_t i = arguments.size(); i-- > 0;) {
      arguments[i] = pop();
      numbers = numbers && arguments[i].is_number;
    }
    stack_.push_back(numbers ? computed(instruction, arguments) : of(instruction, arguments));
  }

  Part of(const Instruction& instruction, const std::vector<Part>& arguments) const {
    const Part& first = arguments.front();
    const Part& last = arguments.back();
    switch (instruction.operation) {
      case Operation::add:
        return infix(first, " + ", last, k_sum);
      case Operation::subtract:
        return infix(first, " - ", last, k_sum);
      case Operation::multiply:
        return infix(first, " * ", last, k_product);
      case Operation::divide:
        return infix(first, " / ", last, k_product);
      case Operation::negate:
        return {'-' + in_brackets(first, k_power), k_sign};
      case Operation::whole_power:
        return {in_brackets(first, k_atom) + " ** " + std::to_string(instruction.exponent),
                k_power};
      case Operation::power:
        return {in_brackets(first, k_atom) + " ** " + in_brackets(last, k_atom), k_power};
      case Operation::where_below:
        return where(arguments, " < ");
      case Operation::where_at_most:
        return where(arguments, " <= ");
      case Operation::where_above:
        return where(arguments, " > ");
      case Operation::where_at_least:
        return where(arguments, " >= ");
      case Operation::min:
      case Operation::max:
        return call(function_of(instruction.operation, library_), argument(first), argument(last));
      default:
        return {std::string(function_of(instruction.operation, library_)) + '(' + first.text + ')'};
    }
  }

  static Part call(const char* name, const std::string& first, const std::string& last) {
    return {std::string(name) + '(' + first + ", " + last + ')'};
  }

  /// Both sides of the comparison may be numbers, which decide at once.
  Part where(const std::vector<Part>& of, const char* sign) const {
    if (of[0].is_number && of[1].is_number) return of[decides(of, sign) ? 2 : 3];
    return {std::string(library_.where) + '(' + of[0].text + sign + of[1].text + ", " +
            argument(of[2]) + ", " + argument(of[3]) + ')'};
  }
  static bool decides(const std::vector<Part>& of, const std::string& sign) {
    const double a = of[0].number, b = of[1].number;
    if (sign == " < ") return a < b;
    if (sign == " <= ") return a <= b;
    return sign == " > " ? a > b : a >= b;
  }

  const Library& library_;
  std::vector<Part> stack_;
};

}  // namespace

PythonTexts python_of(const Expression& expression) {
  const Program* program = expression ? expression.activation().program : nullptr;
  if (program == nullptr) return {};
  return {Writer(k_torch).write(*program), Writer(k_keras).write(*program),
          Writer(k_jax).write(*program)};
}

}  // namespace initscope
