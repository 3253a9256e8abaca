// What the name of a tensor says of it.
#pragma once

#include <string_view>

namespace initscope {

/// A name without its last part, and that part: "encoder.0" and "weight". Parts end at dots and
/// slashes.
struct NameParts {
  std::string_view module, last;
};
NameParts name_parts(std::string_view name) noexcept;

/// Moments of an optimizer: exp_avg, exp_avg_sq, momentum_buffer and what Keras and TensorFlow call
/// theirs.
bool is_optimizer_state(std::string_view name) noexcept;
/// What a normalization has counted: running_mean, running_var, moving_mean, moving_variance.
bool is_running_statistics(std::string_view name) noexcept;
/// Weights that are constant at first on purpose: norms, biases, gates of residual branches, the
/// second matrix of an adapter.
bool is_constant_on_purpose(std::string_view name) noexcept;
/// A table that is looked up, in which rows may be equal or 0.
bool is_embedding(std::string_view name) noexcept;

}  // namespace initscope
