#include "training/frames.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "propagation/measures.hpp"

namespace initscope {
namespace {

double mean_square(std::span<const float> values) noexcept {
  double sum = 0;
  for (const float value : values) sum += static_cast<double>(value) * static_cast<double>(value);
  return sum / static_cast<double>(values.size());
}

/// Calls f(a unit's values in a panel) for a signal of `batch` samples in panels.
template <class Function>
void for_each_row(const PanelShape& shape, const float* signal, Function f) noexcept {
  for (std::size_t panel = 0; panel < shape.panels(); ++panel) {
    const std::size_t columns = std::min(simd::k_panel, shape.batch - panel * simd::k_panel);
    for (std::size_t unit = 0; unit < shape.units; ++unit)
      f(std::span<const float>(signal + shape.at(panel * simd::k_panel, unit), columns));
  }
}

/// Units that differ in a bit of their parameters.
std::size_t distinct_units(KernelLearner& network, std::size_t layer) {
  const Weight& here = network.plan().weights[layer - 1];
  const std::size_t units = here.outputs, inputs = here.inputs;
  std::vector<std::vector<float>> all(units);
  for (std::size_t unit = 0; unit < units; ++unit) {
    const auto in = network.weight(layer).subspan(unit * inputs, inputs);
    all[unit].assign(in.begin(), in.end());
    all[unit].push_back(network.bias(layer)[unit]);
    if (layer == network.layers()) continue;
    for (std::size_t k = 0; k < network.bias(layer + 1).size(); ++k)
      all[unit].push_back(network.weight(layer + 1)[k * units + unit]);
  }
  std::size_t distinct = 0;
  for (std::size_t i = 0; i < units; ++i) {
    const auto same = [&](const std::vector<float>& other) {
      return std::memcmp(other.data(), all[i].data(), all[i].size() * sizeof(float)) == 0;
    };
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::none_of(all.begin(), end, same)) ++distinct;
  }
  return distinct;
}

/// (tr G)^2 / |G|_F^2 of G = H H^T, which is (sum s^2)^2 / sum s^4.
double effective_rank(const PanelShape& shape, const float* h) {
  const std::size_t n = shape.units;
  std::vector<double> gram(n * n);
  std::vector<double> column(n);
  for (std::size_t sample = 0; sample < shape.batch; ++sample) {
    for (std::size_t i = 0; i < n; ++i) column[i] = static_cast<double>(h[shape.at(sample, i)]);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j <= i; ++j) gram[i * n + j] += column[i] * column[j];
  }
  double trace = 0, squares = 0;
  for (std::size_t i = 0; i < n; ++i) {
    trace += gram[i * n + i];
    for (std::size_t j = 0; j <= i; ++j)
      squares += (i == j ? 1 : 2) * gram[i * n + j] * gram[i * n + j];
  }
  return squares > 0 ? trace * trace / squares : 0;
}

void count_activity(const PanelShape& shape, const float* h, ActivationSpec activation,
                    LayerState& state) {
  ActivityCount count;
  count.reset(shape.units, activation);
  alignas(64) float buffer[PanelShape::k_block];
  shape.for_each_block([&](PanelShape::Block block) {  // a copy: the signal's padding must stay
    std::copy_n(h + block.begin, block.size(), buffer);
    block.begin = 0;
    block.clear_padding(buffer);
    count.add(block, buffer);
  });
  const ActivityShares shares = count.shares(shape.batch);
  state.dead_fraction = shares.dead;
  state.saturated_fraction = shares.saturated;
}

}  // namespace

double root_mean_square(std::span<const float> values) noexcept {
  return std::sqrt(mean_square(values));
}

double root_mean_square_change(std::span<const float> now, std::span<const float> then) noexcept {
  double sum = 0;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const double change = static_cast<double>(now[i]) - static_cast<double>(then[i]);
    sum += change * change;
  }
  return std::sqrt(sum / static_cast<double>(now.size()));
}

double variance(std::span<const float> values) noexcept {
  double mean = 0, square = 0;
  const auto n = static_cast<double>(values.size());
  for (const float value : values) mean += static_cast<double>(value) / n;
  for (const float value : values) {
    const double off = static_cast<double>(value) - mean;
    square += off * off / n;
  }
  return square;
}

double mean_square(const PanelShape& shape, const float* signal) noexcept {
  double sum = 0;
  for_each_row(shape, signal, [&](std::span<const float> row) {
    sum += mean_square(row) * static_cast<double>(row.size());
  });
  return sum / static_cast<double>(shape.units * shape.batch);
}

LayerState observe_layer(KernelLearner& network, std::size_t layer) {
  const Row& row = network.plan().rows[layer - 1];
  const PanelShape shape = network.shape(row.after);
  const float* h = network.signal(row.after);
  LayerState state;
  state.activation = mean_square(shape, h);
  if (row.weight != k_none) {
    const std::size_t number = network.plan().weights[row.weight].number;
    state.weight = root_mean_square(network.weight(number));
    state.weight_gradient = root_mean_square(network.weight_gradient(number));
    state.bias_gradient = root_mean_square(network.bias_gradient(number));
  }
  if (row.after != row.before) count_activity(shape, h, row.activation, state);
  return state;
}

UnitStates observe_units(KernelLearner& network, std::size_t layer) {
  const Row& row = network.plan().rows[layer - 1];
  const PanelShape shape = network.shape(row.before);
  const float* z = network.signal(row.before);
  const auto weight = network.weight(layer);
  const auto bias = network.bias(layer);
  UnitStates units;
  units.weight.assign(weight.begin(), weight.end());
  units.bias.assign(bias.begin(), bias.end());
  for (std::size_t unit = 0; unit < bias.size(); ++unit)
    units.preactivation.push_back(z[shape.at(0, unit)]);
  units.distinct = distinct_units(network, layer);
  units.effective_rank = effective_rank(network.shape(row.after), network.signal(row.after));
  return units;
}

}  // namespace initscope
