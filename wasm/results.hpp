// Results of jobs as objects of JavaScript: engine/results.ts has their types.
#pragma once

#include "initscope/ensemble.hpp"
#include "initscope/matrix.hpp"
#include "theory.hpp"
#include "values.hpp"

namespace initscope::binding {

inline val result_object(const scope::MatrixResult& result) {
  val object = val::object();
  object.set("law", law_object(result.law));
  object.set("facts", facts_object(result.facts));
  object.set("shape", shape_array(result.shape));
  object.set("rows", static_cast<double>(result.rows));
  object.set("columns", static_cast<double>(result.columns));
  object.set("values", copy("Float32Array", result.values.data(), result.values.size()));
  object.set("singularValues", numbers(result.singular_values));
  object.set("theoryX", numbers(result.theory_x));
  object.set("theory", numbers(result.theory));
  return object;
}

inline val result_object(const scope::DistributionResult& result) {
  val object = val::object();
  object.set("law", law_object(result.law));
  object.set("facts", facts_object(result.facts));
  object.set("moments", moments_object(result.moments));
  object.set("histogram", histogram_object(result.histogram));
  object.set("probabilities", numbers(scope::quantile_probabilities(), [](double p) { return p; }));
  object.set("quantiles", numbers(result.quantiles));
  object.set("curve", numbers(scope::curve_probabilities(), [](double p) { return p; }));
  object.set("sampleCurve", numbers(result.sample_curve));
  object.set("lawCurve", numbers(result.law_curve));
  object.set("zeros", static_cast<double>(result.zeros));
  object.set("ks", result.ks_distance);
  object.set("densityX", numbers(result.density_x));
  object.set("density", numbers(result.density));
  return object;
}

inline val signal_object(const scope::PropagationResult& layers,
                         scope::Moments scope::LayerResult::*signal) {
  using scope::Moments;
  const auto each = [&](auto get) {
    return numbers(layers, [&](const scope::LayerResult& layer) { return get(layer.*signal); });
  };
  val object = val::object();
  object.set("mean", each([](const Moments& m) { return m.mean(); }));
  object.set("variance", each([](const Moments& m) { return m.variance(); }));
  object.set("secondMoment", each([](const Moments& m) { return m.second_moment(); }));
  object.set("min", each([](const Moments& m) { return m.min(); }));
  object.set("max", each([](const Moments& m) { return m.max(); }));
  object.set("nonfinite", each([](const Moments& m) { return m.nonfinite(); }));
  return object;
}

inline val input_object(const scope::Moments& moments) {
  val object = val::object();
  object.set("mean", moments.mean());
  object.set("variance", moments.variance());
  object.set("secondMoment", moments.second_moment());
  return object;
}

/// A quantity's range in each of the rows, which are layers or frames.
template <class Row>
inline val range_object(const std::vector<Row>& rows, scope::Range Row::*quantity) {
  const auto each = [&](double scope::Range::*member) {
    return numbers(rows, [&](const Row& row) { return row.*quantity.*member; });
  };
  val object = val::object();
  object.set("least", each(&scope::Range::least));
  object.set("low", each(&scope::Range::low));
  object.set("median", each(&scope::Range::median));
  object.set("high", each(&scope::Range::high));
  object.set("greatest", each(&scope::Range::greatest));
  return object;
}

inline val result_object(const scope::EnsembleJob& job, const TheorySteps& theory) {
  const scope::PropagationResult& layers = job.result();
  const auto each = [&](auto member) { return by_layer(layers, member); };
  val object = val::object();
  object.set("input", input_object(job.input()));
  object.set("preactivation", signal_object(layers, &scope::LayerResult::preactivation));
  object.set("activation", signal_object(layers, &scope::LayerResult::activation));
  object.set("gradient", signal_object(layers, &scope::LayerResult::gradient));
  object.set("zeroFraction", each(&scope::LayerResult::zero_fraction));
  object.set("deadFraction", each(&scope::LayerResult::dead_fraction));
  object.set("saturatedFraction", each(&scope::LayerResult::saturated_fraction));
  object.set("correlation", each(&scope::LayerResult::correlation));
  object.set("weightSecondMoment", each(&scope::LayerResult::weight_second_moment));
  object.set("weightGradient", each(&scope::LayerResult::weight_gradient));
  val histograms = val::array();
  for (const auto& layer : layers) histograms.call<void>("push", histogram_object(layer.histogram));
  object.set("histograms", histograms);
  val quantiles = val::array();
  for (std::size_t k = 0; k < scope::layer_probabilities().size(); ++k)
    quantiles.call<void>("push", numbers(layers, [k](const scope::LayerResult& layer) {
                           return layer.quantiles[k];
                         }));
  object.set("quantiles", quantiles);
  object.set("theory", theory.result());
  val ranges = val::null();
  if (!job.ranges().empty()) {
    using Ranges = scope::LayerRanges;
    ranges = val::object();
    ranges.set("variance", range_object(job.ranges(), &Ranges::activation_variance));
    ranges.set("secondMoment", range_object(job.ranges(), &Ranges::activation_second_moment));
    ranges.set("gradient", range_object(job.ranges(), &Ranges::gradient_second_moment));
    ranges.set("correlation", range_object(job.ranges(), &Ranges::correlation));
  }
  object.set("ranges", ranges);
  return object;
}

}  // namespace initscope::binding
