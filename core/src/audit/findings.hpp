// What is wrong with one tensor.
#pragma once

#include <span>

#include "audit/gathered.hpp"
#include "audit/laws.hpp"

namespace initscope {

/// Adds the report's findings, in order of harm, and the equal units and inputs that are kept for
/// the model. `left`: the candidates of the report's laws.
void find(const Gathered& gathered, std::span<const Candidate> left, TensorReport& report);

/// Orders by severity, the worst first.
void sort_by_harm(std::vector<Finding>& findings);

}  // namespace initscope
