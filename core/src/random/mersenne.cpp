#include "random/mersenne.hpp"

#include <algorithm>

namespace initscope::mersenne {

Window seeded(std::uint32_t seed) noexcept {
  Window window;
  window[0] = seed;
  for (std::uint32_t j = 1; j < k_size; ++j) window[j] = seeded_after(window[j - 1], j);
  return window;
}

namespace {

/// Makes the first `count` words of the next window in the place of those of this one.
void advance(Window& x, std::size_t count) noexcept {
  constexpr std::size_t k_near = k_size - k_middle;
  const std::size_t near = std::min(count, k_near), far = std::min(count, k_size - 1);
  for (std::size_t i = 0; i < near; ++i) x[i] = x[i + k_middle] ^ twist(joined(x[i], x[i + 1]));
  for (std::size_t i = k_near; i < far; ++i) x[i] = x[i - k_near] ^ twist(joined(x[i], x[i + 1]));
  if (count == k_size) x[k_size - 1] = x[k_middle - 1] ^ twist(joined(x[k_size - 1], x[0]));
}

}  // namespace

void forward(Window& window, std::uint64_t words) noexcept {
  for (; words >= k_size; words -= k_size) advance(window, k_size);
  advance(window, static_cast<std::size_t>(words));
  std::rotate(window.begin(), window.begin() + static_cast<std::ptrdiff_t>(words), window.end());
}

}  // namespace initscope::mersenne
