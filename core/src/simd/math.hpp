// Elementary functions on vectors of float, in one order of evaluation.
//
// Own polynomials, because xsimd's fuse multiply and add where the hardware can, which changes
// bits. Multiplication and addition stay apart, minima are written as selections (instruction
// sets disagree about NaN), and rounding to an integer goes through a constant, not through a
// rounding instruction. Coefficients are minimax fits (Remez in 40 digits).
//
// All take and return vectors of float32. Each states the range for which it is made; the worst
// error of every float in it, in units in the last place (ULP) of the exact result, or of a
// larger number where the result comes near 0; and what it gives outside. The polynomials' own
// errors are far smaller and stand beside them. tests/core/accuracy_test.cpp measures the errors on
// every instruction set: a number too small fails there, and one too large.
#pragma once

#include <xsimd/xsimd.hpp>

#include "simd/primitives.hpp"

namespace initscope::simd {

/// x modulo 2 pi, of one angle that is too large for three parts of pi. 2 pi is rounded to double:
/// what is subtracted is off by 4e-17 |x|, so that beyond 1e16 nothing of the angle is left.
/// - Range: [-1e8, 1e8].
/// - Error: 0.52 ULP (of 2 where the result is less).
/// - Outside: a number of [-pi, pi]; NaN for infinities and NaN.
float reduce_large_angle(float x) noexcept;

template <class Arch>
struct Math {
  using F = xsimd::batch<float, Arch>;
  using I = xsimd::batch<std::int32_t, Arch>;

  /// Takes the same bits as the other type.
  static F as_float(I bits) noexcept { return xsimd::bitwise_cast<float>(bits); }
  static I as_int(F value) noexcept { return xsimd::bitwise_cast<std::int32_t>(value); }
  /// The smaller and the larger of the two, exact for every float: x itself where they are equal
  /// (-0 and 0 are) and where x is NaN.
  static F at_most(F x, F bound) noexcept { return xsimd::select(x > bound, bound, x); }
  static F at_least(F x, F bound) noexcept { return xsimd::select(x < bound, bound, x); }
  /// |x|, the sign bit alone, and x with its sign changed where `sign` is that bit; exact, NaN and
  /// -0 included.
  static F magnitude(F x) noexcept { return as_float(as_int(x) & I(0x7FFFFFFF)); }
  static I sign_bit(F x) noexcept { return as_int(x) & I(static_cast<std::int32_t>(0x80000000u)); }
  static F with_sign(F x, I sign) noexcept { return as_float(as_int(x) ^ sign); }

  struct Rounded {
    F value;
    I bits;  ///< the lower bits are those of the integer in two's complement
  };
  /// The nearest integer, the even one of two.
  /// - Range: [-4194303, 4194303].
  /// - Error: 0 ULP.
  /// - Outside: a value within 1 of x while |x| < 2^23, and bits that mean nothing; infinities and
  ///   NaN stay. 0 for -0.
  static Rounded round(F x) noexcept {
    const F magic(12582912.0F);  // 1.5 * 2^23: the sum's low bits are the integer
    const F sum = x + magic;
    return {sum - magic, as_int(sum)};
  }

  /// integer_part ln 2 + ln(1 + f); the polynomial's relative error is 6e-9. The error stated is of
  /// ln(1 + f) alone.
  /// - Range: [-0.29289323, 0.41421354], from sqrt(1/2) - 1 to sqrt(2) - 1.
  /// - Error: 0.90 ULP.
  /// - Outside: the polynomial's value, which is not the logarithm; NaN for NaN.
  static F log1p_core(F f, F integer_part) noexcept {
    const F f2 = f * f, f4 = f2 * f2;
    const F p01 = F(3.333331673e-01F) + f * F(-2.500081037e-01F);
    const F p23 = F(2.000228593e-01F) + f * F(-1.662455478e-01F);
    const F p45 = F(1.418119972e-01F) + f * F(-1.312875641e-01F);
    const F p67 = F(1.288159666e-01F) + f * F(-7.859544007e-02F);
    const F p = (p01 + f2 * p23) + f4 * (p45 + f2 * p67);
    const F tail = (f * f2) * p + integer_part * F(-2.12194440e-4F);
    return integer_part * F(0.693359375F) + (f + (tail - F(0.5F) * f2));
  }

  /// ln x.
  /// - Range: [1.17549435e-38, 3.4028234e38], the positive normal numbers.
  /// - Error: 0.89 ULP.
  /// - Outside: a finite number that means nothing, without a NaN to warn, also for 0, for
  ///   subnormal and negative numbers, infinities and NaN.
  static F log(F x) noexcept {
    const I bits = as_int(x);
    const I exponent = (bits - I(0x3F3504F3)) >> 23;  // floor(log2(x / sqrt(1/2)))
    return log1p_core(as_float(bits - (exponent << 23)) - F(1.0F), xsimd::to_float(exponent));
  }

