// Averages over two Gaussian pre-activations, a way of computing for each kind of activation.
//
// All take variance q > 0 and correlation c in [-1, 1]. None costs more for a larger q: what an
// activation tends to far from 0 has a closed form, and quadrature is done where it bends alone.
#pragma once

#include "initscope/gaussian.hpp"

namespace initscope {

/// GELU, by the moments of Phi(u1) Phi(u2) under a bivariate normal law.
GaussianPair gelu_pair(double q, double c) noexcept;
/// Williams 1997.
GaussianPair erf_pair(double q, double c) noexcept;

/// tanh, sigmoid, silu, softplus, mish: analytic near the real line.
GaussianPair smooth_pair(ActivationSpec activation, double q, double c) noexcept;
/// elu, selu, softsign: a kink at 0.
GaussianPair kinked_pair(ActivationSpec activation, double q, double c) noexcept;
GaussianPair hardtanh_pair(double q, double c) noexcept;

bool scale_free(const Program& program) noexcept;

/// Whether phi(a z) = a phi(z) for a > 0.
inline bool scale_free(const ActivationSpec& activation) noexcept {
  const Program* program = program_of(activation);
  return program != nullptr ? scale_free(*program) : info_of(activation.id).scale_free;
}

/// Averages of typed activations, by their pieces: nothing else is known of them.
struct TypedAverages {
  ActivationValue (*value)(const Program& program, double u);
  double (*bending_q)(const Program& program);
  GaussianMoments (*moments)(const Program& program, double q);
  GaussianPair (*pair)(const Program& program, double q, double c);
};
extern const TypedAverages k_typed_averages;

}  // namespace initscope
