// The distribution job: draw values by a scheme and compare them with their law.
#pragma once

#include <memory>

#include "initscope/statistics.hpp"
#include "initscope/tensor.hpp"

namespace initscope {

/// Most values drawn for one figure.
inline constexpr double k_most_samples = 1e7;

struct DistributionSpec : TensorSpec {
  std::size_t samples = 0;
  std::size_t bins = 0;
};

/// A tensor's fields, "samples" and "bins". The samples are the elements of tensors of that shape,
/// drawn one after the other until there are enough. Where elements are independent, our own
/// generator needs the shape for the fans alone, and it may be larger than memory.
std::span<const Field> distribution_fields();

/// What is wrong with the spec; `out` is usable only if that is nothing.
Issues read(const Spec& spec, DistributionSpec& out);

/// Probabilities of the quantiles in a result, ascending: static memory.
std::span<const double> quantile_probabilities() noexcept;
/// Probabilities of a result's curves, ascending: (i - 1/2) / 200, and further out 10^-3, 10^-4,
/// 10^-5 from both ends; static memory.
std::span<const double> curve_probabilities() noexcept;

struct DistributionResult {
  Law law;
  Facts facts;
  Moments moments;
  Histogram histogram;      ///< over law.view(); values outside are counted apart, and so are zeros
  std::uint64_t zeros = 0;  ///< values that are 0, where the law has an atom there beside it
  std::vector<double> quantiles;  ///< the samples', at `quantile_probabilities()`
  /// Quantiles of the samples and of the law at `curve_probabilities()`, for plots of one against
  /// the other.
  std::vector<double> sample_curve, law_curve;
  double ks_distance = 0;  ///< NaN where the law is unknown
  /// Abscissae and the law's density there, for a line over the histogram; empty for an atom.
  std::vector<double> density_x, density;
};

/// Draws, sorts and measures in bounded steps. Memory: 8 bytes a value.
class DistributionJob {
 public:
  explicit DistributionJob(const DistributionSpec& spec);
  ~DistributionJob();

  /// One bounded step, at most a few milliseconds; true while there is more to do.
  bool advance() noexcept;
  /// Share done, 0 to 1.
  double progress() const noexcept;
  /// Complete once `advance` has returned false.
  const DistributionResult& result() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace initscope
