// Statistics on vectors: sums of powers, bins and activity. Sums run in 16 chains in double, chain
// i over the values i, i + 16, ..., so that their order does not depend on how many lanes there
// are.
#pragma once

#include <xsimd/xsimd.hpp>

#include "simd/kernels.hpp"
#include "simd/primitives.hpp"

namespace initscope::simd {

template <class Arch>
struct Measure {
  using F = xsimd::batch<float, Arch>;
  using D = xsimd::batch<double, Arch>;
  using L = xsimd::batch<std::uint64_t, Arch>;
  static_assert(k_chains % F::size == 0 && F::size == 2 * D::size);

  static double total(const double (&x)[k_chains]) noexcept {
    double sum[4];
    for (int i = 0; i < 4; ++i) sum[i] = (x[4 * i] + x[4 * i + 1]) + (x[4 * i + 2] + x[4 * i + 3]);
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
  }

  static void powers(const float* x, std::size_t n, PowerSums* out) {
    const double origin = static_cast<double>(x[0]);
    const D shift(origin);
    alignas(Arch::alignment()) double sums[4][k_chains];
    alignas(Arch::alignment()) float low[k_chains], high[k_chains];
    for (std::size_t lane = 0; lane < k_chains; lane += F::size) {
      D sum[4][2];
      for (auto& power : sum) power[0] = power[1] = D(0.0);
      F least(x[0]), most(x[0]);
      for (std::size_t i = lane; i < n; i += k_chains) {
        const F value = F::load_unaligned(x + i);
        least = xsimd::select(value < least, value, least);
        most = xsimd::select(value > most, value, most);
        const Widened<Arch> wide = widen(value);
        for (std::size_t half = 0; half < 2; ++half) {
          const D d = wide.half[half] - shift, d2 = d * d;
          sum[0][half] = sum[0][half] + d;
          sum[1][half] = sum[1][half] + d2;
          sum[2][half] = sum[2][half] + d2 * d;
          sum[3][half] = sum[3][half] + d2 * d2;
        }
      }
      for (int power = 0; power < 4; ++power)
        for (std::size_t half = 0; half < 2; ++half)
          sum[power][half].store_aligned(&sums[power][lane + half * D::size]);
      least.store_aligned(&low[lane]);
      most.store_aligned(&high[lane]);
    }
    out->origin = origin;
    for (int power = 0; power < 4; ++power) out->sum[power] = total(sums[power]);
    out->low = low[0];
    out->high = high[0];
    for (std::size_t i = 1; i < k_chains; ++i) {
      if (low[i] < out->low) out->low = low[i];
      if (high[i] > out->high) out->high = high[i];
    }
  }

  /// With M a power of two above the number of slots, the mantissa of t + M begins with the digits
  /// of t's integer part: a conversion without a conversion instruction.
  static void slots(const float* x, std::size_t n, const Bins& bins, std::uint64_t* out) {
    const D from(bins.from), to(bins.to), scale(bins.scale), one(1.0);
    const D most(static_cast<double>(bins.count) + 0.5),
        above(static_cast<double>(bins.count) + 1.5);
    std::uint64_t digits = 1;
    while ((std::uint64_t{1} << digits) < bins.count + 2) ++digits;
    const D magic(static_cast<double>(std::uint64_t{1} << digits));
    const L offset((1023 + digits) << digits);
    const int by = 52 - static_cast<int>(digits);
    for (std::size_t i = 0; i < n; i += F::size) {
      const Widened<Arch> wide = widen(F::load_unaligned(x + i));
      for (std::size_t half = 0; half < 2; ++half) {
        const D value = wide.half[half];
        D t = (value - from) * scale + one;
        t = xsimd::select(t > most, most, t);  // the last bin holds its upper end
        t = xsimd::select(value <= to, t, above);
        t = xsimd::select(value < from, D(0.5), t);
        const L bits = xsimd::bitwise_cast<std::uint64_t>(t + magic);
        ((bits >> by) - offset).store_unaligned(out + i + half * D::size);
      }
    }
  }

  static void activity(const float* h, std::size_t units, ActivityRange range, Activity* out,
                       std::uint8_t* alive) {
    const F zero(0.0F), one(1.0F), low(range.low), high(range.high);
    F zeros(0.0F), saturated(0.0F);
    for (std::size_t unit = 0; unit < units; ++unit, h += k_panel) {
      auto dead = zero == zero;
      for (std::size_t v = 0; v < k_panel; v += F::size) {
        const F value = F::load_aligned(h + v);
        const auto is_zero = value == zero;
        dead = dead & is_zero;
        zeros = zeros + xsimd::select(is_zero, one, zero);
        saturated = saturated + xsimd::select((value < low) | (value > high), one, zero);
      }
      if (!xsimd::all(dead)) alive[unit] = 1;
    }
    alignas(Arch::alignment()) float counts[2][F::size];
    zeros.store_aligned(counts[0]);
    saturated.store_aligned(counts[1]);
    for (std::size_t i = 0; i < F::size; ++i) {
      out->zeros += static_cast<std::uint64_t>(counts[0][i]);
      out->saturated += static_cast<std::uint64_t>(counts[1][i]);
    }
  }
};

}  // namespace initscope::simd
