#include "initscope/propagation.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "aligned_buffer.hpp"
#include "measures.hpp"

namespace initscope {
namespace {

// Multiplications in one step, about 3 ms.
constexpr std::size_t k_step = std::size_t{1} << 26;

using Block = PanelShape::Block;

double second_moment(std::span<const float> values) noexcept {
  Moments moments;
  moments.add(values);
  return moments.second_moment();
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
  StreamWeights stream_source{spec};
  TorchWeights torch_source{spec};
  std::vector<float> scales;        // by which measured schemes divide a layer's weights
  Moments input;                    // of h^0
  PropagationResult result, spare;  // layers beyond the depth wait with their histograms' memory
  AlignedBuffer z;                  // of all layers, kept for phi'(z)
  std::vector<std::size_t> z_begin;
  AlignedBuffer weight, signal, next;  // signal: h^(l-1) forward, dE/dh^l backward
  std::vector<float> bias;
  ActivityCount activity;
  SampleSums sums;
  std::vector<double> squares;  // of h^(l-1), a row of the batch for each layer
  Phase phase = Phase::done;
  std::size_t layer = 1, panel = 0;
  int measurements = 0;  // of the layer, by a measured scheme

  void restart(const NetworkSpec& network) {
    spec = network;
    for (; result.size() > spec.depth(); result.pop_back())
      spare.push_back(std::move(result.back()));
    for (; result.size() < spec.depth() && !spare.empty(); spare.pop_back())
      result.push_back(std::move(spare.back()));
    result.resize(spec.depth());
    for (LayerResult& measured : result)
      for (auto* moments : {&measured.preactivation, &measured.activation, &measured.gradient})
        *moments = {};
    const std::size_t widest =
        std::max(spec.input_width, *std::max_element(spec.widths.begin(), spec.widths.end()));
    std::size_t largest_weight = 0, kept = 0;
    z_begin.clear();
    for (std::size_t l = 1; l <= spec.depth(); ++l) {
      z_begin.push_back(kept);
      kept += shape(l).size();
      largest_weight = std::max(largest_weight, spec.width(l) * spec.width(l - 1));
    }
    z.ensure(kept);
    weight.ensure(largest_weight);
    bias.resize(widest);
    signal.ensure(PanelShape{widest, spec.batch}.size());
    next.ensure(PanelShape{widest, spec.batch}.size());
    squares.assign(spec.depth() * spec.batch, 0);
    scales.assign(spec.depth(), 1.0F);
    measurements = 0;
    phase = Phase::input;
    layer = 1;
    panel = 0;
  }

  std::size_t memory() const noexcept {
    return (z.size() + weight.size() + signal.size() + next.size()) * sizeof(float);
  }

  float* z_of(std::size_t l) noexcept { return z.data() + z_begin[l - 1]; }
  WeightSource& source() noexcept {
    if (spec.generator == Generator::torch) return torch_source;
    return stream_source;
  }
  PanelShape shape(std::size_t l) const noexcept { return {spec.width(l), spec.batch}; }
  std::span<float> weights() noexcept {
    return weight.first(spec.width(layer) * spec.width(layer - 1));
  }

  /// Writes the signal's columns, each by draw(column, sample).
  template <class Function>
  void draw_signal(std::size_t l, Function draw) noexcept {
    const std::size_t units = spec.width(l);
    float sample[static_cast<std::size_t>(k_most_width)];
    std::fill_n(signal.data(), shape(l).size(), 0.0F);
    for (std::size_t column = 0; column < spec.batch; ++column) {
      draw(column, std::span<float>(sample).first(units));
      float* to =
          signal.data() + column / simd::k_panel * units * simd::k_panel + column % simd::k_panel;
      for (std::size_t unit = 0; unit < units; ++unit) to[unit * simd::k_panel] = sample[unit];
    }
  }

  void draw_inputs() noexcept {
    draw_signal(
        0, [this](std::size_t sample, std::span<float> out) { draw_input(spec, sample, out); });
    sums.reset(spec.batch);
    input = {};
    float buffer[PanelShape::k_block];
    shape(0).for_each_block([&](const Block& block) {
      sums.add(block, signal.data());
      input.add(block.values(signal.data(), buffer));
    });
    keep_squares(1);
  }

  void draw_output_gradient() noexcept {
    const Stream stream(spec.seed, {Purpose::output_gradient, 0, spec.replicate});
    draw_signal(spec.depth(), [&](std::size_t sample, std::span<float> out) {
      Law::normal(0, 1).fill(stream, out, sample * out.size());
    });
  }

  /// Of the signal that layer l takes in.
  void keep_squares(std::size_t l) noexcept {
    const auto of = sums.squares();
    std::copy(of.begin(), of.end(),
              squares.begin() + static_cast<std::ptrdiff_t>((l - 1) * spec.batch));
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
        {weight.data(), in, false, signal.data(), bias.data(), z_of(layer), out, in, 0},
        shape(layer).panels());
  }

