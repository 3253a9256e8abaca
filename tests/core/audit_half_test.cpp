// 16-bit numbers, all of them, against their definition.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "audit/half.hpp"
#include "audits.hpp"

using namespace initscope;

namespace {

/// sign (-1)^s, exponent field e, fraction f of IEEE 754: (1 + f) 2^(e - bias), f 2^(1 - bias) at
/// e = 0.
double by_definition(unsigned bits, int fraction_bits, int bias) {
  const unsigned fraction = bits & ((1u << fraction_bits) - 1);
  const unsigned exponents = 0x7FFFu >> fraction_bits;
  const unsigned exponent = bits >> fraction_bits & exponents;
  const double sign = (bits & 0x8000u) != 0 ? -1 : 1;
  if (exponent == exponents)
    return fraction == 0 ? sign * std::numeric_limits<double>::infinity() : std::nan("");
  const double part = std::ldexp(static_cast<double>(fraction), -fraction_bits);
  if (exponent == 0) return sign * std::ldexp(part, 1 - bias);
  return sign * std::ldexp(1 + part, static_cast<int>(exponent) - bias);
}

bool same(double a, double b) {
  return std::isnan(a) ? std::isnan(b) : a == b && std::signbit(a) == std::signbit(b);
}

}  // namespace

TEST_CASE("Each of 65536 binary16 and bfloat16 numbers is what IEEE 754 says") {
  int wrong_f16 = 0, wrong_bf16 = 0, confused = 0;
  for (unsigned i = 0; i < 65536; ++i) {
    const auto bits = static_cast<std::uint16_t>(i);
    const auto f16 = static_cast<double>(from_f16(bits));
    const auto bf16 = static_cast<double>(from_bf16(bits));
    wrong_f16 += same(f16, by_definition(i, 10, 15)) ? 0 : 1;
    wrong_bf16 += same(bf16, by_definition(i, 7, 127)) ? 0 : 1;
    confused += same(f16, by_definition(i, 7, 127)) ? 1 : 0;
  }
  CHECK(wrong_f16 == 0);
  CHECK(wrong_bf16 == 0);
  CHECK(confused < 2000);  // zeros and NaN: the formula does tell the types apart
}

TEST_CASE("Stored numbers are read at any alignment, and come back from every type") {
  const test::Floats values = {0.0F, -0.0F, 1.0F, -1.5F, 0x1p-24F, 65504.0F, -0x1p-14F};
  for (const StoredType type :
       {StoredType::f32, StoredType::f16, StoredType::bf16, StoredType::f64}) {
    const std::vector<std::byte> bytes = test::stored(values, type);
    std::vector<std::byte> moved(bytes.size() + 1);
    std::copy(bytes.begin(), bytes.end(), moved.begin() + 1);
    test::Floats out(values.size());
    decode(type, moved.data() + 1, out);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const bool rounded = type == StoredType::bf16 && values[i] == 65504.0F;
      CAPTURE(static_cast<int>(type), i);
      CHECK(same(static_cast<double>(out[i]), static_cast<double>(rounded ? 65536.0F : values[i])));
    }
  }
}

TEST_CASE("A binary64 number beyond float32 becomes the largest, an infinity remains one") {
  const double wide[] = {1e60, -1e60, std::numeric_limits<double>::infinity(), 1e-60, 0.1};
  float out[5];
  decode(StoredType::f64, reinterpret_cast<const std::byte*>(wide), out);
  CHECK(out[0] == std::numeric_limits<float>::max());
  CHECK(out[1] == -std::numeric_limits<float>::max());
  CHECK(std::isinf(out[2]));
  CHECK(out[3] == 0);
  CHECK(out[4] == 0.1F);
}
