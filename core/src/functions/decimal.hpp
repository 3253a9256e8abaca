// Decimal numbers, read the same way on every machine and in every locale.
#pragma once

#include <cstddef>
#include <string_view>

namespace initscope {

struct Decimal {
  double value = 0;
  std::size_t length = 0;  ///< characters that it took; 0 where there is no number
  bool in_range = true;    ///< whether it is 0 or about 1e-40..1e40 in size
};

/// Reads digits with or without a point, and an exponent, from the beginning of a text. The value
/// is the double nearest to the first 18 digits, or next to that one.
Decimal read_decimal(std::string_view text) noexcept;

}  // namespace initscope
