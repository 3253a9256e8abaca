// The distribution job.
#include "initscope/distribution.hpp"

#include <numeric>

#include "checks.hpp"
#include "specs.hpp"

using namespace initscope;
using namespace initscope::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr double k_most_work = 1e6, k_most_samples_here = 20000, k_most_tensor = 65536;
  Bytes bytes(data, size);
  const Spec given = spec_of(bytes, distribution_fields(), {{"samples", 300}, {"bins", 20}});
  DistributionSpec spec;
  if (!fine(read(given, spec), given, distribution_fields())) return 0;
  const auto samples = static_cast<double>(spec.samples);
  const bool whole = spec.generator == Generator::torch || spec.scheme.scheme->draw != nullptr;
  const double tensors = whole ? samples / spec.scheme.fans.elements() + 1 : 1;
  if (samples > k_most_samples_here) return 0;
  if (whole &&
      (spec.scheme.fans.elements() > k_most_tensor || work_of(spec) * tensors > k_most_work))
    return 0;
  DistributionJob job(spec);
  while (job.advance()) require(job.progress() >= 0 && job.progress() <= 1, "progress is a share");
  const DistributionResult& result = job.result();
  require_numbers(result);
  require(result.moments.count() == spec.samples, "all samples are finite");
  const auto counted = std::accumulate(result.histogram.counts.begin(),
                                       result.histogram.counts.end(), std::uint64_t{0});
  require(counted + result.histogram.below + result.histogram.above + result.zeros == spec.samples,
          "a histogram holds all samples");
  if (result.law.kind() == Law::Kind::unknown) return 0;
  require(result.ks_distance >= 0 && result.ks_distance <= 1, "a distance is a share");
  return 0;
}
