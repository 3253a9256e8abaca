// What the two files of papers' schemes have in common.
#pragma once

#include <string_view>

#include "schemes/parts.hpp"

namespace initscope::entries {

/// Where the weight stands: what its network says, or else the parameter.
std::string_view position(const SchemeSpec& spec, const Fans& fans);

Scheme zero_init();
Scheme looks_linear();
Scheme mimetic();

}  // namespace initscope::entries
