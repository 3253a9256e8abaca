#include "initscope/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace initscope {
namespace {

// Sums run in this many chains: it hides the latency of an addition, and the order is fixed.
constexpr std::size_t k_chains = 8;
constexpr std::size_t k_block = 4096;

double total(const double (&chains)[k_chains]) noexcept {
  return ((chains[0] + chains[1]) + (chains[2] + chains[3])) +
         ((chains[4] + chains[5]) + (chains[6] + chains[7]));
}

/// An integer that is ordered as the values are, so that compilers turn minima of it into vector
/// instructions. NaN lies beyond the infinities.
std::int32_t order_key(float value) noexcept {
  std::int32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits ^ ((bits >> 31) & 0x7FFFFFFF);
}

float from_order_key(std::int32_t key) noexcept {
  const std::int32_t bits = key ^ ((key >> 31) & 0x7FFFFFFF);
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

struct KeyRange {
  std::int32_t low, high;

  bool finite() const noexcept {
    constexpr float k_infinity = std::numeric_limits<float>::infinity();
    return low > order_key(-k_infinity) && high < order_key(k_infinity);
  }
};

KeyRange key_range(std::span<const float> values) noexcept {
  KeyRange range{order_key(values[0]), order_key(values[0])};
  for (const float value : values) {
    const std::int32_t key = order_key(value);
    range.low = std::min(range.low, key);
    range.high = std::max(range.high, key);
  }
  return range;
}

constexpr std::size_t k_radix_bits = 11, k_radix = 1u << k_radix_bits, k_passes = 3;

std::size_t digit(float value, std::size_t pass) noexcept {
  const std::uint32_t key = static_cast<std::uint32_t>(order_key(value)) ^ 0x80000000u;
  return (key >> (pass * k_radix_bits)) % k_radix;
}

}  // namespace

void Moments::add(std::span<const float> values) noexcept {
  float finite[k_block];
  while (!values.empty()) {
    std::span<const float> block = values.first(std::min(values.size(), k_block));
    values = values.subspan(block.size());
    KeyRange range = key_range(block);
    if (!range.finite()) {
      const auto end = std::copy_if(block.begin(), block.end(), finite,
                                    [](float value) { return std::isfinite(value); });
      const auto kept = static_cast<std::size_t>(end - finite);
      nonfinite_ += block.size() - kept;
      block = {finite, kept};
      if (kept == 0) continue;
      range = key_range(block);
    }
    const std::size_t whole = block.size() / k_chains * k_chains;
    double sum[k_chains] = {};
    for (std::size_t i = 0; i < whole; i += k_chains)
      for (std::size_t j = 0; j < k_chains; ++j) sum[j] += static_cast<double>(block[i + j]);
    for (std::size_t i = whole; i < block.size(); ++i)
      sum[i - whole] += static_cast<double>(block[i]);
    const double mean = total(sum) / static_cast<double>(block.size());
    double m2[k_chains] = {}, m3[k_chains] = {}, m4[k_chains] = {};
    const auto deviate = [&](std::size_t i, std::size_t j) {
      const double d = static_cast<double>(block[i]) - mean, d2 = d * d;
      m2[j] += d2;
      m3[j] += d2 * d;
      m4[j] += d2 * d2;
    };
    for (std::size_t i = 0; i < whole; i += k_chains)
      for (std::size_t j = 0; j < k_chains; ++j) deviate(i + j, j);
    for (std::size_t i = whole; i < block.size(); ++i) deviate(i, i - whole);
    merge(block.size(), mean, total(m2), total(m3), total(m4));
    min_ = std::min(min_, static_cast<double>(from_order_key(range.low)));
    max_ = std::max(max_, static_cast<double>(from_order_key(range.high)));
  }
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

void Histogram::add(std::span<const float> values) noexcept {
  const double scale = static_cast<double>(counts.size()) / (to - from);
  const std::size_t last = counts.size() - 1;
  for (const float value : values) {
    const double x = static_cast<double>(value);
    if (x >= from && x <= to)
      ++counts[std::min(last, static_cast<std::size_t>((x - from) * scale))];
    else
      ++(x < from ? below : above);
  }
}

double quantile(std::span<const float> sorted, double p) noexcept {
  const double position = p * static_cast<double>(sorted.size() - 1);
  const auto index = std::min(sorted.size() - 1, static_cast<std::size_t>(position));
  const double low = static_cast<double>(sorted[index]);
  const double high = static_cast<double>(sorted[std::min(index + 1, sorted.size() - 1)]);
  return low + (position - static_cast<double>(index)) * (high - low);
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
