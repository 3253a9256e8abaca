// The map of the phase plane in steps, and what answers about the plane hold.
#pragma once

#include <memory>
#include <optional>

#include "describe.hpp"
#include "initscope/mean_field.hpp"
#include "python.hpp"
#include "theory.hpp"

namespace initscope::binding {

/// A map, and where the plane that it shows ends.
struct MapAnswer {
  scope::PhasePoint most;
  scope::PhaseMap map;
};

template <>
struct Described<MapAnswer> {
  static constexpr const char *k_name = "PhaseMap", *k_about = "";
  template <class Member>
  static void list(Member member) {
    using Of = MapAnswer;
    const auto critical = [](auto quantity) {
      return [quantity](const Of& of) { return column(of.map.critical, quantity); };
    };
    using At = scope::CriticalPoint;
    const auto axis = [](double scope::PhasePoint::*coordinate) {
      return [coordinate](const Of& of) {
        return column(scope::k_map_cells, [most = of.most.*coordinate](std::size_t cell) {
          return scope::cell_centre(most, cell);
        });
      };
    };
    member("sigmaW2", axis(&scope::PhasePoint::sigma_w2),
           "Centres of the cells along either axis, ascending.");
    member("sigmaB2", axis(&scope::PhasePoint::sigma_b2));
    member(
        "chi1", [](const Of& of) -> const auto& { return of.map.chi_1; },
        "Rows from sigma_b^2 = 0 up: a value for each pair of sigmaB2 and, within it, sigmaW2.");
    member("criticalSigmaW2", critical([](const At& at) { return at.point.sigma_w2; }));
    member("criticalSigmaB2", critical([](const At& at) { return at.point.sigma_b2; }));
    member("criticalQ", critical(&At::q));
    member("criticalChiQ", critical(&At::chi_q));
  }
};

/// A map of the phase plane in steps; the last is kept, since it is the same for every point in it.
class MapSteps {
 public:
  explicit MapSteps(const scope::PhaseSpec& spec)
      : activation_(spec.activation), expression_(spec.expression), most_(spec.most) {}

  /// True while there is more to do.
  bool advance() {
    if (own_) return false;
    if (kept() && kept()->activation == activation_ && kept()->answer.most == most_) {
      own_ = kept();
      return false;
    }
    if (!job_) job_.emplace(activation_, most_);
    if (job_->advance()) return true;
    own_ = kept() =
        std::make_shared<const Map>(Map{activation_, expression_, {most_, job_->result()}});
    return false;
  }
  double progress() const { return job_ ? job_->progress() : own_ ? 1 : 0; }

  /// Once `advance` has returned false.
  const MapAnswer& result() const { return own_->answer; }

 private:
  struct Map {
    scope::ActivationSpec activation;
    scope::Expression expression;  // owns what the activation refers to
    MapAnswer answer;
  };
  static std::shared_ptr<const Map>& kept() {
    static std::shared_ptr<const Map> kept;
    return kept;
  }

  scope::ActivationSpec activation_;
  scope::Expression expression_;
  scope::PhasePoint most_;
  std::optional<scope::PhaseMapJob> job_;
  std::shared_ptr<const Map> own_;
};

/// A scheme's place in the plane; theory at the reader's point and the map where they are wanted.
struct PhaseAnswer {
  const scope::SchemePlace& place;
  const scope::PhaseState& place_state;
  std::optional<TheoryAnswer> theory;
  const MapAnswer* map;
  std::optional<scope::PythonTexts> python;
};

template <>
struct Described<PhaseAnswer> {
  static constexpr const char *k_name = "PhaseResult", *k_about = "";
  template <class Member>
  static void list(Member member) {
    using Of = PhaseAnswer;
    member(
        "gap", [](const Of& of) { return one_of<k_gaps>(of.place.gap); },
        "Why the scheme has no place; \"\" where it has one.");
    member(
        "place", [](const Of& of) -> const auto& { return of.place.point; });
    member(
        "placeState", [](const Of& of) -> const auto& { return of.place_state; });
    member("theory", &Of::theory,
           "Theory at the request's own point; null but in the first scheme's result.");
    member("map", &Of::map);
    member("python", &Of::python, "The typed activation as Python; null for others.");
  }
};

}  // namespace initscope::binding
