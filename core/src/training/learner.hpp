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
  std::size_t weights() const noexcept { return plan_.weights.size(); }
  std::size_t outputs() const noexcept { return plan_.units[plan_.output()]; }
  PanelShape shape(Index signal) const noexcept { return runner_.shape(signal); }
  const Real* signal(Index signal) const noexcept { return runner_.signal(signal); }
  Real output(std::size_t sample, std::size_t unit) const noexcept {
    return signal(plan_.output())[place(plan_.output(), sample, unit)];
  }

  /// A weight by its number, 1, 2, ..., [outputs][inputs] row-major, its bias, [outputs], and their
  /// gradients. Where the plan is that of widths, weight l is layer l's.
  std::span<Real> weight(std::size_t number) noexcept {
    return {parameters_.places(of(number)).weight, plan_.weights[of(number)].size()};
  }
  std::span<Real> bias(std::size_t number) noexcept {
    return {parameters_.places(of(number)).bias, plan_.weights[of(number)].outputs};
  }
  std::span<const Real> weight_gradient(std::size_t number) noexcept {
    return {parameters_.places(of(number)).weight_gradient, plan_.weights[of(number)].size()};
  }
  std::span<const Real> bias_gradient(std::size_t number) noexcept {
    return {parameters_.places(of(number)).bias_gradient, plan_.weights[of(number)].outputs};
  }
  /// All of them, with what is learned beside weights.
  std::span<Real> parameters() noexcept { return parameters_.values(); }
  std::span<const Real> gradient() noexcept { return parameters_.gradient(); }
  /// Begins anew with what is learned beside weights.
  void start() noexcept { parameters_.start(); }

  /// Begins a batch of at most `most` samples, to learn from or to evaluate the network on. What is
  /// learned from counts in the running means of batch norms, by which others are evaluated.
  void begin(std::size_t batch, bool evaluates = false) noexcept {
    runner_.set_batch(batch);
    runner_.set_evaluating(evaluates);
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
  static Index of(std::size_t number) noexcept { return static_cast<Index>(number - 1); }
  std::size_t place(Index signal, std::size_t sample, std::size_t unit) const noexcept {
    return shape(signal).at(sample, unit);
  }

  Plan plan_;
  KeptParameters<Real> parameters_;
  Runner<Passes> runner_;
};

}  // namespace initscope
