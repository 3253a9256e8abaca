#include "audit/rounding.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace initscope {
namespace {

struct Format {
  int digits, least_exponent;  ///< of the significand; of the least normal number
  double overflow;             ///< from here on, infinity
};

Format format_of(Precision precision) noexcept {
  switch (precision) {
    case Precision::float16:
      return {11, -14, 65520};
    case Precision::bfloat16:
      return {8, -126, 0x1.FFp127};
    case Precision::float32:
      break;
  }
  return {24, -126, std::numeric_limits<double>::infinity()};
}

}  // namespace

double spacing_at(Precision precision, double value) noexcept {
  const Format format = format_of(precision);
  int exponent = format.least_exponent + 1;
  if (value != 0) std::frexp(value, &exponent);
  // frexp has the significand in [1/2, 1).
  return std::ldexp(1.0, std::max(exponent - 1, format.least_exponent) - (format.digits - 1));
}

float rounded_to(Precision precision, float value) noexcept {
  if (precision == Precision::float32 || !std::isfinite(value)) return value;
  const double x = static_cast<double>(value), spacing = spacing_at(precision, x);
  if (std::abs(x) >= format_of(precision).overflow)
    return std::copysign(std::numeric_limits<float>::infinity(), value);
  // Adding this leaves no bits behind the point, rounded to even.
  constexpr double k_whole = 0x1.8p52;
  const double steps = (x / spacing + k_whole) - k_whole;
  return std::copysign(static_cast<float>(steps * spacing), value);
}

}  // namespace initscope
