// The fields that every request about one tensor has.
#pragma once

#include <initializer_list>
#include <vector>

#include "initscope/tensor.hpp"
#include "requests/fields.hpp"

namespace initscope {

/// Lists the fields of a request about a tensor: "scheme" with its parameters, "shape", "layout",
/// "in_axis", "out_axis", "batch_axis", "generator", "seed", and those of the request's own.
std::vector<Field> tensor_fields(double least_extent, std::initializer_list<Field> own);

/// Reads those of the tensor out of such a table. Notes axes that the shape does not have, or that
/// are given for a scheme which depends on more of the shape than its fans; a layout that is not
/// torch's for the torch generator; and what `check_tensor` finds.
void read_tensor(TableReader& table, double most_elements, TensorSpec& out);

}  // namespace initscope
