// The transforms from words to numbers against double, over all inputs where that is possible. The
// kernels' own functions are tested, on the instruction set that every machine of a kind has: the
// golden hashes say that all sets give the same bits.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <numbers>

#include "initscope/sampling.hpp"
#include "initscope/special.hpp"
#include "simd/random.hpp"

using namespace initscope;

namespace {

#if defined(__EMSCRIPTEN__)
using Arch = xsimd::wasm;
#elif defined(__aarch64__)
using Arch = xsimd::neon64;
#else
using Arch = xsimd::sse2;
#endif
using Random = simd::Random<Arch>;
using F = Random::F;
using U = Random::U;
constexpr std::uint32_t k_inputs = 1u << 24;

/// Calls f(i, transform(words)) for i = 0 .. 2^24 - 1 and the words i << 8 | low.
template <class Transform, class Check>
void for_all_inputs(std::uint32_t low, Transform transform, Check check) {
  alignas(64) std::uint32_t words[U::size];
  alignas(64) float values[F::size];
  for (std::uint32_t i = 0; i < k_inputs; i += U::size) {
    for (std::uint32_t j = 0; j < U::size; ++j) words[j] = (i + j) << 8 | low;
    transform(U::load_aligned(words)).store_aligned(values);
    for (std::uint32_t j = 0; j < U::size; ++j) check(i + j, static_cast<double>(values[j]));
  }
}

/// The uniform number in (-1, 1) that a word stands for.
double centered(std::uint32_t i) {
  return static_cast<double>(2 * static_cast<std::int64_t>(static_cast<std::int32_t>(i << 8) >> 8) +
                             1) *
         0x1p-24;
}

double ulp(double x) {
  const auto magnitude = std::abs(static_cast<float>(x));
  return static_cast<double>(std::nextafter(magnitude, 3e38F)) - static_cast<double>(magnitude);
}

}  // namespace

TEST_CASE("Every word is its odd multiple of 2^-24 exactly: never 0, never 1, symmetric") {
  std::uint64_t wrong = 0;
  for (const std::uint32_t low : {0u, 0x7Fu, 0x80u, 0xFFu})
    for_all_inputs(low, Random::centered,
                   [&](std::uint32_t i, double x) { wrong += x != centered(i) * 0x1p31; });
  CHECK(wrong == 0);
  double sum = 0;
  for (std::uint32_t i = 0; i < k_inputs; ++i) sum += centered(i);
  CHECK(sum == 0);
  CHECK(std::abs(centered(0x7FFFFF)) < 1);
  CHECK(std::abs(centered(0x800000)) < 1);
}

TEST_CASE("Uniform numbers: error below one unit in the last place of the larger bound") {
  for (const auto& [a, b] : {std::pair(0.0F, 1.0F), std::pair(-1.0F, 1.0F), std::pair(3.0F, 5.0F),
                             std::pair(-0.1F, 0.7F), std::pair(1e6F, 1e6F + 1)}) {
    std::vector<std::uint32_t> words(std::size_t{1} << 22);
    std::vector<float> values(words.size());
    const Stream stream(1, {});
    fill_words(stream, words);
    fill_uniform(stream, a, b, values);
    const double center = (static_cast<double>(a) + static_cast<double>(b)) / 2;
    const double half = (static_cast<double>(b) - static_cast<double>(a)) / 2;
    const double unit =
        ulp(std::max(std::abs(static_cast<double>(a)), std::abs(static_cast<double>(b))));
    double worst = 0;
    for (std::size_t i = 0; i < words.size(); ++i)
      worst = std::max(worst, std::abs(static_cast<double>(values[i]) -
                                       (center + half * centered(words[i] >> 8))));
    CAPTURE(a, b, worst / unit);
    CHECK(worst <= unit);
  }
}

