#include <limits>

#include "initscope/special.hpp"
#include "propagation/measures.hpp"

namespace initscope {

double uniform_cross_entropy(const PanelShape& shape, const float* logits) noexcept {
  double total = 0;
  for (std::size_t sample = 0; sample < shape.batch; ++sample) {
    const auto logit = [&](std::size_t unit) {
      return static_cast<double>(logits[shape.at(sample, unit)]);
    };
    double greatest = -std::numeric_limits<double>::infinity(), sum = 0, below = 0;
    for (std::size_t unit = 0; unit < shape.units; ++unit)
      greatest = greatest < logit(unit) ? logit(unit) : greatest;
    // Differences first: of large logits that are nearly equal, sums would leave nothing.
    for (std::size_t unit = 0; unit < shape.units; ++unit) {
      sum += portable_exp(logit(unit) - greatest);
      below += greatest - logit(unit);
    }
    total += portable_log(sum) + below / static_cast<double>(shape.units);
  }
  const double loss = total / static_cast<double>(shape.batch);
  return loss < std::numeric_limits<double>::infinity() ? loss
                                                        : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace initscope
