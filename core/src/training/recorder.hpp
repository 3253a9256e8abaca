// The frame of a training that is under way: tests, map, layers, updates.
#pragma once

#include <cmath>
#include <limits>
#include <vector>

#include "training/frames.hpp"
#include "training/losses.hpp"

namespace initscope {

/// Most inputs that go through the network at once for a frame.
inline constexpr std::size_t k_frame_inputs = 64;

/// Infinities of a network that cancel leave NaN, which says no more than they do.
inline double finite_or_infinite(double cost) noexcept {
  return std::isnan(cost) ? std::numeric_limits<double>::infinity() : cost;
}

/// Fills a frame; its functions are called in the order in which they stand here. Callers write the
/// loss and the step themselves.
class FrameRecorder {
 public:
  /// The spec and the network must outlive this; the network holds `k_frame_inputs`.
  FrameRecorder(const TrainingSpec& spec, KernelLearner& network)
      : spec_(spec), network_(network) {}

  TrainingFrame frame;

  /// Runs the next tests, with the inspected units if they are wanted; true when they were the
  /// last.
  bool run_tests(const Samples& test, bool with_units) noexcept;
  /// Draws the next points of the map; true when they were the last.
  bool draw_map(bool regression) noexcept;
  /// Sends the gradient of the batch that is in the network back, and sees the layers.
  void run_backward() noexcept;
  /// Sees how far the weights have moved since `run_backward`.
  void see_updates() noexcept;
  /// Hands over the frame, and begins another.
  TrainingFrame finish() noexcept;

 private:
  double score_of(const Samples& test) const noexcept;

  const TrainingSpec& spec_;
  KernelLearner& network_;
  Score score_;                // what the tests so far have given
  std::size_t position_ = 0;   // the next test, or the next point of the map
  std::vector<float> before_;  // parameters before the update
};

}  // namespace initscope
