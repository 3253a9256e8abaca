#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "initscope/spec.hpp"
#include "requests/shortened.hpp"

namespace initscope {
namespace {

/// Most elements of a shape that is one of a layer's arguments.
constexpr double k_most_list = 1e12;

std::string range_text(double min, double max) { return to_text(min) + ".." + to_text(max); }

std::string join(const std::vector<double>& list) {
  std::string text;
  for (const double value : list) text += (text.empty() ? "" : ",") + to_text(value);
  return text;
}

std::string value_text(const Value* value) {
  if (value == nullptr) return "";
  if (const auto* number = std::get_if<double>(value)) return to_text(*number);
  if (const auto* text = std::get_if<std::string>(value)) return *text;
  return join(*std::get_if<std::vector<double>>(value));
}

std::string choices_text(std::span<const char* const> choices) {
  std::string text;
  for (const char* choice : choices) text += (text.empty() ? "" : ", ") + std::string(choice);
  return text;
}

/// How many extents a shape may have.
std::string lengths_text(const Field& field) {
  if (field.least_rank == field.most_rank) return to_text(field.most_rank);
  return to_text(field.least_rank) + (field.one_for_all ? " or " : "..") + to_text(field.most_rank);
}

}  // namespace

const Field& field_of(std::span<const Field> fields, std::string_view id) noexcept {
  return *std::find_if(fields.begin(), fields.end(),
                       [id](const Field& field) { return field.id == id; });
}

const Value* SpecReader::take(const std::string& name) {
  known_.push_back(name);
  return spec_.find(name);
}

void SpecReader::note(std::string field, Reason reason, std::string allowed) {
  std::string value = value_text(spec_.find(field));
  note(std::move(field), reason, std::move(allowed), std::move(value));
}

void SpecReader::note(std::string field, Reason reason, std::string allowed, std::string value) {
  for (const Issue& issue : issues_)
    if (issue.field == field && issue.reason == reason) return;  // said already
  issues_.push_back({std::move(field), shortened(std::move(value)), reason, std::move(allowed)});
}

double SpecReader::number(const Field& field, const std::string& prefix) {
  const std::string name = prefix + field.id;
  const Value* value = take(name);
  const auto* fallback = std::get_if<double>(&field.fallback);
  const double otherwise = fallback ? *fallback : 0;
  if (value == nullptr) {
    if (field.required) note(name, Reason::missing, range_text(field.min, field.max));
    return otherwise;
  }
  const bool whole = field.kind == Kind::integer;
  const auto* number = std::get_if<double>(value);
  const auto refuse = [&](Reason reason) {
    note(name, reason, range_text(field.min, field.max));
    return otherwise;
  };
  if (number == nullptr || !std::isfinite(*number))
    return refuse(whole ? Reason::not_an_integer : Reason::not_a_number);
  if (whole && *number != std::floor(*number)) return refuse(Reason::not_an_integer);
  if (*number < field.min || *number > field.max) return refuse(Reason::out_of_range);
  return *number;
}

std::string SpecReader::text(const Field& field, const std::string& prefix) {
  const std::string name = prefix + field.id;
  const Value* value = take(name);
  const std::string& fallback = *std::get_if<std::string>(&field.fallback);
  if (value == nullptr) return fallback;
  const auto* text = std::get_if<std::string>(value);
  if (field.kind == Kind::text) {
    if (text != nullptr && static_cast<double>(text->size()) <= field.max) return *text;
    note(name, text == nullptr ? Reason::not_a_text : Reason::too_many,
         to_text(field.max) + " bytes");
    return fallback;
  }
  if (text != nullptr && std::any_of(field.choices.begin(), field.choices.end(),
                                     [&](const char* choice) { return *text == choice; }))
    return *text;
  note(name, Reason::not_a_choice, choices_text(field.choices));
  return fallback;
}

std::size_t SpecReader::choice(const Field& field) {
  const std::string chosen = text(field);
  std::size_t place = 0;
  while (chosen != field.choices[place]) ++place;
  return place;
}

std::uint64_t SpecReader::seed(const Field& field) {
  const Value* value = take(field.id);
  if (value == nullptr) return 0;
  const std::string text = value_text(value);
  const auto reads = [&text](auto& whole) {
    const auto result = std::from_chars(text.data(), text.data() + text.size(), whole);
    return !text.empty() && result.ec == std::errc() && result.ptr == text.data() + text.size();
  };
  std::uint64_t seed = 0;
  if (reads(seed)) return seed;
  std::int64_t below = 0;  // counted from 2^64, as in torch
  if (reads(below)) return static_cast<std::uint64_t>(below);
  note(field.id, Reason::not_a_seed,
       std::to_string(k_least_seed) + ".." + std::to_string(k_most_seed));
  return 0;
}

Shape SpecReader::shape(const Field& field, double most_elements, const std::string& prefix) {
  const std::string name = prefix + field.id;
  const Value* value = take(name);
  const auto& fallback = *std::get_if<std::vector<double>>(&field.fallback);
  std::vector<double> list = fallback;
  bool good = true;
  if (value != nullptr) {
    if (const auto* number = std::get_if<double>(value))
      list = {*number};
    else if (const auto* given = std::get_if<std::vector<double>>(value))
      list = *given;
    else
      good = false;
  }
  const auto fits = [&field](double extent) {
    return extent >= field.min && extent <= field.max && extent == std::floor(extent);
  };
  const auto rank = static_cast<double>(list.size());
  const bool between = rank >= field.least_rank && rank <= field.most_rank;
  good = good && (field.one_for_all ? rank == 1 || rank == field.most_rank : between) &&
         std::all_of(list.begin(), list.end(), fits);
  if (!good)
    note(name, Reason::not_a_shape,
         lengths_text(field) + " of " + range_text(field.min, field.max));
  double elements = 1;
  for (const double extent : list) elements *= extent;
  if (good && elements > most_elements) {
    note(name, Reason::too_many, to_text(most_elements) + " elements");
    good = false;
  }
  if (!good) list = fallback;
  if (field.one_for_all && list.size() == 1) {
    const double one = list[0];  // a copy, since a list may not be filled with its own element
    list.assign(static_cast<std::size_t>(field.most_rank), one);
  }
  return {list.begin(), list.end()};
}

Spec SpecReader::all(std::span<const Field> fields, const std::string& prefix) {
  Spec values;
  for (const Field& field : fields) {
    if (field.kind == Kind::choice || field.kind == Kind::text) {
      values.set(field.id, text(field, prefix));
    } else if (field.kind == Kind::shape) {
      const Shape extents = shape(field, k_most_list, prefix);
      values.set(field.id, std::vector<double>(extents.begin(), extents.end()));
    } else {
      const bool follows = field.follows != nullptr && spec_.find(prefix + field.id) == nullptr;
      const double given = number(field, prefix);
      values.set(field.id, follows ? values.number(field.follows) : given);
    }
  }
  return values;
}

Issues SpecReader::finish() {
  std::string allowed;
  for (const auto& name : known_) allowed += (allowed.empty() ? "" : ", ") + name;
  for (const auto& [name, value] : spec_)
    if (std::find(known_.begin(), known_.end(), name) == known_.end())
      note(name, Reason::unknown_field, allowed);
  return std::move(issues_);
}

}  // namespace initscope
