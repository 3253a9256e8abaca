#include "initscope/certificate.hpp"

#include <algorithm>
#include <cmath>

namespace initscope {
namespace {
/// Whether the significand of this number is 1: a product with it is never rounded.
bool power_of_two(float value) noexcept {
  int exponent = 0;
  return std::frexp(value, &exponent) == 0.5F;
}

/// Whether this many odd k of `count` may be chance: 7 standard deviations, 3e-12.
bool parities_agree(std::uint64_t odd, std::uint64_t count) noexcept {
  const double n = static_cast<double>(count), off = static_cast<double>(odd) - n / 2;
  return odd > 0 && odd < count && std::abs(off) <= 3.5 * std::sqrt(n);
}

/// Whether the largest of `count` magnitudes may be this share of b: n (1 - share) is exponential
/// with mean 1, above 24 with probability 4e-11.
bool reaches(double largest, double bound, std::uint64_t count) noexcept {
  return static_cast<double>(count) * (1 - largest / bound) < 24;
}

}  // namespace

UniformLattice::UniformLattice(std::span<const double> bounds) {
  std::vector<double> usable;
  for (const double bound : bounds)
    if (TorchLattice::usable(bound)) usable.push_back(bound);
  const auto b32 = [](double bound) { return static_cast<float>(bound); };
  std::stable_sort(usable.begin(), usable.end(),
                   [&](double one, double other) { return b32(one) < b32(other); });
  const auto end = std::unique(usable.begin(), usable.end(),
                               [&](double one, double other) { return b32(one) == b32(other); });
  usable.erase(end, usable.end());
  for (const double bound : usable)
    for (const bool fused : {true, false})
      if (fused || !power_of_two(b32(bound)))
        alive_.push_back({TorchLattice(b32(bound), fused), bound});
}

bool UniformLattice::holds(Candidate& candidate, float value) noexcept {
  const std::int32_t word = candidate.lattice.word_of(value);
  // Above the middle, products that were rounded by themselves are the same for two k at times.
  const bool alone = candidate.lattice.fused || word < 0x800000;
  candidate.judged += alone ? 1 : 0;
  candidate.odd += alone ? static_cast<std::uint64_t>(word & 1) : 0;
  return word >= 0;
}

void UniformLattice::remember(float value) noexcept {
  const auto end = levels_.begin() + static_cast<std::ptrdiff_t>(level_count_);
  if (level_count_ < levels_.size() && std::find(levels_.begin(), end, std::abs(value)) == end)
    levels_[level_count_++] = std::abs(value);
}

void UniformLattice::add(std::span<const float> values) noexcept {
  if (values.empty()) return;
  if (count_ == 0) first_ = values.front();
  count_ += values.size();
  if (constant_)
    constant_ = std::all_of(values.begin(), values.end(), [&](float x) { return x == first_; });
  std::size_t i = 0;
  // One value for all candidates while there are several, so that each wrong one costs two.
  for (; i < values.size() && (alive_.size() > 1 || (!alive_.empty() && level_count_ < k_levels));
       ++i) {
    remember(values[i]);
    largest_ = std::max(largest_, std::abs(values[i]));
    std::erase_if(alive_, [&](Candidate& candidate) { return !holds(candidate, values[i]); });
  }
  if (alive_.empty()) return;
  Candidate last = alive_.front();
  float largest = largest_;
  for (; i < values.size(); ++i) {
    if (!holds(last, values[i])) {
      alive_.clear();
      return;
    }
    largest = std::max(largest, std::abs(values[i]));
  }
  alive_.front() = last;
  largest_ = largest;
}

UniformLattice::Verdict UniformLattice::verdict() const noexcept {
  Verdict verdict;
  verdict.count = count_;
  verdict.constant = count_ > 0 && constant_;
  if (count_ < k_least_values || level_count_ < k_least_levels) return verdict;
  // Where both roundings hold, they are the same but for luck: the first, fused, is told.
  for (const Candidate& candidate : alive_) {
    if (!parities_agree(candidate.odd, candidate.judged) ||
        !reaches(largest_, static_cast<double>(-candidate.lattice.low), count_))
      continue;
    verdict.certified = true;
    verdict.bound = candidate.bound;
    verdict.fused = candidate.lattice.fused;
    break;
  }
  return verdict;
}

}  // namespace initscope
