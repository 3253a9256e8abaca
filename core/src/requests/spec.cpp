#include "initscope/spec.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "requests/shortened.hpp"

namespace initscope {
namespace {

constexpr ReasonInfo k_reasons[] = {
    {Reason::unknown_field, "unknown_field", "{field} is not a field here; allowed: {allowed}"},
    {Reason::not_a_number, "not_a_number", "{field} must be a number in {allowed}, not {value}"},
    {Reason::not_an_integer, "not_an_integer",
     "{field} must be a whole number in {allowed}, not {value}"},
    {Reason::out_of_range, "out_of_range", "{field} must be in {allowed}, not {value}"},
    {Reason::not_a_choice, "not_a_choice", "{field} must be one of {allowed}, not {value}"},
    {Reason::not_a_seed, "not_a_seed", "{field} must be a whole number in {allowed}, not {value}"},
    {Reason::not_a_shape, "not_a_shape", "{field} must be whole numbers, {allowed}, not {value}"},
    {Reason::not_below, "not_below", "{field} must be below {allowed}, not {value}"},
    {Reason::out_of_reach, "out_of_reach",
     "{field} = {value} leaves an interval without probability: {allowed}"},
    {Reason::too_many, "too_many", "{field} = {value} asks for too much: at most {allowed}"},
    {Reason::not_of_rank, "not_of_rank", "{field} must have {allowed} extents, not {value}"},
    {Reason::not_divisible, "not_divisible", "{field} = {value} is not divisible by {allowed}"},
    {Reason::not_with, "not_with", "{field} = {value} does not go with {allowed}"},
    {Reason::missing, "missing", "{field} must be given, in {allowed}"},
    {Reason::no_elements, "no_elements",
     "{field} = {value} has no elements: initializing it is a no-op"},
    {Reason::all_zero, "all_zero", "{field} = {value} leaves no weight that is not 0: {allowed}"},
    {Reason::not_a_text, "not_a_text", "{field} must be a text of at most {allowed}, not {value}"},
    {Reason::not_in_text, "not_in_text",
     "{field} is wrong at character {value}; allowed there: {allowed}"},
    {Reason::not_finite, "not_finite",
     "{field} and its slope must be finite for z in {allowed}; at z = {value} they are not"},
    {Reason::not_continuous, "not_continuous",
     "{field} must not jump: at z = {value} its values on either side are {allowed}"},
};

}  // namespace

// Not inline: g++ 12 takes the members of a moved variant for uninitialized where it sees through,
// and tables of fields are made of many.
Value::Value() noexcept = default;
Value::Value(Real real) : variant(real.number) {}
Value::Value(Whole whole) {
  constexpr std::uint64_t k_most_exact = std::uint64_t{1} << 53;
  const std::uint64_t magnitude = whole.negative ? 0 - whole.bits : whole.bits;
  if (magnitude <= k_most_exact)
    *this = Value(Real{(whole.negative ? -1.0 : 1.0) * static_cast<double>(magnitude)});
  else
    *this = Value((whole.negative ? "-" : "") + std::to_string(magnitude));
}
Value::Value(std::string text) : variant(std::move(text)) {}
Value::Value(std::string_view text) : variant(std::string(text)) {}
Value::Value(const char* text) : variant(std::string(text)) {}
Value::Value(std::vector<double> list) : variant(std::move(list)) {}
Value::Value(std::initializer_list<double> list) : variant(std::vector<double>(list)) {}
Value::Value(const Value&) = default;
Value::Value(Value&&) noexcept = default;
Value& Value::operator=(const Value&) = default;
Value& Value::operator=(Value&&) noexcept = default;
Value::~Value() = default;

Spec::Spec(std::initializer_list<std::pair<std::string, Value>> entries) {
  for (const auto& [name, value] : entries) set(name, value);
}

void Spec::set(std::string name, Value value) {
  for (auto& [known, old] : entries_)
    if (known == name) {
      old = std::move(value);
      return;
    }
  entries_.emplace_back(std::move(name), std::move(value));
}

const Value* Spec::find(std::string_view name) const noexcept {
  for (const auto& [known, value] : entries_)
    if (known == name) return &value;
  return nullptr;
}

double Spec::number(std::string_view name) const noexcept {
  return *std::get_if<double>(find(name));
}

const std::string& Spec::text(std::string_view name) const noexcept {
  return *std::get_if<std::string>(find(name));
}

std::span<const ReasonInfo> reasons() noexcept { return k_reasons; }

std::string shortened(std::string text) {
  if (text.size() <= k_most_shown) return text;
  std::size_t end = k_most_shown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

std::string describe(const Issue& issue) {
  // Part by part, for a name or a value may hold what looks like a place to fill.
  const std::string_view sentence = k_reasons[static_cast<std::size_t>(issue.reason)].text;
  std::string text;
  for (std::size_t at = 0; at < sentence.size();) {
    const std::size_t open = std::min(sentence.find('{', at), sentence.size());
    text += sentence.substr(at, open - at);
    if (open == sentence.size()) break;
    const std::size_t close = sentence.find('}', open);
    const std::string_view what = sentence.substr(open + 1, close - open - 1);
    if (what == "field") text += shortened(issue.field);
    if (what == "allowed") text += issue.allowed;
    if (what == "value") text += issue.value.empty() ? "empty" : issue.value;
    at = close + 1;
  }
  return text;
}

std::string to_text(double value) {
  char text[32];
  if (std::abs(value) < 1e15 && value == std::floor(value)) {
    std::snprintf(text, sizeof text, "%.0f", value);
    return text;
  }
  for (int digits = 1; digits <= 17; ++digits) {
    std::snprintf(text, sizeof text, "%.*g", digits, value);
    if (std::strtod(text, nullptr) == value) break;
  }
  return text;
}

}  // namespace initscope
