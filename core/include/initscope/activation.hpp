// Activation functions: phi, phi', their names.
#pragma once

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
  hardtanh
};

inline constexpr double k_selu_lambda = 1.0507009873554805;
inline constexpr double k_selu_alpha = 1.6732632423543772;

/// An activation with the slope of leaky_relu below 0 and the frequency of sin, which the others
/// ignore.
struct ActivationSpec {
  Activation id = Activation::relu;
  float negative_slope = 0.01F;
  float omega_0 = 1;

  bool operator==(const ActivationSpec&) const = default;
};

/// What an activation is called and when a unit of it counts as saturated.
struct ActivationInfo {
  Activation id;
  const char* name;     ///< as in torch.nn.functional, or in torch
  const char* formula;  ///< phi(z) in TeX
  /// A unit is saturated where phi(z) lies outside this interval; equal ends mean never.
  double saturated_below, saturated_above;
};

/// Every activation, in the order of the enumeration.
std::span<const ActivationInfo> activations() noexcept;

/// Their names, as choices of a field.
std::span<const char* const> activation_names();

/// Whether phi(a z) = a phi(z) for a > 0: linear, relu, leaky_relu.
bool scale_free(ActivationSpec activation) noexcept;

/// out[i] = phi(z[i]). The spans have the same length and may be the same. The bits are the same
/// on every instruction set; the error against double is below 3e-7 max(1, |phi|). Of sin, omega_0
/// z is rounded to float32 before, as in torch, and phi is that much less exact.
void activate(ActivationSpec spec, std::span<const float> z, std::span<float> out) noexcept;

/// gradient[i] *= phi'(z[i]); at a kink phi' is the derivative from the left, as in torch's
/// autograd; that of hardtanh is 0 at both.
void apply_activation_gradient(ActivationSpec spec, std::span<const float> z,
                               std::span<float> gradient) noexcept;

}  // namespace initscope
