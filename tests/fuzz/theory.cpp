// Mean-field theory of networks.
#include <cmath>

#include "checks.hpp"
#include "initscope/mean_field.hpp"
#include "initscope/plan.hpp"
#include "specs.hpp"

using namespace initscope;
using namespace initscope::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  const Spec given = spec_of(bytes, network_fields(), {{"depth", 6}, {"width", 30}, {"batch", 4}});
  NetworkSpec spec;
  if (!fine(read(given, spec), given, network_fields())) return 0;
  // A layer takes up to some milliseconds under the sanitizers.
  if (spec.depth() > 8 || spec.input == Input::data) return 0;
  const MeanField field = mean_field(spec);
  if (field.gap != TheoryGap::applies) return 0;
  require(field.layers.size() == plan_of(spec).rows.size(), "each row has its theory");
  require_finite(field.point.sigma_w2, "a point is finite");
  require_finite(field.point.sigma_b2, "a point is finite");
  require(!std::isnan(field.state.q) && field.state.q >= 0, "a length is not negative");
  // What float32 cannot hold is NaN from its layer on.
  bool held = true;
  for (const LayerTheory& layer : field.layers) {
    const bool here = std::isfinite(layer.preactivation);
    require(held || !here, "what cannot be held is not held later on");
    held = here;
    if (here) require(layer.preactivation >= 0 && layer.activation >= 0, "mean squares are so");
  }
  return 0;
}
