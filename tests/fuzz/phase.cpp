// The phase plane.
#include <cmath>

#include "checks.hpp"
#include "initscope/mean_field.hpp"
#include "specs.hpp"

using namespace initscope;
using namespace initscope::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  const Spec given = spec_of(bytes, phase_fields(), {{"depth", 6}, {"width", 30}});
  PhaseSpec spec;
  if (!fine(read(given, spec), given, phase_fields())) return 0;
  const SchemePlace place = place_of(spec);
  if (place.gap == TheoryGap::applies) {
    require_finite(place.point.sigma_w2, "a scheme's place is finite");
    require_finite(place.point.sigma_b2, "a scheme's place is finite");
  }
  if (spec.depth > 8) return 0;
  const MeanField field = mean_field(spec);
  const PhaseState& state = field.state;
  require(state.q >= 0, "a length is not negative");
  require(state.chi_1 >= 0, "a gradient's factor is not negative");
  require(!(state.correlation < -1.000001) && !(state.correlation > 1.000001),
          "a correlation lies between -1 and 1");
  // A map costs a hundred points: some of them are enough.
  if (bytes.below(16) != 1) return 0;
  const PhaseMap map = phase_map(spec.activation, spec.most);
  require(map.chi_1.size() == k_map_cells * k_map_cells, "each cell has its factor");
  for (const double chi : map.chi_1) require(chi >= 0, "a cell's factor is not negative");
  return 0;
}
