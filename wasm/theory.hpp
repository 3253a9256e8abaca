// Theory as objects of JavaScript.
#pragma once

#include <cmath>
#include <optional>
#include <string>

#include "initscope/mean_field.hpp"
#include "values.hpp"

namespace initscope::binding {

inline val point_object(scope::PhasePoint point) {
  val object = val::object();
  object.set("sigmaW2", point.sigma_w2);
  object.set("sigmaB2", point.sigma_b2);
  return object;
}

inline val critical_object(const scope::CriticalPoint& critical) {
  val object = point_object(critical.point);
  object.set("q", critical.q);
  object.set("chiQ", critical.chi_q);
  return object;
}

inline val state_object(const scope::PhaseState& state) {
  constexpr const char* k_fates[] = {"settles", "vanishes", "explodes"};
  constexpr const char* k_phases[] = {"ordered", "critical", "chaotic"};
  val object = val::object();
  object.set("fate", std::string(k_fates[static_cast<std::size_t>(state.fate)]));
  object.set("phase", std::string(k_phases[static_cast<std::size_t>(state.phase())]));
  object.set("q", state.q);
  object.set("chi1", state.chi_1);
  object.set("chiQ", state.chi_q);
  object.set("correlation", state.correlation);
  object.set("xiQ", state.xi_q);
  object.set("xiC", state.xi_c);
  object.set("xiGradient", state.xi_gradient);
  return object;
}

inline val gap_text(scope::TheoryGap gap) {
  constexpr const char* k_gaps[] = {"", "structured", "measured", "biased"};
  return val(std::string(k_gaps[static_cast<std::size_t>(gap)]));
}

/// What would be critical for an activation, with these biases and with none. All but the first is
/// the same for every request about an activation: the last is kept.
inline val advice_object(scope::ActivationSpec activation, double sigma_b2) {
  struct Kept {
    scope::ActivationSpec activation;
    scope::CriticalPoint without_bias, half_stable;
  };
  static std::optional<Kept> kept;
  if (!kept || kept->activation != activation)
    kept = {activation, scope::critical_at(activation, 0),
            scope::critical_point(activation, scope::half_stable_q(activation))};
  val object = val::object();
  object.set("critical", critical_object(scope::critical_at(activation, sigma_b2)));
  object.set("withoutBias", critical_object(kept->without_bias));
  object.set("halfStableQ", kept->half_stable.q);
  object.set("halfStable", critical_object(kept->half_stable));
  object.set("unitVarianceGain", scope::unit_variance_gain(activation));
  object.set("unitChiQ", scope::unit_variance_chi_q(activation));
  object.set("slopeAtUnit", scope::gaussian_moments(activation, 1).slope);
  return object;
}

inline val theory_object(const scope::MeanField& field, scope::ActivationSpec activation) {
  using Layer = scope::LayerTheory;
  using Spread = scope::LayerSpread;
  val object = val::object();
  object.set("gap", gap_text(field.gap));
  object.set("input", field.input);
  object.set("logNormal", field.log_normal);
  object.set("point", point_object(field.point));
  object.set("state", state_object(field.state));
  object.set("advice", advice_object(activation, field.point.sigma_b2));
  object.set("preactivation", by_layer(field.layers, &Layer::preactivation));
  object.set("secondMoment", by_layer(field.layers, &Layer::activation));
  object.set("variance", by_layer(field.layers, &Layer::activation_variance));
  object.set("gradient", by_layer(field.layers, &Layer::gradient));
  object.set("weightGradient", by_layer(field.layers, &Layer::weight_gradient));
  object.set("correlation", by_layer(field.layers, &Layer::correlation));
  object.set("secondMomentSpread", by_layer(field.spreads, &Spread::activation));
  object.set("varianceSpread", by_layer(field.spreads, &Spread::activation_variance));
  const bool backward = !field.spreads.empty() && !std::isnan(field.spreads[0].gradient);
  object.set("gradientSpread", backward ? by_layer(field.spreads, &Spread::gradient)
                                        : numbers(std::vector<double>()));
  return object;
}

/// A map of the phase plane is the same for every point in it: the last is kept.
inline val map_object(const scope::PhaseSpec& spec) {
  struct Kept {
    scope::ActivationSpec activation;
    scope::PhasePoint most;
    scope::PhaseMap map;
  };
  static std::optional<Kept> kept;
  if (!kept || kept->activation != spec.activation || kept->most != spec.most)
    kept = {spec.activation, spec.most, scope::phase_map(spec.activation, spec.most)};
  const scope::PhaseMap& map = kept->map;
  using Critical = scope::CriticalPoint;
  val object = val::object();
  object.set("chi1", numbers(map.chi_1));
  object.set("criticalSigmaW2",
             numbers(map.critical, [](const Critical& at) { return at.point.sigma_w2; }));
  object.set("criticalSigmaB2",
             numbers(map.critical, [](const Critical& at) { return at.point.sigma_b2; }));
  object.set("criticalQ", numbers(map.critical, [](const Critical& at) { return at.q; }));
  object.set("criticalChiQ", numbers(map.critical, [](const Critical& at) { return at.chi_q; }));
  return object;
}

}  // namespace initscope::binding
