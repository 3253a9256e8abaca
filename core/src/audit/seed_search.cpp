#include <algorithm>
#include <array>
#include <cmath>

#include "audit/word_ranges.hpp"
#include "initscope/seed.hpp"
#include "random/mersenne.hpp"

namespace initscope {
namespace {

using mersenne::k_middle;
using mersenne::k_size;

constexpr std::uint64_t k_seeds = std::uint64_t{1} << 32;
/// Seeds at a time: enough vectors for multiplications not to wait for one another.
constexpr std::size_t k_lanes = 32;
using Lanes = std::array<std::uint32_t, k_lanes>;

void next_seeded(Lanes& words, std::uint32_t place) noexcept {
  for (std::uint32_t& word : words) word = mersenne::seeded_after(word, place);
}

Lanes twisted(const Lanes& middle, const Lanes& first, const Lanes& second) noexcept {
  Lanes x;
  for (std::size_t i = 0; i < k_lanes; ++i)
    x[i] = middle[i] ^ mersenne::twist(mersenne::joined(first[i], second[i]));
  return x;
}

/// Output `word` of the first 227: three words of the seeded array make it.
Lanes early_word(Lanes words, std::uint32_t word) noexcept {
  for (std::uint32_t j = 1; j <= word; ++j) next_seeded(words, j);
  const Lanes first = words;
  next_seeded(words, word + 1);
  const Lanes second = words;
  for (std::uint32_t j = word + 2; j <= word + k_middle; ++j) next_seeded(words, j);
  return twisted(words, first, second);
}

/// Any output: whole windows, up to the last.
Lanes late_word(Lanes words, std::uint64_t word, std::array<Lanes, k_size>& x) noexcept {
  x[0] = words;
  for (std::uint32_t j = 1; j < k_size; ++j) {
    next_seeded(words, j);
    x[j] = words;
  }
  const auto last = static_cast<std::size_t>(word % k_size);
  for (std::uint64_t window = 0; window <= word / k_size; ++window) {
    const std::size_t end = window == word / k_size ? last + 1 : k_size;
    for (std::size_t i = 0; i < end; ++i)
      x[i] = twisted(x[(i + k_middle) % k_size], x[i], x[(i + 1) % k_size]);
  }
  return x[last];
}

}  // namespace

SeedSearch::SeedSearch(const LawDrawn& law, Precision precision, std::span<const float> values,
                       std::uint64_t offset, std::uint32_t first, std::uint64_t count)
    : law_(law),
      precision_(precision),
      values_(values.begin(), values.end()),
      offset_(offset),
      end_(std::min(count, k_seeds - first)),
      first_(first) {
  const bool finite =
      std::all_of(values.begin(), values.end(), [](float x) { return std::isfinite(x); });
  const auto ranges =
      finite && can_be_drawn(law) ? word_ranges(law, precision, values) : std::vector<WordRange>();
  double chance = static_cast<double>(end_), least = 2;
  for (const WordRange& range : ranges) {
    chance *= range.share();
    if (range.share() >= least) continue;
    least = range.share();
    word_ = offset + range.word;
    low_ = range.low;
    high_ = range.high;
  }
  enough_ = !ranges.empty() && chance < 1e-6;
  // A value that no word gives was drawn by none.
  if (!enough_ || low_ > high_) tried_ = end_;
}

bool SeedSearch::left_out(float value) const noexcept {
  return law_.kind == LawDrawn::Kind::normal && value == 0;
}

bool SeedSearch::draws_the_same(std::uint32_t seed) const {
  std::array<float, 64> drawn;
  TorchStream stream(seed);
  Redrawing redrawing(stream, offset_, law_, values_.size());
  for (std::size_t i = 0; i < values_.size(); i += drawn.size()) {
    const std::size_t some = std::min(drawn.size(), values_.size() - i);
    redrawing.next(std::span(drawn).first(some));
    for (std::size_t j = 0; j < some; ++j)
      if (rounded_to(precision_, drawn[j]) != values_[i + j] && !left_out(values_[i + j]))
        return false;
  }
  return true;
}

bool SeedSearch::advance(std::uint64_t most) {
  std::vector<std::array<Lanes, k_size>> scratch(word_ + k_middle < k_size ? 0 : 1);
  const std::uint64_t end = tried_ + std::min(most, end_ - tried_);
  while (tried_ < end) {
    const std::size_t some =
        static_cast<std::size_t>(std::min<std::uint64_t>(k_lanes, end - tried_));
    const auto from = static_cast<std::uint32_t>(first_ + tried_);
    Lanes words;
    for (std::uint32_t i = 0; i < k_lanes; ++i) words[i] = from + i;
    words = scratch.empty() ? early_word(words, static_cast<std::uint32_t>(word_))
                            : late_word(words, word_, scratch.front());
    std::uint32_t hits = 0;
    for (std::size_t i = 0; i < k_lanes; ++i) {
      words[i] = (mersenne::temper(words[i]) & 0xFFFFFFU) - low_ <= high_ - low_ ? 1 : 0;
      hits |= words[i];
    }
    for (std::uint32_t i = 0; hits != 0 && i < some; ++i)
      if (words[i] != 0 && draws_the_same(from + i)) found_.push_back(from + i);
    tried_ += some;
  }
  return tried_ < end_;
}

}  // namespace initscope
