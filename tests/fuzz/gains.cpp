// Gains of activations, and specs of any text.
#include <cmath>

#include "checks.hpp"
#include "initscope/schemes.hpp"
#include "specs.hpp"

using namespace initscope;
using namespace initscope::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  const double slope =
      bytes.below(2) == 0 ? static_cast<double>(bytes.any_float()) : bytes.hostile_number();
  const auto names = gain_names();
  const std::string known(names[bytes.below(names.size())]);
  const auto gain = calculate_gain(known, slope);
  require(gain.has_value(), "a name of the list has a gain");
  if (!std::isnan(slope)) require_finite(*gain, "a gain is finite");
  std::string text;
  for (std::size_t left = bytes.below(300); left > 0; --left)
    text.push_back(static_cast<char>(bytes.next()));
  if (const auto other = calculate_gain(text, slope); other && !std::isnan(slope))
    require_finite(*other, "a gain is finite");
  // The reader's own text, as a key and as a value of every field.
  for (const Field& field : initialize_fields()) {
    const Spec given{{field.id, text}, {text, slope}};
    InitializeSpec spec;
    fine(read(given, spec), given, initialize_fields());
  }
  return 0;
}
