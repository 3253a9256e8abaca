// All that is known of a tensor when its last value has come.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "audit/counts.hpp"
#include "audit/rows.hpp"
#include "initscope/audit.hpp"
#include "initscope/certificate.hpp"

namespace initscope {

struct Gathered {
  const StoredTensor& tensor;
  std::uint64_t expected;  ///< values of the shape
  bool complete;           ///< as many came, and no bytes beside
  bool exact;              ///< every value is a float32
  const ValueCounts& counts;
  const RowSums& sums;
  UniformLattice::Verdict lattice;
  std::span<const float> first_rows;  ///< whole rows from the first on, all of them if they fit
  bool all_rows;                      ///< whether they are all
  std::span<const float> sorted;      ///< finite values of a strided sample, ascending
  /// Stretches of up to 4096 values, from places that are multiples of 16.
  std::span<const std::vector<float>> stretches;
};

}  // namespace initscope
