// The order in which a run learns from its samples.
#pragma once

#include <cstdint>
#include <vector>

#include "initscope/draw.hpp"

namespace initscope {

/// Gives out samples epoch by epoch, each in a random order of its own.
class SampleOrder {
 public:
  /// Begins a run's first epoch.
  void restart(std::size_t samples, std::uint64_t seed, std::uint32_t replicate) {
    // Schemes make their random choices of layers 1 and above from this purpose: layer 0 is free.
    stream_ = Stream(seed, {Purpose::order, 0, replicate});
    order_.resize(samples);
    next_ = samples;
    epoch_ = 0;
  }

  std::size_t next() noexcept {
    if (next_ == order_.size()) {
      Draw(stream_, epoch_++).choose(static_cast<std::uint32_t>(order_.size()), 0, 1, order_);
      next_ = 0;
    }
    return order_[next_++];
  }

 private:
  Stream stream_{0, {}};
  std::vector<std::uint32_t> order_;
  std::size_t next_ = 0, epoch_ = 0;
};

}  // namespace initscope
