// A sample of a tensor, held against what would have been drawn at a place.
#pragma once

#include <cstdint>

#include "initscope/ledger.hpp"

namespace initscope {

struct Comparison {
  /// Every value after rounding but for zeros, which a mask or a padding row may have put in; and
  /// they are enough for that to mean anything.
  bool same = false;
  double deviations = 0;  ///< of the correlation; 0 of too few values
  double scale = 0;       ///< the sample's part along what was drawn, as a multiple of it
};

Comparison compare(TorchStream& stream, std::uint64_t offset, const LawDrawn& law,
                   const LedgerTensor& tensor);

/// The law of the same kind that is nearest to `scale` times `laws[law]`; itself where none is
/// nearer.
std::size_t nearest_in_scale(std::span<const LawDrawn> laws, std::size_t law,
                             double scale) noexcept;

}  // namespace initscope
