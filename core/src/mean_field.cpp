#include "initscope/mean_field.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace initscope {
namespace {

constexpr double k_nan = std::numeric_limits<double>::quiet_NaN();
constexpr double k_infinity = std::numeric_limits<double>::infinity();

// Where the length map is followed: beyond, every activation is a power law.
constexpr double k_lowest_q = 1e-12, k_highest_q = 1e12;
// Steps of the search for a fixed point: fine where activations bend.
constexpr double k_fine_low = 1e-3, k_fine_high = 1e3, k_fine = 1.08, k_coarse = 2;

double step_at(double q) noexcept { return q > k_fine_low && q < k_fine_high ? k_fine : k_coarse; }

bool has_no_scale(ActivationSpec activation) noexcept {
  return activation.id == Activation::linear || activation.id == Activation::relu ||
         activation.id == Activation::leaky_relu;
}

/// The root of a function that changes sign between a and b, by halves of the logarithm.
template <class Function>
double root(double a, double b, Function f) noexcept {
  const bool rises = f(a) < 0;
  for (int i = 0; i < 60 && std::abs(b - a) > 1e-15 * std::abs(a); ++i) {
    const double middle = std::sqrt(a) * std::sqrt(b);
    ((f(middle) < 0) == rises ? a : b) = middle;
  }
  return 0.5 * (a + b);
}

/// A depth scale 1 / |ln factor|.
double depth_scale(double factor) noexcept {
  return factor == 1 ? k_infinity : 1 / std::abs(std::log(factor));
}

/// The fixed point below 1 of the correlation map at q*, and the map's slope there; the map is
/// convex, so Newton's steps from 0 never pass it.
GaussianPair settle_correlation(ActivationSpec activation, PhasePoint point, double q,
                                double& correlation) noexcept {
  double c = 0;
  GaussianPair pair;
  for (int i = 0; i < 50; ++i) {
    pair = gaussian_pair(activation, q, c);
    const double excess = (point.sigma_w2 * pair.product + point.sigma_b2) / q - c;
    const double slope = point.sigma_w2 * pair.slopes - 1;
    if (!(slope < 0)) break;
    const double next = std::min(1.0, c - excess / slope);
    if (std::abs(next - c) < 1e-13) break;
    c = next;
  }
  correlation = c;
  return pair;
}

double fixed_point(ActivationSpec activation, PhasePoint point, double q) noexcept {
  const auto growth = [&](double at) { return next_q(activation, point, at) - at; };
  const double first = growth(q);
  if (std::abs(first) < 1e-12 * q) return q;
  const bool rises = first > 0;
  for (double from = q; from > k_lowest_q && from < k_highest_q;) {
    const double step = step_at(from), to = rises ? from * step : from / step;
    if ((growth(to) > 0) != rises) return root(from, to, growth);
    from = to;
  }
  return rises ? k_infinity : 0;
}

}  // namespace

Phase PhaseState::phase() const noexcept {
  if (std::abs(chi_1 - 1) < k_critical_tolerance) return Phase::critical;
  return chi_1 < 1 ? Phase::ordered : Phase::chaotic;
}

double next_q(ActivationSpec activation, PhasePoint point, double q) noexcept {
  return point.sigma_w2 * gaussian_moments(activation, q).second + point.sigma_b2;
}

PhaseState phase_state(ActivationSpec activation, PhasePoint point, double q) noexcept {
  PhaseState state;
  q = std::min(std::max(q, 2 * k_lowest_q), k_highest_q / 2);
  state.q = fixed_point(activation, point, q);
  state.fate = state.q == 0            ? Fate::vanishes
               : state.q == k_infinity ? Fate::explodes
                                       : Fate::settles;
  const double at = std::min(std::max(state.q, k_least_q), k_most_q);
  const auto moments = gaussian_moments(activation, at);
  state.chi_1 = point.sigma_w2 * moments.slope;
  state.chi_q = point.sigma_w2 * moments.second_growth * moments.second / at;
  state.xi_gradient = depth_scale(state.chi_1);
  state.xi_q = depth_scale(state.chi_q);
  state.xi_c = state.xi_gradient;
  if (state.fate != Fate::settles) {
    state.correlation = state.xi_c = k_nan;
  } else if (state.phase() == Phase::chaotic) {
    const auto pair = settle_correlation(activation, point, state.q, state.correlation);
    state.xi_c = depth_scale(point.sigma_w2 * pair.slopes);
  }
  return state;
}

CriticalPoint critical_point(ActivationSpec activation, double q) noexcept {
  const auto moments = gaussian_moments(activation, q);
  CriticalPoint critical;
  critical.q = q;
  critical.point.sigma_w2 = 1 / moments.slope;
  critical.point.sigma_b2 = q - moments.second / moments.slope;
  critical.chi_q = moments.second_growth * moments.second / (q * moments.slope);
  if (has_no_scale(activation)) {  // exactly, not up to rounding
    critical.point.sigma_b2 = 0;
    critical.chi_q = 1;
  }
  return critical;
}

