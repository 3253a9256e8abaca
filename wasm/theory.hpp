// Theory as objects of JavaScript.
#pragma once

#include <cmath>
#include <memory>
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

/// Theory of a network and what would be critical for its activation, in steps.
class TheorySteps {
 public:
  template <class Spec>
  explicit TheorySteps(const Spec& spec) : activation_(spec.activation), job_(spec) {}

  /// True while there is more to do.
  bool advance() {
    if (job_.advance()) return true;
    if (critical_) return false;
    if (activation_at_hand()) {
      critical_ = scope::critical_at(activation_, job_.result().point.sigma_b2);
      return false;
    }
    kept() = {activation_, scope::critical_at(activation_, 0), scope::half_stable(activation_)};
    return true;
  }
  /// What is critical comes last, and takes a share of its own.
  double progress() const { return critical_ ? 1 : 0.95 * job_.progress(); }

  /// Once `advance` has returned false.
  val result() const;

 private:
  /// What is critical for an activation whatever the biases. The last is kept, since it is the same
  /// for every request about the activation.
  struct Critical {
    scope::ActivationSpec activation;
    scope::CriticalPoint without_bias, half_stable;
  };
  static std::optional<Critical>& kept() {
    static std::optional<Critical> kept;
    return kept;
  }

  bool activation_at_hand() {
    if (!kept() || kept()->activation != activation_) return false;
    own_ = *kept();
    return true;
  }

  val advice() const {
    val object = val::object();
    object.set("critical", critical_object(*critical_));
    object.set("withoutBias", critical_object(own_.without_bias));
    object.set("halfStableQ", own_.half_stable.q);
    object.set("halfStable", critical_object(own_.half_stable));
    object.set("unitVarianceGain", scope::unit_variance_gain(activation_));
    object.set("unitChiQ", scope::unit_variance_chi_q(activation_));
    object.set("slopeAtUnit", scope::gaussian_moments(activation_, 1).slope);
    return object;
  }

  scope::ActivationSpec activation_;
  scope::MeanFieldJob job_;
  Critical own_;
  std::optional<scope::CriticalPoint> critical_;
};

inline val TheorySteps::result() const {
  const scope::MeanField& field = job_.result();
  using Layer = scope::LayerTheory;
  using Spread = scope::LayerSpread;
  val object = val::object();
  object.set("gap", gap_text(field.gap));
  object.set("input", field.input);
  object.set("logNormal", field.log_normal);
  object.set("point", point_object(field.point));
  object.set("state", state_object(field.state));
  object.set("advice", advice());
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

/// A map of the phase plane in steps; the last is kept, since it is the same for every point in it.
class MapSteps {
 public:
  explicit MapSteps(const scope::PhaseSpec& spec)
      : activation_(spec.activation), most_(spec.most) {}

  /// True while there is more to do.
  bool advance() {
    if (own_) return false;
    if (kept() && kept()->activation == activation_ && kept()->most == most_) {
      own_ = kept();
      return false;
    }
    if (!job_) job_.emplace(activation_, most_);
    if (job_->advance()) return true;
    own_ = kept() = std::make_shared<const Map>(Map{activation_, most_, job_->result()});
    return false;
  }
  double progress() const { return job_ ? job_->progress() : own_ ? 1 : 0; }

  /// Once `advance` has returned false.
  val result() const;

 private:
  struct Map {
    scope::ActivationSpec activation;
    scope::PhasePoint most;
    scope::PhaseMap map;
  };
  static std::shared_ptr<const Map>& kept() {
    static std::shared_ptr<const Map> kept;
    return kept;
  }

  scope::ActivationSpec activation_;
  scope::PhasePoint most_;
  std::optional<scope::PhaseMapJob> job_;
  std::shared_ptr<const Map> own_;
};

inline val MapSteps::result() const {
  const scope::PhaseMap& map = own_->map;
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
