#include <array>

#include "initscope/audit.hpp"

namespace initscope {
namespace {

template <std::size_t n, class Enum>
std::string_view named(const std::array<std::string_view, n>& names, Enum value) noexcept {
  return names[static_cast<std::size_t>(value)];
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
  static constexpr std::array<std::string_view, 4> k_names{"none", "lattice", "phase", "stream"};
  return named(k_names, certificate);
}

std::string_view name_of(Verdict verdict) noexcept {
  static constexpr std::array<std::string_view, 5> k_names{"untouched", "consistent", "not_at_init",
                                                           "trivial", "not_judged"};
  return named(k_names, verdict);
}

std::string_view name_of(Why why) noexcept {
  static constexpr std::array<std::string_view, 24> k_names{"lattice",
                                                            "phase",
                                                            "stream",
                                                            "sixteen_bits",
                                                            "few_values",
                                                            "no_certificate",
                                                            "no_law",
                                                            "structure",
                                                            "rows_trained",
                                                            "nonfinite",
                                                            "empty",
                                                            "zeros",
                                                            "ones",
                                                            "constant",
                                                            "identity",
                                                            "dirac",
                                                            "forget_gate",
                                                            "atoms",
                                                            "integers",
                                                            "quantized",
                                                            "optimizer_state",
                                                            "running_statistics",
                                                            "incomplete",
                                                            "tied"};
  return named(k_names, why);
}

std::string_view name_of(LawShape shape) noexcept {
  static constexpr std::array<std::string_view, 4> k_names{"uniform", "normal", "truncated_normal",
                                                           "orthogonal"};
  return named(k_names, shape);
}

std::string_view name_of(Severity severity) noexcept {
  static constexpr std::array<std::string_view, 3> k_names{"note", "warning", "error"};
  return named(k_names, severity);
}

}  // namespace initscope
