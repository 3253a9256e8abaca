// A training's frames and result as objects of JavaScript: engine/results.ts has their types.
#pragma once

#include <algorithm>

#include "initscope/training.hpp"
#include "results.hpp"

namespace initscope::binding {

inline val floats(const std::vector<float>& values) {
  return copy("Float32Array", values.data(), values.size());
}

/// The first samples, as many as a page shows.
inline val samples_object(const scope::Samples& samples) {
  constexpr std::size_t k_most_numbers = std::size_t{1} << 16;
  const std::size_t count = std::min(samples.count(), k_most_numbers / samples.inputs);
  val object = val::object();
  object.set("inputs", static_cast<double>(samples.inputs));
  object.set("classes", static_cast<double>(samples.classes));
  object.set("x", copy("Float32Array", samples.x.data(), count * samples.inputs));
  object.set("y", copy("Float32Array", samples.y.data(), count));
  return object;
}

inline val units_object(const scope::UnitStates& units) {
  if (units.bias.empty()) return val::null();
  val object = val::object();
  object.set("weight", floats(units.weight));
  object.set("weightGradient", floats(units.weight_gradient));
  object.set("bias", floats(units.bias));
  object.set("biasGradient", floats(units.bias_gradient));
  object.set("preactivation", floats(units.preactivation));
  object.set("distinct", static_cast<double>(units.distinct));
  object.set("effectiveRank", units.effective_rank);
  return object;
}

inline val frame_object(const scope::TrainingFrame& frame) {
  const auto each = [&](auto member) { return by_layer(frame.layers, member); };
  val object = val::object();
  object.set("step", static_cast<double>(frame.step));
  object.set("loss", frame.loss);
  object.set("testLoss", frame.test_loss);
  object.set("score", frame.score);
  object.set("input", frame.input);
  using State = scope::LayerState;
  object.set("activation", each(&State::activation));
  object.set("gradient", each(&State::gradient));
  object.set("weight", each(&State::weight));
  object.set("weightGradient", each(&State::weight_gradient));
  object.set("biasGradient", each(&State::bias_gradient));
  object.set("update", each(&State::update));
  object.set("deadFraction", each(&State::dead_fraction));
  object.set("saturatedFraction", each(&State::saturated_fraction));
  object.set("map", floats(frame.map));
  object.set("units", units_object(frame.units));
  return object;
}

/// Its frames were handed over before.
inline val result_object(const scope::TrainingResult& result) {
  val object = val::object();
  object.set("frames", val::array());
  object.set("diverged", static_cast<double>(result.diverged));
  object.set("allDiverged", numbers(result.all_diverged, [](std::size_t step) { return step; }));
  val ranges = val::null();
  if (!result.ranges.empty()) {
    using Ranges = scope::TrainingRanges;
    ranges = val::object();
    ranges.set("loss", range_object(result.ranges, &Ranges::loss));
    ranges.set("testLoss", range_object(result.ranges, &Ranges::test_loss));
    ranges.set("score", range_object(result.ranges, &Ranges::score));
  }
  object.set("ranges", ranges);
  return object;
}

}  // namespace initscope::binding
