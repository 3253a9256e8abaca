#include "initscope/propagation.hpp"

#include <algorithm>
#include <cmath>

#include "aligned_buffer.hpp"
#include "panels.hpp"
#include "simd/kernels.hpp"

namespace initscope {
namespace {

// Multiplications in one step, about 3 ms.
constexpr std::size_t k_step = std::size_t{1} << 26;
constexpr double k_view_std = 4;

SignalStatistics measure(const PanelShape& shape, std::span<const float> values) {
  SignalStatistics statistics;
  Moments& moments = statistics.moments;
  if (shape.batch % simd::k_panel == 0) {
    moments.add(values.first(shape.size()));
  } else {  // rows are gathered, because an accumulator works on blocks
    std::vector<float> gathered;
    gathered.reserve(shape.units * shape.batch);
    shape.for_each_row(values, [&](std::size_t, std::span<const float> row) {
      gathered.insert(gathered.end(), row.begin(), row.end());
    });
    moments.add(gathered);
  }
  if (moments.count() == 0) return statistics;
  double from = std::max(moments.min(), moments.mean() - k_view_std * moments.std());
  double to = std::min(moments.max(), moments.mean() + k_view_std * moments.std());
  if (!(to > from)) {  // all equal: one bin's width around the value
    const double margin = moments.mean() == 0 ? 1 : std::abs(moments.mean());
    from = moments.mean() - margin;
    to = moments.mean() + margin;
  }
  statistics.histogram = Histogram(from, to, k_layer_bins);
  shape.for_each_piece(values,
                       [&](std::span<const float> piece) { statistics.histogram.add(piece); });
  return statistics;
}

void measure_activity(const PanelShape& shape, std::span<const float> h, ActivationSpec activation,
                      LayerResult& layer) {
  const auto& info = activations()[static_cast<std::size_t>(activation.id)];
  const bool saturates = info.saturated_below != info.saturated_above;
  const auto low = static_cast<float>(info.saturated_below);
  const auto high = static_cast<float>(info.saturated_above);
  std::size_t zeros = 0, saturated = 0;
  std::vector<bool> alive(shape.units);
  shape.for_each_row(h, [&](std::size_t unit, std::span<const float> row) {
    const auto zero = static_cast<std::size_t>(std::count(row.begin(), row.end(), 0.0F));
    zeros += zero;
    if (zero < row.size()) alive[unit] = true;
    if (saturates)
      saturated += static_cast<std::size_t>(std::count_if(
          row.begin(), row.end(), [=](float value) { return value < low || value > high; }));
  });
  const auto values = static_cast<double>(shape.units * shape.batch);
  layer.zero_fraction = static_cast<double>(zeros) / values;
  layer.saturated_fraction = static_cast<double>(saturated) / values;
  layer.dead_fraction = static_cast<double>(std::count(alive.begin(), alive.end(), false)) /
                        static_cast<double>(shape.units);
}

}  // namespace

struct PropagationJob::State {
  // Each layer forward: draw, multiply in steps, finish. Backward: differentiate, draw, multiply.
  enum class Phase : std::uint8_t {
    input,
    draw,
    multiply,
    finish,
    differentiate,
    redraw,
    back,
    done
  };

  NetworkSpec spec;
  StreamWeights source;
  PropagationResult result;
  std::vector<AlignedBuffer> z;        // kept for phi'(z)
  AlignedBuffer weight, signal, next;  // signal: h^(l-1) forward, dE/dh^l backward
  std::vector<float> bias;
  Phase phase = Phase::input;
  std::size_t layer = 1, panel = 0;

  explicit State(const NetworkSpec& network) : spec(network), source(spec), result(spec.depth()) {
    const std::size_t widest =
        std::max(spec.input_width, *std::max_element(spec.widths.begin(), spec.widths.end()));
    std::size_t largest_weight = 0;
    for (std::size_t l = 1; l <= spec.depth(); ++l) {
      z.emplace_back(shape(l).size());
      largest_weight = std::max(largest_weight, spec.width(l) * spec.width(l - 1));
    }
    weight = AlignedBuffer(largest_weight);
    bias.resize(widest);
    signal = AlignedBuffer(PanelShape{widest, spec.batch}.size());
    next = AlignedBuffer(PanelShape{widest, spec.batch}.size());
  }

  PanelShape shape(std::size_t l) const noexcept { return {spec.width(l), spec.batch}; }
  std::span<float> weights() noexcept {
    return weight.first(spec.width(layer) * spec.width(layer - 1));
  }

