// What tables of fields are written with, and read by name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "initscope/spec.hpp"

namespace initscope {

/// Least and most of a number, or of each extent of a shape.
struct Limits {
  double least, most;
};

Field number_field(const char* id, double fallback, Limits limits, const char* symbol = "");
Field integer_field(const char* id, double fallback, Limits limits, const char* symbol = "");
Field choice_field(const char* id, const char* fallback, std::span<const char* const> choices,
                   const char* symbol = "");
/// A text of at most so many bytes, with a grammar of its own.
Field text_field(const char* id, const char* fallback, double most, const char* symbol = "");
/// "true" or "false".
Field flag_field(const char* id, bool fallback);
/// A scheme for these uses.
Field scheme_field(const char* id, const char* fallback, std::span<const char* const> uses,
                   const char* symbol = "");
/// Extents, as many as `ranks` allows.
Field shape_field(const char* id, std::vector<double> fallback, Limits extents,
                  Limits ranks = {1, 8}, const char* symbol = "");
/// The field, which holds what another one says where it is left out.
Field following(Field field, const char* other);

/// "seed", in every request that draws.
Field seed_field();
/// "replicate": which of the networks of a seed is drawn.
Field replicate_field();

/// Reads the fields of one table, each by its name, which is among them.
class TableReader {
 public:
  TableReader(const Spec& spec, std::span<const Field> fields) : reader_(spec), fields_(fields) {}

  const Field& field(std::string_view id) const noexcept { return field_of(fields_, id); }
  double number(std::string_view id) { return reader_.number(field(id)); }
  std::size_t count(std::string_view id) { return static_cast<std::size_t>(number(id)); }
  std::string text(std::string_view id) { return reader_.text(field(id)); }
  std::size_t choice(std::string_view id) { return reader_.choice(field(id)); }
  std::uint64_t seed(std::string_view id) { return reader_.seed(field(id)); }
  Shape shape(std::string_view id, double most_elements) {
    return reader_.shape(field(id), most_elements);
  }

  /// What notes, and what reads a field that is of another table too.
  SpecReader& reader() noexcept { return reader_; }
  Issues finish() { return reader_.finish(); }

 private:
  SpecReader reader_;
  std::span<const Field> fields_;
};

}  // namespace initscope
