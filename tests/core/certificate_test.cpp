// Certificates: what torch drew has them, and what looks like it has none.
#include "initscope/certificate.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "audit/angle.hpp"
#include "audit_draws.hpp"

using namespace initscope;
using test::drawn;
using test::Foreign;

namespace {

constexpr float k_nan = std::numeric_limits<float>::quiet_NaN();
constexpr float k_infinite = std::numeric_limits<float>::infinity();

UniformLattice::Verdict certify(std::span<const float> values, std::span<const double> bounds) {
  UniformLattice lattice(bounds);
  lattice.add(values);
  return lattice.verdict();
}

UniformLattice::Verdict certify(std::span<const float> values, double bound) {
  return certify(values, std::span(&bound, 1));
}

/// Bounds that libraries have at such fans: some are powers of two.
double bound_of(int i) {
  const double fans[] = {16, 40, 64, 128, 256, 300, 784, 1000};
  return std::sqrt((i % 3 == 0 ? 1.0 : i % 3 == 1 ? 6.0 : 3.0) / fans[i % 8]);
}

std::vector<float> uniform(int i, std::size_t count, double bound) {
  return drawn({static_cast<std::uint32_t>(i), static_cast<std::uint64_t>(i * 7)},
               LawDrawn::uniform(-bound, bound), count);
}

/// The same words, rounded twice: torch where a multiplication and an addition are not fused.
std::vector<float> twice_rounded(std::uint32_t seed, std::size_t count, float bound) {
  std::vector<float> values(count);
  TorchGenerator words(seed);
  for (float& value : values) {
    const float unit = static_cast<float>(words.random() & 0xFFFFFFU) * 0x1p-24F;
    const float product = unit * (2 * bound);
    value = product - bound;
  }
  return values;
}

/// JAX and TensorFlow: 23 bits.
std::vector<float> of_23_bits(Foreign& foreign, std::size_t count, float bound) {
  std::vector<float> values(count);
  for (float& value : values)
    value = static_cast<float>(foreign.bits(23)) * 0x1p-23F * (2 * bound) - bound;
  return values;
}

}  // namespace

TEST_CASE("Uniform tensors of torch are certified, with their bound among wrong ones") {
  for (int i = 0; i < 400; ++i) {
    const double bound = bound_of(i);
    const std::array bounds = {
        bound * 2, bound * std::sqrt(2), 1.0, bound * (1 + 2e-7), bound, bound / 2, 0.05};
    const auto values = uniform(i, 32 + static_cast<std::size_t>(i) * 3, bound);
    const auto verdict = certify(values, bounds);
    INFO(i);
    CHECK(verdict.certified);
    CHECK(static_cast<float>(verdict.bound) == static_cast<float>(bound));
    CHECK(verdict.fused);
    CHECK(verdict.count == values.size());
    CHECK_FALSE(verdict.constant);
  }
}

TEST_CASE("A verdict is the same whatever pieces a tensor comes in") {
  const double bound = 0.1;
  const auto values = uniform(3, 1000, bound);
  UniformLattice lattice(std::array{0.2, bound});
  for (std::size_t i = 0; i < values.size(); i += 7)
    lattice.add(std::span(values).subspan(i, std::min<std::size_t>(7, values.size() - i)));
  lattice.add({});
  CHECK(lattice.verdict().certified);
  CHECK(lattice.verdict().count == 1000);
}

TEST_CASE("No other uniform tensor is certified") {
  Foreign foreign(11);
  int certified = 0;
  for (int i = 0; i < 3000; ++i) {
    const double bound = bound_of(i);
    const float narrow = static_cast<float>(bound);
    const std::size_t count = 32 + static_cast<std::size_t>(foreign.bits(8));
    std::vector<float> values = uniform(i, count, bound);
    double tried = bound;
    switch (i % 8) {
      case 0:  // NumPy's doubles, rounded
        for (float& value : values) value = static_cast<float>(foreign.uniform(-bound, bound));
        break;
      case 1:
        values = foreign.normals(count, bound / 3);
        break;
      case 2:
        values = of_23_bits(foreign, count, narrow);
        break;
      case 3:  // one step of an optimizer
        for (float& value : values)
          value = static_cast<float>(static_cast<double>(value) * (1 + 1e-4 * foreign.normal()));
        break;
      case 4:
        tried = static_cast<double>(std::nextafter(narrow, 1.0F));
        break;
      case 5:
        tried = bound * std::sqrt(2);
        break;
      case 6:
        tried = bound * 2;
        break;
      default:  // one value in the tensor has changed
        values[values.size() / 2] = std::nextafter(values[values.size() / 2], 1.0F);
        // A neighbour may be another point near 0, where float32 is finer than the lattice is not.
        if (TorchLattice(narrow, true).word_of(values[values.size() / 2]) >= 0) continue;
    }
    certified += certify(values, tried).certified ? 1 : 0;
  }
  CHECK(certified == 0);
}

