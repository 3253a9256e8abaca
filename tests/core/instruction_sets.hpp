// Runs a test on every instruction set that this build holds and this machine has; a set of the
// build that the machine lacks is reported as skipped by "Every instruction set of this build".
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "initscope/simd.hpp"

namespace initscope::test {

template <class Function>
void on_each_instruction_set(Function f) {
  const std::string before(instruction_set());
  for (const auto name : instruction_sets()) {
    INFO("instruction set " << name);
    REQUIRE(use_instruction_set(name));
    f();
  }
  use_instruction_set(before);
}

}  // namespace initscope::test
