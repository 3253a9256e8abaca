// What must hold of every answer, whatever the request was.
#pragma once

#include <span>

#include "initscope/distribution.hpp"
#include "initscope/spec.hpp"

namespace initscope::fuzz {

/// Ends the program, which the fuzzer reports, unless it holds.
void require(bool holds, const char* what);

/// Whether nothing is wrong; each issue is about a field that there is or that the spec has, and
/// its sentence has room on a page.
bool fine(const Issues& issues, const Spec& spec, std::span<const Field> fields);

void require_finite(std::span<const float> values, const char* what);
void require_finite(std::span<const double> values, const char* what);
void require_finite(double value, const char* what);

/// A law's figures are finite, but for the mean of an unknown one and the ends of a normal one.
void require_law(const Law& law, const Facts& facts);
/// Counts are those of all values, and figures are numbers.
void require_moments(const Moments& moments);

/// What a tensor's request asks of a generator and of a factorization, in operations.
double work_of(const TensorSpec& spec);

}  // namespace initscope::fuzz
