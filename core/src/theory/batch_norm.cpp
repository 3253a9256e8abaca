#include "theory/batch_norm.hpp"

#include <cmath>
#include <numbers>

namespace initscope {

bool batch_norm_known(ActivationSpec reader, double batch) noexcept {
  const bool exact = reader.id == Activation::linear || reader.id == Activation::relu;
  return batch > 3 && (exact || batch >= k_least_large_batch);
}

double batch_norm_factor(ActivationSpec reader, bool chained, double batch) noexcept {
  // E[1 / sigma^2] is (B - 1) / (B - 3) of that of a large batch; two directions are projected out,
  // of which a gradient that sums to 0 has lost one before.
  if (reader.id == Activation::linear)
    return (batch - 2) / (batch - 3) * (chained ? batch / (batch - 1) : 1);
  if (reader.id != Activation::relu) return (batch - 1) / (batch - 3);
  constexpr double k_pi = std::numbers::pi;
  // Sums over the batch of relu(u_s) relu(u_t) and of open units, at correlation rho.
  const double rho = -1 / (batch - 1), pairs = batch * (batch - 1);
  const double kappa = (std::sqrt(1 - rho * rho) + rho * (k_pi - std::acos(rho))) / k_pi;
  const double values = batch / 2 + pairs * kappa / 2,
               open = batch / 2 + pairs * (0.25 + std::asin(rho) / (2 * k_pi));
  const double left =
      batch / 2 * (1 - 1 / batch) - 1 + open / (batch * batch) + values / (batch * batch);
  return 2 * batch * left / ((batch - 3) * (batch - 1));
}

}  // namespace initscope
