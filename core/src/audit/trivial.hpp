// Contents that need no law: constants, identities, a few levels.
#pragma once

#include <optional>

#include "audit/gathered.hpp"

namespace initscope {

/// Which trivial content a complete tensor of finite values has; none otherwise. A single value
/// that is neither 0 nor 1 might have been drawn; so might three values that differ.
std::optional<Why> trivial_content(const Gathered& gathered);

/// The gain of a matrix whose rows, or columns if there are fewer, are orthogonal and of one norm,
/// to 1e-4 of it: of up to 32 of them, each with each. None of one with less than two, and of a
/// vector.
std::optional<double> orthogonal_gain(std::span<const float> matrix, MatrixSize size);

}  // namespace initscope
