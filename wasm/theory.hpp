// Theory in steps, and what its answers hold.
#pragma once

#include <cmath>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "describe.hpp"
#include "initscope/mean_field.hpp"

namespace initscope::binding {

/// In the order of scope::TheoryGap, scope::Fate and scope::Phase.
inline constexpr const char* k_gaps[] = {"",       "structured", "measured", "biased",
                                         "shaped", "coherent",   "batch"};
inline constexpr const char* k_fates[] = {"settles", "vanishes", "explodes"};
inline constexpr const char* k_phases[] = {"ordered", "critical", "chaotic"};
static_assert(std::size(k_gaps) == static_cast<std::size_t>(scope::TheoryGap::batch) + 1);
static_assert(std::size(k_fates) == static_cast<std::size_t>(scope::Fate::explodes) + 1);
static_assert(std::size(k_phases) == static_cast<std::size_t>(scope::Phase::chaotic) + 1);

template <>
struct Described<scope::PhasePoint> {
  static constexpr const char *k_name = "PhasePoint", *k_about = "A point of the phase plane.";
  template <class Member>
  static void list(Member member) {
    member("sigmaW2", &scope::PhasePoint::sigma_w2);
    member("sigmaB2", &scope::PhasePoint::sigma_b2);
  }
};

template <>
struct Described<scope::CriticalPoint> {
  static constexpr const char *k_name = "CriticalPoint",
                              *k_about =
                                  "Where chi_1 is 1: q* and its stability; NaN where there "
                                  "is no such point.";
  template <class Member>
  static void list(Member member) {
    using Of = scope::CriticalPoint;
    member("sigmaW2", [](const Of& of) { return of.point.sigma_w2; });
    member("sigmaB2", [](const Of& of) { return of.point.sigma_b2; });
    member("q", &Of::q);
    member("chiQ", &Of::chi_q);
  }
};

template <>
struct Described<scope::PhaseState> {
  static constexpr const char *k_name = "PhaseState",
                              *k_about =
                                  "What wide and deep networks tend to at a point of the "
                                  "phase plane.";
  template <class Member>
  static void list(Member member) {
    using Of = scope::PhaseState;
    member(
        "fate", [](const Of& of) { return one_of<k_fates>(of.fate); },
        "Whether the pre-activations' variance settles at q, tends to 0, or grows without bound.");
    member("phase", [](const Of& of) { return one_of<k_phases>(of.phase()); });
    member("q", &Of::q);
    member("chi1", &Of::chi_1, "Factor of the gradient's mean square per layer.");
    member("chiQ", &Of::chi_q);
    member("correlation", &Of::correlation,
           "Limit of the correlation of two inputs; NaN where no variance settles.");
    member("xiQ", &Of::xi_q, "Depth scales in layers.");
    member("xiC", &Of::xi_c);
    member("xiGradient", &Of::xi_gradient);
  }
};

/// What is critical for an activation: with the biases that there are, and whatever they are.
struct Advice {
  scope::ActivationSpec activation;
  scope::CriticalPoint critical, without_bias, half_stable;
};

template <>
struct Described<Advice> {
  static constexpr const char *k_name = "Advice",
                              *k_about = "What would be critical for an activation.";
  template <class Member>
  static void list(Member member) {
    member("critical", &Advice::critical,
           "Critical points with the biases that there are, and with none.");
    member("withoutBias", &Advice::without_bias);
    member(
        "halfStableQ", [](const Advice& of) { return of.half_stable.q; },
        "q* below which critical points repel; 0 for most activations.");
    member("halfStable", &Advice::half_stable);
    member(
        "unitVarianceGain",
        [](const Advice& of) { return scope::unit_variance_gain(of.activation); },
        "1 / sqrt(E[phi(z)^2]) at variance 1.");
    member(
        "unitChiQ", [](const Advice& of) { return scope::unit_variance_chi_q(of.activation); },
        "chi_q at variance 1 under that gain: below 1 it attracts.");
    member(
        "slopeAtUnit",
        [](const Advice& of) { return scope::gaussian_moments(of.activation, 1).slope; },
        "E[phi'(z)^2] at variance 1.");
  }
};

/// Theory of a network: the field lives in the steps that made it.
struct TheoryAnswer {
  const scope::MeanField& field;
  Advice advice;
};

template <>
struct Described<TheoryAnswer> {
  static constexpr const char *k_name = "Theory",
                              *k_about =
                                  "Mean-field theory of a network; arrays are by layer, "
                                  "empty where theory says nothing.";
  template <class Member>
  static void list(Member member) {
    using Of = TheoryAnswer;
    using Field = scope::MeanField;
    using Layer = scope::LayerTheory;
    using Spread = scope::LayerSpread;
    const auto field = [](auto quantity) {
      return [quantity](const Of& of) -> const auto& { return of.field.*quantity; };
    };
    const auto layer = [](double Layer::*quantity) {
      return [quantity](const Of& of) { return column(of.field.layers, quantity); };
    };
    const auto spread = [](double Spread::*quantity) {
      return [quantity](const Of& of) { return column(of.field.spreads, quantity); };
    };
    member(
        "gap", [](const Of& of) { return one_of<k_gaps>(of.field.gap); },
        "Why it says nothing; \"\" where it does.");
    member(
        "gapBlock", [](const Of& of) { return std::string(of.field.gap_block); },
        "Id of the block at which theory ends; \"\" where it does not.");
    member(
        "gapRow", [](const Of& of) { return static_cast<double>(of.field.gap_row); },
        "The row that this block leads to, from 0; 0 where there is no gap.");
    member("input", field(&Field::input), "E[(h^0)^2], from which the length map starts.");
    member("point", field(&Field::point));
    member("state", field(&Field::state));
    member("advice", &Of::advice);
    member("preactivation", layer(&Layer::preactivation));
    member("secondMoment", layer(&Layer::activation));
    member("variance", layer(&Layer::activation_variance));
    member("gradient", layer(&Layer::gradient));
    member("weightGradient", layer(&Layer::weight_gradient));
    member("correlation", layer(&Layer::correlation));
    member("secondMomentSpread", spread(&Spread::activation),
           "Variances of the logarithms over networks; empty where no formula holds.");
    member("varianceSpread", spread(&Spread::activation_variance));
    member("gradientSpread", [](const Of& of) {
      const auto& spreads = of.field.spreads;
      const bool backward = !spreads.empty() && !std::isnan(spreads[0].gradient);
      return column(backward ? spreads.size() : 0,
                    [&spreads](std::size_t i) { return spreads[i].gradient; });
    });
    member("logNormal", field(&Field::log_normal),
           "The logarithms' mean lies half their variance below the theory's.");
  }
};

/// Theory of a network and what would be critical for its activation, in steps.
class TheorySteps {
 public:
  template <class Spec>
  explicit TheorySteps(const Spec& spec)
      : activation_(spec.activation), expression_(spec.expression), job_(spec) {}

  /// True while there is more to do.
  bool advance() {
    if (job_.advance()) return true;
    if (critical_) return false;
    if (activation_at_hand()) {
      critical_ = scope::critical_at(activation_, job_.result().point.sigma_b2);
      return false;
    }
    kept() = {activation_, expression_, scope::critical_at(activation_, 0),
              scope::half_stable(activation_)};
    return true;
  }
  /// What is critical comes last, and takes a share of its own.
  double progress() const { return critical_ ? 1 : 0.95 * job_.progress(); }

  /// Once `advance` has returned false.
  TheoryAnswer result() const {
    return {job_.result(), {activation_, *critical_, own_.without_bias, own_.half_stable}};
  }

 private:
  /// What is critical for an activation whatever the biases. The last is kept, since it is the same
  /// for every request about the activation.
  struct Critical {
    scope::ActivationSpec activation;
    scope::Expression expression;  // owns what the activation refers to
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

  scope::ActivationSpec activation_;
  scope::Expression expression_;
  scope::MeanFieldJob job_;
  Critical own_;
  std::optional<scope::CriticalPoint> critical_;
};

}  // namespace initscope::binding
