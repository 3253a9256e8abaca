// The stream and its transforms on vectors. Bits are made first, a tile at a time, then changed in
// place: fusing both keeps too many registers alive in WebAssembly (1.67 against 2.36 ns a normal
// in Chromium 156). Two lane groups advance together, because one chain of xoshiro128++ is bound
// by its latency (24 to 28 % in Chromium).
#pragma once

#include <cstring>
#include <xsimd/xsimd.hpp>

#include "simd/kernels.hpp"
#include "simd/math.hpp"

namespace initscope::simd {

template <class Arch>
struct Random {
  using M = Math<Arch>;
  using F = typename M::F;
  using I = typename M::I;
  using U = xsimd::batch<std::uint32_t, Arch>;
  static constexpr std::uint32_t k_width = U::size;
  static constexpr std::uint32_t k_tile_rows = 32;  // rows of 32 words: a tile of 4 kB
  static_assert(k_lanes % (2 * k_width) == 0);

  /// States of the 32 lanes, word by word.
  using State = std::uint32_t[4][k_lanes];

  static void seed(const Stream& stream, std::uint64_t chunk, State& state) noexcept {
    alignas(Arch::alignment()) std::uint32_t lanes[k_width];
    for (std::uint32_t lane = 0; lane < k_lanes; lane += k_width) {
      for (std::uint32_t i = 0; i < k_width; ++i) lanes[i] = lane + i;
      U x[4] = {U(static_cast<std::uint32_t>(chunk)), U(static_cast<std::uint32_t>(chunk >> 32)),
                U::load_aligned(lanes), U(static_cast<std::uint32_t>(k_stream_version))};
      threefry4x32_20(stream.key, x);
      for (int word = 0; word < 4; ++word) x[word].store_aligned(&state[word][lane]);
    }
  }

  struct Chain {
    U s0, s1, s2, s3;

    Chain(const State& state, std::uint32_t lane) noexcept
        : s0(U::load_aligned(&state[0][lane])),
          s1(U::load_aligned(&state[1][lane])),
          s2(U::load_aligned(&state[2][lane])),
          s3(U::load_aligned(&state[3][lane])) {}

    void save(State& state, std::uint32_t lane) const noexcept {
      s0.store_aligned(&state[0][lane]);
      s1.store_aligned(&state[1][lane]);
      s2.store_aligned(&state[2][lane]);
      s3.store_aligned(&state[3][lane]);
    }

    static U rotate(U v, int by) noexcept { return (v << by) | (v >> (32 - by)); }

    U next() noexcept {
      const U result = rotate(s0 + s3, 7) + s0;
      const U shifted = s1 << 9;
      s2 = s2 ^ s0;
      s3 = s3 ^ s1;
      s1 = s1 ^ s2;
      s0 = s0 ^ s3;
      s2 = s2 ^ shifted;
      s3 = rotate(s3, 11);
      return result;
    }
  };

  /// `rows` rows of 32 words; `Word` is uint32_t or, holding the same bits, float.
  template <class Word>
  static void rows_of_words(State& state, std::uint32_t rows, Word* out) noexcept {
    for (std::uint32_t lane = 0; lane < k_lanes; lane += 2 * k_width) {
      Chain first(state, lane), second(state, lane + k_width);
      for (std::uint32_t row = 0; row < rows; ++row) {
        Word* to = out + row * k_lanes + lane;
        xsimd::bitwise_cast<Word>(first.next()).store_unaligned(to);
        xsimd::bitwise_cast<Word>(second.next()).store_unaligned(to + k_width);
      }
      first.save(state, lane);
      second.save(state, lane + k_width);
    }
  }

  static I load_bits(const float* from) noexcept { return M::as_int(F::load_unaligned(from)); }

  /// An odd multiple of 2^-24 in (-1, 1), symmetric about 0, exact.
  static F centered(I word) noexcept {
    return xsimd::to_float((word >> 7) | I(1)) * F(1.0F / 16777216.0F);
  }

  template <bool kClip>
  static void to_uniform(const UniformParameters& p, float* values, std::uint32_t rows) noexcept {
    const F center(p.center), half(p.half), lowest(p.lowest), highest(p.highest);
    for (std::uint32_t i = 0; i < rows * k_lanes; i += k_width) {
      F x = center + half * centered(load_bits(values + i));
      if constexpr (kClip) x = M::at_most(M::at_least(x, lowest), highest);
      x.store_unaligned(values + i);
    }
  }

  /// Rows come in pairs: word r of the even row gives the radius and a sign, the odd row's the
  /// angle on a half circle.
  static void to_normal(const NormalParameters& p, float* values, std::uint32_t rows) noexcept {
    const F mean(p.mean), std(p.std);
    for (std::uint32_t row = 0; row < rows; row += 2) {
      float* even = values + row * k_lanes;
      float* odd = even + k_lanes;
      for (std::uint32_t lane = 0; lane < k_lanes; lane += k_width) {
        const I word = load_bits(even + lane);
        // u = k / 2^31, k odd in [1, 2^31): kept negative, where conversion is one instruction.
        const F minus_u =
            xsimd::to_float(word | I(static_cast<std::int32_t>(0x80000001u))) * F(0x1p-31F);
        const F radius = xsimd::sqrt(F(-2.0F) * M::log(-minus_u));
        const I sign = (word << 30) & I(static_cast<std::int32_t>(0x80000000u));
        const F angle = centered(load_bits(odd + lane)) * F(1.57079633F);
        const F x = M::with_sign(radius * M::cos_core(angle), sign),
                y = radius * M::sin_core(angle);
        (mean + std * x).store_unaligned(even + lane);
        (mean + std * y).store_unaligned(odd + lane);
      }
    }
  }

