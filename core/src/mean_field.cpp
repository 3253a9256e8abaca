#include "initscope/mean_field.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace initscope {
namespace {

constexpr double k_nan = std::numeric_limits<double>::quiet_NaN();

/// What theory takes of a layer's parameters, and its activation's averages.
struct LayerInput {
  double weight_variance, in, out, bias_variance;
  GaussianMoments moments;
};
using LayerInputs = std::vector<LayerInput>;

bool centered(const Law& law) noexcept { return std::abs(law.mean()) <= 1e-9 * law.std(); }

/// What the schemes make of a layer of these fans.
TheoryGap read_laws(const SchemeSpec& weight, const SchemeSpec& bias, const Fans& fans,
                    LayerInput& layer) {
  const Scheme& scheme = *weight.scheme;
  if (scheme.measured) return TheoryGap::measured;
  if (scheme.draw != nullptr && !scheme.gaussian_sums) return TheoryGap::structured;
  Fans bias_fans = fans;
  bias_fans.bias = true;
  const Law of_weight = weight.law(fans), of_bias = bias.law(bias_fans);
  if (!centered(of_weight)) return TheoryGap::structured;
  if (!centered(of_bias)) return TheoryGap::biased;
  layer = {of_weight.variance(), fans.in, fans.out, of_bias.variance(), {}};
  return TheoryGap::applies;
}

bool held(double q) noexcept { return q >= k_least_q && q <= k_most_q; }

void go_backward(const LayerInputs& inputs, std::vector<LayerTheory>& layers) {
  double gradient = inputs.back().moments.slope;
  for (std::size_t l = layers.size(); l-- > 0;) {
    if (l + 1 < layers.size())
      gradient *= inputs[l + 1].weight_variance * inputs[l + 1].out * inputs[l].moments.slope;
    if (std::isnan(layers[l].preactivation) || !(gradient == 0 || held(gradient))) gradient = k_nan;
    layers[l].gradient = gradient;
    layers[l].weight_gradient *= gradient;
  }
}

/// Spread of ln q^l carried from layer to layer, and what each layer's units add; empty where the
/// linearization fails, and without the gradient's where its alone does.
std::vector<LayerSpread> spreads_of(ActivationSpec activation, const LayerInputs& inputs,
                                    const std::vector<LayerTheory>& layers) {
  const std::size_t depth = inputs.size();
  const bool exact = scale_free(activation);
  std::vector<LayerSpread> spreads(depth);
  // f: share of the next q that comes from this layer's h; a: d ln q' / d ln q.
  std::vector<double> f(depth), a(depth);
  double carried = 0;
  for (std::size_t l = 0; l < depth; ++l) {
    const GaussianMoments& m = inputs[l].moments;
    const double n = inputs[l].out, q = layers[l].preactivation;
    const std::size_t next = std::min(l + 1, depth - 1);
    const double from_h = inputs[next].weight_variance * inputs[next].in * m.second;
    const double chi_q = m.second_growth * from_h / q;
    if (!exact && !(carried < k_most_spread && (chi_q <= 1 || q == 0))) return {};
    f[l] = q > 0 ? from_h / (from_h + inputs[next].bias_variance) : 0;
    a[l] = m.second_growth * f[l];
    spreads[l].preactivation = carried + 2 / n;
    spreads[l].activation = m.second_growth * m.second_growth * carried + m.excess / n;
    spreads[l].activation_variance =
        m.variance_growth * m.variance_growth * carried + m.centered_excess / n;
    carried = a[l] * a[l] * carried + f[l] * f[l] * m.excess / n;
  }
  double most = 0;
  for (std::size_t l = 0; l < depth; ++l) {
    double spread = 0, reach = 0;  // reach: of a fluctuation of q^(k+1), on ln D of layers >= l
    for (std::size_t k = depth; k-- > 0;) {
      const GaussianMoments& m = inputs[k].moments;
      if (k + 1 < depth)
        reach = (k + 1 >= l ? inputs[k + 1].moments.slope_growth : 0) + a[k + 1] * reach;
      const double b = f[k] * reach;
      double added = b * b * m.excess;
      if (k >= l && m.slope > 0) {
        added += 3 * m.slope_fourth / (m.slope * m.slope) - 1;
        if (m.second > 0) added += 2 * b * (m.mixed / (m.second * m.slope) - 1);
      }
      spread += added / inputs[k].out;
    }
    spreads[l].gradient = spread;
    most = std::max(most, spread);
  }
  if (!exact && !(most < k_most_gradient_spread))
    for (LayerSpread& spread : spreads) spread.gradient = k_nan;
  return spreads;
}

}  // namespace

SchemePlace place_of(const PhaseSpec& spec) {
  LayerInput layer{};
  SchemePlace place;
  place.gap = read_laws(spec.weight, spec.bias, dense_fans(spec.width, spec.width), layer);
  place.point = {layer.weight_variance * layer.in, layer.bias_variance};
  return place;
}

