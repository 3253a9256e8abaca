#include <atomic>
#include <cstdio>
#include <cstdlib>
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
  if (name == "avx2") return machine.avx2 && machine.fma3_avx2;  // the QR fuses
  if (name == "sse4_1") return machine.sse4_1;
#endif
  return name == "sse2" || name == "neon64" || name == "wasm";
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

}  // namespace

std::span<const Kernels* const> available() noexcept {
  return {tables().tables.data(), tables().count};
}

namespace {

const Kernels* find(std::string_view name) noexcept {
  for (const Kernels* table : available())
    if (table->name == name) return table;
  return nullptr;
}

/// The best, or the one that INITSCOPE_SIMD names. A name that cannot be had ends the program: a
/// test or a benchmark that asks for one set must not run on another.
const Kernels* first_choice() noexcept {
#ifndef __EMSCRIPTEN__
  if (const char* wanted = std::getenv("INITSCOPE_SIMD"); wanted != nullptr && *wanted != '\0') {
    if (const Kernels* table = find(wanted)) return table;
    std::fprintf(stderr, "INITSCOPE_SIMD is '%s'; this build on this machine has:", wanted);
    for (const Kernels* table : available()) std::fprintf(stderr, " %s", table->name);
    std::fputs("\n", stderr);
    std::exit(2);
  }
#endif
  return available().back();
}

std::atomic<const Kernels*>& chosen() noexcept {
  static std::atomic<const Kernels*> choice{first_choice()};
  return choice;
}

}  // namespace

const Kernels& kernels() noexcept { return *chosen().load(std::memory_order_relaxed); }

}  // namespace simd

std::vector<std::string_view> instruction_sets() {
  std::vector<std::string_view> names;
  for (const auto* table : simd::available()) names.emplace_back(table->name);
  return names;
}

std::string_view instruction_set() noexcept { return simd::kernels().name; }

bool use_instruction_set(std::string_view name) noexcept {
  const simd::Kernels* found = simd::find(name);
  if (found == nullptr) return false;
  simd::chosen().store(found, std::memory_order_relaxed);
  return true;
}

}  // namespace initscope
