#include "initscope/shape.hpp"

#include <cmath>

namespace initscope {

Fans fans(const Shape& shape, Layout layout) noexcept {
  const std::size_t rank = shape.size();
  const bool torch = layout == Layout::torch;
  const auto extent = [&](std::size_t i) { return static_cast<double>(shape[i]); };
  Fans fans;
  fans.layout = layout;
  fans.rank = static_cast<double>(rank);
  if (rank == 1) {
    fans.in = fans.out = fans.outputs = extent(0);
    return fans;
  }
  fans.outputs = extent(torch ? 0 : rank - 1);
  fans.inputs = extent(torch ? 1 : rank - 2);
  const std::size_t first = torch ? 2 : 0;
  for (std::size_t i = first; i < first + rank - 2; ++i) {
    fans.receptive_field *= extent(i);
    fans.center = fans.center * extent(i) + std::floor(extent(i) / 2);
    fans.lower_center = fans.lower_center * extent(i) + std::floor((extent(i) - 1) / 2);
  }
  fans.in = fans.inputs * fans.receptive_field;
  fans.out = fans.outputs * fans.receptive_field;
  return fans;
}

Fans fans(const Shape& shape, Layout layout, const Axes& axes) noexcept {
  Fans fans = initscope::fans(shape, layout);
  if (!axes.given() || shape.size() < 2) return fans;
  const int rank = static_cast<int>(shape.size());
  const auto product = [&](const std::vector<int>& of, int otherwise) {
    const auto extent = [&](int axis) {
      return static_cast<double>(shape[static_cast<std::size_t>(axis < 0 ? axis + rank : axis)]);
    };
    if (of.empty()) return otherwise == rank ? 1 : extent(otherwise);
    double all = 1;
    for (const int axis : of) all *= extent(axis);
    return all;
  };
  const bool torch = layout == Layout::torch;
  const double in = product(axes.in, torch ? 1 : -2), out = product(axes.out, torch ? 0 : -1);
  const double others = fans.elements() / (in * out * product(axes.batch, rank));
  fans.in = in * others;
  fans.out = out * others;
  return fans;
}

Fans dense_fans(std::size_t inputs, std::size_t outputs) noexcept {
  Fans fans;
  fans.in = fans.inputs = static_cast<double>(inputs);
  fans.out = fans.outputs = static_cast<double>(outputs);
  return fans;
}

std::int64_t element_count(const Shape& shape) noexcept {
  std::int64_t count = 1;
  for (const auto extent : shape) count *= extent;
  return count;
}

}  // namespace initscope
