// Where the parameters of a network come from.
#pragma once

#include <span>
#include <vector>

#include "initscope/plan.hpp"

namespace initscope {

/// Parameters that need never be in memory all at once: `prepare` is called once for each weight,
/// in forward order; `redraw` afterwards, in any order, gives the same values. Weights count from
/// 1, as Weight::number.
class WeightSource {
 public:
  virtual ~WeightSource() = default;
  /// Writes a weight and its bias. `weight` holds exactly outputs * inputs elements,
  /// [outputs][inputs] row-major, and `bias` exactly `outputs`; any alignment, no overlap.
  virtual void prepare(std::size_t number, std::span<float> weight,
                       std::span<float> bias) noexcept = 0;
  /// Writes a weight that was prepared, once more, under the same contract.
  virtual void redraw(std::size_t number, std::span<float> weight) noexcept = 0;
};

/// Weights as the network's schemes draw them. The initscope generator has a stream for each, and
/// nothing is kept; the torch generator draws weight and bias, one after the other, from
/// torch.manual_seed(seed) on, and its state before each weight, 2.5 kB, is kept. The spec and its
/// plan must outlive the source.
class NetworkWeights final : public WeightSource {
 public:
  NetworkWeights(const NetworkSpec& spec, const Plan& plan) noexcept : spec_(spec), plan_(plan) {}
  void prepare(std::size_t number, std::span<float> weight,
               std::span<float> bias) noexcept override;
  void redraw(std::size_t number, std::span<float> weight) noexcept override;

 private:
  const Fans& fans(std::size_t number) const noexcept { return plan_.weights[number - 1].fans; }
  const SchemeSpec& weight_scheme(std::size_t number) const noexcept {
    return spec_.weight_scheme(plan_.weights[number - 1].scheme);
  }
  const SchemeSpec& bias_scheme(std::size_t number) const noexcept {
    return spec_.bias_scheme(plan_.weights[number - 1].bias);
  }

  const NetworkSpec& spec_;
  const Plan& plan_;
  std::vector<TorchGenerator> states_;
};

}  // namespace initscope
