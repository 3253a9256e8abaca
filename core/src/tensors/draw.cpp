#include "initscope/draw.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "initscope/sampling.hpp"

namespace initscope {

void Draw::fill(const Law& law, std::span<float> out) const noexcept {
  if (torch_ != nullptr) return law.fill(*torch_, out);
  law.fill(*stream_, out, number_ * out.size());
}

void Draw::choose(std::uint32_t n, std::uint64_t which, std::uint64_t many,
                  std::span<std::uint32_t> chosen) const noexcept {
  std::vector<std::uint32_t> order(n);
  if (torch_ != nullptr) {
    torch_->permutation(order);
  } else {
    std::vector<std::uint32_t> words(chosen.size());
    fill_words(stream_->of(Purpose::order), words, (number_ * many + which) * chosen.size());
    std::iota(order.begin(), order.end(), std::uint32_t{0});
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      const std::uint64_t left = n - i;
      std::swap(order[i], order[i + static_cast<std::size_t>(words[i] * left >> 32)]);
    }
  }
  std::copy_n(order.begin(), chosen.size(), chosen.begin());
}

}  // namespace initscope
