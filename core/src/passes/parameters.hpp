// Where the parameters of a plan are while its operations run: in one row, as for a network that
// learns, or nowhere, drawn whenever an operation comes to them.
#pragma once

#include <vector>

#include "initscope/weights.hpp"
#include "passes/panels.hpp"
#include "simd/aligned_buffer.hpp"

namespace initscope {

/// A weight and its bias, and their gradients, null where nothing learns.
template <class Real>
struct ParameterPlaces {
  Real *weight, *bias, *weight_gradient, *bias_gradient;
};

template <class Real>
class Parameters {
 public:
  virtual ~Parameters() = default;
  virtual ParameterPlaces<Real> places(Index weight) noexcept = 0;
  /// Brings W and b to their places before the way forward comes to them, and W before the way back
  /// does.
  virtual void prepare(Index) noexcept {}
  virtual void redraw(Index) noexcept {}
  /// True where W has been changed by what it made of its input, so that the product is due again.
  virtual bool corrected(Index, PanelShape, const Real*) noexcept { return false; }
};

/// All parameters in one row [W^1, b^1, W^2, ...], each tensor on a boundary with zeros between,
/// and their gradients in another.
template <class Real>
class KeptParameters final : public Parameters<Real> {
 public:
  explicit KeptParameters(const Plan& plan) {
    std::size_t size = 0;
    const auto place = [&size](std::size_t numbers) {
      const std::size_t begin = size;
      size += (numbers + simd::k_panel - 1) / simd::k_panel * simd::k_panel;
      return begin;
    };
    for (const Weight& weight : plan.weights) {
      const std::size_t begin = place(weight.size());
      begin_.push_back({begin, place(weight.outputs)});
    }
    values_ = Aligned<Real>(size);
    gradient_ = Aligned<Real>(size);
  }

  std::span<Real> values() noexcept { return values_.all(); }
  std::span<const Real> gradient() noexcept { return gradient_.all(); }

  ParameterPlaces<Real> places(Index weight) noexcept override {
    const auto [w, b] = begin_[weight];
    return {values_.data() + w, values_.data() + b, gradient_.data() + w, gradient_.data() + b};
  }

 private:
  struct Begin {
    std::size_t weight, bias;
  };
  std::vector<Begin> begin_;
  Aligned<Real> values_, gradient_;
};

/// Parameters of a network at its initialization, one weight at a time. A measured scheme divides a
/// layer's weights until its pre-activations have variance 1 (Mishkin and Matas 2016, algorithm 1).
class DrawnParameters final : public Parameters<float> {
 public:
  /// Takes the memory of networks before, and more only if that is too little. Both arguments must
  /// outlive the passes.
  void restart(const Plan& plan, WeightSource& source, bool measured);
  std::size_t memory() const noexcept { return weight_.size() * sizeof(float); }

  ParameterPlaces<float> places(Index) noexcept override {
    return {weight_.data(), bias_.data(), nullptr, nullptr};
  }
  void prepare(Index weight) noexcept override;
  void redraw(Index weight) noexcept override;
  bool corrected(Index weight, PanelShape shape, const float* z) noexcept override;
  /// W, while its operation runs.
  std::span<float> values(Index weight) noexcept;

 private:
  void scale(Index weight, float by) noexcept;

  const Plan* plan_ = nullptr;
  WeightSource* source_ = nullptr;
  bool measured_ = false;
  int measurements_ = 0;       // how often the present weight has been measured
  std::vector<float> scales_;  // factors that the measurements have put to each weight
  AlignedBuffer weight_;
  std::vector<float> bias_;
};

}  // namespace initscope
