// What a sample costs, and the gradient of that.
#pragma once

#include <limits>

#include "initscope/special.hpp"
#include "initscope/training.hpp"
#include "training/learner.hpp"

namespace initscope {

/// What a batch costs, and how much of it is right.
struct Score {
  double loss = 0;            ///< summed over samples
  std::size_t right = 0;      ///< samples whose largest output is their class's
  double squared_errors = 0;  ///< sum over samples and outputs, of a regression alone

  Score& operator+=(const Score& other) noexcept {
    loss += other.loss;
    right += other.right;
    squared_errors += other.squared_errors;
    return *this;
  }
};

/// Cost of sample `sample` of the learner's batch, target `y`. Where `share` is not 0, sets the
/// gradient of share * cost as well. In double, since there are few outputs.
template <class Passes>
Score score_sample(Learner<Passes>& learner, std::size_t sample, Loss loss, bool regression,
                   double y, double share) noexcept {
  using Real = typename Passes::Real;
  const std::size_t outputs = learner.outputs();
  const auto output = [&](std::size_t k) { return static_cast<double>(learner.output(sample, k)); };
  const auto target = [&](std::size_t k) {
    return regression ? y : (static_cast<double>(k) == y ? 1.0 : 0.0);
  };
  const auto set = [&](std::size_t k, double gradient) {
    learner.set_output_gradient(sample, k, static_cast<Real>(share * gradient));
  };
  Score score;
  double greatest = -std::numeric_limits<double>::infinity();
  std::size_t best = outputs;
  for (std::size_t k = 0; k < outputs; ++k)
    if (output(k) > greatest) {
      greatest = output(k);
      best = k;
    }
  score.right = !regression && static_cast<double>(best) == y ? 1 : 0;
  if (loss == Loss::cross_entropy) {
    double sum = 0;
    for (std::size_t k = 0; k < outputs; ++k) sum += portable_exp(output(k) - greatest);
    score.loss = portable_log(sum) + greatest - output(static_cast<std::size_t>(y));
    if (share != 0)
      for (std::size_t k = 0; k < outputs; ++k)
        set(k, portable_exp(output(k) - greatest) / sum - target(k));
    return score;
  }
  const auto n = static_cast<double>(outputs);
  for (std::size_t k = 0; k < outputs; ++k) {
    const double error = output(k) - target(k);
    score.squared_errors += error * error;
    if (share != 0) set(k, 2 * error / n);
  }
  score.loss = score.squared_errors / n;
  return score;
}

}  // namespace initscope
