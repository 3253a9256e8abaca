// Activation functions: phi, phi', their names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace initscope {

enum class Activation : std::uint8_t {
  linear,
  relu,
  leaky_relu,
  tanh,
  sigmoid,
  elu,
  selu,
  gelu,
  silu,
  softplus,
  sin,
  erf,
  mish,
  softsign,
  hardtanh,
  typed
};

inline constexpr double k_selu_lambda = 1.0507009873554805;
inline constexpr double k_selu_alpha = 1.6732632423543772;

struct Program;

/// An activation with the slope of leaky_relu below 0, the frequency of sin and the program of a
/// typed one (expression.hpp), which the others ignore.
struct ActivationSpec {
  Activation id = Activation::relu;
  float negative_slope = 0.01F;
  float omega_0 = 1;
  /// Not owned: an `Expression` does that. Null stands for the identity.
  const Program* program = nullptr;

  bool operator==(const ActivationSpec&) const = default;
};

/// The program of a typed activation; null of any other.
inline const Program* program_of(const ActivationSpec& activation) noexcept {
  return activation.id == Activation::typed ? activation.program : nullptr;
}

/// What an activation is called, when a unit of it counts as saturated, and where theory has to
/// look. Members are in the order in which rows are read, padding included.
// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding)
struct ActivationInfo {
  Activation id;
  const char* name;     ///< as in torch.nn.functional, or in torch
  const char* formula;  ///< phi(z) in TeX
  /// A unit is saturated where phi(z) lies outside this interval; equal ends mean never.
  double saturated_below = 0, saturated_above = 0;
  bool scale_free = false;  ///< whether phi(a z) = a phi(z) for a > 0
  /// phi is smooth but at -kink and kink; at 0 alone, or nowhere, where this is 0.
  double kink = 0;
  /// How far from the real line the nearest pole of an analytic phi is, or where it has grown as
  /// much; 0 for the others, and for sin, whose averages need none.
  double pole_distance = 0;
  /// |z| beyond which phi is linear but for e^-40, or for 1e-13 where it nears its limit as 1 / z.
  double reach = 40;
};

/// Every activation that has a formula of its own, in the order of the enumeration, at whose end is
/// the typed one: static memory.
std::span<const ActivationInfo> activations() noexcept;

/// The one of this activation, typed included.
const ActivationInfo& info_of(Activation id) noexcept;

/// The names of all, "typed" at the end, as choices of a field: static memory.
std::span<const char* const> activation_names();

/// out[i] = phi(z[i]). `out` holds as many elements as `z`; of a longer one the first are written,
/// a shorter one is undefined. Both take any length and alignment. They may be the same memory or
/// disjoint; partial overlap is undefined. The bits are the same on every instruction set; the
/// error against double is below 3e-7 max(1, |phi|). sin first rounds omega_0 z to float32, as
/// torch does, and phi is that much less exact. NaN stays NaN.
void activate(ActivationSpec spec, std::span<const float> z, std::span<float> out) noexcept;

/// gradient[i] *= phi'(z[i]). `gradient` holds as many elements as `z`, under the same contract as
/// `out` of `activate`. At a kink phi' is the derivative from the left, as in torch's autograd;
/// that of hardtanh is 0 at both. A NaN in z gives NaN, but for linear.
void apply_activation_gradient(ActivationSpec spec, std::span<const float> z,
                               std::span<float> gradient) noexcept;

}  // namespace initscope
