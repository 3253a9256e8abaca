#include "audit/equations.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

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

/// A linear map of 24 bits, by bytes. Made when it is needed: as data it would be in the part of
/// the WebAssembly module that every page loads.
class ByteTable {
 public:
  template <class Map>
  explicit ByteTable(Map map) noexcept {
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
const ByteTable& of_output() noexcept {
  static const ByteTable table([](std::uint32_t word) { return k_elimination.reduced(word); });
  return table;
}
const ByteTable& of_source() noexcept {
  static const ByteTable table(
      [](std::uint32_t word) { return k_elimination.reduced(added(word)); });
  return table;
}
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

/// An output, and the top bit of the word before it, which is known but for the first.
struct Solution {
  float cost = k_no_solution;
  std::uint32_t output = 0;
  bool top = false;
};

/// The two likeliest of what was put in.
struct Ranking {
  Solution best, second;

  /// Errors of the outputs behind may cancel, and give the same output again.
  void put(const Solution& solution) noexcept {
    if (solution.output == best.output && solution.top == best.top) {
      best.cost = std::min(best.cost, solution.cost);
    } else if (solution.cost < best.cost) {
      second = best;
      best = solution;
    } else if (solution.cost < second.cost) {
      second = solution;
    }
  }
  /// How much less likely the second is; infinite where there is none.
  float margin() const noexcept { return second.cost - best.cost; }
};

/// Puts in the choices of three outputs, j + 623, j + 396 and j, that agree.
void rank(const Choices& later, const Choices& middle, const Choices& own, bool top,
          Ranking& ranking) noexcept {
  for (const Choice& i : later)
    for (const Choice& a : middle) {
      if (i.cost + a.cost >= ranking.second.cost) continue;
      const std::uint32_t sum = i.syndrome ^ a.syndrome ^ (top ? k_of_top : 0);
      for (const Choice& j : own) {
        const std::uint32_t left = sum ^ j.syndrome;
        if ((left & k_seen) == 0)
          ranking.put({i.cost + a.cost + j.cost, j.word | (left & ~k_seen), top});
      }
    }
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

/// Solves word after word, and remembers where that was a close choice.
class Solver {
 public:
  explicit Solver(std::span<const Reading> readings) noexcept : readings_(readings) {}

  std::optional<mersenne::Window> solve() {
    const std::size_t end = solve_from(1);
    if (good(end)) return x_;
    // Other generators contradict at once.
    if (end < k_hopeful) return std::nullopt;
    const Solver before = *this;
    for (const std::size_t j : close_choices(end)) {
      *this = before;
      take(j, rankings_[j].second);
      if (good(solve_from(j + 1))) return x_;
    }
    return std::nullopt;
  }

 private:
  static constexpr std::size_t k_hopeful = 32, k_most_second = 16;

  bool good(std::size_t end) const noexcept {
    // Zeros alone satisfy everything, and no seed makes them.
    return end == k_size && x_ != mersenne::Window{} && shows(x_, readings_);
  }

  void take(std::size_t j, const Solution& solution) noexcept {
    x_[j] = untemper(solution.output);
    if (j == 1) x_[0] = solution.top ? mersenne::k_top : 0;
  }

  /// The first word from `j` on that has no solution, or 624.
  std::size_t solve_from(std::size_t j) noexcept {
    for (; j < k_size; ++j) {
      const Choices later(readings_[j + k_size - 1], of_output());
      // An output that is solved is known, but its reading stays: equal errors of two would cancel.
      const Choices middle(readings_[j + mersenne::k_middle - 1], of_output());
      const Choices own(readings_[j], of_source());
      Ranking ranking;
      for (const bool top : {false, true})
        if (j == 1 || top == ((x_[j - 1] & mersenne::k_top) != 0))
          rank(later, middle, own, top, ranking);
      if (ranking.best.cost == k_no_solution) return j;
      take(j, ranking.best);
      rankings_[j] = ranking;
    }
    return k_size;
  }

  /// The words before `end` whose second choice was nearest, the closest first; 16 at most.
  std::vector<std::size_t> close_choices(std::size_t end) const {
    std::vector<std::size_t> close;
    for (std::size_t j = 1; j < end; ++j)
      if (rankings_[j].second.cost != k_no_solution) close.push_back(j);
    std::sort(close.begin(), close.end(), [&](std::size_t one, std::size_t other) {
      return rankings_[one].margin() < rankings_[other].margin();
    });
    close.resize(std::min(close.size(), k_most_second));
    return close;
  }

  std::span<const Reading> readings_;
  mersenne::Window x_ = {};
  std::array<Ranking, k_size> rankings_ = {};
};

}  // namespace

std::optional<mersenne::Window> state_of(std::span<const Reading> readings) {
  if (readings.size() < k_settling_readings) return std::nullopt;
  return Solver(readings).solve();
}

}  // namespace initscope