struct MeanFieldJob::State {
  ActivationSpec activation;
  LayerInputs inputs;
  MeanField field;
  double second, product;  // E[h^2] and E[h h'] of the layer before
  GaussianPair pair;
  bool banded = true, finished = false;

  State(ActivationSpec of, std::size_t depth, InputMoments from)
      : activation(of),
        inputs(depth),
        second(from.second),
        product(from.second * from.correlation) {
    field.input = from.second;
    field.layers.reserve(depth);
  }

  /// q^l, what follows from it, and c^l.
  void add_layer() {
    LayerInput& input = inputs[field.layers.size()];
    const double phi0 = evaluate(activation, 0).value;
    LayerTheory layer;
    const double sigma_w2 = input.weight_variance * input.in;
    const double q = sigma_w2 * second + input.bias_variance;
    layer.weight_gradient = second;  // the gradient's share comes on the way back
    layer.correlation =
        q > 0 ? std::min(1.0, (sigma_w2 * product + input.bias_variance) / q) : k_nan;
    take_averages(q, layer);
    if (held(q)) {
      layer.preactivation = q;
      layer.activation = second = input.moments.second;
      layer.activation_variance = input.moments.variance;
      product = pair.product;
    } else {
      const double value = q == 0 ? 0 : k_nan;
      layer.preactivation = layer.activation_variance = value;
      layer.activation = second = product = value + phi0 * phi0;
    }
    field.layers.push_back(layer);
  }

  /// The layer's moments and pair: those of the layer before where its q and c are the same, as in
  /// deep networks that have settled.
  void take_averages(double q, LayerTheory& layer) {
    const std::size_t l = field.layers.size();
    const bool settled = l > 0 && field.layers[l - 1].preactivation == q;
    inputs[l].moments = settled ? inputs[l - 1].moments : gaussian_moments(activation, q);
    if (!settled) layer.evaluations += inputs[l].moments.evaluations;
    if (!held(q) || (settled && field.layers[l - 1].correlation == layer.correlation)) return;
    pair = gaussian_pair(activation, q, layer.correlation);
    layer.evaluations += pair.evaluations;
  }

  void finish() {
    go_backward(inputs, field.layers);
    const LayerInput& typical = inputs[std::min<std::size_t>(1, inputs.size() - 1)];
    field.point = {typical.weight_variance * typical.in, typical.bias_variance};
    field.state = phase_state(activation, field.point, field.layers[0].preactivation);
    field.log_normal = scale_free(activation);
    if (banded) field.spreads = spreads_of(activation, inputs, field.layers);
    finished = true;
  }
};

MeanFieldJob::MeanFieldJob(const NetworkSpec& spec, double input_q, double input_c) {
  state_ = std::make_unique<State>(spec.activation, spec.depth(), InputMoments{input_q, input_c});
  for (std::size_t l = 1; l <= spec.depth() && !state_->finished; ++l) {
    state_->field.gap =
        read_laws(spec.weight, spec.bias, layer_fans(spec, l), state_->inputs[l - 1]);
    state_->finished = state_->field.gap != TheoryGap::applies;
  }
  if (!state_->finished)
    state_->banded = spec.weight.law(layer_fans(spec, 1)).kind() != Law::Kind::spherical;
}

MeanFieldJob::MeanFieldJob(const NetworkSpec& spec)
    : MeanFieldJob(spec, input_moments(spec).second, input_moments(spec).correlation) {}

MeanFieldJob::MeanFieldJob(const PhaseSpec& spec)
    : state_(std::make_unique<State>(spec.activation, spec.depth, InputMoments{1, 0})) {
  const auto n = static_cast<double>(spec.width);
  const LayerInput layer{spec.point.sigma_w2 / n, n, n, spec.point.sigma_b2, {}};
  std::fill(state_->inputs.begin(), state_->inputs.end(), layer);
}

MeanFieldJob::~MeanFieldJob() = default;
MeanFieldJob::MeanFieldJob(MeanFieldJob&&) noexcept = default;

bool MeanFieldJob::advance() noexcept {
  State& state = *state_;
  if (state.finished) return false;
  if (state.field.layers.size() < state.inputs.size())
    state.add_layer();
  else
    state.finish();
  return !state.finished;
}

double MeanFieldJob::progress() const noexcept {
  if (state_->finished) return 1;
  return static_cast<double>(state_->field.layers.size()) /
         static_cast<double>(state_->inputs.size() + 1);
}

const MeanField& MeanFieldJob::result() const noexcept { return state_->field; }

namespace {

MeanField finish(MeanFieldJob job) {
  while (job.advance()) {
  }
  return job.result();
}

}  // namespace

MeanField mean_field(const NetworkSpec& spec, double input_q, double input_c) {
  return finish(MeanFieldJob(spec, input_q, input_c));
}

MeanField mean_field(const NetworkSpec& spec) { return finish(MeanFieldJob(spec)); }

MeanField mean_field(const PhaseSpec& spec) { return finish(MeanFieldJob(spec)); }

}  // namespace initscope
