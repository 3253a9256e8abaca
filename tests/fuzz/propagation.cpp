// The propagation job, alone and many times, with theory of the same network.
#include <cmath>
#include <numeric>

#include "checks.hpp"
#include "initscope/ensemble.hpp"
#include "initscope/mean_field.hpp"
#include "initscope/plan.hpp"
#include "specs.hpp"

using namespace initscope;
using namespace initscope::fuzz;

namespace {

void require_counts(const Histogram& histogram, const Moments& moments) {
  require_finite(histogram.from, "bins are finite");
  require_finite(histogram.to, "bins are finite");
  const auto counted =
      std::accumulate(histogram.counts.begin(), histogram.counts.end(), std::uint64_t{0});
  require(counted + histogram.below + histogram.above == moments.count(),
          "a histogram holds all that is finite");
}

void require_layer(const LayerResult& layer, std::size_t batch, std::size_t width) {
  const std::uint64_t all = width * batch;
  for (const Moments& moments : {layer.preactivation, layer.activation, layer.gradient}) {
    require(moments.count() + moments.nonfinite() == all, "moments are of all values");
    require_numbers(moments);
  }
  for (const double share : {layer.zero_fraction, layer.dead_fraction, layer.saturated_fraction,
                             layer.gradient_zero_fraction, layer.weight_zero_fraction})
    require(share >= 0 && share <= 1, "a fraction is a share");
  require_finite(layer.weight_second_moment, "weights are finite");
  require_counts(layer.histogram, layer.activation);
  require_counts(layer.gradient_histogram, layer.gradient);
  require_counts(layer.weight_histogram, layer.weight);
  if (layer.activation.nonfinite() > 0) return;
  for (const double quantile : layer.quantiles)
    require_finite(quantile, "quantiles of finite activations are finite");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr double k_most_work = 3e5;
  Bytes bytes(data, size);
  const Spec given = spec_of(bytes, network_fields(),
                             {{"depth", 6}, {"width", 20}, {"batch", 40}, {"repeats", 3}});
  std::vector<float> table;
  if (bytes.below(4) == 1)
    for (std::size_t left = bytes.below(400); left > 0; --left) table.push_back(bytes.any_float());
  NetworkSpec spec;
  if (!fine(read(given, spec, table), given, network_fields())) return 0;
  const Plan plan = plan_of(spec);
  double work = 0;
  for (const Weight& weight : plan.weights) {
    const auto weights = static_cast<double>(weight.size());
    work += weights * static_cast<double>(spec.batch);
    if (spec.generator == Generator::torch)
      work += weights * spec.weight.law(weight.fans).torch_rounds(weights);
    if (!spec.weight.scheme->exact) work += weights * static_cast<double>(weight.outputs);
  }
  if (work * static_cast<double>(spec.repeats) > k_most_work) return 0;
  EnsembleJob job(spec);
  while (job.advance()) require(job.progress() >= 0 && job.progress() <= 1, "progress is a share");
  const std::size_t rows = plan.rows.size();
  require(job.result().size() == rows, "each row has its result");
  for (std::size_t l = 0; l < rows; ++l)
    require_layer(job.result()[l], spec.batch, plan.units[plan.rows[l].before]);
  require(job.ranges().size() == (spec.repeats > 1 ? rows : 0), "each row has its range");
  return 0;
}
