#include "initscope/ledger.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "audit/comparison.hpp"
#include "audit/word_ranges.hpp"

namespace initscope {
namespace {

using Evidence = LedgerEntry::Evidence;

constexpr std::uint64_t k_most_scanned = std::uint64_t{1} << 28;
constexpr std::size_t k_most_sought = 64;
/// How far from a tensor's place in the file one is looked for that was drawn right before or
/// behind.
constexpr std::size_t k_neighbours = 3;
/// Places that are tried in all, for one seed: 0.1 ms each.
constexpr std::size_t k_most_tries = 100000;

/// The words that are taken of one stream.
class Intervals {
 public:
  void take(std::uint64_t begin, std::uint64_t words) { ends_[begin] = begin + words; }
  bool free(std::uint64_t begin, std::uint64_t words) const {
    const auto behind = ends_.lower_bound(begin);
    if (behind != ends_.end() && behind->first < begin + words) return false;
    return behind == ends_.begin() || std::prev(behind)->second <= begin;
  }
  std::uint64_t end() const {
    std::uint64_t last = 0;
    for (const auto& [begin, end] : ends_) last = std::max(last, end);
    return last;
  }
  const std::map<std::uint64_t, std::uint64_t>& all() const { return ends_; }

 private:
  std::map<std::uint64_t, std::uint64_t> ends_;
};

/// The search in the stream of one seed.
class Search {
 public:
  Search(std::uint32_t seed, std::span<const LedgerTensor> tensors,
         std::vector<LedgerEntry>& entries)
      : stream_(seed), tensors_(tensors), entries_(entries) {
    for (std::size_t t = 0; t < tensors.size(); ++t)
      if (entries[t].evidence != Evidence::none && entries[t].place.seed == seed)
        taken_.take(entries[t].place.offset, words(t));
  }

  void run() {
    do {
      while (pass(false) || pass(true)) continue;
    } while (scan());
    fill_gaps();
  }

 private:
  std::uint64_t words(std::size_t t) const {
    return words_of(tensors_[t].laws[entries_[t].law], tensors_[t].count);
  }
  bool missing(std::size_t t) const {
    return entries_[t].evidence == Evidence::none && !tensors_[t].laws.empty() &&
           tensors_[t].count > 0;
  }
  bool here(std::size_t t) const {
    return entries_[t].evidence != Evidence::none && entries_[t].place.seed == stream_.seed();
  }

  /// Once over the tensors, in the order of the file or against it; whether one was found.
  bool pass(bool backwards) {
    bool found = false;
    for (std::size_t i = 0; i < tensors_.size(); ++i) {
      const std::size_t t = backwards ? tensors_.size() - 1 - i : i;
      if (missing(t) && !tensors_[t].sample.empty()) found = look(t) || found;
    }
    return found;
  }

  bool look(std::size_t t) {
    const auto& laws = tensors_[t].laws;
    std::array<bool, 2> correlated = {};  // by kind: scale does not matter to a correlation
    for (std::size_t law = 0; law < laws.size(); ++law) {
      if (!can_be_drawn(laws[law])) continue;
      bool& seen = correlated[static_cast<std::size_t>(laws[law].kind)];
      for (const std::uint64_t offset : places(t, law))
        if (try_place(t, law, offset, !seen && !tensors_[t].certified)) return true;
      seen = true;
    }
    return false;
  }

  /// Offsets beside what is taken: at once, or with a neighbour in the file between.
  std::set<std::uint64_t> places(std::size_t t, std::size_t law) const {
    const std::uint64_t own = words_of(tensors_[t].laws[law], tensors_[t].count);
    std::set<std::uint64_t> between = {0}, result;
    std::uint64_t before = 0, behind = 0;
    for (std::size_t i = t; i-- > 0 && !here(i);) {
      before += missing(i) ? words(i) : 0;
      if (t - i <= k_neighbours && missing(i)) between.insert({words(i), before});
    }
    for (std::size_t i = t + 1; i < tensors_.size() && !here(i); ++i) {
      behind += missing(i) ? words(i) : 0;
      if (i - t <= k_neighbours && missing(i)) between.insert({words(i), behind});
    }
    between.insert({before, behind});
    const auto place = [&](std::uint64_t offset) {
      if (taken_.free(offset, own)) result.insert(offset);
    };
    for (const std::uint64_t gap : between) place(gap);
    for (const auto& [begin, end] : taken_.all())
      for (const std::uint64_t gap : between) {
        place(end + gap);
        if (begin >= own + gap) place(begin - own - gap);
      }
    // A layer that was copied has the place of the one it was copied from.
    for (std::size_t i = 0; i < tensors_.size(); ++i)
      if (here(i) && tensors_[i].count == tensors_[t].count)
        result.insert(entries_[i].place.offset);
    return result;
  }

