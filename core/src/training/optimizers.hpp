// How parameters change by their gradients.
#pragma once

#include <cmath>
#include <span>
#include <vector>

#include "initscope/training.hpp"

namespace initscope {

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
