// A network that learns: its plan, its parameters, and a batch through it and back.
#pragma once

#include "passes/runner.hpp"

namespace initscope {

/// The last row's pre-activations are the output.
template <class Passes>
class Learner {
 public:
  using Real = typename Passes::Real;

  /// `most` is the largest batch.
  Learner(const NetworkSpec& spec, std::size_t most)
      : plan_(plan_of(spec, Ending::linear)), parameters_(plan_) {
    runner_.restart(plan_, parameters_, most, Keeps::learnable);
  }
  // The runner points to the plan.
  Learner(const Learner&) = delete;
  Learner& operator=(const Learner&) = delete;

  const Plan& plan() const noexcept { return plan_; }
  std::size_t layers() const noexcept { return plan_.rows.size(); }
  std::size_t outputs() const noexcept { return plan_.units[plan_.output()]; }
  PanelShape shape(Index signal) const noexcept { return runner_.shape(signal); }
  const Real* signal(Index signal) const noexcept { return runner_.signal(signal); }
  Real output(std::size_t sample, std::size_t unit) const noexcept {
    return signal(plan_.output())[place(plan_.output(), sample, unit)];
  }

  /// Parameters of layer l = 1 .. L, [n_l][n_(l-1)] row-major and [n_l], and their gradients.
  std::span<Real> weight(std::size_t layer) noexcept {
    return {parameters_.places(of(layer)).weight, plan_.weights[of(layer)].size()};
  }
  std::span<Real> bias(std::size_t layer) noexcept {
    return {parameters_.places(of(layer)).bias, plan_.weights[of(layer)].outputs};
  }
  std::span<const Real> weight_gradient(std::size_t layer) noexcept {
    return {parameters_.places(of(layer)).weight_gradient, plan_.weights[of(layer)].size()};
  }
  std::span<const Real> bias_gradient(std::size_t layer) noexcept {
    return {parameters_.places(of(layer)).bias_gradient, plan_.weights[of(layer)].outputs};
  }
  std::span<Real> parameters() noexcept { return parameters_.values(); }
  std::span<const Real> gradient() noexcept { return parameters_.gradient(); }

  /// Begins a batch of at most `most` samples.
  void begin(std::size_t batch) noexcept {
    runner_.set_batch(batch);
    std::fill_n(runner_.signal(0), shape(0).size(), Real{0});
    std::fill_n(runner_.gradient(plan_.output()), shape(plan_.output()).size(), Real{0});
  }
  template <class Value>
  void set_input(std::size_t sample, std::span<const Value> x) noexcept {
    for (std::size_t unit = 0; unit < x.size(); ++unit)
      runner_.signal(0)[place(0, sample, unit)] = static_cast<Real>(x[unit]);
  }
  void set_output_gradient(std::size_t sample, std::size_t unit, Real value) noexcept {
    runner_.gradient(plan_.output())[place(plan_.output(), sample, unit)] = value;
  }

  void forward() noexcept { runner_.forward(); }
  /// Goes from the output's gradient to those of all parameters.
  void backward(Watcher<Real>* watcher = nullptr) noexcept { runner_.backward(watcher); }

 private:
  Index of(std::size_t layer) const noexcept { return plan_.rows[layer - 1].weight; }
  std::size_t place(Index signal, std::size_t sample, std::size_t unit) const noexcept {
    return shape(signal).at(sample, unit);
  }

  Plan plan_;
  KeptParameters<Real> parameters_;
  Runner<Passes> runner_;
};

}  // namespace initscope
