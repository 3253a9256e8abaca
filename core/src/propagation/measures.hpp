// What a propagation measures of one signal, block by block, while a block is in the cache.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "initscope/propagation.hpp"
#include "passes/panels.hpp"
#include "simd/kernels.hpp"

namespace initscope {

/// The histogram of a signal whose moments are known: of its finite values, as the moments are.
/// Without bins where there are none.
void fill_histogram(const PanelShape& shape, const float* values, const Moments& moments,
                    Histogram& histogram);
/// The same of numbers in a row, any count and alignment.
void fill_histogram(std::span<const float> values, const Moments& moments, Histogram& histogram);

/// How many of the values are 0, or -0.
std::size_t zeros_among(std::span<const float> values) noexcept;

/// Quantiles of the finite values that the moments have counted, by their histogram, linear within
/// bins, at `layer_probabilities()`; `zeros` is the share of all values that are exactly 0: they
/// count at 0 itself, not spread over its bin.
LayerQuantiles quantiles_of(const Histogram& histogram, const Moments& moments,
                            double zeros) noexcept;

/// Mean over the batch of log(sum exp z) - mean z: what cross-entropy expects of logits whose
/// labels are drawn uniformly, whatever the logits are. At least ln of their number, which equal
/// ones have. NaN where a value is not finite.
double uniform_cross_entropy(const PanelShape& shape, const float* logits) noexcept;

/// Shares of activations that are 0 or saturated, and of units that are 0 on the whole batch.
struct ActivityShares {
  double zero, saturated, dead;
};

/// Counts units that are dead, and activations that are 0 or saturated.
class ActivityCount {
 public:
  void reset(std::size_t units, ActivationSpec activation);
  /// The padding of the block must be 0.
  void add(const PanelShape::Block& block, const float* h) noexcept;
  ActivityShares shares(std::size_t batch) const noexcept;

 private:
  simd::ActivityRange range_{};
  simd::Activity counts_;
  std::vector<std::uint8_t> alive_;
};

/// Sums over a layer's units: each sample's squares, and the products of each pair of neighbours.
/// The padding of a block does not matter.
class SampleSums {
 public:
  void reset(std::size_t batch);
  void add(const PanelShape::Block& block, const float* values) noexcept;
  /// Sums, one for each sample.
  std::span<const double> squares() const noexcept { return {squares_.data(), batch_}; }
  /// Mean over pairs (0, 1), (2, 3), ... of the cosine between them; NaN where there is none.
  double correlation() const noexcept;

 private:
  std::size_t batch_ = 0;
  std::vector<double> squares_, products_;
};

}  // namespace initscope
