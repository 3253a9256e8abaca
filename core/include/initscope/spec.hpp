// Specs: what a caller asks for, as named values, and how they are checked.
//
// A spec is one flat map of field -> number, text or list, the same from C++, from WebAssembly and
// in a URL. A reader takes it apart against a table of fields and says, as data, what is wrong.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "initscope/shape.hpp"

namespace initscope {

/// A number, a text or a list of numbers, as it is written: 50, 0.5, "tanh", {512, 256}. Not a
/// bool: a flag is the text "true" or "false". A whole number that a double cannot hold, as a seed
/// may be, is its text.
class Value : public std::variant<double, std::string, std::vector<double>> {
 public:
  Value() noexcept;
  template <std::floating_point Number>
  Value(Number number) : Value(Real{static_cast<double>(number)}) {}
  template <std::integral Number>
  requires(!std::same_as<Number, bool>) Value(Number number)
      : Value(Whole{number < 0, static_cast<std::uint64_t>(number)}) {}
  Value(std::string text);
  Value(std::string_view text);
  Value(const char* text);
  Value(std::vector<double> list);
  Value(std::initializer_list<double> list);
  Value(const Value&);
  Value(Value&&) noexcept;
  Value& operator=(const Value&);
  Value& operator=(Value&&) noexcept;
  ~Value();

 private:
  struct Real {
    double number;
  };
  struct Whole {
    bool negative;
    std::uint64_t bits;  ///< counted from 2^64 if it is negative
  };
  explicit Value(Real real);
  explicit Value(Whole whole);
};

/// Named values in the order in which they were set; a later value replaces an earlier one.
class Spec {
 public:
  Spec() = default;
  Spec(std::initializer_list<std::pair<std::string, Value>> entries);

  void set(std::string name, Value value);
  const Value* find(std::string_view name) const noexcept;

  /// Values of a field that is known to be there and of that kind (after a check).
  double number(std::string_view name) const noexcept;
  const std::string& text(std::string_view name) const noexcept;

  auto begin() const noexcept { return entries_.begin(); }
  auto end() const noexcept { return entries_.end(); }

 private:
  std::vector<std::pair<std::string, Value>> entries_;
};

/// A text is any of at most `max` bytes, whose grammar its reader knows.
enum class Kind : std::uint8_t { number, integer, choice, seed, shape, scheme, text };

/// Seeds that torch.manual_seed takes; a negative one counts from 2^64.
inline constexpr std::int64_t k_least_seed = std::numeric_limits<std::int64_t>::min();
inline constexpr std::uint64_t k_most_seed = std::numeric_limits<std::uint64_t>::max();

/// One field of a spec: its name, what it may hold and what it holds when left out.
/// Members are in the order in which entries are written, eight bytes of padding included.
// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding)
struct Field {
  const char* id;
  Kind kind;
  Value fallback;
  double min = 0, max = 0;                    ///< limits of a number, an extent, a text's length
  std::span<const char* const> choices = {};  ///< a choice's; what a scheme may be used for
  const char* symbol = "";                    ///< in TeX; empty where the field has none
  const char* follows = nullptr;              ///< when left out, what this other field says
  int least_rank = 1, most_rank = 8;          ///< extents of a shape
  const char* use = "";   ///< the one use of a scheme that reads this parameter; empty for all
  bool required = false;  ///< whether it must not be left out
  /// Whether a shape has `most_rank` extents, or one, which a reader repeats as often.
  bool one_for_all = false;
};

enum class Reason : std::uint8_t {
  unknown_field,
  not_a_number,
  not_an_integer,
  out_of_range,
  not_a_choice,
  not_a_seed,
  not_a_shape,
  not_below,
  out_of_reach,
  too_many,
  not_of_rank,
  not_divisible,
  not_with,
  missing,
  no_elements,
  all_zero,
  not_a_text,
  not_in_text,
  not_finite,
  not_continuous
};

/// Most bytes of a name or a value that a message repeats.
inline constexpr std::size_t k_most_shown = 200;

/// What is wrong with one field, or what is worth a warning. `value` is what the spec has, its end
/// left out beyond `k_most_shown`. `allowed` is a range "min..max", a list of choices, or the name
/// and value of the field it conflicts with.
struct Issue {
  std::string field;
  std::string value;
  Reason reason;
  std::string allowed;
};

using Issues = std::vector<Issue>;

/// Id of a reason in the catalogue, and its sentence with {field}, {value} and {allowed}.
struct ReasonInfo {
  Reason reason;
  const char* id;
  const char* text;
};
std::span<const ReasonInfo> reasons() noexcept;

/// The sentence for an issue, in English.
std::string describe(const Issue& issue);

/// A number as short decimal text that reads back as the same double.
std::string to_text(double value);

/// The field of this id, which is among them.
const Field& field_of(std::span<const Field> fields, std::string_view id) noexcept;

/// Takes a spec apart field by field. Every getter returns a value within the field's range,
/// the fallback where the spec's was wrong, and notes what was wrong.
class SpecReader {
 public:
  explicit SpecReader(const Spec& spec) : spec_(spec) {}

  double number(const Field& field, const std::string& prefix = "");
  std::string text(const Field& field, const std::string& prefix = "");
  /// The place among the field's choices.
  std::size_t choice(const Field& field);
  std::uint64_t seed(const Field& field);
  /// A shape of as many extents as the field allows; where one stands for all, as many as all are.
  Shape shape(const Field& field, double most_elements, const std::string& prefix = "");

  /// Reads each field, below the prefix, into a spec in which none is missing.
  Spec all(std::span<const Field> fields, const std::string& prefix);

  /// Whether the spec has this field.
  bool has(std::string_view name) const noexcept { return spec_.find(name) != nullptr; }
  /// Takes a field whose value does not matter.
  void skip(std::string name) { known_.push_back(std::move(name)); }

  /// Notes what is wrong with a field; the same of the same field once. The value is what the spec
  /// has, unless it is given.
  void note(std::string field, Reason reason, std::string allowed);
  void note(std::string field, Reason reason, std::string allowed, std::string value);

  /// Notes every name that no getter asked for, and hands over what was noted.
  Issues finish();

 private:
  const Value* take(const std::string& name);

  const Spec& spec_;
  std::vector<std::string> known_;
  Issues issues_;
};

}  // namespace initscope
