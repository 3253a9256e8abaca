#include "passes/parameters.hpp"

#include <algorithm>
#include <cmath>

#include "initscope/statistics.hpp"

namespace initscope {

void DrawnParameters::restart(const Plan& plan, WeightSource& source, bool measured) {
  plan_ = &plan;
  source_ = &source;
  measured_ = measured;
  measurements_ = 0;
  scales_.assign(plan.weights.size(), 1.0F);
  std::size_t largest = 0, most_outputs = 0;
  for (const Weight& weight : plan.weights) {
    largest = std::max(largest, weight.size());
    most_outputs = std::max(most_outputs, weight.outputs);
  }
  weight_.ensure(largest);
  bias_.resize(most_outputs);
}

std::span<float> DrawnParameters::values(Index weight) noexcept {
  return weight_.first(plan_->weights[weight].size());
}

void DrawnParameters::scale(Index weight, float by) noexcept {
  for (float& value : values(weight)) value *= by;
}

void DrawnParameters::prepare(Index weight) noexcept {
  measurements_ = 0;
  source_->prepare(plan_->weights[weight].number, values(weight),
                   std::span<float>(bias_).first(plan_->weights[weight].outputs));
}

void DrawnParameters::redraw(Index weight) noexcept {
  source_->redraw(plan_->weights[weight].number, values(weight));
  if (scales_[weight] != 1) scale(weight, scales_[weight]);
}

bool DrawnParameters::corrected(Index weight, PanelShape shape, const float* z) noexcept {
  if (!measured_ || plan_->weights[weight].scheme != nullptr ||
      measurements_ == k_most_measurements)
    return false;
  Moments moments;
  float buffer[PanelShape::k_block];
  shape.for_each_block(
      [&](const PanelShape::Block& block) { moments.add(block.values(z, buffer)); });
  // One unit and one sample, or none that is not 0, have no variance to divide by.
  if (!(moments.std() > 0)) return false;
  if (!(std::abs(moments.std() - 1) > k_measured_tolerance)) return false;
  const auto by = static_cast<float>(1 / (moments.std() + 1e-8));
  scale(weight, by);
  scales_[weight] *= by;
  ++measurements_;
  return true;
}

}  // namespace initscope
