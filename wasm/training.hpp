// What a training's frames and its answer hold.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "describe.hpp"
#include "initscope/training.hpp"
#include "networks.hpp"
#include "rows.hpp"

namespace initscope::binding {

template <>
struct Described<scope::Samples> {
  static constexpr const char *k_name = "Samples",
                              *k_about =
                                  "Samples of a data set: the first ones, as many as a page "
                                  "shows.";
  template <class Member>
  static void list(Member member) {
    using Of = scope::Samples;
    const auto shown = [](const Of& of) {
      constexpr std::size_t k_most_numbers = std::size_t{1} << 16;
      return std::min(of.count(), k_most_numbers / of.inputs);
    };
    member("inputs", &Of::inputs, "Numbers of one sample.");
    member("classes", &Of::classes, "1 for a regression.");
    member(
        "x", [shown](const Of& of) { return std::span(of.x).first(shown(of) * of.inputs); },
        "[count][inputs]");
    member(
        "y", [shown](const Of& of) { return std::span(of.y).first(shown(of)); },
        "Classes as numbers, or values of a regression.");
  }
};

template <>
struct Described<scope::UnitStates> {
  static constexpr const char *k_name = "Units", *k_about = "Units of the inspected layer.";
  template <class Member>
  static void list(Member member) {
    using Of = scope::UnitStates;
    member("weight", &Of::weight, "[n_l][n_(l-1)]");
    member("weightGradient", &Of::weight_gradient);
    member("bias", &Of::bias);
    member("biasGradient", &Of::bias_gradient);
    member("preactivation", &Of::preactivation, "Pre-activations of one input.");
    member("distinct", &Of::distinct, "Units that differ in a bit of their parameters.");
    member("effectiveRank", &Of::effective_rank,
           "(sum s^2)^2 / sum s^4 over the singular values of the activations.");
  }
};

/// Coordinates of a map's points.
struct MapAxes {};

template <>
struct Described<MapAxes> {
  static constexpr const char *k_name = "", *k_about = "";
  template <class Member>
  static void list(Member member) {
    const auto coordinates = [](double (*of)(std::size_t)) {
      return [of](const MapAxes&) { return column(scope::k_map_side, of); };
    };
    member("x", coordinates(&scope::map_x), "Abscissae of its columns.");
    member("y", coordinates(&scope::map_y), "Ordinates of its rows.");
  }
};

/// A frame of a run that has `planned`; `first` is the result so far in the first frame, null in
/// the others, and `plan` that of a net, null for a network of widths.
struct FrameAnswer {
  const scope::TrainingFrame& frame;
  std::size_t planned;
  const scope::TrainingResult* first;
  const scope::Plan* plan;
};

template <>
struct Described<FrameAnswer> {
  static constexpr const char *k_name = "TrainingFrame",
                              *k_about =
                                  "A training before one of its steps; arrays are by layer, "
                                  "or by row of a `net`, the output's the last.";
  template <class Member>
  static void list(Member member) {
    using Of = FrameAnswer;
    using Frame = scope::TrainingFrame;
    using State = scope::LayerState;
    const auto frame = [](auto quantity) {
      return [quantity](const Of& of) -> const auto& { return of.frame.*quantity; };
    };
    const auto layer = [](double State::*quantity) {
      return [quantity](const Of& of) { return column(of.frame.layers, quantity); };
    };
    member("step", frame(&Frame::step));
    member("planned", &Of::planned,
           "Frames of a whole run: there are fewer only where it diverges.");
    member(
        "loss", frame(&Frame::loss),
        "Mean of the batches' losses since the frame before; of the next where none is between.");
    member("testLoss", frame(&Frame::test_loss), "Loss on samples that are not trained on.");
    member("score", frame(&Frame::score),
           "Share of these that is classified rightly, or of a regression's variance that is "
           "explained.");
    member("input", frame(&Frame::input),
           "Mean of (h^0)^2 over the batch that the layers are seen with.");
    member("activation", layer(&State::activation),
           "Mean of h^2, and of (dE/dz)^2 of one sample's cost.");
    member("gradient", layer(&State::gradient));
    member("weight", layer(&State::weight),
           "Root mean squares: of W, of the mean cost's dE/dW and dE/db, of the next change of W.");
    member("weightGradient", layer(&State::weight_gradient));
    member("biasGradient", layer(&State::bias_gradient));
    member("update", layer(&State::update));
    member("deadFraction", layer(&State::dead_fraction));
    member("saturatedFraction", layer(&State::saturated_fraction));
    member(
        "trunk",
        [](const Of& of) { return joined(of.plan, column(of.frame.layers, &State::trunk)); },
        "Mean squares of what each residual block joins, the branch without its factor; NaN in "
        "rows that join nothing, null for a network without such blocks.");
    member("branch",
           [](const Of& of) { return joined(of.plan, column(of.frame.layers, &State::branch)); });
    member("map", frame(&Frame::map),
           "Outputs over the plane, at mapAxes of the first frame, row by row; empty for other "
           "inputs.");
    member(
        "mapAxes",
        [](const Of& of) {
          return of.first && !of.frame.map.empty() ? std::optional(MapAxes{}) : std::nullopt;
        },
        "Coordinates of the maps' points; null but in the first frame, and without a map.");
    member(
        "units",
        [](const Of& of) { return of.frame.units.bias.empty() ? nullptr : &of.frame.units; },
        "Units; null but in the symmetry request.");
    member(
        "rows", [](const Of& of) { return rows_of_net(of.first == nullptr ? nullptr : of.plan); },
        "What each row is, of a `net`; null but in the first frame, and for a network of widths.");
    member(
        "samples", [](const Of& of) { return of.first ? &of.first->train : nullptr; },
        "Samples; null but in the first frame.");
  }
};

using FrameRangeRows = std::vector<scope::TrainingRanges>;

template <>
struct Described<FrameRangeRows> {
  static constexpr const char *k_name = "", *k_about = "";
  template <class Member>
  static void list(Member member) {
    using Row = scope::TrainingRanges;
    member("loss", ranges_of(&Row::loss));
    member("testLoss", ranges_of(&Row::test_loss));
    member("score", ranges_of(&Row::score));
  }
};

/// The end of a training, whose frames were handed over before: there are none of them.
struct TrainingAnswer {
  const scope::TrainingResult& result;
  std::span<const FrameAnswer> frames{};
};

template <>
struct Described<TrainingAnswer> {
  static constexpr const char *k_name = "TrainingResult", *k_about = "";
  template <class Member>
  static void list(Member member) {
    using Of = TrainingAnswer;
    member(
        "frames",
        [](const Of& of) {
          return list_of(
              of.frames.size(), [frames = of.frames](std::size_t i) -> const auto& {
                return frames[i];
              });
        },
        "Frames of the first run; fewer than planned where it diverges.");
    member(
        "diverged", [](const Of& of) { return of.result.diverged; },
        "Step whose loss is not finite; 0 for none.");
    member(
        "allDiverged", [](const Of& of) { return column(of.result.all_diverged, std::identity{}); },
        "The same of each of `repeats` runs.");
    member(
        "ranges",
        [](const Of& of) { return of.result.ranges.empty() ? nullptr : &of.result.ranges; },
        "Ranges by frame, over all runs; null for one.");
  }
};

}  // namespace initscope::binding
