// The stream and its transforms on vectors, a tile of 4 kB at a time that stays in the L1 cache.
//
// A sampler is a chain of short loops over the tile, not one long loop: the chains of dependent
// operations in a logarithm or a polynomial are deeper than a core looks ahead, so a loop of one
// link overlaps its iterations where a loop of all does not (a truncated normal went from 2.1 to
// 1.26 ns with AVX2; docs/benchmarks.md has more). In WebAssembly the short loops also keep their
// registers.
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
  static constexpr std::uint32_t k_tile_rows = 32;  // rows of 32 words
  static constexpr std::uint32_t k_tile = k_tile_rows * k_lanes;
  static_assert(k_lanes % (2 * k_width) == 0);

  /// States of the 32 lanes, word by word.
  using State = std::uint32_t[4][k_lanes];
  struct Tile {
    alignas(Arch::alignment()) float values[k_tile];
  };

  /// Two vectors side by side, for seeding: one chain of dependent operations leaves a core
  /// waiting, two hide each other's latency and take half the time.
  struct Pair {
    U first, second;

    explicit Pair(std::uint32_t value) noexcept : first(value), second(value) {}
    Pair(U a, U b) noexcept : first(a), second(b) {}
    static Pair load(const std::uint32_t* from) noexcept {
      return {U::load_aligned(from), U::load_aligned(from + k_width)};
    }
    void store(std::uint32_t* to) const noexcept {
      first.store_aligned(to);
      second.store_aligned(to + k_width);
    }
    friend Pair operator+(Pair a, Pair b) noexcept {
      return {a.first + b.first, a.second + b.second};
    }
    friend Pair operator^(Pair a, Pair b) noexcept {
      return {a.first ^ b.first, a.second ^ b.second};
    }
    friend Pair operator|(Pair a, Pair b) noexcept {
      return {a.first | b.first, a.second | b.second};
    }
    friend Pair operator<<(Pair a, int by) noexcept { return {a.first << by, a.second << by}; }
    friend Pair operator>>(Pair a, int by) noexcept { return {a.first >> by, a.second >> by}; }
  };

  static void seed(const Stream& stream, std::uint64_t chunk, State& state) noexcept {
    alignas(64) static constexpr std::uint32_t k_numbers[k_lanes] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
        16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31};
    for (std::uint32_t lane = 0; lane < k_lanes; lane += 2 * k_width) {
      Pair x[4] = {Pair(static_cast<std::uint32_t>(chunk)),
                   Pair(static_cast<std::uint32_t>(chunk >> 32)), Pair::load(k_numbers + lane),
                   Pair(static_cast<std::uint32_t>(k_stream_version))};
      threefry4x32_20(stream.key, x);
      for (int word = 0; word < 4; ++word) x[word].store(&state[word][lane]);
    }
  }

  /// xoshiro128++ in as many lanes as a vector has.
  struct Chain {
    U s0, s1, s2, s3;

    void load(const State& state, std::uint32_t lane) noexcept {
      s0 = U::load_aligned(&state[0][lane]);
      s1 = U::load_aligned(&state[1][lane]);
      s2 = U::load_aligned(&state[2][lane]);
      s3 = U::load_aligned(&state[3][lane]);
    }
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

  // Chains that advance together: one is bound by its latency. With AVX2 one takes 0.32 ns a
  // uniform number, two 0.23, four, though their states spill, 0.21. Chromium spills worse: two
  // take 0.53, four 0.81.
  static constexpr std::uint32_t k_together = k_width == 8 ? 4 : 2;
  static_assert(k_lanes % (k_together * k_width) == 0);

  /// Writes `rows` rows of 32 words, an even number: `even` and `odd` make of a vector of words
  /// what is stored in the rows of either parity. Two rows a turn, also where both are alike: one
  /// alone takes 0.69 ns a uniform number in Chromium, two 0.54.
  template <class Value, class Even, class Odd>
  static void generate(State& state, std::uint32_t rows, Value* out, Even even, Odd odd) noexcept {
    for (std::uint32_t lane = 0; lane < k_lanes; lane += k_together * k_width) {
      Chain chains[k_together];
      for (std::uint32_t i = 0; i < k_together; ++i) chains[i].load(state, lane + i * k_width);
      Value* to = out + lane;
      for (std::uint32_t row = 0; row < rows; row += 2, to += 2 * k_lanes) {
        for (std::uint32_t i = 0; i < k_together; ++i)
          even(chains[i].next()).store_unaligned(to + i * k_width);
        for (std::uint32_t i = 0; i < k_together; ++i)
          odd(chains[i].next()).store_unaligned(to + k_lanes + i * k_width);
      }
      for (std::uint32_t i = 0; i < k_together; ++i) chains[i].save(state, lane + i * k_width);
    }
  }

  template <class Value, class Map>
  static void generate(State& state, std::uint32_t rows, Value* out, Map map) noexcept {
    generate(state, rows, out, map, map);
  }

  static I bits(U word) noexcept { return xsimd::bitwise_cast<std::int32_t>(word); }

  /// An odd multiple of 2^7 in (-2^31, 2^31), symmetric about 0, exact: 2^31 times the uniform
  /// number in (-1, 1) that the word stands for.
  static F centered(U word) noexcept { return xsimd::to_float((bits(word) & I(-256)) | I(128)); }
  static constexpr float k_unit = 0x1p-31F;

  /// u = k / 2^31, k odd in [1, 2^31), with bit 1 of the word as its sign. The conversion is of a
  /// negative integer, where it is one instruction.
  static F signed_unit(U word) noexcept {
    const I w = bits(word);
    const F minus_u = xsimd::to_float(w | I(static_cast<std::int32_t>(0x80000001u))) * F(k_unit);
    return M::with_sign(minus_u, (~w << 30) & I(static_cast<std::int32_t>(0x80000000u)));
  }

  /// u becomes the radius sqrt(-2 ln |u|), and keeps its sign.
  static void to_radius(float* values, std::uint32_t rows) noexcept {
    for (std::uint32_t row = 0; row < rows; row += 2)
      for (std::uint32_t lane = 0; lane < k_lanes; lane += k_width) {
        float* at = values + row * k_lanes + lane;
        const F u = F::load_aligned(at);
        const F radius = exact_sqrt(F(-2.0F) * M::log(M::magnitude(u)));
        M::with_sign(radius, M::sign_bit(u)).store_aligned(at);
      }
  }

  /// Radii in the even rows, angles on a half circle in the odd ones.
  static void to_normal(const NormalParameters& p, const float* values, float* out,
                        std::uint32_t rows) noexcept {
    const F mean(p.mean), std(p.std);
    for (std::uint32_t row = 0; row < rows; row += 2)
      for (std::uint32_t lane = 0; lane < k_lanes; lane += k_width) {
        const std::uint32_t i = row * k_lanes + lane;
        const F radius = F::load_aligned(values + i), angle = F::load_aligned(values + i + k_lanes);
        (mean + std * (radius * M::cos_core(angle))).store_unaligned(out + i);
        (mean + std * (M::magnitude(radius) * M::sin_core(angle)))
            .store_unaligned(out + i + k_lanes);
      }
  }

  static F polynomial(F v, const float (&c)[9]) noexcept {
    const F v2 = v * v, v4 = v2 * v2;
    const F p01 = F(c[0]) + v * F(c[1]), p23 = F(c[2]) + v * F(c[3]);
    const F p45 = F(c[4]) + v * F(c[5]), p67 = F(c[6]) + v * F(c[7]);
    return (p01 + v2 * p23) + v4 * ((p45 + v2 * p67) + v4 * F(c[8]));
  }

  /// -ln(1 - x^2) for |x| < 1.
  static void to_depth(const float* x_values, float* out, std::uint32_t rows) noexcept {
    for (std::uint32_t i = 0; i < rows * k_lanes; i += k_width) {
      const F x = F::load_aligned(x_values + i);
      (-M::log((F(1.0F) - x) * (F(1.0F) + x))).store_aligned(out + i);
    }
  }

  /// mean + std sqrt(2) erfinv(x), w = -ln(1 - x^2) (Giles, "Approximating the erfinv function",
  /// 2011, single precision); relative error of the inverse 4e-7. The tail's polynomial runs only
  /// where a lane needs it.
  static void to_truncated(const TruncatedParameters& p, const float* x_values,
                           const float* w_values, float* out, std::uint32_t rows) noexcept {
    constexpr float k_centre[] = {1.50140941F,     0.246640727F,    -0.00417768164F,
                                  -0.00125372503F, 0.00021858087F,  -4.39150654e-06F,
                                  -3.5233877e-06F, 3.43273939e-07F, 2.81022636e-08F};
    constexpr float k_tail[] = {2.83297682F,    1.00167406F,     0.00943887047F,
                                -0.0076224613F, 0.00573950773F,  -0.00367342844F,
                                0.00134934322F, 0.000100950558F, -0.000200214257F};
    const F mean(p.mean), std(p.std), lowest(p.lowest), highest(p.highest);
    for (std::uint32_t i = 0; i < rows * k_lanes; i += k_width) {
      const F w = F::load_aligned(w_values + i);
      F erfinv = polynomial(w - F(2.5F), k_centre);
      const auto tail = w > F(5.0F);
      if (xsimd::any(tail))
        erfinv = xsimd::select(tail, polynomial(exact_sqrt(w) - F(3.0F), k_tail), erfinv);
      const F z = F(1.41421356F) * (F::load_aligned(x_values + i) * erfinv);
      M::at_most(M::at_least(mean + std * z, lowest), highest).store_unaligned(out + i);
    }
  }

  /// The first `count` values of a chunk: `fill(state, rows, to)` writes the next rows. The last
  /// ones go through a buffer.
  template <class Value, class Fill>
  static void chunk(const Stream& stream, std::uint64_t index, std::uint32_t count, Value* out,
                    Fill fill) noexcept {
    alignas(Arch::alignment()) State state;
    seed(stream, index, state);
    std::uint32_t done = 0;
    for (; count - done >= k_tile; done += k_tile) fill(state, k_tile_rows, out + done);
    if (const std::uint32_t left = count - done; left > 0) {
      Value buffer[k_tile];
      // An even number of rows, since Box and Muller's method takes two at a time.
      fill(state, 2 * ((left + 2 * k_lanes - 1) / (2 * k_lanes)), buffer);
      std::memcpy(out + done, buffer, left * sizeof(Value));
    }
  }

  static void words(const Stream& stream, std::uint64_t index, std::uint32_t count,
                    std::uint32_t* out) {
    chunk(stream, index, count, out, [](State& state, std::uint32_t rows, std::uint32_t* to) {
      generate(state, rows, to, [](U word) { return word; });
    });
  }
  static void uniform(const Stream& stream, std::uint64_t index, std::uint32_t count,
                      UniformParameters p, float* out) {
    const F center(p.center), half(p.half), lowest(p.lowest), highest(p.highest);
    const F scale(p.half * k_unit);
    // Scaling by k_unit first is exact unless it ends below the normal numbers.
    if (p.center == 0 && p.half * k_unit >= std::numeric_limits<float>::min())
      chunk(stream, index, count, out, [=](State& state, std::uint32_t rows, float* to) {
        generate(state, rows, to, [=](U word) { return scale * centered(word); });
      });
    else
      chunk(stream, index, count, out, [=](State& state, std::uint32_t rows, float* to) {
        generate(state, rows, to, [=](U word) {
          const F x = center + half * (centered(word) * F(k_unit));
          return M::at_most(M::at_least(x, lowest), highest);
        });
      });
  }
  static void normal(const Stream& stream, std::uint64_t index, std::uint32_t count,
                     NormalParameters p, float* out) {
    chunk(stream, index, count, out, [&p](State& state, std::uint32_t rows, float* to) {
      constexpr float k_half_pi = 1.57079633F;
      Tile tile;
      generate(state, rows, tile.values, signed_unit,
               [](U word) { return centered(word) * F(k_half_pi * k_unit); });
      to_radius(tile.values, rows);
      to_normal(p, tile.values, to, rows);
    });
  }
  static void truncated(const Stream& stream, std::uint64_t index, std::uint32_t count,
                        TruncatedParameters p, float* out) {
    chunk(stream, index, count, out, [&p](State& state, std::uint32_t rows, float* to) {
      const F center(p.center), half(p.half * k_unit), inside(1.0F - 0x1p-24F);
      Tile x, w;
      generate(state, rows, x.values, [=](U word) {
        return M::at_most(M::at_least(center + half * centered(word), -inside), inside);
      });
      to_depth(x.values, w.values, rows);
      to_truncated(p, x.values, w.values, to, rows);
    });
  }
};

}  // namespace initscope::simd
