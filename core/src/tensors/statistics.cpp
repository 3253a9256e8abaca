#include "initscope/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "simd/kernels.hpp"

namespace initscope {
namespace {

constexpr std::size_t k_block = 4096;

/// An integer that is ordered as the values are. NaN lies beyond the infinities.
std::int32_t order_key(float value) noexcept {
  std::int32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits ^ ((bits >> 31) & 0x7FFFFFFF);
}

constexpr std::size_t k_radix_bits = 11, k_radix = 1u << k_radix_bits, k_passes = 3;

std::size_t digit(float value, std::size_t pass) noexcept {
  const std::uint32_t key = static_cast<std::uint32_t>(order_key(value)) ^ 0x80000000u;
  return (key >> (pass * k_radix_bits)) % k_radix;
}

}  // namespace

void Moments::add(std::span<const float> values) noexcept {
  float copy[k_block];
  while (!values.empty()) {
    std::span<const float> block = values.first(std::min(values.size(), k_block));
    values = values.subspan(block.size());
    if (add_block(block)) continue;
    const auto end = std::copy_if(block.begin(), block.end(), copy,
                                  [](float value) { return std::isfinite(value); });
    const auto kept = static_cast<std::size_t>(end - copy);
    nonfinite_ += block.size() - kept;
    if (kept > 0) add_block({copy, kept});
  }
}

bool Moments::add_block(std::span<const float> block) noexcept {
  const std::size_t whole = block.size() / simd::k_chains * simd::k_chains;
  if (whole < block.size()) {
    // The rest of a chain's length is filled with the origin, which adds nothing to the sums.
    float padded[k_block];
    std::copy(block.begin(), block.end(), padded);
    const std::size_t full = whole + simd::k_chains;
    std::fill(padded + block.size(), padded + full, block[0]);
    return add_sums({padded, full}, block.size());
  }
  return add_sums(block, block.size());
}

bool Moments::add_sums(std::span<const float> block, std::size_t count) noexcept {
  simd::PowerSums sums;
  simd::kernels().powers(block.data(), block.size(), &sums);
  if (!std::isfinite(sums.sum[1])) return false;
  // From sums about the origin, one of the values, to central ones.
  const auto n = static_cast<double>(count);
  const double shift = sums.sum[0] / n, s2 = sums.sum[1], s3 = sums.sum[2], s4 = sums.sum[3];
  const double m2 = s2 - n * shift * shift;
  const double m3 = s3 - 3 * shift * s2 + 2 * n * shift * shift * shift;
  const double m4 =
      s4 - 4 * shift * s3 + 6 * shift * shift * s2 - 3 * n * shift * shift * shift * shift;
  merge(count, sums.origin + shift, std::max(m2, 0.0), m3, std::max(m4, 0.0));
  min_ = std::min(min_, static_cast<double>(sums.low));
  max_ = std::max(max_, static_cast<double>(sums.high));
  return true;
}

void Moments::merge(const Moments& other) noexcept {
  nonfinite_ += other.nonfinite_;
  if (other.count_ == 0) return;
  merge(other.count_, other.mean_, other.m2_, other.m3_, other.m4_);
  min_ = std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
}

void Moments::merge(std::uint64_t count, double mean, double m2, double m3, double m4) noexcept {
  const auto a = static_cast<double>(count_), b = static_cast<double>(count), n = a + b;
  const double d = mean - mean_, d2 = d * d;
  m4_ += m4 + d2 * d2 * a * b * (a * a - a * b + b * b) / (n * n * n) +
         6 * d2 * (a * a * m2 + b * b * m2_) / (n * n) + 4 * d * (a * m3 - b * m3_) / n;
  m3_ += m3 + d2 * d * a * b * (a - b) / (n * n) + 3 * d * (a * m2 - b * m2_) / n;
  m2_ += m2 + d2 * a * b / n;
  mean_ += d * b / n;
  count_ += count;
}

double Moments::mean() const noexcept { return count_ == 0 ? std::nan("") : mean_; }

double Moments::variance() const noexcept {
  return count_ == 0 ? std::nan("") : m2_ / static_cast<double>(count_);
}

double Moments::std() const noexcept { return std::sqrt(variance()); }

double Moments::skewness() const noexcept {
  const double v = variance();
  return v == 0 ? 0 : m3_ / static_cast<double>(count_) / (v * std::sqrt(v));
}

double Moments::excess_kurtosis() const noexcept {
  const double v = variance();
  return v == 0 ? 0 : m4_ / static_cast<double>(count_) / (v * v) - 3;
}

namespace {

simd::Bins bins_of(const Histogram& histogram) noexcept {
  const double from = histogram.from, to = histogram.to;
  const std::size_t count = histogram.counts.size();
  return {from, to, static_cast<double>(count) / (to - from), count};
}

/// Counts slots: 0 is below the bins, the last above them. Values next to each other are often in
/// one bin, and an addition to memory waits for the one before: each of four tables takes every
/// fourth. Where there are many bins, the tables would be larger than what they save.
class SlotCounts {
 public:
  explicit SlotCounts(std::size_t bins) noexcept : slots_(bins + 2), small_(slots_ <= k_most) {
    if (small_)
      for (auto& table : tables_) std::fill_n(table, slots_, std::uint64_t{0});
  }

