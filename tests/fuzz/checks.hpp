// What must hold of every answer, whatever the request was.
#pragma once

#include <span>

#include "initscope/spec.hpp"
#include "result_numbers.hpp"

namespace initscope::fuzz {

/// Ends the program, which the fuzzer reports, unless it holds.
void require(bool holds, const char* what);

/// Whether nothing is wrong; each issue is about a field that there is or that the spec has, and
/// its sentence has room on a page.
bool fine(const Issues& issues, const Spec& spec, std::span<const Field> fields);

void require_finite(std::span<const float> values, const char* what);
void require_finite(double value, const char* what);

/// Each number of a result that must be one (result_numbers.hpp).
template <class... Result>
void require_numbers(const Result&... result) {
  test::see_numbers(result..., [](const char* name, double value) { require_finite(value, name); });
}

/// What a tensor's request asks of a generator and of a factorization, in operations.
double work_of(const TensorSpec& spec);

}  // namespace initscope::fuzz
