// Printed numbers, compared to their last digit.
#pragma once

#include <cmath>

namespace initscope::test {

/// Whether `value` prints as `printed` with this many decimals, give or take one of the last: the
/// table may have been rounded from a number that was rounded before.
inline bool near_digits(double value, double printed, int decimals) {
  return std::abs(value - printed) <= 1.01 * std::pow(10.0, -decimals);
}

}  // namespace initscope::test
