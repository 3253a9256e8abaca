#include "initscope/activation.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "simd/kernels.hpp"
#include "simd/math.hpp"

namespace initscope {
namespace {

constexpr ActivationInfo k_activations[] = {
    {Activation::linear, "linear", R"(\phi(z)=z)", 0, 0},
    {Activation::relu, "relu", R"(\phi(z)=\max(0,z))", 0, 0},
    {Activation::leaky_relu, "leaky_relu", R"(\phi(z)=\max(0,z)+a\min(0,z))", 0, 0},
    {Activation::tanh, "tanh", R"(\phi(z)=\tanh z)", -0.97, 0.97},
    {Activation::sigmoid, "sigmoid", R"(\phi(z)=\frac{1}{1+e^{-z}})", 0.03, 0.97},
    {Activation::elu, "elu", R"(\phi(z)=\max(0,z)+\min(0,e^{z}-1))", 0, 0},
    {Activation::selu, "selu", R"(\phi(z)=\lambda\left(\max(0,z)+\alpha\min(0,e^{z}-1)\right))", 0,
     0},
    {Activation::gelu, "gelu", R"(\phi(z)=z\,\Phi(z))", 0, 0},
    {Activation::silu, "silu", R"(\phi(z)=\frac{z}{1+e^{-z}})", 0, 0},
    {Activation::softplus, "softplus", R"(\phi(z)=\ln(1+e^{z}))", 0, 0},
    {Activation::sin, "sin", R"(\phi(z)=\sin(\omega_0 z))", 0, 0},
    {Activation::erf, "erf", R"(\phi(z)=\operatorname{erf}z)", -0.97, 0.97},
    {Activation::mish, "mish", R"(\phi(z)=z\tanh\ln(1+e^{z}))", 0, 0},
    {Activation::softsign, "softsign", R"(\phi(z)=\frac{z}{1+|z|})", -0.97, 0.97},
    {Activation::hardtanh, "hardtanh", R"(\phi(z)=\min(1,\max(-1,z)))", -0.97, 0.97},
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

std::span<const ActivationInfo> activations() noexcept { return k_activations; }

std::span<const char* const> activation_names() {
  static const std::vector<const char*> names = [] {
    std::vector<const char*> all;
    for (const auto& activation : activations()) all.push_back(activation.name);
    return all;
  }();
  return names;
}

bool scale_free(ActivationSpec activation) noexcept {
  return activation.id == Activation::linear || activation.id == Activation::relu ||
         activation.id == Activation::leaky_relu;
}

void activate(ActivationSpec spec, std::span<const float> z, std::span<float> out) noexcept {
  by_panels(z, out, [spec](const float* in, float* to, std::size_t n) {
    simd::kernels().activate(spec, in, to, n);
  });
}

void apply_activation_gradient(ActivationSpec spec, std::span<const float> z,
                               std::span<float> gradient) noexcept {
  by_panels(z, gradient, [spec](const float* in, float* to, std::size_t n) {
    simd::kernels().activation_gradient(spec, in, to, n);
  });
}

}  // namespace initscope
