// The training job.
#include "trainings.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  initscope::fuzz::train_bytes({data, size}, false);
  return 0;
}
