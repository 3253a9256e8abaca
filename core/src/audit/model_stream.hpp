// The places of a model's tensors in the stream that drew them.
#pragma once

#include <vector>

#include "initscope/audit.hpp"
#include "initscope/seed.hpp"

namespace initscope {

/// What torch may have drawn a tensor by, the likeliest first: the certified law alone, or those of
/// its shape and name. None of a tensor that takes no words: constants, norms, what is not judged.
std::vector<LawDrawn> laws_drawn(const TensorReport& report);

/// Recovers places from certified tensors, finds the others from these, and completes the reports:
/// seeds, distances, the certificate `stream`, the model's seed and stream.
void place_in_stream(ModelReport& model);

}  // namespace initscope
