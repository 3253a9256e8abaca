// Tensors that a scheme has, for tests that run over the catalogue.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "initscope/schemes.hpp"

namespace initscope::test {

/// Whether the scheme draws a lone tensor; others need a network and data.
inline bool draws_tensors(const Scheme& scheme) {
  return std::any_of(scheme.uses.begin(), scheme.uses.end(),
                     [](const char* use) { return std::string_view(use) != "network"; });
}

/// A matrix of this size, or a kernel of as many elements where the scheme has kernels alone.
inline Spec tensor_of(const Scheme& scheme, double rows, double columns, double kernel = 5) {
  const std::vector<double> matrix{rows, columns},
      convolution{rows, columns / (kernel * kernel), kernel * kernel};
  return {{"scheme", std::string(scheme.id)},
          {"shape", scheme.least_rank > 2 ? convolution : matrix}};
}

}  // namespace initscope::test