  /// ln(1 + y), without cancellation near 0.
  /// - Range: [0, 1].
  /// - Error: 1.44 ULP.
  /// - Outside: the polynomial's value, which is not the logarithm; NaN for NaN.
  static F log1p_unit(F y) noexcept {
    const auto upper = y > F(0.41421356F);
    return log1p_core(xsimd::select(upper, F(0.5F) * (y - F(1.0F)), y),
                      xsimd::select(upper, F(1.0F), F(0.0F)));
  }

  struct Exponential {
    F scale, fraction;
  };
  /// e^x = scale + scale * fraction and e^x - 1 = (scale - 1) + scale * fraction, scale a power of
  /// two. The error stated is of the first sum before it is rounded.
  /// - Range: [-87.3, 88.3], where the scale is normal and finite.
  /// - Error: 0.85 ULP.
  /// - Outside: a scale whose exponent has wrapped around, without a NaN to warn; NaN for NaN.
  static Exponential exponential(F x) noexcept {
    const auto k = round(x * F(1.44269504F));
    const F r = (x - k.value * F(0.693359375F)) - k.value * F(-2.12194440e-4F);
    const F r2 = r * r;
    const F e01 = F(5.000000062e-01F) + r * F(1.666654299e-01F);
    const F e23 = F(4.166628205e-02F) + r * F(8.366584128e-03F);
    const F e = e01 + r2 * (e23 + r2 * F(1.394645113e-03F));
    return {as_float((k.bits + I(127)) << 23), r + r2 * e};
  }

  /// e^x.
  /// - Range: [-87.3, 88.3].
  /// - Error: 1.05 ULP.
  /// - Outside: 0 below and infinity above, though the last normal results, down to x = -87.33 and
  ///   up to 88.72, are lost so; NaN for NaN.
  static F exp(F x) noexcept {
    const auto e = exponential(at_most(at_least(x, F(-87.3F)), F(88.3F)));
    const F value = e.scale + e.scale * e.fraction;
    const F floored = xsimd::select(x < F(-87.3F), F(0.0F), value);
    return xsimd::select(x > F(88.3F), F(std::numeric_limits<float>::infinity()), floored);
  }

  /// e^x - 1, without cancellation near 0.
  /// - Range: [-3.4028234e38, 0].
  /// - Error: 1.17 ULP.
  /// - Outside: -1 for -infinity, NaN for NaN. Up to 88.3 right, but not measured; above it
  ///   undefined.
  static F expm1_negative(F x) noexcept {
    const auto e = exponential(at_least(x, F(-87.3F)));
    return (e.scale - F(1.0F)) + e.scale * e.fraction;
  }

  /// 1 / (1 + e^-x).
  /// - Range: [-87.3, 3.4028234e38].
  /// - Error: 2.49 ULP.
  /// - Outside: 0 below -88.3, and subnormal or nearly so before; 0 and 1 for infinities, NaN for
  ///   NaN.
  static F sigmoid(F x) noexcept { return exact_quotient(F(1.0F), F(1.0F) + exp(-x)); }

  /// tanh x: an odd polynomial below 0.625, 1 - 2 / (e^2x + 1) above.
  /// - Range: [-3.4028234e38, 3.4028234e38].
  /// - Error: 1.34 ULP.
  /// - Outside: -1 and 1 for infinities, NaN for NaN. -0 for -0.
  static F tanh(F x) noexcept {
    const F a = magnitude(x), y = a * a;
    const F t01 = F(-3.333328371e-01F) + y * F(1.333148491e-01F);
    const F t23 = F(-5.374293184e-02F) + y * F(2.064863880e-02F);
    const F small = a + (a * y) * (t01 + (y * y) * (t23 + (y * y) * F(-5.714764153e-03F)));
    const F large = F(1.0F) - exact_quotient(F(2.0F), exp(a + a) + F(1.0F));
    return with_sign(xsimd::select(a < F(0.625F), small, large), sign_bit(x));
  }

  /// sin r; the polynomial's relative error is 5e-9.
  /// - Range: [-1.5707964, 1.5707964].
  /// - Error: 2.66 ULP.
  /// - Outside: the polynomial's value, which is not the sine; NaN for NaN. 0 for -0.
  static F sin_core(F r) noexcept {
    const F y = r * r, y2 = y * y;
    const F s01 = F(-1.666666046e-01F) + y * F(8.333088167e-03F);
    const F s23 = F(-1.981111257e-04F) + y * F(2.608932127e-06F);
    return r + (r * y) * (s01 + y2 * s23);
  }
  /// cos r; the polynomial's absolute error is 4e-10.
  /// - Range: [-1.5707964, 1.5707964].
  /// - Error: 1.32 ULP (of 0.5 where the result is less).
  /// - Outside: the polynomial's value, which is not the cosine; NaN for NaN.
  static F cos_core(F r) noexcept {
    const F y = r * r, y2 = y * y;
    const F c01 = F(4.166665577e-02F) + y * F(-1.388856916e-03F);
    const F c23 = F(2.476930429e-05F) + y * F(-2.619381582e-07F);
    return (F(1.0F) - F(0.5F) * y) + y2 * (c01 + y2 * c23);
  }

