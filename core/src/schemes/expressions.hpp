// Expressions as callers give them.
#pragma once

#include <string>

#include "initscope/expression.hpp"
#include "initscope/spec.hpp"

namespace initscope {

/// Reads the text of the field; notes what is wrong with it. A pointer, for the reason that is
/// given with `activate_panels` (simd/kernels.hpp).
extern Expression (*const read_expression)(SpecReader& reader, const std::string& text,
                                           const char* field);

}  // namespace initscope
