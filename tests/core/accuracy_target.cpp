// Compiled once per instruction set, with the flags of its kernels: the functions of simd/math.hpp,
// each as a loop over floats. As in simd/target.cpp, all that is emitted here is a template on the
// architecture.
#include "accuracy_target.hpp"

#include "simd/math.hpp"

#define INITSCOPE_TEXT_OF(x) #x
#define INITSCOPE_TEXT(x) INITSCOPE_TEXT_OF(x)

namespace initscope::test::INITSCOPE_SET {

template <class Arch>
struct Probes {
  using M = simd::Math<Arch>;
  using F = typename M::F;

  /// A result as a sum that is not yet rounded to float.
  struct Sum {
    F head, tail;
  };
  // x + -0 is x, also of -0.
  static Sum exactly(F value) noexcept { return {value, F(-0.0F)}; }

  static Sum round(F x) noexcept { return exactly(M::round(x).value); }
  static Sum log1p_core(F x) noexcept { return exactly(M::log1p_core(x, F(0.0F))); }
  static Sum log(F x) noexcept { return exactly(M::log(x)); }
  static Sum log1p_unit(F x) noexcept { return exactly(M::log1p_unit(x)); }
  static Sum exponential(F x) noexcept {
    const auto e = M::exponential(x);
    return {e.scale, e.scale * e.fraction};  // a product with a power of two, exact
  }
  static Sum exp(F x) noexcept { return exactly(M::exp(x)); }
  static Sum expm1_negative(F x) noexcept { return exactly(M::expm1_negative(x)); }
  static Sum sigmoid(F x) noexcept { return exactly(M::sigmoid(x)); }
  static Sum tanh(F x) noexcept { return exactly(M::tanh(x)); }
  static Sum sin_core(F x) noexcept { return exactly(M::sin_core(x)); }
  static Sum cos_core(F x) noexcept { return exactly(M::cos_core(x)); }
  static Sum reduce_large_angle(F x) noexcept {
    float lanes[F::size];
    x.store_unaligned(lanes);
    for (float& lane : lanes) lane = simd::reduce_large_angle(lane);
    return exactly(F::load_unaligned(lanes));
  }
  static Sum reduce(F x) noexcept { return exactly(M::reduce(x).r); }
  static Sum sin(F x) noexcept { return exactly(M::sin(x)); }
  static Sum cos(F x) noexcept { return exactly(M::cos(x)); }
  static Sum cdf(F x) noexcept { return exactly(M::normal(x).cdf); }
  static Sum pdf(F x) noexcept { return exactly(M::normal(x).pdf); }
  static Sum erf(F x) noexcept { return exactly(M::erf(x)); }

  template <Sum (*kFunction)(F)>
  static void over(const float* x, double* out, std::size_t n) noexcept {
    for (std::size_t i = 0; i < n; i += F::size) {
      float head[F::size], tail[F::size];
      const Sum sum = kFunction(F::load_unaligned(x + i));
      sum.head.store_unaligned(head);
      sum.tail.store_unaligned(tail);
      for (std::size_t lane = 0; lane < F::size; ++lane)
        out[i + lane] = static_cast<double>(head[lane]) + static_cast<double>(tail[lane]);
    }
  }
};

using P = Probes<xsimd::INITSCOPE_ARCH>;

extern const FloatProbes k_probes;
const FloatProbes k_probes = {INITSCOPE_TEXT(INITSCOPE_SET),
                              {{
                                  {"round", P::over<P::round>},
                                  {"log1p_core", P::over<P::log1p_core>},
                                  {"log", P::over<P::log>},
                                  {"log1p_unit", P::over<P::log1p_unit>},
                                  {"exponential", P::over<P::exponential>},
                                  {"exp", P::over<P::exp>},
                                  {"expm1_negative", P::over<P::expm1_negative>},
                                  {"sigmoid", P::over<P::sigmoid>},
                                  {"tanh", P::over<P::tanh>},
                                  {"sin_core", P::over<P::sin_core>},
                                  {"cos_core", P::over<P::cos_core>},
                                  {"reduce_large_angle", P::over<P::reduce_large_angle>},
                                  {"reduce", P::over<P::reduce>},
                                  {"sin", P::over<P::sin>},
                                  {"cos", P::over<P::cos>},
                                  {"cdf", P::over<P::cdf>},
                                  {"pdf", P::over<P::pdf>},
                                  {"erf", P::over<P::erf>},
                              }}};

}  // namespace initscope::test::INITSCOPE_SET
