// Where the parameters of a plan are while its operations run: in one row, as for a network that
// learns, or nowhere, drawn whenever an operation comes to them.
#pragma once

#include <vector>

#include "initscope/weights.hpp"
#include "passes/panels.hpp"
#include "simd/aligned_buffer.hpp"

namespace initscope {

/// A weight and its bias, or gains and shifts, and their gradients, null where nothing learns.
template <class Real>
struct ParameterPlaces {
  Real *weight, *bias, *weight_gradient, *bias_gradient;
  Real* running =
      nullptr;  ///< running means and variances of a batch's norm, which have no gradient
};

template <class Real>
class Parameters {
 public:
  virtual ~Parameters() = default;
  virtual ParameterPlaces<Real> places(Index weight) noexcept = 0;
  /// What an operation without a weight learns, `learned_by`; null where nothing does.
  virtual ParameterPlaces<Real> learned(std::size_t) noexcept { return {}; }
  /// Brings W and b to their places before the way forward comes to them, and W before the way back
  /// does.
  virtual void prepare(Index) noexcept {}
  virtual void redraw(Index) noexcept {}
  /// True where W has been changed by what it made of its input, so that the product is due again.
  virtual bool corrected(Index, PanelShape, const Real*) noexcept { return false; }
};

/// All parameters in one row [W^1, b^1, W^2, ..., gains, shifts, ...], each tensor on a boundary
/// with zeros between, and their gradients in another.
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
    std::size_t running = 0;
    for (const Op& op : plan.ops) {
      const auto [gains, shifts, begin, runs] = learned_by(plan, op);
      learned_.push_back({.units = gains, .start = begin});
      Learned& made = learned_.back();
      if (gains > 0) made.gain = place(gains);
      if (shifts > 0) made.shift = place(shifts);
      if (!runs) continue;
      made.running = running;
      running += 2 * gains;
    }
    values_ = Aligned<Real>(size);
    gradient_ = Aligned<Real>(size);
    running_ = Aligned<Real>(running);
    start();
  }

  /// Sets what is learned beside weights to its start: gains 1 or their factor, shifts 0, running
  /// means 0 and variances 1.
  void start() noexcept {
    for (const Learned& each : learned_) {
      if (each.gain != k_nowhere)
        std::fill_n(values_.data() + each.gain, each.units, static_cast<Real>(each.start));
      if (each.shift != k_nowhere) std::fill_n(values_.data() + each.shift, each.units, Real{0});
      if (each.running == k_nowhere) continue;
      std::fill_n(running_.data() + each.running, each.units, Real{0});
      std::fill_n(running_.data() + each.running + each.units, each.units, Real{1});
    }
  }

  /// Has the source write each weight and its bias, in forward order. `plan` is the constructor's.
  void draw(const Plan& plan, WeightSource& source) noexcept {
    for (std::size_t i = 0; i < plan.weights.size(); ++i) {
      const Weight& shape = plan.weights[i];
      const ParameterPlaces<Real> own = places(static_cast<Index>(i));
      source.prepare(shape.number, {own.weight, shape.size()}, {own.bias, shape.outputs});
    }
  }

  std::span<Real> values() noexcept { return values_.all(); }
  std::span<const Real> gradient() noexcept { return gradient_.all(); }

  ParameterPlaces<Real> places(Index weight) noexcept override {
    const auto [w, b] = begin_[weight];
    return {values_.data() + w, values_.data() + b, gradient_.data() + w, gradient_.data() + b};
  }

  ParameterPlaces<Real> learned(std::size_t op) noexcept override {
    const Learned& own = learned_[op];
    const auto at = [](Aligned<Real>& row, std::size_t place) {
      return place == k_nowhere ? nullptr : row.data() + place;
    };
    return {at(values_, own.gain), at(values_, own.shift), at(gradient_, own.gain),
            at(gradient_, own.shift), at(running_, own.running)};
  }

 private:
  static constexpr std::size_t k_nowhere = static_cast<std::size_t>(-1);
  struct Begin {
    std::size_t weight, bias;
  };
  /// Of an operation: where its gains, shifts and running means lie.
  struct Learned {
    std::size_t units;
    float start;
    std::size_t gain = k_nowhere, shift = k_nowhere, running = k_nowhere;
  };
  std::vector<Begin> begin_;
  std::vector<Learned> learned_;
  Aligned<Real> values_, gradient_, running_;
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
