// What a network learns by: losses with their gradients, and optimizers.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "initscope/special.hpp"
#include "initscope/training.hpp"

namespace initscope {

/// What a batch costs, and how much of it is right.
struct Score {
  double loss = 0;            ///< summed over samples
  std::size_t right = 0;      ///< samples whose largest output is their class's
  double squared_errors = 0;  ///< of a regression

  Score& operator+=(const Score& other) noexcept {
    loss += other.loss;
    right += other.right;
    squared_errors += other.squared_errors;
    return *this;
  }
};

/// Cost of sample `sample` of the network's batch, target `y`. Where `share` is not 0, sets the
/// gradient of share * cost as well. In double, since there are few outputs.
template <class Network>
Score score_sample(Network& network, std::size_t sample, Loss loss, bool regression, double y,
                   double share) noexcept {
  using Real = typename Network::Real;
  const std::size_t outputs = network.outputs();
  const auto output = [&](std::size_t k) { return static_cast<double>(network.output(sample, k)); };
  const auto target = [&](std::size_t k) {
    return regression ? y : (static_cast<double>(k) == y ? 1.0 : 0.0);
  };
  const auto set = [&](std::size_t k, double gradient) {
    network.set_output_gradient(sample, k, static_cast<Real>(share * gradient));
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

/// Changes parameters by their gradients, as torch.optim.SGD and torch.optim.Adam do. Weight decay
/// is added to the gradient, of biases too.
template <class Real>
class Updates {
 public:
  Updates(const OptimizerSpec& spec, std::size_t size) : spec_(spec) {
    if (spec.id != Optimizer::sgd) first_.resize(size);
    if (spec.id == Optimizer::adam) second_.resize(size);
  }

  void apply(std::span<Real> parameters, std::span<const Real> gradient) noexcept {
    const auto decay = static_cast<Real>(spec_.weight_decay),
               rate = static_cast<Real>(spec_.learning_rate);
    const std::size_t n = parameters.size();
    Real* w = parameters.data();
    const Real* g = gradient.data();
    if (spec_.id == Optimizer::sgd) {
      for (std::size_t i = 0; i < n; ++i) w[i] -= rate * (g[i] + decay * w[i]);
      return;
    }
    Real* m = first_.data();
    if (spec_.id == Optimizer::momentum) {
      const auto keep = static_cast<Real>(spec_.momentum);
      for (std::size_t i = 0; i < n; ++i) {
        m[i] = keep * m[i] + (g[i] + decay * w[i]);
        w[i] -= rate * m[i];
      }
      return;
    }
    first_power_ *= k_adam_beta1;
    second_power_ *= k_adam_beta2;
    // 1 - b is rounded once, from double, as torch does: 1 - float(0.999) is 1.3e-5 too small.
    const auto b1 = static_cast<Real>(k_adam_beta1), b2 = static_cast<Real>(k_adam_beta2),
               rest1 = static_cast<Real>(1 - k_adam_beta1),
               rest2 = static_cast<Real>(1 - k_adam_beta2),
               epsilon = static_cast<Real>(k_adam_epsilon);
    const auto step = static_cast<Real>(spec_.learning_rate / (1 - first_power_)),
               scale = static_cast<Real>(1 / std::sqrt(1 - second_power_));
    Real* v = second_.data();
    for (std::size_t i = 0; i < n; ++i) {
      const Real d = g[i] + decay * w[i];
      m[i] = b1 * m[i] + rest1 * d;
      v[i] = b2 * v[i] + rest2 * (d * d);
      w[i] -= step * m[i] / (std::sqrt(v[i]) * scale + epsilon);
    }
  }

 private:
  OptimizerSpec spec_;
  std::vector<Real> first_, second_;
  double first_power_ = 1, second_power_ = 1;
};

}  // namespace initscope