TEST_CASE("Two roundings are told from one") {
  int told = 0;
  for (std::uint32_t i = 0; i < 200; ++i) {
    const float bound = 0.0503F + 0.001F * static_cast<float>(i);
    const auto verdict = certify(twice_rounded(i, 64, bound), static_cast<double>(bound));
    CHECK(verdict.certified);
    told += verdict.fused ? 0 : 1;
  }
  CHECK(told == 200);
  CHECK(certify(twice_rounded(1, 64, 0.125F), 0.125).fused);  // a power of two: the same numbers
}

TEST_CASE("Both parities are demanded") {
  Foreign foreign(5);
  for (int i = 0; i < 100; ++i) {
    const float bound = i % 2 == 0 ? 0.125F : 0.5F;
    const auto values = of_23_bits(foreign, 500, bound);
    const TorchLattice lattice(bound, true);
    // All are on the lattice, so that it is their parity that refuses them.
    for (const float value : values) CHECK(lattice.word_of(value) % 2 == 0);
    CHECK_FALSE(certify(values, static_cast<double>(bound)).certified);
  }
  // Float16, of which nearly all k are even.
  std::vector<float> values = uniform(1, 4000, 1.0);
  for (float& value : values) value = rounded_to(Precision::float16, value);
  CHECK_FALSE(certify(values, 1.0).certified);
}

TEST_CASE("Constants and a few levels are no certificate") {
  const std::array bounds = {0.125, 0.1, 1.0};
  for (const float level : {0.0F, 1.0F, -0.125F, 0.05F}) {
    const std::vector<float> values(1000, level);
    const auto verdict = certify(values, bounds);
    CHECK_FALSE(verdict.certified);
    CHECK(verdict.constant);
  }
  // Levels on the lattice, of both parities.
  const auto levels = uniform(2, 8, 0.1);
  std::vector<float> values(1000);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = levels[i % levels.size()];
  CHECK_FALSE(certify(values, bounds).certified);
  CHECK_FALSE(certify(values, bounds).constant);
  // Values that are far within the bounds, as float16 upcast are where b is 1.
  std::vector<float> small = uniform(4, 400, 0.001);
  for (float& value : small) value = std::round(value * 0x1p23F) * 0x1p-23F;
  const TorchLattice lattice(1.0F, true);
  for (const float value : small) CHECK(lattice.word_of(value) >= 0);
  CHECK_FALSE(certify(small, 1.0).certified);
}

TEST_CASE("Hostile tensors and bounds get no certificate") {
  const auto values = uniform(1, 31, 0.1);
  CHECK_FALSE(certify(values, 0.1).certified);  // too few
  CHECK_FALSE(certify({}, 0.1).certified);
  CHECK_FALSE(certify({}, 0.1).constant);
  for (const float bad : {k_nan, k_infinite, -k_infinite, 3e38F}) {
    auto spoiled = uniform(1, 100, 0.1);
    spoiled[50] = bad;
    CHECK_FALSE(certify(spoiled, 0.1).certified);
    CHECK_FALSE(certify(std::vector<float>(100, bad), 0.1).certified);
  }
  CHECK_FALSE(certify(std::vector<float>(9, k_nan), 0.1).constant);
  const std::array bad_bounds = {0.0, -0.1, std::nan(""), HUGE_VAL, 1e39, 3e38, 1e-45, 1e-300};
  const auto good = uniform(1, 100, 0.1);
  CHECK_FALSE(certify(good, bad_bounds).certified);
  CHECK_FALSE(certify(good, std::span<const double>()).certified);
  // The widest and the narrowest that there are.
  for (const double bound : {1.5e38, 0x1p-126, 1.3 * 0x1p-126})
    CHECK(certify(uniform(7, 200, bound), bound).certified);
}

TEST_CASE("Angles are those of the C library") {
  Foreign foreign(3);
  double worst = 0;
  for (int i = 0; i < 100000; ++i) {
    const double x = foreign.normal() * std::exp(8 * foreign.normal()), y = foreign.normal();
    const double exact = std::atan2(y, x) / 6.283185307179586;
    double off = std::abs(turns_of(y, x) - (exact < 0 ? exact + 1 : exact));
    off = std::min(off, 1 - off);
    worst = std::max(worst, off);
  }
  CHECK(worst < 1e-15);
  CHECK(turns_of(0, 1) == 0);
  CHECK(turns_of(1, 0) == 0.25);
  CHECK(turns_of(0, -1) == 0.5);
  CHECK(turns_of(-1, 0) == 0.75);
  CHECK(turns_of(-1e-30, 1) < 1);
}
