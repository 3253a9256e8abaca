#include <algorithm>
#include <atomic>
#include <xsimd/xsimd.hpp>

#include "initscope/simd.hpp"
#include "simd/kernels.hpp"
#include "targets.hpp"

namespace initscope {
namespace simd {

#define INITSCOPE_DECLARE(set)  \
  namespace set {               \
  extern const Kernels k_table; \
  }
INITSCOPE_TARGETS(INITSCOPE_DECLARE)
#undef INITSCOPE_DECLARE

namespace {

bool runs_here(std::string_view name) noexcept {
#if defined(__x86_64__) || defined(__i386__)
  const auto machine = xsimd::available_architectures();
  if (name == "avx512") return machine.avx512f;
  if (name == "avx2") return machine.avx2;
#endif
  return name != "avx512" && name != "avx2";
}

struct Tables {
  std::array<const Kernels*, 4> tables{};
  std::size_t count = 0;

  Tables() noexcept {
#define INITSCOPE_ADD(set) \
  if (runs_here(set::k_table.name)) tables[count++] = &set::k_table;
    INITSCOPE_TARGETS(INITSCOPE_ADD)
#undef INITSCOPE_ADD
  }
};

const Tables& tables() noexcept {
  static const Tables found;
  return found;
}

std::atomic<const Kernels*>& chosen() noexcept {
  static std::atomic<const Kernels*> choice{available().back()};
  return choice;
}

}  // namespace

std::span<const Kernels* const> available() noexcept {
  return {tables().tables.data(), tables().count};
}

const Kernels& kernels() noexcept { return *chosen().load(std::memory_order_relaxed); }

}  // namespace simd

std::vector<std::string_view> instruction_sets() {
  std::vector<std::string_view> names;
  for (const auto* table : simd::available()) names.emplace_back(table->name);
  return names;
}

std::string_view instruction_set() noexcept { return simd::kernels().name; }

bool use_instruction_set(std::string_view name) noexcept {
  const auto all = simd::available();
  const auto found = std::find_if(
      all.begin(), all.end(), [name](const simd::Kernels* table) { return table->name == name; });
  if (found == all.end()) return false;
  simd::chosen().store(*found, std::memory_order_relaxed);
  return true;
}

}  // namespace initscope
