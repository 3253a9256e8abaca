// A sample of a tensor, held against what would have been drawn at a place.
#pragma once

#include <cstdint>

#include "initscope/ledger.hpp"

namespace initscope {

struct Comparison {
  bool same = false;      ///< every value, after rounding
  double deviations = 0;  ///< of the correlation; 0 of too few values
  double scale = 0;       ///< the sample's part along what was drawn, as a multiple of it
};

/// Whether the sample holds enough bits for `same` to mean anything.
bool tells(const LedgerTensor& tensor) noexcept;

Comparison compare(TorchStream& stream, std::uint64_t offset, const LawDrawn& law,
                   const LedgerTensor& tensor);

/// The law of the same kind that is nearest to `scale` times `laws[law]`; itself where none is
/// nearer.
std::size_t nearest_in_scale(std::span<const LawDrawn> laws, std::size_t law,
                             double scale) noexcept;

}  // namespace initscope
