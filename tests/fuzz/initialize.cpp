// initialize, and a sequence of tensors on one torch generator.
#include <algorithm>

#include "checks.hpp"
#include "specs.hpp"

using namespace initscope;
using namespace initscope::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr double k_most_work = 1e6, k_most_drawn = 65536;
  Bytes bytes(data, size);
  const Spec given = spec_of(bytes, initialize_fields());
  InitializeSpec spec;
  if (!fine(read(given, spec), given, initialize_fields())) return 0;
  const auto elements = static_cast<std::size_t>(element_count(spec.shape));
  require(spec.first + spec.count <= elements, "a part lies in its tensor");
  require(drawing_memory(spec, static_cast<double>(spec.count)) <= k_most_memory,
          "what is admitted fits into memory");
  for (const Issue& issue : warnings(spec.scheme, spec.shape))
    require(!describe(issue).empty(), "a warning has a sentence");
  if (static_cast<double>(elements) > k_most_drawn || work_of(spec) > k_most_work) return 0;
  Facts facts;
  const Law law = spec.scheme.law(spec.scheme.fans, facts);
  require_numbers(law, facts);
  std::vector<float> part(spec.count), whole(elements);
  initialize(spec, part);
  require_finite(part, "weights are finite");
  spec.first = 0;
  initialize(spec, whole);
  require(std::search(whole.begin(), whole.end(), part.begin(), part.end()) != whole.end() ||
              part.empty(),
          "a part is one of the whole");
  if (spec.generator == Generator::torch) {
    TorchGenerator generator(spec.seed);
    std::vector<float> first(elements);
    initialize(spec, generator, first);
    require(first == whole, "the first of a sequence is the tensor alone");
    initialize(spec, generator, first);
    require_finite(first, "the second of a sequence is finite");
  }
  return 0;
}
