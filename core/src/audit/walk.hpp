// Back along the sequence of MT19937, to where seeding began it.
#pragma once

#include <cstdint>
#include <optional>

#include "initscope/seed.hpp"
#include "random/mersenne.hpp"

namespace initscope {

/// The seed, and the outputs before the one that is made of the window's first word; nothing if
/// more than `most` were. Of that word only the top bit need be right. 1 to 2 ns an output.
std::optional<StreamPlace> walk_back(const mersenne::Window& window, std::uint64_t most) noexcept;

}  // namespace initscope