  struct HalfTurns {
    F r;
    I sign;
  };
  /// r = x - k pi and the sign (-1)^k as a sign bit. |r| may exceed pi / 2 by 2e-4, since x / pi is
  /// rounded before k is chosen.
  /// - Range: [-8192, 8192].
  /// - Error: 0.50 ULP (of 1 where the result is less).
  /// - Outside: as `reduce_large_angle`, lane by lane.
  static HalfTurns reduce(F x) noexcept {
    constexpr float k_limit = 8192.0F;
    if (xsimd::any(magnitude(x) > F(k_limit))) {
      alignas(Arch::alignment()) float lanes[F::size];
      x.store_aligned(lanes);
      for (float& lane : lanes)
        if (!(lane >= -k_limit && lane <= k_limit)) lane = reduce_large_angle(lane);
      x = F::load_aligned(lanes);
    }
    const auto k = round(x * F(0.318309886F));
    const F r =
        ((x - k.value * F(3.140625F)) - k.value * F(9.67502594e-4F)) - k.value * F(1.50995799e-7F);
    return {r, k.bits << 31};
  }
  /// sin x.
  /// - Range: [-1e8, 1e8].
  /// - Error: 2.78 ULP (of 0.5 where the result is less).
  /// - Outside: the sine of an angle that is off by 4e-17 |x|; NaN for infinities and NaN. 0 for
  /// -0.
  static F sin(F x) noexcept {
    const auto turns = reduce(x);
    return with_sign(sin_core(turns.r), turns.sign);
  }
  /// cos x.
  /// - Range: [-1e8, 1e8].
  /// - Error: 3.28 ULP (of 0.5 where the result is less).
  /// - Outside: the cosine of an angle that is off by 4e-17 |x|; NaN for infinities and NaN.
  static F cos(F x) noexcept {
    const auto turns = reduce(x);
    return with_sign(cos_core(turns.r), turns.sign);
  }

  struct Normal {
    /// Phi(x), the distribution function of N(0, 1). The error is that of e^(-x^2/2) in the lower
    /// tail, 4.1 ULP for x > 0.
    /// - Range: [-13.2, 3.4028234e38].
    /// - Error: 66.9 ULP.
    /// - Outside: 0 below -13.21, 0 and 1 for infinities, NaN for NaN.
    F cdf;
    /// The density of N(0, 1) at x. The error is that of rounding x^2 / 2, and grows with it.
    /// - Range: [-13.2, 13.2].
    /// - Error: 65.2 ULP.
    /// - Outside: 0 beyond 13.21 and for infinities, NaN for NaN.
    F pdf;
  };
  /// Both at once: Phi(-a) = t P(t) e^(-a^2/2), t = 1 / (1 + 0.35 a); the fit's relative error is
  /// 4e-8.
  static Normal normal(F x) noexcept {
    const F a = magnitude(x);
    const F gaussian = exp(F(-0.5F) * (a * a));
    const F t = exact_quotient(F(1.0F), F(1.0F) + F(0.35F) * a), t2 = t * t, t4 = t2 * t2;
    const F p01 = F(1.396214044e-01F) + t * F(1.398618675e-01F);
    const F p23 = F(1.198328865e-01F) + t * F(1.055079150e-01F);
    const F p45 = F(-2.310958681e-02F) + t * F(1.591737405e-01F);
    const F p67 = F(-2.557138332e-01F) + t * F(1.439714679e-01F);
    const F p = (p01 + t2 * p23) + t4 * ((p45 + t2 * p67) + t4 * F(-2.914587776e-02F));
    const F tail = gaussian * (t * p);
    return {xsimd::select(x > F(0.0F), F(1.0F) - tail, tail), F(0.398942280F) * gaussian};
  }

  /// erf x: x P(x^2) below 0.9, where the fit's relative error is 4e-10; 1 - 2 Phi(-sqrt(2) x)
  /// above.
  /// - Range: [-3.4028234e38, 3.4028234e38].
  /// - Error: 4.16 ULP.
  /// - Outside: -1 and 1 for infinities, NaN for NaN. -0 for -0.
  static F erf(F x) noexcept {
    const F a = magnitude(x), y = a * a, y2 = y * y;
    const F e01 = F(1.128379167F) + y * F(-0.3761263519F);
    const F e23 = F(0.1128371805F) + y * F(-0.02686066479F);
    const F e45 = F(0.005204226694F) + y * F(-0.0008179632181F);
    const F small = a * ((e01 + y2 * e23) + (y2 * y2) * (e45 + y2 * F(8.529401323e-05F)));
    const F tail = normal(F(-1.41421356F) * a).cdf;
    return with_sign(xsimd::select(a < F(0.9F), small, F(1.0F) - (tail + tail)), sign_bit(x));
  }
};

}  // namespace initscope::simd
