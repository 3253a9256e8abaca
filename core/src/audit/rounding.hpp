// The spacing of numbers of a type of which only the significand and the least exponent matter.
#pragma once

#include "initscope/seed.hpp"

namespace initscope {

/// The distance of two neighbours of `value`, finite, in this type, on the side away from 0.
double spacing_at(Precision precision, double value) noexcept;

}  // namespace initscope