  static F polynomial(F v, const float (&c)[9]) noexcept {
    const F v2 = v * v, v4 = v2 * v2;
    const F p01 = F(c[0]) + v * F(c[1]), p23 = F(c[2]) + v * F(c[3]);
    const F p45 = F(c[4]) + v * F(c[5]), p67 = F(c[6]) + v * F(c[7]);
    return (p01 + v2 * p23) + v4 * ((p45 + v2 * p67) + v4 * F(c[8]));
  }

  /// sqrt(2) erfinv(x) for |x| < 1 (Giles, "Approximating the erfinv function", 2011, single
  /// precision); relative error 4e-7. The tail's polynomial runs only where a lane needs it.
  static F quantile(F x) noexcept {
    constexpr float k_centre[] = {1.50140941F,     0.246640727F,    -0.00417768164F,
                                  -0.00125372503F, 0.00021858087F,  -4.39150654e-06F,
                                  -3.5233877e-06F, 3.43273939e-07F, 2.81022636e-08F};
    constexpr float k_tail[] = {2.83297682F,    1.00167406F,     0.00943887047F,
                                -0.0076224613F, 0.00573950773F,  -0.00367342844F,
                                0.00134934322F, 0.000100950558F, -0.000200214257F};
    const F w = -M::log((F(1.0F) - x) * (F(1.0F) + x));
    F p = polynomial(w - F(2.5F), k_centre);
    const auto tail = w > F(5.0F);
    if (xsimd::any(tail)) p = xsimd::select(tail, polynomial(xsimd::sqrt(w) - F(3.0F), k_tail), p);
    return F(1.41421356F) * (x * p);
  }

  static void to_truncated(const TruncatedParameters& p, float* values,
                           std::uint32_t rows) noexcept {
    const F center(p.center), half(p.half), mean(p.mean), std(p.std);
    const F lowest(p.lowest), highest(p.highest), inside(1.0F - 0x1p-24F);
    for (std::uint32_t i = 0; i < rows * k_lanes; i += k_width) {
      const F x = center + half * centered(load_bits(values + i));
      const F z = quantile(M::at_most(M::at_least(x, -inside), inside));
      M::at_most(M::at_least(mean + std * z, lowest), highest).store_unaligned(values + i);
    }
  }

  /// The first `count` values of a chunk: whole rows go straight to `out`, the rest through a tile.
  template <class Word, class Transform>
  static void chunk(const Stream& stream, std::uint64_t index, std::uint32_t count, Word* out,
                    Transform transform) noexcept {
    alignas(Arch::alignment()) State state;
    alignas(Arch::alignment()) Word tile[k_tile_rows * k_lanes];
    seed(stream, index, state);
    constexpr std::uint32_t k_tile = k_tile_rows * k_lanes;
    for (std::uint32_t done = 0; done < count; done += k_tile) {
      const std::uint32_t left = count - done;
      Word* to = left >= k_tile ? out + done : tile;
      // An even number of rows, since Box and Muller's method takes two at a time.
      const std::uint32_t rows =
          left >= k_tile ? k_tile_rows : 2 * ((left + 2 * k_lanes - 1) / (2 * k_lanes));
      rows_of_words(state, rows, to);
      transform(to, rows);
      if (to == tile) std::memcpy(out + done, tile, left * sizeof(Word));
    }
  }

  static void words(const Stream& stream, std::uint64_t index, std::uint32_t count,
                    std::uint32_t* out) {
    chunk(stream, index, count, out, [](std::uint32_t*, std::uint32_t) {});
  }
  static void uniform(const Stream& stream, std::uint64_t index, std::uint32_t count,
                      UniformParameters p, float* out) {
    if (p.center == 0)
      chunk(stream, index, count, out,
            [&p](float* values, std::uint32_t rows) { to_uniform<false>(p, values, rows); });
    else
      chunk(stream, index, count, out,
            [&p](float* values, std::uint32_t rows) { to_uniform<true>(p, values, rows); });
  }
  static void normal(const Stream& stream, std::uint64_t index, std::uint32_t count,
                     NormalParameters p, float* out) {
    chunk(stream, index, count, out,
          [&p](float* values, std::uint32_t rows) { to_normal(p, values, rows); });
  }
  static void truncated(const Stream& stream, std::uint64_t index, std::uint32_t count,
                        TruncatedParameters p, float* out) {
    chunk(stream, index, count, out,
          [&p](float* values, std::uint32_t rows) { to_truncated(p, values, rows); });
  }
};

}  // namespace initscope::simd
