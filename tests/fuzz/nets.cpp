// The field "net": any bytes as a text, which is an issue or a network that runs.
#include <string>

#include "checks.hpp"
#include "initscope/ensemble.hpp"
#include "initscope/mean_field.hpp"
#include "initscope/plan.hpp"

using namespace initscope;
using namespace initscope::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr double k_most_work = 2e5;
  constexpr std::size_t k_most_ops = 200;
  const std::string text(data, data + size);
  const Spec given{{"net", text}, {"depth", 2.0}, {"width", 6.0}, {"batch", 5.0}};
  NetworkSpec spec;
  if (!fine(read(given, spec), given, network_fields())) return 0;
  Net again;
  NetFault fault;
  require(spec.net.empty() || read_net(to_text(spec.net), again, fault),
          "a canonical text is a net");
  require(to_text(again) == to_text(spec.net), "a canonical text stays as it is");
  const Plan plan = plan_of(spec);
  if (size_of(plan).multiplications > k_most_work || plan.ops.size() > k_most_ops) return 0;
  for (const Weight& weight : plan.weights)
    if (!spec.weight_scheme(weight.scheme).scheme->exact) return 0;  // factors, for seconds
  EnsembleJob job(spec);
  while (job.advance()) require(job.progress() >= 0 && job.progress() <= 1, "progress is a share");
  require(job.result().size() == plan.rows.size(), "each row has its result");
  const MeanField field = mean_field(spec);
  require(field.layers.size() == (field.gap == TheoryGap::applies ? plan.rows.size() : 0),
          "each row has its theory, or there is a gap");
  return 0;
}
