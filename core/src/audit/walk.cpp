#include "audit/walk.hpp"

#include <algorithm>
#include <array>

namespace initscope {
namespace {

using mersenne::k_middle;
using mersenne::k_size;

constexpr std::size_t k_near = k_size - k_middle;

/// A window, and the beginning of the one behind it.
using Stretch = std::array<std::uint32_t, k_size + 2>;

/// What was twisted: the top bit of one word and the rest of the next.
constexpr std::uint32_t untwist(std::uint32_t y) noexcept {
  const std::uint32_t odd = y >> 31;
  return ((y ^ ((0U - odd) & mersenne::k_matrix)) << 1) | odd;
}

/// The window before this one. The first word of `now` has its top bit right, and so has `before`
/// all but for the rest of its first where no window is before.
void step_back(const mersenne::Window& now, mersenne::Window& before) noexcept {
  std::array<std::uint32_t, k_size> joined;
  for (std::size_t i = k_near; i < k_size; ++i) joined[i] = untwist(now[i] ^ now[i - k_near]);
  for (std::size_t i = k_near + 1; i < k_size; ++i)
    before[i] = mersenne::joined(joined[i], joined[i - 1]);
  for (std::size_t i = 0; i < k_near; ++i) joined[i] = untwist(now[i] ^ before[i + k_middle]);
  for (std::size_t i = 1; i <= k_near; ++i) before[i] = mersenne::joined(joined[i], joined[i - 1]);
  const std::uint32_t rest = untwist(before[k_size - 1] ^ before[k_middle - 1]);
  before[0] = mersenne::joined(joined[0], rest);
}

/// The words of a window from its place `at` on in a stretch, and in the window behind.
std::optional<std::uint32_t> seed_of(const mersenne::Window& before, const mersenne::Window& now,
                                     std::size_t at) noexcept {
  const auto word = [&](std::size_t i) {
    return at + i < k_size ? before[at + i] : now[at + i - k_size];
  };
  for (std::uint32_t j = 2; j < k_size; ++j)
    if (word(j) != mersenne::seeded_after(word(j - 1), j)) return std::nullopt;
  constexpr std::uint32_t k_inverse = [] {
    std::uint32_t inverse = mersenne::k_multiplier;
    for (int i = 0; i < 5; ++i) inverse *= 2 - mersenne::k_multiplier * inverse;
    return inverse;
  }();
  const std::uint32_t mixed = (word(1) - 1) * k_inverse, seed = mixed ^ (mixed >> 30);
  if (((seed ^ word(0)) & mersenne::k_top) != 0) return std::nullopt;
  return seed;
}

/// Whether somewhere in the stretch words 1 and 2 of a seeded array may follow one another: 2^-32
/// each.
bool may_begin(const Stretch& stretch) noexcept {
  std::uint32_t hits = 0;
  for (std::size_t i = 1; i <= k_size; ++i)
    hits |= stretch[i + 1] == mersenne::seeded_after(stretch[i], 2) ? 1U : 0U;
  return hits != 0;
}

}  // namespace

std::optional<StreamPlace> walk_back(const mersenne::Window& window, std::uint64_t most) noexcept {
  mersenne::Window now = window, before = {};
  // The rest of the first word, which the words behind it do not need, but those before.
  now[0] = mersenne::joined(now[0], untwist(now[k_size - 1] ^ now[k_middle - 1]));
  Stretch stretch;
  // A seeded array at `at` is back - at outputs before the window.
  for (std::uint64_t back = 0; back < k_size || back - k_size <= most; back += k_size) {
    step_back(now, before);
    std::copy(before.begin(), before.end(), stretch.begin());
    std::copy(now.begin(), now.begin() + 2, stretch.begin() + k_size);
    if (may_begin(stretch))
      for (std::size_t at = k_size; at-- > 0;) {
        if (at > back || back - at > most) continue;
        const std::optional<std::uint32_t> seed = seed_of(before, now, at);
        if (seed) return StreamPlace{*seed, back - at};
      }
    now = before;
  }
  return std::nullopt;
}

}  // namespace initscope
