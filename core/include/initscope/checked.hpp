// The same functions for native callers who prefer exceptions: a wrong spec throws
// std::invalid_argument with the sentences of `describe`. Not for builds without exceptions.
#pragma once

#include <stdexcept>
#include <vector>

#include "initscope/distribution.hpp"
#include "initscope/ensemble.hpp"
#include "initscope/matrix.hpp"
#include "initscope/mean_field.hpp"
#include "initscope/training.hpp"

namespace initscope::checked {

/// Reads a spec into T (InitializeSpec, DistributionSpec, MatrixSpec, NetworkSpec, PhaseSpec or
/// TrainingSpec) or throws.
template <class T>
T parse(const Spec& spec) {
  T out;
  std::string text;
  for (const Issue& issue : read(spec, out)) text += (text.empty() ? "" : "; ") + describe(issue);
  if (!text.empty()) throw std::invalid_argument(text);
  return out;
}

/// torch.nn.init.calculate_gain, or a throw for a name that it does not know.
inline double calculate_gain(std::string_view nonlinearity, double a = 0.01) {
  if (const auto gain = initscope::calculate_gain(nonlinearity, a)) return *gain;
  std::string names;
  for (const char* name : gain_names()) names += (names.empty() ? "" : ", ") + std::string(name);
  throw std::invalid_argument("nonlinearity is \"" + std::string(nonlinearity) +
                              "\"; allowed: " + names);
}

/// The tensor, or the part of it, that the spec describes, row-major.
inline std::vector<float> initialize(const Spec& spec) {
  const auto parsed = parse<InitializeSpec>(spec);
  std::vector<float> values(parsed.count);
  initscope::initialize(parsed, values);
  return values;
}

inline DistributionResult distribution(const Spec& spec) {
  DistributionJob job(parse<DistributionSpec>(spec));
  while (job.advance()) {
  }
  return job.result();
}

inline MatrixResult matrix(const Spec& spec) {
  MatrixJob job(parse<MatrixSpec>(spec));
  while (job.advance()) {
  }
  return job.result();
}

inline PropagationResult propagate(const Spec& spec) {
  PropagationJob job(parse<NetworkSpec>(spec));
  while (job.advance()) {
  }
  return job.result();
}

/// Trains on one of the data sets that are drawn.
inline TrainingResult train(const Spec& spec) {
  TrainingJob job(parse<TrainingSpec>(spec));
  while (job.advance()) {
  }
  return job.result();
}

/// What theory predicts of the same network.
inline MeanField mean_field(const Spec& spec) {
  return initscope::mean_field(parse<NetworkSpec>(spec));
}

}  // namespace initscope::checked
