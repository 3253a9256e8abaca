// The words that a value may have been drawn of, when it was rounded to a type of its own.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "initscope/seed.hpp"

namespace initscope {

/// The low 24 bits of one word of a tensor, both ends included; low > high if none gives the value.
struct WordRange {
  std::uint64_t word;  ///< from the tensor's first on
  std::uint32_t low, high;
  double share() const noexcept;  ///< of all words
};

/// Ranges for the first values, 64 of them; of normal_, for whole blocks of 16, pairs with a 0 left
/// out. All values are finite, and the law can be drawn.
std::vector<WordRange> word_ranges(const LawDrawn& law, Precision precision,
                                   std::span<const float> values);

}  // namespace initscope
