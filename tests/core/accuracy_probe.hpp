// Finds a function of simd/math.hpp by its name, as the instruction set in use computes it.
#pragma once

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <span>
#include <string_view>

#include "accuracy_target.hpp"
#include "initscope/simd.hpp"
#include "targets.hpp"

namespace initscope::test {

#define INITSCOPE_DECLARE(set)       \
  namespace set {                    \
  extern const FloatProbes k_probes; \
  }
INITSCOPE_TARGETS(INITSCOPE_DECLARE)
#undef INITSCOPE_DECLARE

inline std::span<const FloatProbe> probes() {
#define INITSCOPE_FIND(set) \
  if (instruction_set() == set::k_probes.name) return set::k_probes.functions;
  INITSCOPE_TARGETS(INITSCOPE_FIND)
#undef INITSCOPE_FIND
  return {};
}

inline const FloatProbe& probe(std::string_view name) {
  const auto all = probes();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const FloatProbe& each) { return name == each.name; });
  REQUIRE(found != all.end());
  return *found;
}

}  // namespace initscope::test
