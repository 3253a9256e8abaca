// What a propagation says of each row of its plan, taken block by block while a block is in the
// cache; histograms in a second pass, which knows the range.
#pragma once

#include <vector>

#include "passes/runner.hpp"
#include "propagation/measures.hpp"

namespace initscope {

class RowStatistics final : public Watcher<float> {
 public:
  /// Takes the memory of requests before, and more only if that is too little. The plan and the
  /// parameters must outlive the passes.
  void restart(const Plan& plan, DrawnParameters& parameters, std::size_t batch,
               PropagationJob::Counts counts = PropagationJob::Counts::histograms);

  /// Takes the statistics of the input, which is complete.
  void see_input(const float* values);

  void begin_row(Index row, const float* before) override;
  void see(Index row, const Block& block, const float* before, float* after) override;
  void end_row(Index row, const float* after) override;
  void begin_gradient(Index row) override;
  void see_gradient(Index row, const Block& block, const float* gradient) override;
  void end_gradient(Index row, const float* gradient) override;
  void see_sum(Index row, const float* trunk, const float* branch) override;
  void see_product_input(Index row, const float* values) override;
  void see_product_gradient(Index row, const float* gradient) override;

  const PropagationResult& result() const noexcept { return result_; }
  const Moments& input() const noexcept { return input_; }

 private:
  PanelShape shape(Index signal) const noexcept { return {plan_->units[signal], batch_}; }
  void keep_squares(Index signal) noexcept;
  void measure_weight(Index row);
  void measure_weight_gradient(Index row) noexcept;

  const Plan* plan_ = nullptr;
  DrawnParameters* parameters_ = nullptr;
  std::size_t batch_ = 0;
  bool counts_ = true;     // histograms too
  std::size_t zeros_ = 0;  // among the gradients of the present row
  Moments input_;
  PropagationResult result_, spare_;  // rows beyond the plan's wait with their histograms' memory
  ActivityCount activity_;
  SampleSums sums_;
  std::vector<double> squares_;  // [signal][sample]: sum of squares, of what products take in
  float buffer_[PanelShape::k_block];
  /// Of the logits of a net that ends in a head; null for every other plan, so that the module's
  /// first part has no code of it.
  double (*head_loss_)(const PanelShape&, const float*) noexcept = nullptr;
};

}  // namespace initscope
