// The numbers of results that must be numbers, for whatever request: those that are documented to
// be absent or infinite are left out.
#pragma once

#include "initscope/distribution.hpp"
#include "initscope/matrix.hpp"

namespace initscope::test {

/// Calls see(name, value) for each. The mean of an unknown law is absent, and a normal one has no
/// ends.
template <class See>
void see_numbers(const Law& law, const Facts& facts, See see) {
  for (const auto& [name, value] : facts) see(name, value);
  see("law.zeros", law.zeros());
  see("law.view.from", law.view().from);
  see("law.view.to", law.view().to);
  if (law.kind() == Law::Kind::unknown) return;
  see("law.mean", law.mean());
  see("law.std", law.std());
  if (law.kind() == Law::Kind::normal) return;
  see("law.lowest", law.lowest());
  see("law.highest", law.highest());
}

/// Of finite values, if there are any.
template <class See>
void see_numbers(const Moments& moments, See see) {
  if (moments.count() == 0) return;
  see("mean", moments.mean());
  see("variance", moments.variance());
  see("second moment", moments.second_moment());
  see("skewness", moments.skewness());
  see("excess kurtosis", moments.excess_kurtosis());
  see("min", moments.min());
  see("max", moments.max());
}

/// A density is infinite at the ends of a circle's, which are not among the places.
template <class See>
void see_numbers(const DistributionResult& result, See see) {
  see_numbers(result.law, result.facts, see);
  see_numbers(result.moments, see);
  see("histogram.from", result.histogram.from);
  see("histogram.to", result.histogram.to);
  for (const double value : result.quantiles) see("quantiles", value);
  for (const double value : result.sample_curve) see("sample_curve", value);
  for (const double value : result.density_x) see("density_x", value);
  for (const double value : result.density) see("density", value);
  if (result.law.kind() == Law::Kind::unknown) return;
  for (const double value : result.law_curve) see("law_curve", value);
  see("ks_distance", result.ks_distance);
}

template <class See>
void see_numbers(const MatrixResult& result, See see) {
  see_numbers(result.law, result.facts, see);
  for (const float value : result.values) see("values", static_cast<double>(value));
  for (const double value : result.singular_values) see("singular_values", value);
  for (const double value : result.theory_x) see("theory_x", value);
  for (const double value : result.theory) see("theory", value);
}

}  // namespace initscope::test
