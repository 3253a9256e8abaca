// Activations and their derivatives on vectors.
#pragma once

#include <xsimd/xsimd.hpp>

#include "simd/kernels.hpp"
#include "simd/math.hpp"

namespace initscope::simd {

template <class Arch>
struct Activations {
  using M = Math<Arch>;
  using F = typename M::F;

  // Each activation: phi(z) and phi'(z). At a kink the derivative is the one from the left, as
  // PyTorch's autograd takes it; of NaN it is NaN, so that an overflow is seen in the gradient too.
  static F step(F z, F below) noexcept {
    return xsimd::select(z > F(0.0F), F(1.0F), xsimd::select(z == z, below, z));
  }
  struct Linear {
    F phi(F z) const noexcept { return z; }
    F slope(F) const noexcept { return F(1.0F); }
  };
  struct LeakyRelu {  // relu with a = 0
    F a;
    F phi(F z) const noexcept { return xsimd::select(z > F(0.0F), z, a * z); }
    F slope(F z) const noexcept { return step(z, a); }
  };
  struct Relu {
    F phi(F z) const noexcept { return M::at_least(z, F(0.0F)); }
    F slope(F z) const noexcept { return step(z, F(0.0F)); }
  };
  struct Tanh {
    F phi(F z) const noexcept { return M::tanh(z); }
    F slope(F z) const noexcept {
      const F t = M::tanh(z);
      return F(1.0F) - t * t;
    }
  };
  struct Sigmoid {
    F phi(F z) const noexcept { return M::sigmoid(z); }
    F slope(F z) const noexcept {
      const F s = M::sigmoid(z);
      return s * (F(1.0F) - s);
    }
  };
  struct ScaledElu {  // lambda * elu: elu has lambda = alpha = 1
    F lambda, alpha;
    F phi(F z) const noexcept {
      const F below = alpha * M::expm1_negative(M::at_most(z, F(0.0F)));
      return lambda * xsimd::select(z > F(0.0F), z, below);
    }
    F slope(F z) const noexcept {
      const F below = alpha * M::exp(M::at_most(z, F(0.0F)));
      return lambda * step(z, below);
    }
  };
  struct Gelu {
    F phi(F z) const noexcept { return z * M::normal(z).cdf; }
    F slope(F z) const noexcept {
      const auto n = M::normal(z);
      return n.cdf + z * n.pdf;
    }
  };
  struct Silu {
    F phi(F z) const noexcept { return z * M::sigmoid(z); }
    F slope(F z) const noexcept {
      const F s = M::sigmoid(z);
      return s * (F(1.0F) + z * (F(1.0F) - s));
    }
  };
  struct Softplus {
    F phi(F z) const noexcept {
      return M::at_least(z, F(0.0F)) + M::log1p_unit(M::exp(-M::magnitude(z)));
    }
    F slope(F z) const noexcept { return M::sigmoid(z); }
  };
  struct Sin {
    F omega;
    F phi(F z) const noexcept { return M::sin(omega * z); }
    F slope(F z) const noexcept { return omega * M::cos(omega * z); }
  };
  struct Erf {
    F phi(F z) const noexcept { return M::erf(z); }
    F slope(F z) const noexcept { return F(1.12837917F) * M::exp(-(z * z)); }
  };
  struct Mish {  // z t, t = tanh(softplus(z)) = a / (a + b), polynomials in e^-|z|
    struct Parts {
      F a, b;
    };
    static Parts parts(F z) noexcept {
      const F e = M::exp(-M::magnitude(z)), e2 = e * e, twice = e + e;
      const auto negative = z < F(0.0F);
      return {xsimd::select(negative, e2 + twice, F(1.0F) + twice),
              xsimd::select(negative, F(2.0F), e2 + e2)};
    }
    F phi(F z) const noexcept {
      const auto [a, b] = parts(z);
      return z * exact_quotient(a, a + b);
    }
    F slope(F z) const noexcept {
      const auto [a, b] = parts(z);
      const F t = exact_quotient(a, a + b), rest = exact_quotient(b, a + b);  // 1 - t
      return t + (z * M::sigmoid(z)) * (rest * (F(1.0F) + t));
    }
  };
  struct Softsign {
    F phi(F z) const noexcept { return exact_quotient(z, F(1.0F) + M::magnitude(z)); }
    F slope(F z) const noexcept {
      const F a = F(1.0F) + M::magnitude(z);
      return exact_quotient(F(1.0F), a * a);
    }
  };
  struct Hardtanh {
    F phi(F z) const noexcept { return M::at_most(M::at_least(z, F(-1.0F)), F(1.0F)); }
    F slope(F z) const noexcept {
      const F inside = xsimd::select(M::magnitude(z) < F(1.0F), F(1.0F), F(0.0F));
      return xsimd::select(z == z, inside, z);
    }
  };

  /// Calls f with the functions of the activation.
  template <class Function>
  static void with(ActivationSpec spec, Function f) noexcept {
    switch (spec.id) {
      case Activation::linear:
        return f(Linear{});
      case Activation::relu:
        return f(Relu{});
      case Activation::leaky_relu:
        return f(LeakyRelu{F(spec.negative_slope)});
      case Activation::tanh:
        return f(Tanh{});
      case Activation::sigmoid:
        return f(Sigmoid{});
      case Activation::elu:
        return f(ScaledElu{F(1.0F), F(1.0F)});
      case Activation::selu:
        return f(
            ScaledElu{F(static_cast<float>(k_selu_lambda)), F(static_cast<float>(k_selu_alpha))});
      case Activation::gelu:
        return f(Gelu{});
      case Activation::silu:
        return f(Silu{});
      case Activation::softplus:
        return f(Softplus{});
      case Activation::sin:
        return f(Sin{F(spec.omega_0)});
      case Activation::erf:
        return f(Erf{});
      case Activation::mish:
        return f(Mish{});
      case Activation::softsign:
        return f(Softsign{});
      case Activation::hardtanh:
        return f(Hardtanh{});
      case Activation::typed:  // whose program has kernels of its own
        return f(Linear{});
    }
  }

  static void activate(ActivationSpec spec, const float* z, float* h, std::size_t n) {
    with(spec, [=](auto activation) {
      for (std::size_t i = 0; i < n; i += F::size)
        activation.phi(F::load_unaligned(z + i)).store_unaligned(h + i);
    });
  }

  static void activation_gradient(ActivationSpec spec, const float* z, float* g, std::size_t n) {
    with(spec, [=](auto activation) {
      for (std::size_t i = 0; i < n; i += F::size)
        (F::load_unaligned(g + i) * activation.slope(F::load_unaligned(z + i)))
            .store_unaligned(g + i);
    });
  }
};

}  // namespace initscope::simd
