#include "initscope/propagation.hpp"

#include <algorithm>

#include "initscope/weights.hpp"
#include "propagation/row_statistics.hpp"

namespace initscope {

struct PropagationJob::State {
  enum class Stage : std::uint8_t { input, forward, output_gradient, back, done };

  NetworkSpec spec;
  Plan plan;
  NetworkWeights source{spec, plan};
  DrawnParameters parameters;
  Runner<KernelPasses> runner;
  RowStatistics statistics;
  Stage stage = Stage::done;

  void restart(const NetworkSpec& network, Counts counts) {
    spec = network;
    make_plan(spec, Ending::activated, plan);
    parameters.restart(plan, source, spec.weight.scheme->measured);
    runner.restart(plan, parameters, spec.batch, Keeps::differentiable);
    statistics.restart(plan, parameters, spec.batch, counts);
    stage = Stage::input;
  }

  /// Writes the columns of a signal or its gradient, each by draw(sample, values).
  template <class Function>
  void draw_columns(Index signal, float* to, Function draw) noexcept {
    const PanelShape shape = runner.shape(signal);
    float values[static_cast<std::size_t>(k_most_units)];
    std::fill_n(to, shape.size(), 0.0F);
    for (std::size_t sample = 0; sample < shape.batch; ++sample) {
      draw(sample, std::span<float>(values).first(shape.units));
      float* column = to + shape.at(sample);
      for (std::size_t unit = 0; unit < shape.units; ++unit)
        column[unit * simd::k_panel] = values[unit];
    }
  }

  void draw_inputs() noexcept {
    draw_columns(0, runner.signal(0), [this](std::size_t sample, std::span<float> out) {
      draw_input(spec, sample, out);
    });
    statistics.see_input(runner.signal(0));
  }

  void draw_output_gradient() noexcept {
    const Stream stream(spec.seed, {Purpose::output_gradient, 0, spec.replicate});
    draw_columns(plan.output(), runner.gradient(plan.output()),
                 [&](std::size_t sample, std::span<float> out) {
                   Law::normal(0, 1).fill(stream, out, sample * out.size());
                 });
  }

  void step() {
    switch (stage) {
      case Stage::input:
        draw_inputs();
        stage = Stage::forward;
        break;
      case Stage::forward:
        if (!runner.advance(&statistics)) stage = Stage::output_gradient;
        break;
      case Stage::output_gradient:
        draw_output_gradient();
        stage = Stage::back;
        break;
      case Stage::back:
        if (!runner.advance_back(&statistics)) stage = Stage::done;
        break;
      case Stage::done:
        break;
    }
  }
};

PropagationJob::PropagationJob() : state_(std::make_unique<State>()) {}
PropagationJob::~PropagationJob() = default;

void PropagationJob::restart(const NetworkSpec& spec, Counts counts) {
  state_->restart(spec, counts);
}

std::size_t PropagationJob::memory() const noexcept {
  return state_->runner.memory() + state_->parameters.memory();
}

bool PropagationJob::advance() noexcept {
  state_->step();
  return state_->stage != State::Stage::done;
}

double PropagationJob::progress() const noexcept {
  return state_->stage == State::Stage::done ? 1 : state_->runner.progress();
}

const PropagationResult& PropagationJob::result() const noexcept {
  return state_->statistics.result();
}

const Moments& PropagationJob::input() const noexcept { return state_->statistics.input(); }

}  // namespace initscope
