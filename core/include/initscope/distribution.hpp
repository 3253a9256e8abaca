// The distribution job: draw values by a scheme and compare them with their law.
#pragma once

#include <memory>

#include "initscope/schemes.hpp"
#include "initscope/statistics.hpp"

namespace initscope {

/// Most values drawn for one figure.
inline constexpr double k_most_samples = 1e7;

struct DistributionSpec {
  SchemeSpec scheme;
  Shape shape;
  std::size_t samples = 0;
  std::uint64_t seed = 0;
  std::size_t bins = 0;
};

/// Fields "scheme" with its parameters, "shape" (for the fans alone: it may be larger than
/// memory), "samples", "seed", "bins".
std::span<const Field> distribution_fields();

Issues read(const Spec& spec, DistributionSpec& out);

/// Probabilities of the quantiles in a result.
std::span<const double> quantile_probabilities() noexcept;

struct DistributionResult {
  Law law;
  Facts facts;
  Moments moments;
  Histogram histogram;  ///< over law.view(); values outside are counted apart
  std::vector<double> quantiles;
  double ks_distance = 0;
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