  void add(std::span<const std::uint64_t> slots, Histogram& histogram) noexcept {
    std::size_t i = 0;
    if (small_)
      for (; i + k_tables <= slots.size(); i += k_tables)
        for (std::size_t k = 0; k < k_tables; ++k) ++tables_[k][slots[i + k]];
    for (; i < slots.size(); ++i) put(histogram, static_cast<std::size_t>(slots[i]), 1);
  }

  void settle(Histogram& histogram) const noexcept {
    if (!small_) return;
    for (std::size_t slot = 0; slot < slots_; ++slot) {
      std::uint64_t sum = 0;
      for (const auto& table : tables_) sum += table[slot];
      put(histogram, slot, sum);
    }
  }

 private:
  void put(Histogram& histogram, std::size_t slot, std::uint64_t count) const noexcept {
    if (slot == 0)
      histogram.below += count;
    else if (slot + 1 == slots_)
      histogram.above += count;
    else
      histogram.counts[slot - 1] += count;
  }

  static constexpr std::size_t k_tables = 4, k_most = 130;
  std::size_t slots_;
  bool small_;
  std::uint64_t tables_[k_tables][k_most];
};

}  // namespace

std::optional<std::size_t> Histogram::bin_of(float value) const noexcept {
  if (counts.empty()) return std::nullopt;
  const float values[simd::k_chains] = {value};
  std::uint64_t slots[simd::k_chains];
  simd::kernels().slots(values, simd::k_chains, bins_of(*this), slots);
  const auto slot = static_cast<std::size_t>(slots[0] - 1);
  return slot < counts.size() ? std::optional(slot) : std::nullopt;
}

void Histogram::add(std::span<const float> values) noexcept {
  constexpr std::size_t k_piece = 512;
  const simd::Bins bins = bins_of(*this);
  float padded[k_piece];
  std::uint64_t slots[k_piece];
  SlotCounts seen(counts.size());
  while (!values.empty()) {
    std::span<const float> piece = values.first(std::min(values.size(), k_piece));
    values = values.subspan(piece.size());
    const std::size_t rest = piece.size() % simd::k_chains;
    if (rest == 0) {
      simd::kernels().slots(piece.data(), piece.size(), bins, slots);
    } else {
      const std::size_t full = piece.size() - rest + simd::k_chains;
      std::copy(piece.begin(), piece.end(), padded);
      std::fill(padded + piece.size(), padded + full, 0.0F);
      simd::kernels().slots(padded, full, bins, slots);
    }
    seen.add({slots, piece.size()}, *this);
  }
  seen.settle(*this);
}

namespace {

template <class Number>
double quantile_of(std::span<const Number> sorted, double p) noexcept {
  const double position = p * static_cast<double>(sorted.size() - 1);
  const auto index = std::min(sorted.size() - 1, static_cast<std::size_t>(position));
  const auto low = static_cast<double>(sorted[index]);
  const auto high = static_cast<double>(sorted[std::min(index + 1, sorted.size() - 1)]);
  const double share = position - static_cast<double>(index);
  return share == 0 || low == high ? low : low + share * (high - low);  // both may be infinite
}

}  // namespace

double quantile(std::span<const float> sorted, double p) noexcept { return quantile_of(sorted, p); }
double quantile(std::span<const double> sorted, double p) noexcept {
  return quantile_of(sorted, p);
}

Range range_of(std::span<double> values) noexcept {
  constexpr double k_nan = std::numeric_limits<double>::quiet_NaN();
  if (std::any_of(values.begin(), values.end(), [](double value) { return std::isnan(value); }))
    return {k_nan, k_nan, k_nan, k_nan, k_nan};
  std::sort(values.begin(), values.end());
  return {values.front(), quantile(values, 0.025), quantile(values, 0.5), quantile(values, 0.975),
          values.back()};
}

void KolmogorovSmirnov::compare(double empirical, double theoretical) noexcept {
  distance_ = std::max(distance_, std::abs(empirical - theoretical));
}

void KolmogorovSmirnov::add(std::span<const float> sorted) noexcept {
  constexpr std::size_t k_step = 64;
  for (std::size_t begin = 0; begin < sorted.size(); begin += k_step) {
    const std::size_t end = std::min(sorted.size(), begin + k_step);
    const auto low = static_cast<double>(sorted[begin]),
               high = static_cast<double>(sorted[end - 1]);
    // Nowhere in the block do F_n and F differ by more than this.
    const double bound =
        std::max(at(seen_ + end) - law_.cdf_below(low), law_.cdf(high) - at(seen_ + begin));
    if (bound <= distance_) continue;
    for (std::size_t i = begin; i < end; ++i) {
      const auto x = static_cast<double>(sorted[i]);
      const bool first_of_equals = i == 0 ? seen_ == 0 : sorted[i - 1] != sorted[i];
      const bool last_of_equals =
          i + 1 == sorted.size() ? seen_ + sorted.size() == count_ : sorted[i + 1] != sorted[i];
      if (first_of_equals) compare(at(seen_ + i), law_.cdf_below(x));
      if (last_of_equals) compare(at(seen_ + i + 1), law_.cdf(x));
    }
  }
  seen_ += sorted.size();
}

double kolmogorov_smirnov(std::span<const float> sorted, const Law& law) noexcept {
  KolmogorovSmirnov distance(law, sorted.size());
  distance.add(sorted);
  return distance.distance();
}

RadixSort::RadixSort(std::vector<float> values)
    : values_(std::move(values)), other_(values_.size()), starts_(k_passes * k_radix) {}

bool RadixSort::advance(std::size_t count) noexcept {
  if (pass_ > k_passes) return false;
  const std::size_t end = std::min(values_.size(), position_ + count);
  if (pass_ == 0) {  // counts the digits of every pass
    for (; position_ < end; ++position_)
      for (std::size_t pass = 0; pass < k_passes; ++pass)
        ++starts_[pass * k_radix + digit(values_[position_], pass)];
  } else {
    std::uint32_t* starts = starts_.data() + (pass_ - 1) * k_radix;
    for (; position_ < end; ++position_)
      other_[starts[digit(values_[position_], pass_ - 1)]++] = values_[position_];
  }
  if (position_ == values_.size()) {
    if (pass_ == 0) {
      for (std::size_t pass = 0; pass < k_passes; ++pass) {
        std::uint32_t start = 0;
        for (std::size_t d = 0; d < k_radix; ++d) {
          const std::uint32_t size = starts_[pass * k_radix + d];
          starts_[pass * k_radix + d] = start;
          start += size;
        }
      }
    } else {
      values_.swap(other_);
    }
    position_ = 0;
    ++pass_;
  }
  return pass_ <= k_passes;
}

double RadixSort::progress() const noexcept {
  if (values_.empty()) return 1;
  const double pass = static_cast<double>(pass_) +
                      static_cast<double>(position_) / static_cast<double>(values_.size());
  return std::min(1.0, pass / (k_passes + 1));
}

}  // namespace initscope
