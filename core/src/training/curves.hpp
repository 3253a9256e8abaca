// What the runs of a training have in common: how far their losses and scores lie apart.
#pragma once

#include <span>
#include <vector>

#include "initscope/training.hpp"

namespace initscope {

/// Keeps losses and scores of each frame of each run, where there is more than one run.
class RunCurves {
 public:
  explicit RunCurves(const TrainingSpec& spec) : runs_(spec.network.repeats) {
    const std::size_t values = runs_ > 1 ? frame_count(spec.steps) * runs_ : 0;
    for (auto* curve : {&loss_, &test_loss_, &score_}) curve->resize(values);
  }

  void keep(std::size_t frame, std::size_t run, const TrainingFrame& seen) noexcept {
    if (loss_.empty()) return;
    const std::size_t at = frame * runs_ + run;
    loss_[at] = seen.loss;
    test_loss_[at] = seen.test_loss;
    score_[at] = seen.score;
  }

  /// Ranges over the runs, frame by frame; reorders what it kept.
  std::vector<TrainingRanges> ranges() {
    std::vector<TrainingRanges> all;
    for (std::size_t at = 0; at < loss_.size(); at += runs_)
      all.push_back({of(loss_, at), of(test_loss_, at), of(score_, at)});
    return all;
  }

 private:
  Range of(std::vector<double>& curve, std::size_t at) const {
    return range_of(std::span(curve).subspan(at, runs_));
  }

  std::size_t runs_;
  std::vector<double> loss_, test_loss_, score_;  // [frame][run]
};

}  // namespace initscope