  void scale_weights(float scale) noexcept {
    for (float& value : weights()) value *= scale;
  }

  /// Whether a measured scheme has changed the layer's weights, so that the product is due again
  /// (Mishkin and Matas 2016, algorithm 1).
  bool rescaled() noexcept {
    if (!spec.weight.scheme->measured || measurements == k_most_measurements) return settled();
    Moments moments;
    const PanelShape here = shape(layer);
    float buffer[PanelShape::k_block];
    here.for_each_block(
        [&](const Block& block) { moments.add(block.values(z_of(layer), buffer)); });
    // One unit and one sample, or none that is not 0, have no variance to divide by.
    if (!(moments.std() > 0)) return settled();
    if (!(std::abs(moments.std() - 1) > k_measured_tolerance)) return settled();
    const auto scale = static_cast<float>(1 / (moments.std() + 1e-8));
    scale_weights(scale);
    scales[layer - 1] *= scale;
    ++measurements;
    return true;
  }

  /// The layer keeps its weights: the next one begins with no measurement.
  bool settled() noexcept {
    measurements = 0;
    return false;
  }

  bool backward_product() noexcept {
    const std::size_t in = spec.width(layer - 1), out = spec.width(layer);
    return multiply_some({weight.data(), in, true, signal.data(), nullptr, next.data(), in, out, 0},
                         shape(layer).panels());
  }

  void finish_forward() {
    LayerResult& measured = result[layer - 1];
    measured.weight_second_moment = second_moment(weights());
    const PanelShape here = shape(layer);
    float* pre = z_of(layer);
    float* h = signal.data();
    float buffer[PanelShape::k_block];
    activity.reset(here.units, spec.activation);
    sums.reset(spec.batch);
    here.for_each_block([&](const Block& block) { sums.add(block, pre); });
    measured.correlation = sums.correlation();
    sums.reset(spec.batch);
    here.for_each_block([&](const Block& block) {
      simd::kernels().activate(spec.activation, pre + block.begin, h + block.begin, block.size());
      for (std::size_t i = 0; i < block.units && block.columns < simd::k_panel; ++i) {
        float* row = h + block.begin + i * simd::k_panel;
        std::fill(row + block.columns, row + simd::k_panel, 0.0F);
      }
      activity.add(block, h);
      sums.add(block, h);
      measured.preactivation.add(block.values(pre, buffer));
      measured.activation.add(block.values(h, buffer));
    });
    activity.report(spec.batch, measured);
    fill_histogram(here, h, measured.activation, measured.histogram);
    measured.quantiles =
        quantiles_of(measured.histogram, measured.activation, measured.zero_fraction);
    if (layer < spec.depth()) keep_squares(layer + 1);
  }

  void differentiate() {
    Moments& gradient = result[layer - 1].gradient;
    const PanelShape here = shape(layer);
    float buffer[PanelShape::k_block];
    sums.reset(spec.batch);
    here.for_each_block([&](const Block& block) {
      simd::kernels().activation_gradient(spec.activation, z_of(layer) + block.begin,
                                          signal.data() + block.begin, block.size());
      gradient.add(block.values(signal.data(), buffer));
      sums.add(block, signal.data());
    });
    // dE/dW = delta h^T of one sample: the mean of its squares is the product of theirs.
    const double* of_inputs = squares.data() + (layer - 1) * spec.batch;
    double sum = 0;
    for (std::size_t i = 0; i < spec.batch; ++i) sum += sums.squares()[i] * of_inputs[i];
    result[layer - 1].weight_gradient =
        sum / static_cast<double>(spec.batch * spec.width(layer) * spec.width(layer - 1));
  }

  void step() {
    switch (phase) {
      case Phase::input:
        draw_inputs();
        phase = Phase::draw;
        break;
      case Phase::draw:
        source().prepare(layer, weights(), std::span<float>(bias).first(spec.width(layer)));
        phase = Phase::multiply;
        break;
      case Phase::multiply:
        if (forward_product() && !rescaled()) phase = Phase::finish;
        break;
      case Phase::finish:
        finish_forward();
        phase = layer == spec.depth() ? Phase::differentiate : Phase::draw;
        if (layer < spec.depth())
          ++layer;
        else
          draw_output_gradient();
        break;
      case Phase::differentiate:
        differentiate();
        phase = layer == 1 ? Phase::done : Phase::redraw;
        break;
      case Phase::redraw:
        source().redraw(layer, weights());
        if (scales[layer - 1] != 1) scale_weights(scales[layer - 1]);
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

PropagationJob::PropagationJob() : state_(std::make_unique<State>()) {}
PropagationJob::~PropagationJob() = default;

void PropagationJob::restart(const NetworkSpec& spec) { state_->restart(spec); }

std::size_t PropagationJob::memory() const noexcept { return state_->memory(); }

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

const Moments& PropagationJob::input() const noexcept { return state_->input; }

}  // namespace initscope