  bool try_place(std::size_t t, std::size_t law, std::uint64_t offset, bool may_correlate) {
    if (tries_ >= k_most_tries || !tried_.insert({t, law, offset}).second) return false;
    ++tries_;
    const LedgerTensor& tensor = tensors_[t];
    const Comparison found = compare(stream_, offset, tensor.laws[law], tensor);
    if (!found.same && !(may_correlate && found.deviations > k_least_deviations)) return false;
    entries_[t] = {found.same ? Evidence::same : Evidence::correlated,
                   {stream_.seed(), offset},
                   found.same ? law : nearest_in_scale(tensor.laws, law, found.scale),
                   found.same ? 0 : found.deviations};
    taken_.take(offset, words(t));
    return true;
  }

  /// Gives a gap to the tensors that lie between its neighbours in the file, where they take all of
  /// it.
  void fill_gaps() {
    std::size_t next = 0;  // the first tensor of the file behind the last one that has a place
    std::uint64_t end = 0;
    for (const std::size_t t : order_of_drawing(entries_)) {
      if (!here(t)) continue;
      const std::uint64_t begin = entries_[t].place.offset;
      std::uint64_t between = 0;
      for (std::size_t i = next; i < t; ++i) between += missing(i) ? words(i) : 0;
      if (between > 0 && end + between == begin)
        for (std::size_t i = next; i < t; ++i) {
          if (!missing(i)) continue;
          entries_[i] = {Evidence::fits, {stream_.seed(), end}, 0, 0};
          end += words(i);
        }
      end = begin + words(t);
      next = t + 1;
    }
  }

  /// Looks for certified tensors word by word; whether one was found.
  bool scan() {
    struct Sought {
      std::size_t tensor;
      WordRange range;
    };
    std::vector<Sought> sought;
    std::uint64_t end = taken_.end();
    for (std::size_t t = 0; t < tensors_.size(); ++t) {
      if (!missing(t) || !can_be_drawn(tensors_[t].laws.front())) continue;
      end += words(t);
      if (!tensors_[t].certified || scanned_ || sought.size() == k_most_sought) continue;
      const auto ranges =
          word_ranges(tensors_[t].laws.front(), tensors_[t].precision, tensors_[t].sample);
      const auto narrowest = std::min_element(
          ranges.begin(), ranges.end(),
          [](const WordRange& one, const WordRange& other) { return one.share() < other.share(); });
      if (narrowest != ranges.end() && narrowest->low <= narrowest->high)
        sought.push_back({t, *narrowest});
    }
    scanned_ = true;
    bool found = false;
    if (sought.empty()) return false;
    TorchGenerator words_in_order = stream_.at(0);
    for (std::uint64_t i = 0; i < std::min(end, k_most_scanned); ++i) {
      const std::uint32_t word = words_in_order.random() & 0xFFFFFF;
      for (const auto& [t, range] : sought)
        if (word - range.low <= range.high - range.low && i >= range.word && missing(t))
          found = try_place(t, 0, i - range.word, false) || found;
    }
    return found;
  }

  TorchStream stream_;
  std::span<const LedgerTensor> tensors_;
  std::vector<LedgerEntry>& entries_;
  Intervals taken_;
  std::set<std::tuple<std::size_t, std::size_t, std::uint64_t>> tried_;  // tensor, law, offset
  std::size_t tries_ = 0;
  bool scanned_ = false;
};

bool finite(std::span<const float> sample) noexcept {
  return std::all_of(sample.begin(), sample.end(), [](float x) { return std::isfinite(x); });
}

}  // namespace

std::vector<LedgerEntry> keep_ledger(std::span<const LedgerTensor> tensors) {
  std::vector<LedgerTensor> usable(tensors.begin(), tensors.end());
  std::vector<LedgerEntry> entries(tensors.size());
  std::map<std::uint32_t, std::size_t> seeds;
  for (std::size_t t = 0; t < tensors.size(); ++t) {
    if (!finite(tensors[t].sample)) usable[t].sample = {};
    if (!tensors[t].place || tensors[t].laws.empty()) continue;
    entries[t] = {Evidence::recovered, *tensors[t].place, 0, 0};
    ++seeds[tensors[t].place->seed];
  }
  std::vector<std::pair<std::size_t, std::uint32_t>> by_count;
  by_count.reserve(seeds.size());
  for (const auto& [seed, count] : seeds) by_count.emplace_back(count, seed);
  std::sort(by_count.rbegin(), by_count.rend());
  for (const auto& [count, seed] : by_count) Search(seed, usable, entries).run();
  return entries;
}

std::uint64_t offset_by_order(std::span<const LedgerTensor> tensors, std::size_t index) noexcept {
  std::uint64_t words = 0;
  for (const LedgerTensor& tensor : tensors.first(std::min(index, tensors.size())))
    if (!tensor.laws.empty()) words += words_of(tensor.laws.front(), tensor.count);
  return words;
}

std::vector<std::size_t> order_of_drawing(std::span<const LedgerEntry> entries) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (entries[i].evidence != Evidence::none) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) {
    const StreamPlace &a = entries[one].place, &b = entries[other].place;
    return a.seed != b.seed ? a.seed < b.seed : a.offset < b.offset;
  });
  return order;
}

}  // namespace initscope
