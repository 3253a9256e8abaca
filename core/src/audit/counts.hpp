// What is counted of every value as it streams by.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "initscope/audit.hpp"
#include "initscope/statistics.hpp"

namespace initscope {

/// Moments, extrema and counts of all values of a tensor, of float32 or of binary64. Blocks come in
/// order, and how long they are changes the last bits: a caller keeps to one length.
class ValueCounts {
 public:
  void add(std::span<const float> values) noexcept;
  void add(std::span<const double> values) noexcept;

  std::uint64_t count() const noexcept { return count_; }
  std::uint64_t finite() const noexcept { return count_ - nan_ - inf_; }
  /// Of a tensor of which no value is finite: all statistics 0.
  TensorStatistics statistics() const noexcept;
  /// Mean of squares, and of fourth powers about the mean over the squared variance; 0 where there
  /// is no spread.
  double second_moment() const noexcept;
  double kurtosis() const noexcept;
  /// The values that occur, at most three, ascending; none where they are more.
  std::vector<double> atoms() const;

 private:
  template <class Number>
  void count(std::span<const Number> values) noexcept;
  template <class Number>
  void meet(std::span<const Number> values) noexcept;
  void add_wide(double value) noexcept;
  double mean() const noexcept;
  double variance() const noexcept;

  static constexpr std::size_t k_most_atoms = 3;
  std::uint64_t count_ = 0, zeros_ = 0, nan_ = 0, inf_ = 0, subnormal_ = 0, underflow_ = 0;
  std::optional<std::uint64_t> first_nonfinite_;
  Moments moments_;
  bool wide_ = false;  ///< the moments are those below
  double wide_count_ = 0, wide_mean_ = 0, m2_ = 0, m3_ = 0, m4_ = 0, low_ = 0, high_ = 0;
  double atoms_[k_most_atoms] = {};
  std::size_t atom_count_ = 0;
  bool many_ = false;  ///< more than `k_most_atoms` values occur
};

/// Counts of finite values over a range that grows as they come: 4096 bins over [-2^k, 2^k].
class GrowingHistogram {
 public:
  void add(std::span<const float> values);
  /// The bins from `low` to `high`, the extrema, joined to at most 128.
  AuditHistogram cropped(double low, double high) const;

 private:
  void grow(float magnitude);

  static constexpr std::size_t k_bins = 4096;
  Histogram bins_;
};

/// The same of values that are all at hand: 100 bins from the least to the largest.
AuditHistogram histogram_of(std::span<const float> values);

}  // namespace initscope
