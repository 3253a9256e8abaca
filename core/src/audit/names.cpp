#include "audit/words.hpp"
#include "initscope/audit.hpp"

namespace initscope {
namespace {

template <class Enum>
std::string_view named(std::string_view names, Enum value) noexcept {
  return word_at(names, static_cast<std::size_t>(value));
}

}  // namespace

std::size_t stored_size(StoredType type) noexcept {
  switch (type) {
    case StoredType::f16:
    case StoredType::bf16:
      return 2;
    case StoredType::f32:
      return 4;
    case StoredType::f64:
      break;
  }
  return 8;
}

std::string_view name_of(Certificate certificate) noexcept {
  return named("none lattice phase stream", certificate);
}

std::string_view name_of(Verdict verdict) noexcept {
  return named("untouched consistent not_at_init trivial not_judged", verdict);
}

std::string_view name_of(Why why) noexcept {
  return named(
      "lattice phase stream sixteen_bits few_values no_certificate no_law structure "
      "rows_trained moved nonfinite empty zeros ones constant identity dirac forget_gate "
      "atoms integers quantized optimizer_state running_statistics incomplete tied",
      why);
}

std::string_view name_of(LawShape shape) noexcept {
  return named("uniform normal truncated_normal orthogonal", shape);
}

std::string_view name_of(Severity severity) noexcept {
  return named("note warning error", severity);
}

}  // namespace initscope
