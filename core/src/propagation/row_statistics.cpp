#include "propagation/row_statistics.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace initscope {
void RowStatistics::restart(const Plan& plan, DrawnParameters& parameters, std::size_t batch,
                            PropagationJob::Counts counts) {
  plan_ = &plan;
  parameters_ = &parameters;
  batch_ = batch;
  counts_ = counts == PropagationJob::Counts::histograms;
  const std::size_t rows = plan.rows.size();
  for (; result_.size() > rows; result_.pop_back()) spare_.push_back(std::move(result_.back()));
  for (; result_.size() < rows && !spare_.empty(); spare_.pop_back())
    result_.push_back(std::move(spare_.back()));
  result_.resize(rows);
  for (LayerResult& row : result_) {
    for (auto* moments :
         {&row.preactivation, &row.activation, &row.gradient, &row.weight, &row.trunk, &row.branch})
      *moments = {};
    for (auto* histogram : {&row.histogram, &row.gradient_histogram, &row.weight_histogram})
      histogram->reset(0, 0, 0);
    row.quantiles.fill(std::numeric_limits<double>::quiet_NaN());
  }
  const bool head = plan.headed() && plan.units[plan.output()] > 1;
  head_loss_ = head ? uniform_cross_entropy : nullptr;
  input_ = {};
  squares_.assign(plan.units.size() * batch, 0);
}

/// Keeps the sums of the signal whose samples have just been summed.
void RowStatistics::keep_squares(Index signal) noexcept {
  const auto squares = sums_.squares();
  std::copy(squares.begin(), squares.end(),
            squares_.begin() + static_cast<std::ptrdiff_t>(signal * batch_));
}

void RowStatistics::see_input(const float* values) {
  sums_.reset(batch_);
  shape(0).for_each_block([&](const Block& block) {
    sums_.add(block, values);
    input_.add(block.values(values, buffer_));
  });
  keep_squares(0);
}

void RowStatistics::begin_row(Index index, const float* before) {
  const Row& row = plan_->rows[index];
  LayerResult& seen = result_[index];
  measure_weight(index);
  seen.weight_gradient = 0;
  sums_.reset(batch_);
  shape(row.before).for_each_block([&](const Block& block) { sums_.add(block, before); });
  seen.correlation = sums_.correlation();
  sums_.reset(batch_);
  activity_.reset(plan_->units[row.after], row.activation);
}

void RowStatistics::see(Index index, const Block& block, const float* before, float* after) {
  LayerResult& seen = result_[index];
  // The counts of zeros and dead units take the padding for values.
  block.clear_padding(after);
  activity_.add(block, after);
  sums_.add(block, after);
  seen.preactivation.add(block.values(before, buffer_));
  seen.activation.add(block.values(after, buffer_));
}

void RowStatistics::end_row(Index index, const float* after) {
  LayerResult& seen = result_[index];
  const Index signal = plan_->rows[index].after;
  const ActivityShares activity = activity_.shares(batch_);
  seen.zero_fraction = activity.zero;
  seen.saturated_fraction = activity.saturated;
  seen.dead_fraction = activity.dead;
  if (counts_) {
    fill_histogram(shape(signal), after, seen.activation, seen.histogram);
    seen.quantiles = quantiles_of(seen.histogram, seen.activation, seen.zero_fraction);
  }
  seen.uniform_loss = std::numeric_limits<double>::quiet_NaN();
  if (head_loss_ != nullptr && index + 1U == plan_->rows.size())
    seen.uniform_loss = head_loss_(shape(signal), after);
  keep_squares(signal);
}

void RowStatistics::begin_gradient(Index) {
  sums_.reset(batch_);
  zeros_ = 0;
}

void RowStatistics::see_gradient(Index index, const Block& block, const float* gradient) {
  const std::span<const float> values = block.values(gradient, buffer_);
  result_[index].gradient.add(values);
  zeros_ += zeros_among(values);
  sums_.add(block, gradient);
}

void RowStatistics::end_gradient(Index index, const float* gradient) {
  const Row& row = plan_->rows[index];
  LayerResult& seen = result_[index];
  const PanelShape of = shape(row.before);
  seen.gradient_zero_fraction =
      static_cast<double>(zeros_) / static_cast<double>(of.units * of.batch);
  if (counts_) fill_histogram(of, gradient, seen.gradient, seen.gradient_histogram);
  if (row.weight != k_none && !row.apart) measure_weight_gradient(index);
}

void RowStatistics::see_sum(Index index, const float* trunk, const float* branch) {
  LayerResult& seen = result_[index];
  shape(plan_->rows[index].before).for_each_block([&](const Block& block) {
    seen.trunk.add(block.values(trunk, buffer_));
    seen.branch.add(block.values(branch, buffer_));
  });
}

void RowStatistics::see_product_input(Index index, const float* values) {
  const Index signal = plan_->rows[index].input;
  sums_.reset(batch_);
  shape(signal).for_each_block([&](const Block& block) { sums_.add(block, values); });
  keep_squares(signal);
}

void RowStatistics::see_product_gradient(Index index, const float* gradient) {
  const PanelShape of{plan_->weights[plan_->rows[index].weight].outputs, batch_};
  sums_.reset(batch_);
  of.for_each_block([&](const Block& block) { sums_.add(block, gradient); });
  measure_weight_gradient(index);
}

void RowStatistics::measure_weight(Index index) {
  const Index weight = plan_->rows[index].weight;
  LayerResult& seen = result_[index];
  seen.weight_second_moment = seen.weight_zero_fraction = 0;
  if (weight == k_none) return;
  const std::span<const float> values = parameters_->values(weight);
  seen.weight.add(values);
  seen.weight_second_moment = seen.weight.second_moment();
  seen.weight_zero_fraction =
      static_cast<double>(zeros_among(values)) / static_cast<double>(values.size());
  if (counts_) fill_histogram(values, seen.weight, seen.weight_histogram);
}

/// By the squares of the gradient of what the row's product gives, which have just been summed.
void RowStatistics::measure_weight_gradient(Index index) noexcept {
  // dE/dW = delta h^T of one sample: the mean of its squares is the product of theirs.
  const Row& row = plan_->rows[index];
  const double* of_inputs = squares_.data() + row.input * batch_;
  double sum = 0;
  for (std::size_t i = 0; i < batch_; ++i) sum += sums_.squares()[i] * of_inputs[i];
  const Weight& weight = plan_->weights[row.weight];
  result_[index].weight_gradient =
      sum / static_cast<double>(batch_ * weight.outputs * weight.inputs);
}

}  // namespace initscope
