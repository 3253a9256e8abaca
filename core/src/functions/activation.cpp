#include "initscope/activation.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "simd/kernels.hpp"
#include "simd/math.hpp"

namespace initscope {
namespace {

constexpr double k_pi = std::numbers::pi;

constexpr ActivationInfo k_activations[] = {
    {.id = Activation::linear,
     .name = "linear",
     .formula = R"(\phi(z)=z)",
     .scale_free = true,
     .reach = 0},
    {.id = Activation::relu,
     .name = "relu",
     .formula = R"(\phi(z)=\max(0,z))",
     .scale_free = true,
     .reach = 0},
    {.id = Activation::leaky_relu,
     .name = "leaky_relu",
     .formula = R"(\phi(z)=\max(0,z)+a\min(0,z))",
     .scale_free = true,
     .reach = 0},
    {.id = Activation::tanh,
     .name = "tanh",
     .formula = R"(\phi(z)=\tanh z)",
     .saturated_below = -0.97,
     .saturated_above = 0.97,
     .pole_distance = k_pi / 2},
    {.id = Activation::sigmoid,
     .name = "sigmoid",
     .formula = R"(\phi(z)=\frac{1}{1+e^{-z}})",
     .saturated_below = 0.03,
     .saturated_above = 0.97,
     .pole_distance = k_pi},
    {.id = Activation::elu, .name = "elu", .formula = R"(\phi(z)=\max(0,z)+\min(0,e^{z}-1))"},
    {.id = Activation::selu,
     .name = "selu",
     .formula = R"(\phi(z)=\lambda\left(\max(0,z)+\alpha\min(0,e^{z}-1)\right))"},
    {.id = Activation::gelu,
     .name = "gelu",
     .formula = R"(\phi(z)=z\,\Phi(z))",
     .pole_distance = k_pi / 2},
    {.id = Activation::silu,
     .name = "silu",
     .formula = R"(\phi(z)=\frac{z}{1+e^{-z}})",
     .pole_distance = k_pi},
    {.id = Activation::softplus,
     .name = "softplus",
     .formula = R"(\phi(z)=\ln(1+e^{z}))",
     .pole_distance = k_pi},
    {.id = Activation::sin, .name = "sin", .formula = R"(\phi(z)=\sin(\omega_0 z))"},
    {.id = Activation::erf,
     .name = "erf",
     .formula = R"(\phi(z)=\operatorname{erf}z)",
     .saturated_below = -0.97,
     .saturated_above = 0.97,
     .pole_distance = k_pi / 2},
    {.id = Activation::mish,
     .name = "mish",
     .formula = R"(\phi(z)=z\tanh\ln(1+e^{z}))",
     .pole_distance = 3 * k_pi / 4},
    {.id = Activation::softsign,
     .name = "softsign",
     .formula = R"(\phi(z)=\frac{z}{1+|z|})",
     .saturated_below = -0.97,
     .saturated_above = 0.97,
     .reach = 1e13},
    {.id = Activation::hardtanh,
     .name = "hardtanh",
     .formula = R"(\phi(z)=\min(1,\max(-1,z)))",
     .saturated_below = -0.97,
     .saturated_above = 0.97,
     .kink = 1,
     .reach = 0},
    {.id = Activation::typed, .name = "typed", .formula = R"(\phi(z))"},
};

/// Runs a kernel that takes multiples of a panel over spans of any length: the rest goes through
/// a buffer.
template <class Kernel>
void by_panels(std::span<const float> z, std::span<float> out, Kernel kernel) noexcept {
  const std::size_t whole = z.size() / simd::k_panel * simd::k_panel;
  const std::size_t rest = z.size() - whole;
  kernel(z.data(), out.data(), whole);
  if (rest == 0) return;
  float in[simd::k_panel] = {}, result[simd::k_panel] = {};
  std::copy_n(z.data() + whole, rest, in);
  std::copy_n(out.data() + whole, rest, result);
  kernel(in, result, simd::k_panel);
  std::copy_n(result, rest, out.data() + whole);
}

}  // namespace

float simd::reduce_large_angle(float x) noexcept {
  return static_cast<float>(std::remainder(static_cast<double>(x), 2 * std::numbers::pi));
}

std::span<const ActivationInfo> activations() noexcept {
  return std::span(k_activations).first(static_cast<std::size_t>(Activation::typed));
}

const ActivationInfo& info_of(Activation id) noexcept {
  return k_activations[static_cast<std::size_t>(id)];
}

std::span<const char* const> activation_names() {
  static const std::vector<const char*> names = [] {
    std::vector<const char*> all;
    for (const auto& activation : k_activations) all.push_back(activation.name);
    return all;
  }();
  return names;
}

void activate(ActivationSpec spec, std::span<const float> z, std::span<float> out) noexcept {
  by_panels(z, out, [spec](const float* in, float* to, std::size_t n) {
    simd::activate_panels(spec, in, to, n);
  });
}

void apply_activation_gradient(ActivationSpec spec, std::span<const float> z,
                               std::span<float> gradient) noexcept {
  by_panels(z, gradient, [spec](const float* in, float* to, std::size_t n) {
    simd::multiply_by_slopes(spec, in, to, n);
  });
}

}  // namespace initscope