TEST_CASE("Box and Muller's angle: sine and cosine over all 2^24 inputs") {
  const auto angle = [](U word) {
    return Random::centered(word) * F(1.57079633F * Random::k_unit);
  };
  const auto error = [&](auto of_vector, auto of_double) {
    double worst = 0;
    for_all_inputs(
        0, [&](U word) { return of_vector(angle(word)); },
        [&](std::uint32_t i, double x) {
          const double exact = of_double(centered(i) * std::numbers::pi / 2);
          // Near a zero the angle's own rounding is what remains; the scale there is that of 2^-2.
          worst = std::max(worst, std::abs(x - exact) / ulp(std::max(std::abs(exact), 0.25)));
        });
    return worst;
  };
  const double sine = error(Random::M::sin_core, [](double x) { return std::sin(x); });
  const double cosine = error(Random::M::cos_core, [](double x) { return std::cos(x); });
  CAPTURE(sine, cosine);
  CHECK(sine < 3);
  CHECK(cosine < 6);
}

TEST_CASE("Box and Muller's radius over 2^24 inputs, the ends among them") {
  // Bits 8 to 31 of the word run; bit 1 is the sign and bit 0 is set. k = 1 is the longest radius.
  double worst = 0, longest = 0, shortest = 1;
  const auto radius = [](U word) {
    alignas(64) float tile[2 * k_lanes] = {};
    Random::signed_unit(word).store_aligned(tile);
    for (std::size_t i = F::size; i < 2 * k_lanes; ++i) tile[i] = 1;
    Random::to_radius(tile, 2);
    return F::load_aligned(tile);
  };
  for (const std::uint32_t low : {0x00u, 0xFFu})
    for_all_inputs(low, radius, [&](std::uint32_t i, double x) {
      const std::uint32_t word = i << 8 | low;
      const auto k = static_cast<float>(0x80000000u - ((word | 1u) & 0x7FFFFFFFu));
      const double exact = std::sqrt(-2 * std::log(static_cast<double>(k) * 0x1p-31));
      worst = std::max(worst, std::abs(std::abs(x) - exact) / ulp(std::max(exact, 0.25)));
      longest = std::max(longest, std::abs(x));
      shortest = std::min(shortest, std::abs(x));
      // The sign of a radius of 0 says nothing.
      REQUIRE((x == 0 || (x < 0) == ((word >> 1 & 1) != 0)));
    });
  CAPTURE(worst, longest, shortest);
  CHECK(worst < 2.5);
  CHECK(longest < 6.56);
  CHECK(longest > 6.55);
  CHECK(shortest >= 0);
}

TEST_CASE("The inverse normal distribution over all 2^24 inputs") {
  double worst = 0;
  double before = -10;
  bool monotone = true;
  const simd::TruncatedParameters whole{0, 1, 0, 1, -10, 10};
  const auto quantile = [&](U word) {
    alignas(64) float x[k_lanes], w[k_lanes], z[k_lanes];
    std::fill(x, x + k_lanes, 0.0F);
    const F inside(1.0F - 0x1p-24F);
    (Random::M::at_most(Random::M::at_least(Random::centered(word) * F(Random::k_unit), -inside),
                        inside))
        .store_aligned(x);
    Random::to_depth(x, w, 1);
    Random::to_truncated(whole, x, w, z, 1);
    return F::load_aligned(z);
  };
  // In ascending order of the uniform number, so that monotonicity shows: words from 0x80000000 on.
  for_all_inputs(
      0, [&](U word) { return quantile(word ^ U(0x80000000u)); },
      [&](std::uint32_t i, double z) {
        const double p = 0.5 + 0.5 * std::clamp(centered(i ^ 0x800000u), -1 + 0x1p-24, 1 - 0x1p-24);
        const double exact = normal_quantile(p);
        worst = std::max(worst, std::abs(z - exact) / ulp(std::max(std::abs(exact), 0.25)));
        monotone = monotone && z >= before - 4e-7 * std::abs(z);
        before = z;
      });
  CAPTURE(worst);
  CHECK(worst < 8);
  CHECK(monotone);
}
