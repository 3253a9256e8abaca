// Numbers as texts of nets have them: decimals, and multiples of what arrives.
#pragma once

#include <optional>
#include <string>

namespace initscope {

/// The number that a text is, in decimals; none for any other text.
std::optional<double> decimal_number(const std::string& text);

/// "16", or "4x": as many times what arrives.
struct Amount {
  double number;
  bool times;
};
std::optional<Amount> amount_of(const std::string& text);

}  // namespace initscope
