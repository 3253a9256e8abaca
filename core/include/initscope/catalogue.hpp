// The catalogue as JSON: schemes, activations, the fields of every request with their ranges, and
// the sentences of the checks. Forms, URLs, validation and docs are derived from it.
#pragma once

#include <string>

namespace initscope {

/// UTF-8, about 100 kB, the same for the same version of the core.
std::string catalogue_json();

}  // namespace initscope
