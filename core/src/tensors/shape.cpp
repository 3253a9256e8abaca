#include "initscope/shape.hpp"

namespace initscope {

Fans fans(const Shape& shape, Layout layout) noexcept {
  const std::size_t rank = shape.size();
  const bool torch = layout == Layout::torch;
  const auto extent = [&](std::size_t i) { return static_cast<double>(shape[i]); };
  Fans fans;
  fans.layout = layout;
  fans.rank = static_cast<int>(rank);
  if (rank == 0) return fans;
  if (rank == 1) {
    fans.in = fans.out = fans.outputs = extent(0);
    return fans;
  }
  fans.outputs = extent(torch ? 0 : rank - 1);
  fans.inputs = extent(torch ? 1 : rank - 2);
  const std::size_t first = torch ? 2 : 0;
  for (std::size_t i = first; i < first + rank - 2; ++i) {
    fans.receptive_field *= extent(i);
    // An extent of 0 has no taps, and no middle that anything reads.
    const auto taps = static_cast<std::size_t>(shape[i]);
    fans.center = fans.center * taps + taps / 2;
    fans.lower_center = fans.lower_center * taps + (taps > 0 ? (taps - 1) / 2 : 0);
  }
  fans.in = fans.inputs * fans.receptive_field;
  fans.out = fans.outputs * fans.receptive_field;
  return fans;
}

Fans fans(const Shape& shape, Layout layout, const Axes& axes) noexcept {
  Fans fans = initscope::fans(shape, layout);
  if (!axes.in && !axes.out && axes.batch.empty()) return fans;
  const std::size_t rank = shape.size();
  const auto product = [&](const std::vector<int>& of) {
    double all = 1;
    for (const int axis : of)
      all *= static_cast<double>(shape[axis < 0 ? rank - static_cast<std::size_t>(-axis)
                                                : static_cast<std::size_t>(axis)]);
    return all;
  };
  const double in = axes.in ? product(*axes.in) : fans.inputs, out = axes.out   ? product(*axes.out)
                                                                     : rank < 2 ? 1
                                                                                : fans.outputs;
  const double taken = in * out * product(axes.batch);
  const double others = taken > 0 ? fans.elements() / taken : 0;
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

Fans bias_fans(Fans weight) noexcept {
  weight.bias = true;
  return weight;
}

std::int64_t element_count(const Shape& shape) noexcept {
  std::int64_t count = 1;
  for (const auto extent : shape) count *= extent;
  return count;
}

}  // namespace initscope
