// Which instruction set the core's kernels use. All give the same bits; this is for tests and
// benchmarks.
#pragma once

#include <string_view>
#include <vector>

namespace initscope {

/// The instruction sets that this build holds and this machine can run, slowest first.
std::vector<std::string_view> instruction_sets();

/// The one in use: the best, until told otherwise. Natively the environment variable INITSCOPE_SIMD
/// chooses the first by name; a name that `instruction_sets()` does not hold ends the program with
/// exit code 2 and a sentence that lists them.
std::string_view instruction_set() noexcept;

/// Chooses one by name for the whole process. False, and no change, for a name that
/// `instruction_sets()` does not hold. The name is not kept. Jobs that run in other threads may mix
/// two sets, whose bits are the same but for factored matrices.
bool use_instruction_set(std::string_view name) noexcept;

}  // namespace initscope
