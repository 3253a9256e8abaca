#include <algorithm>

#include "audit/readings.hpp"
#include "initscope/seed.hpp"
#include "random/mersenne.hpp"

namespace initscope {
namespace {

constexpr std::uint64_t k_first_interval = std::uint64_t{1} << 16;
constexpr std::size_t k_most_states = 512;

}  // namespace

std::uint64_t words_of(const LawDrawn& law, std::uint64_t count) noexcept {
  if (law.kind == LawDrawn::Kind::uniform) return count;
  if (count < k_normal_block) return (count + 1) / 2 * 4;
  return count % k_normal_block == 0 ? count : count + k_normal_block;
}

TorchStream::TorchStream(std::uint32_t seed) : seed_(seed), interval_(k_first_interval) {
  states_.push_back(mersenne::seeded(seed));
}

TorchGenerator TorchStream::at(std::uint64_t offset) {
  while (offset / interval_ >= k_most_states) {
    for (std::size_t i = 1; 2 * i < states_.size(); ++i) states_[i] = states_[2 * i];
    states_.resize((states_.size() + 1) / 2);
    interval_ *= 2;
  }
  const auto place = static_cast<std::size_t>(offset / interval_);
  while (states_.size() <= place) {
    State next = states_.back();
    mersenne::forward(next, interval_);
    states_.push_back(next);
  }
  State state = states_[place];
  mersenne::forward(state, offset % interval_);
  return TorchGenerator(state);
}

Redrawing::Redrawing(TorchStream& stream, std::uint64_t offset, const LawDrawn& law,
                     std::uint64_t count)
    : law_(law),
      generator_(stream.at(offset)),
      count_(count),
      settled_(count % k_normal_block == 0
                   ? count
                   : count - std::min<std::uint64_t>(count, k_normal_block)) {
  if (law.kind == LawDrawn::Kind::uniform || settled_ == count) return;
  // A small tensor as a whole; of a larger one the last block, behind a word for each value.
  last_.resize(static_cast<std::size_t>(count - settled_));
  TorchGenerator behind = stream.at(offset + (count < k_normal_block ? 0 : count));
  behind.normal(law.first, law.second, last_);
}

void Redrawing::next(std::span<float> out) {
  const std::uint64_t left = count_ - done_;
  const auto some = out.first(static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), left)));
  std::fill(out.begin() + static_cast<std::ptrdiff_t>(some.size()), out.end(), 0.0F);
  if (law_.kind == LawDrawn::Kind::normal) return next_normal(some);
  generator_.uniform(law_.first, law_.second, some);
  done_ += some.size();
}

void Redrawing::next_normal(std::span<float> out) {
  while (!out.empty()) {
    std::size_t taken = 0;
    const auto within = static_cast<std::size_t>(done_ % k_normal_block);
    if (done_ >= settled_) {
      const auto place = static_cast<std::size_t>(done_ - settled_);
      taken = std::min(out.size(), last_.size() - place);
      std::copy_n(last_.begin() + static_cast<std::ptrdiff_t>(place), taken, out.begin());
    } else if (within == 0 && out.size() >= k_normal_block && settled_ - done_ >= k_normal_block) {
      const std::uint64_t whole = std::min<std::uint64_t>(out.size(), settled_ - done_);
      taken = static_cast<std::size_t>(whole / k_normal_block * k_normal_block);
      generator_.normal(law_.first, law_.second, out.first(taken));
    } else {
      if (within == 0) generator_.normal(law_.first, law_.second, block_);
      taken = std::min(
          {out.size(), k_normal_block - within, static_cast<std::size_t>(settled_ - done_)});
      std::copy_n(block_.begin() + within, taken, out.begin());
    }
    done_ += taken;
    out = out.subspan(taken);
  }
}

void redraw(const StreamPlace& place, const LawDrawn& law, std::span<float> out) {
  TorchStream stream(place.seed);
  Redrawing(stream, place.offset, law, out.size()).next(out);
}

}  // namespace initscope
