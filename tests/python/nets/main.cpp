// Answers requests with all that a comparison needs: weights, inputs, the output's gradient, and
// what the core makes of them.
//
// A request is a line "field=value<TAB>field=value...", a number where the value is one. An answer
// is a line "issue FIELD ALLOWED", or arrays and a line "end". An array is a line "rows columns
// name", and rows * columns floats, least byte first: signals with a row a sample, "before phi 1",
// "after phi 1", "gradient phi 1"; parameters as they lie, "weight 1", "bias 1", and their
// gradients, "weight_gradient 1", "bias_gradient 1".
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "initscope/network.hpp"
#include "initscope/plan.hpp"
#include "initscope/sampling.hpp"
#include "initscope/weights.hpp"
#include "passes/runner.hpp"

using namespace initscope;

namespace {

void write(const std::string& name, std::size_t rows, std::size_t columns, const float* values) {
  std::cout << rows << ' ' << columns << ' ' << name << '\n';
  std::cout.write(reinterpret_cast<const char*>(values),
                  static_cast<std::streamsize>(rows * columns * sizeof(float)));
}

/// A signal in panels, with a row a sample.
std::vector<float> by_sample(PanelShape shape, const float* panels) {
  std::vector<float> rows(shape.batch * shape.units);
  for (std::size_t sample = 0; sample < shape.batch; ++sample)
    for (std::size_t unit = 0; unit < shape.units; ++unit)
      rows[sample * shape.units + unit] = panels[shape.at(sample) + unit * simd::k_panel];
  return rows;
}

void to_panels(PanelShape shape, std::span<const float> rows, float* panels) {
  std::fill_n(panels, shape.size(), 0.0F);
  for (std::size_t sample = 0; sample < shape.batch; ++sample)
    for (std::size_t unit = 0; unit < shape.units; ++unit)
      panels[shape.at(sample) + unit * simd::k_panel] = rows[sample * shape.units + unit];
}

/// The network's own weights, which it writes as they are drawn.
class WrittenWeights final : public WeightSource {
 public:
  WrittenWeights(const NetworkSpec& spec, const Plan& plan) : source_(spec, plan), plan_(plan) {}

  void prepare(std::size_t number, std::span<float> weight,
               std::span<float> bias) noexcept override {
    source_.prepare(number, weight, bias);
    const Weight& shape = plan_.weights[number - 1];
    write("weight " + std::to_string(number), shape.outputs, shape.inputs, weight.data());
    write("bias " + std::to_string(number), 1, shape.outputs, bias.data());
  }
  void redraw(std::size_t number, std::span<float> weight) noexcept override {
    source_.redraw(number, weight);
  }

 private:
  NetworkWeights source_;
  const Plan& plan_;
};

/// Writes each row once it is complete.
class WritingWatcher final : public Watcher<float> {
 public:
  WritingWatcher(const Plan& plan, std::size_t batch) : plan_(plan), batch_(batch) {}

  void begin_row(Index row, const float* before) override { show("before ", row, before); }
  void end_row(Index row, const float* after) override { show("after ", row, after); }
  void end_gradient(Index row, const float* gradient) override { show("gradient ", row, gradient); }

 private:
  void show(const char* what, Index row, const float* panels) const {
    const PanelShape shape{plan_.units[plan_.rows[row].before], batch_};
    write(what + label_of(plan_, row), shape.batch, shape.units, by_sample(shape, panels).data());
  }

  const Plan& plan_;
  std::size_t batch_;
};

struct Given {
  std::vector<float> input, output_gradient;  // [batch][units]
};

Given draw(const NetworkSpec& spec, const Plan& plan) {
  Given given;
  given.input.resize(spec.batch * spec.input_width);
  for (std::size_t sample = 0; sample < spec.batch; ++sample)
    draw_input(spec, sample,
               std::span(given.input).subspan(sample * spec.input_width, spec.input_width));
  const std::size_t outputs = plan.units[plan.output()];
  given.output_gradient.resize(spec.batch * outputs);
  fill_normal(Stream(spec.seed, {Purpose::output_gradient, 0, 0}), 0, 1, given.output_gradient);
  write("input", spec.batch, spec.input_width, given.input.data());
  write("output_gradient", spec.batch, outputs, given.output_gradient.data());
  return given;
}

/// As a propagation does: in steps, parameters drawn when an operation comes to them, signals that
/// nobody reads again in one another's places.
void propagate(const NetworkSpec& spec, const Plan& plan, const Given& given) {
  WrittenWeights source(spec, plan);
  DrawnParameters parameters;
  parameters.restart(plan, source, false);
  Runner<KernelPasses> runner;
  runner.restart(plan, parameters, spec.batch, Keeps::differentiable);
  WritingWatcher watcher(plan, spec.batch);
  to_panels(runner.shape(0), given.input, runner.signal(0));
  constexpr std::size_t k_few = 1;  // multiplications a step: the smallest there are
  while (runner.advance(&watcher, k_few)) continue;
  const Index output = plan.output();
  to_panels(runner.shape(output), given.output_gradient, runner.gradient(output));
  while (runner.advance_back(&watcher, k_few)) continue;
}

/// As a training does: all parameters and all signals are kept.
void learn(const NetworkSpec& spec, const Plan& plan, const Given& given) {
  KeptParameters<float> parameters(plan);
  NetworkWeights source(spec, plan);
  parameters.draw(plan, source);
  Runner<KernelPasses> runner;
  runner.restart(plan, parameters, spec.batch, Keeps::learnable);
  to_panels(runner.shape(0), given.input, runner.signal(0));
  runner.forward();
  const Index output = plan.output();
  to_panels(runner.shape(output), given.output_gradient, runner.gradient(output));
  runner.backward(nullptr);
  for (std::size_t i = 0; i < plan.weights.size(); ++i) {
    const Weight& weight = plan.weights[i];
    const ParameterPlaces<float> own = parameters.places(static_cast<Index>(i));
    const std::string number = std::to_string(i + 1);
    write("weight_gradient " + number, weight.outputs, weight.inputs, own.weight_gradient);
    write("bias_gradient " + number, 1, weight.outputs, own.bias_gradient);
  }
}

Value value_of(const std::string& text) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  return end != text.c_str() && *end == '\0' ? Value(number) : Value(text);
}

Spec read_request(const std::string& line) {
  Spec spec;
  std::istringstream fields(line);
  for (std::string field; std::getline(fields, field, '\t');) {
    const std::size_t equals = field.find('=');
    spec.set(field.substr(0, equals), value_of(field.substr(equals + 1)));
  }
  return spec;
}

}  // namespace

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    NetworkSpec spec;
    if (const Issues issues = read(read_request(line), spec); !issues.empty()) {
      std::cout << "issue " << issues.front().field << ' ' << issues.front().value << ": "
                << issues.front().allowed << std::endl;
      continue;
    }
    const Plan plan = plan_of(spec);
    const Given given = draw(spec, plan);
    propagate(spec, plan, given);
    learn(spec, plan, given);
    std::cout << "end" << std::endl;
  }
}
