// Slopes by central differences, and how far computed ones are from them.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace initscope::test {

/// Central differences of a cost by each of the numbers that it is computed from, in double.
template <class Cost>
std::vector<double> differences(std::span<double> by, Cost cost) {
  constexpr double k_step = 1e-5;
  std::vector<double> slopes;
  for (double& value : by) {
    const double at = value;
    value = at + k_step;
    const double above = cost();
    value = at - k_step;
    const double below = cost();
    value = at;
    slopes.push_back((above - below) / (2 * k_step));
  }
  return slopes;
}

/// The norm of the difference over that of what is expected, which has as many numbers.
template <class Values, class Expected>
double distance(const Values& values, const Expected& expected) {
  double apart = 0, norm = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto wanted = static_cast<double>(expected[i]);
    const double off = static_cast<double>(values[i]) - wanted;
    apart += off * off;
    norm += wanted * wanted;
  }
  return std::sqrt(apart / norm);
}

}  // namespace initscope::test
