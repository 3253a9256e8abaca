// The training job, with a look at one layer's units.
#include "trainings.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  initscope::fuzz::train_bytes({data, size}, true);
  return 0;
}
