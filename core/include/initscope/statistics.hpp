// Statistics of samples, accumulated in double. The bits do not depend on the machine.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "initscope/law.hpp"

namespace initscope {

/// Moments of the finite values among those added, in one pass. Two accumulators merge into what
/// one would have held (Pebay 2008, SAND2008-6212), up to rounding of 1e-15 relative.
class Moments {
 public:
  /// Adds the values, any count and alignment, infinities and NaN among them.
  void add(std::span<const float> values) noexcept;
  /// Adds what another has, which may be this one.
  void merge(const Moments& other) noexcept;

  std::uint64_t count() const noexcept { return count_; }          ///< finite values
  std::uint64_t nonfinite() const noexcept { return nonfinite_; }  ///< infinities and NaN
  /// NaN before any finite value, and so is every statistic below but for min and max.
  double mean() const noexcept;
  /// Mean of squared deviations (divided by count).
  double variance() const noexcept;
  double std() const noexcept;
  /// Mean of squares.
  double second_moment() const noexcept { return variance() + mean_ * mean_; }
  /// 0 where the variance is 0.
  double skewness() const noexcept;
  double excess_kurtosis() const noexcept;
  /// +infinity and -infinity before any value.
  double min() const noexcept { return min_; }
  double max() const noexcept { return max_; }

 private:
  void merge(std::uint64_t count, double mean, double m2, double m3, double m4) noexcept;
  // False, and nothing added, where a value is not finite.
  bool add_block(std::span<const float> block) noexcept;
  bool add_sums(std::span<const float> block, std::size_t count) noexcept;

  std::uint64_t count_ = 0, nonfinite_ = 0;
  double mean_ = 0, m2_ = 0, m3_ = 0, m4_ = 0;
  double min_ = std::numeric_limits<double>::infinity();
  double max_ = -std::numeric_limits<double>::infinity();
};

/// Counts in equal bins over [from, to]. Bin i holds [from + i w, from + (i + 1) w), the last also
/// `to`; values outside are counted apart, NaN among those above.
struct Histogram {
  double from = 0, to = 0;
  std::vector<std::uint64_t> counts;
  std::uint64_t below = 0, above = 0;

  Histogram() = default;
  Histogram(double lowest, double highest, std::size_t bins)
      : from(lowest), to(highest), counts(bins) {}

  /// Begins anew, in the memory that it has.
  void reset(double lowest, double highest, std::size_t bins) {
    from = lowest;
    to = highest;
    counts.assign(bins, 0);
    below = above = 0;
  }

  /// The bin in which `add` counts a value; none for one outside, NaN among these, or where there
  /// are no bins.
  std::optional<std::size_t> bin_of(float value) const noexcept;

  /// Counts the values, any count and alignment. `from` < `to` and at least one bin must be there.
  void add(std::span<const float> values) noexcept;
};

/// The p-quantile of sorted values, p in [0, 1], by linear interpolation between order statistics
/// (type 7 of Hyndman and Fan 1996, NumPy's default). `sorted` holds at least one value, ascending,
/// without NaN; undefined otherwise. Reads two of them.
double quantile(std::span<const float> sorted, double p) noexcept;
double quantile(std::span<const double> sorted, double p) noexcept;

/// Range of one quantity over repeated draws. From low to high lie 95 % of them (type 7 quantiles).
struct Range {
  double least = 0, low = 0, median = 0, high = 0, greatest = 0;
};

/// The range of at least one value. Sorts them in place, but leaves them as they are where one is
/// NaN: then every number of the range is.
Range range_of(std::span<double> values) noexcept;

/// Kolmogorov and Smirnov's distance sup |F_n - F| between sorted values and a law, fed in order.
/// Exact, atoms included; F is evaluated only where a block of values could raise the distance.
class KolmogorovSmirnov {
 public:
  KolmogorovSmirnov(const Law& law, std::uint64_t count) noexcept : law_(law), count_(count) {}

  /// Takes the next values, ascending and without NaN, over all calls together as many as `count`
  /// said; undefined otherwise. Equal values may be split over calls.
  void add(std::span<const float> sorted) noexcept;
  /// The distance so far, that of the sample once all values have come.
  double distance() const noexcept { return distance_; }

 private:
  double at(std::uint64_t index) const noexcept {
    return static_cast<double>(index) / static_cast<double>(count_);
  }
  void compare(double empirical, double theoretical) noexcept;

  Law law_;
  std::uint64_t count_, seen_ = 0;
  double distance_ = 0;
};

/// The distance of a whole sample, ascending and without NaN; 0 for none.
double kolmogorov_smirnov(std::span<const float> sorted, const Law& law) noexcept;

/// Sorts float32 values without NaN in bounded steps: three passes of 11 bits over keys whose
/// unsigned order is the values' order. Needs twice the memory of the values; 10 ns a value.
class RadixSort {
 public:
  /// Takes the values over, fewer than 2^32 of them.
  explicit RadixSort(std::vector<float> values);

  /// Handles up to `count` elements of a pass; true while there is more to do.
  bool advance(std::size_t count) noexcept;
  /// Share done, 0 to 1.
  double progress() const noexcept;
  /// The values, sorted once `advance` has returned false: a view into this, which must outlive it.
  std::span<const float> values() const noexcept { return values_; }

 private:
  std::vector<float> values_, other_;
  std::vector<std::uint32_t> starts_;  // 3 x 2048
  std::size_t pass_ = 0, position_ = 0;
};

}  // namespace initscope
