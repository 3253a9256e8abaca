#include "propagation/measures.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <tuple>

namespace initscope {
namespace {

constexpr double k_view_std = 4;
constexpr double k_probabilities[] = {0.05, 0.25, 0.5, 0.75, 0.95};
static_assert(std::size(k_probabilities) == std::tuple_size_v<LayerQuantiles>);

using Block = PanelShape::Block;

/// Bins about the mean of what the moments have counted; false, and none, where that is nothing.
bool set_bins(const Moments& moments, Histogram& histogram) {
  if (moments.count() == 0) {
    histogram.reset(0, 0, 0);
    return false;
  }
  double from = std::max(moments.min(), moments.mean() - k_view_std * moments.std());
  double to = std::min(moments.max(), moments.mean() + k_view_std * moments.std());
  if (!(to > from)) {  // all equal: one bin's width around the value
    const double margin = moments.mean() == 0 ? 1 : std::abs(moments.mean());
    from = moments.mean() - margin;
    to = moments.mean() + margin;
  }
  histogram.reset(from, to, k_layer_bins);
  return true;
}

/// Counts those of at most a block's values that the moments have counted too.
void count_finite(std::span<const float> values, const Moments& moments,
                  Histogram& histogram) noexcept {
  if (moments.nonfinite() == 0) return histogram.add(values);
  float finite[PanelShape::k_block];
  const auto end = std::copy_if(values.begin(), values.end(), finite,
                                [](float value) { return std::isfinite(value); });
  histogram.add({finite, static_cast<std::size_t>(end - finite)});
}

}  // namespace

std::span<const double> layer_probabilities() noexcept { return k_probabilities; }

void fill_histogram(const PanelShape& shape, const float* values, const Moments& moments,
                    Histogram& histogram) {
  if (!set_bins(moments, histogram)) return;
  float buffer[PanelShape::k_block];
  shape.for_each_block(
      [&](const Block& block) { count_finite(block.values(values, buffer), moments, histogram); });
}

void fill_histogram(std::span<const float> values, const Moments& moments, Histogram& histogram) {
  if (!set_bins(moments, histogram)) return;
  while (!values.empty()) {
    const auto piece = values.first(std::min(values.size(), PanelShape::k_block));
    count_finite(piece, moments, histogram);
    values = values.subspan(piece.size());
  }
}

std::size_t zeros_among(std::span<const float> values) noexcept {
  std::size_t zeros = 0;
  for (const float value : values) zeros += value == 0 ? 1 : 0;
  return zeros;
}

LayerQuantiles quantiles_of(const Histogram& histogram, const Moments& moments,
                            double zeros) noexcept {
  LayerQuantiles quantiles;
  quantiles.fill(std::numeric_limits<double>::quiet_NaN());
  if (histogram.counts.empty()) return quantiles;
  const double bins = static_cast<double>(histogram.counts.size());
  const double width = (histogram.to - histogram.from) / bins;
  const double total = static_cast<double>(moments.count());
  const double atoms = zeros * static_cast<double>(moments.count() + moments.nonfinite());
  const auto zero_bin = histogram.bin_of(0);
  for (std::size_t k = 0; k < quantiles.size(); ++k) {
    double wanted = k_probabilities[k] * total - static_cast<double>(histogram.below);
    quantiles[k] = wanted < 0 ? histogram.from : histogram.to;
    for (std::size_t bin = 0; bin < histogram.counts.size() && wanted >= 0; ++bin) {
      const double begin = histogram.from + static_cast<double>(bin) * width;
      double inside = static_cast<double>(histogram.counts[bin]);
      if (bin == zero_bin && zeros > 0) {
        const double atom = std::min(inside, atoms);
        // Where 0 lies within its bin: what is below it there comes before the zeros.
        const double place = -histogram.from / width - static_cast<double>(bin);
        const double below = (inside - atom) * std::min(std::max(place, 0.0), 1.0);
        if (wanted >= below && wanted < below + atom) {
          quantiles[k] = 0;
          break;
        }
        if (wanted >= below + atom) wanted -= atom;
        inside -= atom;
      }
      if (wanted < inside) {
        quantiles[k] = begin + width * wanted / inside;
        break;
      }
      wanted -= inside;
    }
  }
  return quantiles;
}

void ActivityCount::reset(std::size_t units, ActivationSpec activation) {
  const auto& info = info_of(activation.id);
  constexpr float k_infinity = std::numeric_limits<float>::infinity();
  const bool saturates = info.saturated_below != info.saturated_above;
  range_ = {saturates ? static_cast<float>(info.saturated_below) : -k_infinity,
            saturates ? static_cast<float>(info.saturated_above) : k_infinity};
  counts_ = {};
  alive_.assign(units, 0);
}

void ActivityCount::add(const Block& block, const float* h) noexcept {
  simd::kernels().activity(h + block.begin, block.units, range_, &counts_,
                           alive_.data() + block.unit);
  const std::size_t padding = block.units * (simd::k_panel - block.columns);
  counts_.zeros -= padding;
  if (range_.low > 0 || range_.high < 0) counts_.saturated -= padding;
}

ActivityShares ActivityCount::shares(std::size_t batch) const noexcept {
  const auto units = static_cast<double>(alive_.size());
  const double values = units * static_cast<double>(batch);
  const auto dead = static_cast<double>(std::count(alive_.begin(), alive_.end(), std::uint8_t{0}));
  return {static_cast<double>(counts_.zeros) / values,
          static_cast<double>(counts_.saturated) / values, dead / units};
}

void SampleSums::reset(std::size_t batch) {
  batch_ = batch;
  const std::size_t columns = PanelShape{1, batch}.size();
  squares_.assign(columns, 0);
  products_.assign(columns / 2, 0);
}

void SampleSums::add(const Block& block, const float* values) noexcept {
  const std::size_t first = block.column;
  double squares[simd::k_panel] = {}, products[simd::k_panel / 2] = {};
  for (std::size_t unit = 0; unit < block.units; ++unit) {
    const float* row = values + block.begin + unit * simd::k_panel;
    for (std::size_t i = 0; i < simd::k_panel; i += 2) {
      const auto a = static_cast<double>(row[i]), b = static_cast<double>(row[i + 1]);
      squares[i] += a * a;
      squares[i + 1] += b * b;
      products[i / 2] += a * b;
    }
  }
  for (std::size_t i = 0; i < simd::k_panel; ++i) squares_[first + i] += squares[i];
  for (std::size_t i = 0; i < simd::k_panel / 2; ++i) products_[first / 2 + i] += products[i];
}

double SampleSums::correlation() const noexcept {
  double sum = 0, pairs = 0;
  for (std::size_t i = 0; i + 1 < batch_; i += 2) {
    const double cosine = products_[i / 2] / std::sqrt(squares_[i]) / std::sqrt(squares_[i + 1]);
    if (!std::isfinite(cosine)) continue;
    sum += cosine;
    ++pairs;
  }
  return pairs > 0 ? sum / pairs : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace initscope
