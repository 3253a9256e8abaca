#include "audit/equations.hpp"

#include <array>
#include <limits>

namespace initscope {
namespace {

using mersenne::k_size;
using mersenne::temper;

constexpr std::uint32_t k_seen = 0xFFFFFF;
constexpr std::size_t k_hidden = 8, k_bits = 24;

/// The word that tempering makes this output of.
constexpr std::uint32_t untemper(std::uint32_t y) noexcept {
  y ^= y >> 18;
  y ^= (y << 15) & 0xefc60000U;
  std::uint32_t x = y;
  for (int i = 0; i < 4; ++i) x = y ^ ((x << 7) & 0x9d2c5680U);
  y = x;
  for (int i = 0; i < 2; ++i) x = y ^ (x >> 11);
  return x;
}

/// The low 24 bits that output j - or its hidden bits alone - adds to the sum of outputs j + 623
/// and j + 396.
constexpr std::uint32_t added(std::uint32_t output) noexcept {
  return temper(mersenne::twist(untemper(output) & mersenne::k_rest)) & k_seen;
}

/// The same of the top bit of the word before.
constexpr std::uint32_t k_added_by_top = temper(mersenne::twist(mersenne::k_top)) & k_seen;

/// 24 equations as a syndrome, linear in the sum: the low 24 bits are 0 where hidden bits exist
/// that make it, and then these are the upper 8.
class Elimination {
 public:
  constexpr Elimination() noexcept {
    for (std::size_t b = 0; b < k_hidden; ++b) {
      const std::uint32_t hidden = std::uint32_t{1} << (k_bits + b);
      const std::uint32_t row = reduced(added(hidden)) ^ hidden;
      std::uint32_t pivot = 1;
      while ((row & pivot) == 0) pivot <<= 1;
      for (std::size_t other = 0; other < b; ++other)
        if ((rows_[other] & pivot) != 0) rows_[other] ^= row;
      rows_[b] = row;
      pivots_[b] = pivot;
      ++count_;
    }
  }
  constexpr std::uint32_t reduced(std::uint32_t sum) const noexcept {
    for (std::size_t b = 0; b < count_; ++b)
      if ((sum & pivots_[b]) != 0) sum ^= rows_[b];
    return sum;
  }

 private:
  std::array<std::uint32_t, k_hidden> rows_ = {}, pivots_ = {};
  std::size_t count_ = 0;
};

/// A linear map of 24 bits, by bytes.
class ByteTable {
 public:
  template <class Map>
  constexpr explicit ByteTable(Map map) noexcept {
    for (std::uint32_t byte = 0; byte < 3; ++byte)
      for (std::uint32_t value = 0; value < 256; ++value)
        table_[byte][value] = map(value << (8 * byte));
  }
  std::uint32_t operator()(std::uint32_t word) const noexcept {
    return table_[0][word & 255] ^ table_[1][word >> 8 & 255] ^ table_[2][word >> 16 & 255];
  }

 private:
  std::array<std::array<std::uint32_t, 256>, 3> table_ = {};
};

constexpr Elimination k_elimination;
/// Syndromes of an output seen, and of what it adds itself.
constexpr ByteTable k_of_output([](std::uint32_t word) { return k_elimination.reduced(word); });
constexpr ByteTable k_of_source([](std::uint32_t word) {
  return k_elimination.reduced(added(word));
});
constexpr std::uint32_t k_of_top = k_elimination.reduced(k_added_by_top);

/// A word that a reading may be of: what it adds to the syndrome, and how unlikely it is.
struct Choice {
  std::uint32_t word, syndrome;
  float cost;
};

/// The words that one reading may be of.
class Choices {
 public:
  Choices(const Reading& reading, const ByteTable& map) noexcept {
    const int width = reading.width;
    for (int d = -width; d <= width; ++d) {
      const std::uint32_t word = (reading.word + static_cast<std::uint32_t>(d)) & k_seen;
      const float away = (static_cast<float>(d) - reading.fraction) * reading.per_deviation;
      choices_[count_++] = {word, map(word), away * away};
    }
  }
  const Choice* begin() const noexcept { return choices_.data(); }
  const Choice* end() const noexcept { return choices_.data() + count_; }

 private:
  std::array<Choice, 2 * k_widest_reading + 1> choices_ = {};
  std::size_t count_ = 0;
};

constexpr float k_no_solution = std::numeric_limits<float>::infinity();

struct Solution {
  float cost = k_no_solution;
  std::uint32_t output = 0;
};

/// The likeliest choice of three outputs, j + 623, j + 396 and j, that agree.
Solution likeliest(const Choices& later, const Choices& middle, const Choices& own,
                   std::uint32_t top) noexcept {
  Solution best;
  for (const Choice& i : later)
    for (const Choice& a : middle) {
      if (i.cost + a.cost >= best.cost) continue;
      const std::uint32_t sum = i.syndrome ^ a.syndrome ^ top;
      for (const Choice& j : own) {
        const std::uint32_t left = sum ^ j.syndrome;
        const float cost = i.cost + a.cost + j.cost;
        if ((left & k_seen) == 0 && cost < best.cost) best = {cost, j.word | (left & ~k_seen)};
      }
    }
  return best;
}

/// Whether the outputs behind the window are within what was read.
bool shows(mersenne::Window window, std::span<const Reading> readings) noexcept {
  std::size_t i = k_size;
  while (i < readings.size()) {
    mersenne::forward(window, k_size);
    for (std::size_t j = 0; j < k_size && i < readings.size(); ++j, ++i) {
      const std::uint32_t off = (temper(window[j]) - readings[i].word + readings[i].width) & k_seen;
      if (off > 2U * readings[i].width) return false;
    }
  }
  return true;
}

}  // namespace

std::optional<mersenne::Window> state_of(std::span<const Reading> readings) noexcept {
  if (readings.size() < k_settling_readings) return std::nullopt;
  mersenne::Window x = {};
  for (std::size_t j = 1; j < k_size; ++j) {
    const Choices later(readings[j + k_size - 1], k_of_output);
    // An output that is solved is known, but its reading stays: equal errors of two would cancel.
    const std::size_t middle_place = j + mersenne::k_middle - 1;
    const Choices middle(readings[middle_place], k_of_output), own(readings[j], k_of_source);
    Solution best = likeliest(later, middle, own, 0);
    bool top = false;
    if (j == 1) {
      const Solution other = likeliest(later, middle, own, k_of_top);
      top = other.cost < best.cost;
      if (top) best = other;
      x[0] = top ? mersenne::k_top : 0;
    } else if ((x[j - 1] & mersenne::k_top) != 0) {
      best = likeliest(later, middle, own, k_of_top);
    }
    if (best.cost == k_no_solution) return std::nullopt;
    x[j] = untemper(best.output);
  }
  if (!shows(x, readings)) return std::nullopt;
  return x;
}

}  // namespace initscope
