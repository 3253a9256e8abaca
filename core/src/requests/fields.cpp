#include "requests/fields.hpp"

#include <limits>
#include <utility>

namespace initscope {
namespace {

Field field(const char* id, Kind kind, Value fallback, Limits limits, const char* symbol) {
  return {.id = id,
          .kind = kind,
          .fallback = std::move(fallback),
          .min = limits.least,
          .max = limits.most,
          .symbol = symbol};
}

Field among(const char* id, Kind kind, const char* fallback, std::span<const char* const> choices,
            const char* symbol) {
  Field one = field(id, kind, std::string(fallback), {0, 0}, symbol);
  one.choices = choices;
  return one;
}

}  // namespace

Field number_field(const char* id, double fallback, Limits limits, const char* symbol) {
  return field(id, Kind::number, fallback, limits, symbol);
}

Field integer_field(const char* id, double fallback, Limits limits, const char* symbol) {
  return field(id, Kind::integer, fallback, limits, symbol);
}

Field choice_field(const char* id, const char* fallback, std::span<const char* const> choices,
                   const char* symbol) {
  return among(id, Kind::choice, fallback, choices, symbol);
}

Field text_field(const char* id, const char* fallback, double most, const char* symbol) {
  return field(id, Kind::text, std::string(fallback), {0, most}, symbol);
}

Field flag_field(const char* id, bool fallback) {
  static constexpr const char* k_flags[] = {"true", "false"};
  return choice_field(id, fallback ? "true" : "false", k_flags);
}

Field scheme_field(const char* id, const char* fallback, std::span<const char* const> uses,
                   const char* symbol) {
  return among(id, Kind::scheme, fallback, uses, symbol);
}

Field shape_field(const char* id, std::vector<double> fallback, Limits extents, Limits ranks,
                  const char* symbol) {
  Field shape = field(id, Kind::shape, std::move(fallback), extents, symbol);
  shape.least_rank = static_cast<int>(ranks.least);
  shape.most_rank = static_cast<int>(ranks.most);
  return shape;
}

Field following(Field field, const char* other) {
  field.follows = other;
  return field;
}

Field seed_field() { return field("seed", Kind::seed, std::string("0"), {0, 0}, ""); }

Field replicate_field() {
  constexpr double k_last = std::numeric_limits<std::uint32_t>::max();
  return integer_field("replicate", 0, {0, k_last});
}

}  // namespace initscope
