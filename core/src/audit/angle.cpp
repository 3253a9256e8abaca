#include "audit/angle.hpp"

#include <algorithm>
#include <cmath>

namespace initscope {
namespace {

/// atan a, a in [0, 1]: that of the nearest eighth, and the series of what is left, |r| <= 1/16.
double arc_tangent(double a) noexcept {
  constexpr double k_eighths[] = {0.0,
                                  0.12435499454676144,
                                  0.24497866312686414,
                                  0.35877067027057225,
                                  0.4636476090008061,
                                  0.5585993153435624,
                                  0.6435011087932844,
                                  0.7188299996216245,
                                  0.7853981633974483};
  const int eighths = static_cast<int>(std::lround(a * 8));
  const double near = eighths / 8.0;
  const double r = (a - near) / (1 + a * near), z = r * r;
  const double series =
      1 - z * (1.0 / 3 - z * (1.0 / 5 - z * (1.0 / 7 - z * (1.0 / 9 - z * (1.0 / 11)))));
  return k_eighths[eighths] + r * series;
}

}  // namespace

double turns_of(double y, double x) noexcept {
  constexpr double k_turns_per_radian = 0.15915494309189535;
  const double width = std::abs(x), height = std::abs(y);
  const double small = std::min(width, height), large = std::max(width, height);
  double turns = arc_tangent(small / large) * k_turns_per_radian;
  if (height > width) turns = 0.25 - turns;
  if (x < 0) turns = 0.5 - turns;
  if (y < 0) turns = 1 - turns;
  return turns < 1 ? turns : 0;
}

}  // namespace initscope