CriticalPoint critical_at(ActivationSpec activation, double sigma_b2) noexcept {
  constexpr double k_first = 1e-8, k_last = 1e8;
  const auto excess = [&](double q) {
    return critical_point(activation, q).point.sigma_b2 - sigma_b2;
  };
  if (sigma_b2 == 0 && evaluate(activation, 0).value == 0) {
    CriticalPoint limit = critical_point(activation, k_least_q);
    limit.point.sigma_b2 = limit.q = 0;
    return limit;
  }
  for (double q = k_first; q < k_last; q *= step_at(q))
    if (excess(q) < 0 && excess(q * step_at(q)) >= 0)
      return critical_point(activation, root(q, q * step_at(q), excess));
  return {{k_nan, sigma_b2}, k_nan, k_nan};
}

double half_stable_q(ActivationSpec activation) noexcept {
  if (has_no_scale(activation)) return 0;
  const auto excess = [&](double q) { return critical_point(activation, q).chi_q - 1; };
  for (double q = k_fine_high; q > k_fine_low; q /= k_fine)
    if (excess(q) < 0 && excess(q / k_fine) > 0) {
      const double half_stable = root(q / k_fine, q, excess);
      return critical_point(activation, half_stable).point.sigma_b2 >= 0 ? half_stable : 0;
    }
  return 0;
}

namespace {

/// What theory takes of a layer's parameters, and its activation's averages.
struct LayerInput {
  double weight_variance, in, out, bias_variance;
  GaussianMoments moments;
};
using LayerInputs = std::vector<LayerInput>;

bool centered(const Law& law) noexcept { return std::abs(law.mean()) <= 1e-9 * law.std(); }

TheoryGap read_laws(const NetworkSpec& spec, LayerInputs& layers) {
  const Scheme& scheme = *spec.weight.scheme;
  if (scheme.measured) return TheoryGap::measured;
  if (scheme.draw != nullptr && !scheme.gaussian_sums) return TheoryGap::structured;
  for (std::size_t l = 1; l <= spec.depth(); ++l) {
    const Fans fans = layer_fans(spec, l);
    Fans bias_fans = fans;
    bias_fans.bias = true;
    const Law weight = spec.weight.law(fans), bias = spec.bias.law(bias_fans);
    if (!centered(weight)) return TheoryGap::structured;
    if (!centered(bias)) return TheoryGap::biased;
    layers.push_back({weight.variance(), fans.in, fans.out, bias.variance(), {}});
  }
  return TheoryGap::applies;
}

bool held(double q) noexcept { return q >= k_least_q && q <= k_most_q; }

/// q^l, what follows from it, and c^l, from the inputs on.
void go_forward(ActivationSpec activation, double input_q, double input_c, LayerInputs& inputs,
                std::vector<LayerTheory>& layers) {
  const double phi0 = evaluate(activation, 0).value;
  double second = input_q, product = input_q * input_c;  // E[h^2] and E[h h'] of the layer before
  for (LayerInput& input : inputs) {
    LayerTheory layer;
    const double sigma_w2 = input.weight_variance * input.in;
    const double q = sigma_w2 * second + input.bias_variance;
    layer.weight_gradient = second;  // the gradient's share comes on the way back
    layer.correlation =
        q > 0 ? std::min(1.0, (sigma_w2 * product + input.bias_variance) / q) : k_nan;
    input.moments = gaussian_moments(activation, q);
    if (held(q)) {
      layer.preactivation = q;
      layer.activation = second = input.moments.second;
      layer.activation_variance = input.moments.variance;
      product = gaussian_pair(activation, q, layer.correlation).product;
    } else {
      const double value = q == 0 ? 0 : k_nan;
      layer.preactivation = layer.activation_variance = value;
      layer.activation = second = product = value + phi0 * phi0;
    }
    layers.push_back(layer);
  }
}

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
/// linearization fails.
std::vector<LayerSpread> spreads_of(const NetworkSpec& spec, const LayerInputs& inputs,
                                    const std::vector<LayerTheory>& layers) {
  const std::size_t depth = inputs.size();
  const bool exact = has_no_scale(spec.activation);
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
    if (!exact && !(spread < 3 * k_most_spread)) return {};
    spreads[l].gradient = spread;
  }
  return spreads;
}

}  // namespace

MeanField mean_field(const NetworkSpec& spec, double input_q, double input_c) {
  MeanField field;
  LayerInputs inputs;
  field.gap = read_laws(spec, inputs);
  if (field.gap != TheoryGap::applies) return field;
  go_forward(spec.activation, input_q, input_c, inputs, field.layers);
  go_backward(inputs, field.layers);
  const LayerInput& typical = inputs[std::min<std::size_t>(1, inputs.size() - 1)];
  field.point = {typical.weight_variance * typical.in, typical.bias_variance};
  field.state = phase_state(spec.activation, field.point, field.layers[0].preactivation);
  field.log_normal = has_no_scale(spec.activation);
  if (spec.weight.law(layer_fans(spec, 1)).kind() != Law::Kind::spherical)
    field.spreads = spreads_of(spec, inputs, field.layers);
  return field;
}

}  // namespace initscope
