// Expressions as callers give them.
#pragma once

#include <string>

#include "initscope/expression.hpp"
#include "initscope/spec.hpp"

namespace initscope {

/// Reads the text of the field; notes what is wrong with it.
Expression read_expression(SpecReader& reader, const std::string& text, const char* field);

}  // namespace initscope