  /// One sample after another from the stream, written into the signal's columns.
  void draw_signal(Purpose purpose, std::size_t l, const Law& law) noexcept {
    const Stream stream(spec.seed, {purpose, 0, spec.replicate});
    const std::size_t units = spec.width(l);
    float sample[1024];
    static_assert(k_most_width <= 1024);
    std::fill_n(signal.data(), shape(l).size(), 0.0F);
    for (std::size_t column = 0; column < spec.batch; ++column) {
      law.fill(stream, std::span<float>(sample).first(units), column * units);
      float* to =
          signal.data() + column / simd::k_panel * units * simd::k_panel + column % simd::k_panel;
      for (std::size_t unit = 0; unit < units; ++unit) to[unit * simd::k_panel] = sample[unit];
    }
  }

  /// The next panels of a product; true when it was the last.
  bool multiply_some(simd::Product product, std::size_t panels) noexcept {
    const std::size_t per_panel = product.rows * product.depth * simd::k_panel;
    const std::size_t count =
        std::min(panels - panel, std::max<std::size_t>(1, k_step / per_panel));
    product.b += panel * product.depth * simd::k_panel;
    product.c += panel * product.rows * simd::k_panel;
    product.panels = count;
    simd::kernels().multiply(product);
    panel += count;
    if (panel < panels) return false;
    panel = 0;
    return true;
  }

  bool forward_product() noexcept {
    const std::size_t in = spec.width(layer - 1), out = spec.width(layer);
    return multiply_some(
        {weight.data(), in, 1, signal.data(), bias.data(), z[layer - 1].data(), out, in, 0},
        shape(layer).panels());
  }

  bool backward_product() noexcept {
    const std::size_t in = spec.width(layer - 1), out = spec.width(layer);
    return multiply_some({weight.data(), 1, in, signal.data(), nullptr, next.data(), in, out, 0},
                         shape(layer).panels());
  }

  void finish_forward() {
    LayerResult& measured = result[layer - 1];
    const PanelShape here = shape(layer);
    simd::kernels().activate(spec.activation, z[layer - 1].data(), signal.data(), here.size());
    measured.preactivation = measure(here, z[layer - 1].all());
    measured.activation = measure(here, signal.all());
    measure_activity(here, signal.all(), spec.activation, measured);
  }

  void differentiate() {
    simd::kernels().activation_gradient(spec.activation, z[layer - 1].data(), signal.data(),
                                        shape(layer).size());
    result[layer - 1].gradient = measure(shape(layer), signal.all());
  }

  void step() {
    switch (phase) {
      case Phase::input:
        draw_signal(Purpose::input, 0,
                    spec.input == Input::normal ? Law::normal(0, 1)
                                                : Law::uniform(-std::sqrt(3.0), std::sqrt(3.0)));
        phase = Phase::draw;
        break;
      case Phase::draw:
        source.prepare(layer, weights(), std::span<float>(bias).first(spec.width(layer)));
        phase = Phase::multiply;
        break;
      case Phase::multiply:
        if (forward_product()) phase = Phase::finish;
        break;
      case Phase::finish:
        finish_forward();
        phase = layer == spec.depth() ? Phase::differentiate : Phase::draw;
        if (layer < spec.depth())
          ++layer;
        else
          draw_signal(Purpose::output_gradient, layer, Law::normal(0, 1));
        break;
      case Phase::differentiate:
        differentiate();
        phase = layer == 1 ? Phase::done : Phase::redraw;
        break;
      case Phase::redraw:
        source.redraw(layer, weights());
        phase = Phase::back;
        break;
      case Phase::back:
        if (!backward_product()) break;
        std::swap(signal, next);
        --layer;
        phase = Phase::differentiate;
        break;
      case Phase::done:
        break;
    }
  }
};

PropagationJob::PropagationJob(const NetworkSpec& spec) : state_(std::make_unique<State>(spec)) {}
PropagationJob::~PropagationJob() = default;

bool PropagationJob::advance() noexcept {
  state_->step();
  return state_->phase != State::Phase::done;
}

double PropagationJob::progress() const noexcept {
  using Phase = State::Phase;
  const auto depth = static_cast<double>(state_->spec.depth());
  const auto layer = static_cast<double>(state_->layer);
  if (state_->phase == Phase::done) return 1;
  const bool backward = state_->phase == Phase::differentiate || state_->phase == Phase::redraw ||
                        state_->phase == Phase::back;
  return (backward ? 2 * depth - layer : layer - 1) / (2 * depth);
}

const PropagationResult& PropagationJob::result() const noexcept { return state_->result; }

}  // namespace initscope
