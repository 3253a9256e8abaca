#include "audit/counts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace initscope {
namespace {

constexpr double k_least_normal_f16 = 0x1p-14, k_lost_f16 = 0x1p-25;
constexpr std::size_t k_most_bins = 128, k_shown_bins = 100;

double finite_or_zero(double value) noexcept { return std::isfinite(value) ? value : 0; }

}  // namespace

template <class Number>
void ValueCounts::count(std::span<const Number> values) noexcept {
  std::uint64_t zeros = 0, nan = 0, inf = 0, subnormal = 0, underflow = 0;
  for (const Number value : values) {
    const Number magnitude = std::abs(value);
    zeros += magnitude == 0 ? 1u : 0u;
    nan += std::isnan(value) ? 1u : 0u;
    inf += magnitude == std::numeric_limits<Number>::infinity() ? 1u : 0u;
    underflow += magnitude <= static_cast<Number>(k_lost_f16) && magnitude != 0 ? 1u : 0u;
    subnormal += magnitude < static_cast<Number>(k_least_normal_f16) &&
                         magnitude > static_cast<Number>(k_lost_f16)
                     ? 1u
                     : 0u;
  }
  if (nan + inf > 0 && !first_nonfinite_) {
    const auto first = std::find_if(values.begin(), values.end(),
                                    [](Number value) { return !std::isfinite(value); });
    first_nonfinite_ = count_ + static_cast<std::uint64_t>(first - values.begin());
  }
  count_ += values.size();
  zeros_ += zeros;
  nan_ += nan;
  inf_ += inf;
  subnormal_ += subnormal;
  underflow_ += underflow;
}

template <class Number>
void ValueCounts::meet(std::span<const Number> values) noexcept {
  for (const Number number : values) {
    if (many_) return;
    const auto value = static_cast<double>(number);
    const auto end = atoms_ + atom_count_;
    if (!std::isfinite(value) || std::find(atoms_, end, value) != end) continue;
    many_ = atom_count_ == k_most_atoms;
    if (!many_) atoms_[atom_count_++] = value;
  }
}

void ValueCounts::add(std::span<const float> values) noexcept {
  count(values);
  meet(values);
  moments_.add(values);
}

void ValueCounts::add(std::span<const double> values) noexcept {
  count(values);
  meet(values);
  wide_ = true;
  for (const double value : values)
    if (std::isfinite(value)) add_wide(value);
}

void ValueCounts::add_wide(double value) noexcept {
  // One value at a time, by the same formulas as `Moments::merge`.
  low_ = wide_count_ == 0 ? value : std::min(low_, value);
  high_ = wide_count_ == 0 ? value : std::max(high_, value);
  const double before = wide_count_, n = before + 1;
  const double d = value - wide_mean_, part = d / n, square = part * part, term = d * part * before;
  wide_count_ = n;
  wide_mean_ += part;
  m4_ += term * square * (n * n - 3 * n + 3) + 6 * square * m2_ - 4 * part * m3_;
  m3_ += term * part * (n - 2) - 3 * part * m2_;
  m2_ += term;
}

double ValueCounts::mean() const noexcept { return wide_ ? wide_mean_ : moments_.mean(); }

double ValueCounts::variance() const noexcept {
  return wide_ ? m2_ / std::max(wide_count_, 1.0) : moments_.variance();
}

double ValueCounts::second_moment() const noexcept {
  return finite() == 0 ? 0 : variance() + mean() * mean();
}

double ValueCounts::kurtosis() const noexcept {
  const double v = finite() == 0 ? 0 : variance();
  if (v == 0) return 0;
  return wide_ ? finite_or_zero(m4_ / wide_count_ / v / v) : moments_.excess_kurtosis() + 3;
}

TensorStatistics ValueCounts::statistics() const noexcept {
  TensorStatistics all;
  all.zeros = zeros_;
  all.nan = nan_;
  all.inf = inf_;
  all.first_nonfinite = first_nonfinite_;
  if (count_ > 0) {
    all.subnormal_f16 = static_cast<double>(subnormal_) / static_cast<double>(count_);
    all.underflow_f16 = static_cast<double>(underflow_) / static_cast<double>(count_);
  }
  if (finite() == 0) return all;
  all.mean = finite_or_zero(mean());
  all.std = finite_or_zero(std::sqrt(variance()));
  all.min = wide_ ? low_ : moments_.min();
  all.max = wide_ ? high_ : moments_.max();
  const double fourth = kurtosis();
  all.excess_kurtosis = fourth == 0 ? 0 : fourth - 3;
  return all;
}

std::vector<double> ValueCounts::atoms() const {
  if (many_) return {};
  std::vector<double> values(atoms_, atoms_ + atom_count_);
  std::sort(values.begin(), values.end());
  return values;
}

void GrowingHistogram::grow(float magnitude) {
  constexpr double k_least = 0x1p-149;
  if (bins_.counts.empty()) {
    double reach = k_least;
    while (reach <= static_cast<double>(magnitude)) reach *= 2;
    bins_.reset(-reach, reach, k_bins);
  }
  while (bins_.to <= static_cast<double>(magnitude)) {
    // Two bins become one; those that are new are empty.
    std::vector<std::uint64_t> wider(k_bins);
    for (std::size_t i = 0; i < k_bins; ++i) wider[k_bins / 4 + i / 2] += bins_.counts[i];
    bins_.counts = std::move(wider);
    bins_.from *= 2;
    bins_.to *= 2;
  }
}

void GrowingHistogram::add(std::span<const float> values) {
  float most = 0;
  for (const float value : values)
    most = std::max(most, std::isfinite(value) ? std::abs(value) : 0);
  grow(most);
  bins_.add(values);
}

AuditHistogram GrowingHistogram::cropped(double low, double high) const {
  const double width = (bins_.to - bins_.from) / static_cast<double>(k_bins);
  const auto place = [&](double value) {
    const double bin = std::floor((value - bins_.from) / width);
    return static_cast<std::size_t>(std::clamp(bin, 0.0, static_cast<double>(k_bins - 1)));
  };
  const std::size_t first = place(low), last = place(high), used = last - first + 1;
  const std::size_t joined = (used + k_most_bins - 1) / k_most_bins;
  AuditHistogram out;
  out.counts.resize((used + joined - 1) / joined);
  out.from = bins_.from + width * static_cast<double>(first);
  out.to = out.from + width * static_cast<double>(joined * out.counts.size());
  for (std::size_t i = first; i <= last; ++i) out.counts[(i - first) / joined] += bins_.counts[i];
  return out;
}

AuditHistogram histogram_of(std::span<const float> values) {
  float low = std::numeric_limits<float>::infinity(), high = -low;
  for (const float value : values) {
    if (!std::isfinite(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (low > high) return {};
  const auto from = static_cast<double>(low), to = static_cast<double>(high);
  if (from == to) return {from, to, {values.size()}};
  Histogram bins(from, to, k_shown_bins);
  bins.add(values);
  return {from, to, std::move(bins.counts)};
}

}  // namespace initscope
