// The ladder of what may be said of a tensor: trivial, certified, consistent with a law, or not.
#pragma once

#include <vector>

#include "audit/gathered.hpp"
#include "audit/laws.hpp"

namespace initscope {

/// Values below which a law that fits says little of whether a tensor was trained.
inline constexpr std::uint64_t k_many_values = 16384;

/// Fills in the report's verdict and why, certificate, laws and structure. Returns the candidates
/// of which the laws were made; none of a law that no candidate has.
std::vector<Candidate> judge(const Gathered& gathered, TensorReport& report);

/// Whether stretches all keep the phase of torch's normal_, and as much of it together as a tensor
/// that is torch's as a whole: rows of an embedding that were trained take away what is theirs.
bool phase_certified(std::span<const std::vector<float>> stretches);

}  // namespace initscope
