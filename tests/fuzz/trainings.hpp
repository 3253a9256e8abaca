// What the harnesses of training and of symmetry share.
#pragma once

#include <cmath>

#include "checks.hpp"
#include "initscope/plan.hpp"
#include "initscope/training.hpp"
#include "specs.hpp"

namespace initscope::fuzz {

/// Reads bytes as a training, with the caller's own table where they say so, and trains it if it is
/// small; `inspect` as read_training has it.
inline void train_bytes(Bytes bytes, bool inspect) {
  constexpr double k_most_work = 1e6;
  const auto fields = inspect ? symmetry_fields() : training_fields();
  const Spec given = spec_of(bytes, fields,
                             {{"depth", 4},
                              {"width", 8},
                              {"samples", 30},
                              {"inputs", 3},
                              {"batch", 12},
                              {"steps", 6},
                              {"repeats", 2}});
  std::vector<float> table;
  if (bytes.below(3) == 1)
    for (std::size_t left = bytes.below(121); left > 0; --left) table.push_back(bytes.any_float());
  TrainingSpec spec;
  if (!fine(read_training(given, inspect, table, spec), given, fields)) return;
  const Plan plan = plan_of(spec.network, Ending::linear);
  double weights = 0, drawing = 0;
  for (const Weight& weight : plan.weights) {
    const auto here = static_cast<double>(weight.size());
    weights += here;
    const SchemeSpec& scheme = spec.network.weight_scheme(weight.scheme);
    drawing += here * scheme.law(weight.fans).torch_rounds(here);
  }
  for (const Op& op : plan.ops) weights += static_cast<double>(plan.units[op.out]);
  const auto passes = static_cast<double>(spec.steps * spec.network.batch +
                                          std::min(spec.steps, k_most_frames) * (k_tests + 1024));
  const auto runs = static_cast<double>(spec.network.repeats);
  if (runs * (weights * passes + 100 * drawing) > k_most_work) return;
  TrainingJob job(spec);
  while (job.advance()) require(job.progress() >= 0 && job.progress() <= 1, "progress is a share");
  const TrainingResult& result = job.result();
  require(result.all_diverged.size() == spec.network.repeats, "each run says how it ended");
  require(!result.frames.empty() && result.frames.size() <= frame_count(spec.steps),
          "a run has its frames");
  for (const TrainingFrame& frame : result.frames) {
    for (const double value : {frame.loss, frame.test_loss, frame.score})
      require(!std::isnan(value), "losses and scores are numbers");
    require(frame.score <= 1, "a score is at most 1");
    require(frame.layers.size() == plan.rows.size(), "each layer has its state");
  }
  for (const TrainingRanges& ranges : result.ranges)
    for (const Range& range : {ranges.loss, ranges.test_loss, ranges.score})
      require(range.least <= range.greatest, "a range is in order");
}

}  // namespace initscope::fuzz
