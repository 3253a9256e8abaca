// What a message repeats of what a caller wrote.
#pragma once

#include <string>

namespace initscope {

/// Cuts a text to what a message has room for, `k_most_shown`; a character of UTF-8 stays whole.
std::string shortened(std::string text);

}  // namespace initscope
