// Seeds by trial: tensors that are too small for algebra, or that were rounded to 16 bits.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "audit_draws.hpp"
#include "initscope/seed.hpp"

using namespace initscope;
using test::drawn;
using test::Foreign;

namespace {

std::vector<float> rounded(std::vector<float> values, Precision precision) {
  for (float& value : values) value = rounded_to(precision, value);
  return values;
}

std::vector<std::uint32_t> search(SeedSearch search) {
  while (search.advance(700)) continue;
  return {search.found().begin(), search.found().end()};
}

}  // namespace

TEST_CASE("Small and rounded tensors give their seed at an offset that is known") {
  for (const Precision precision : {Precision::float32, Precision::float16, Precision::bfloat16})
    for (const LawDrawn& law : {LawDrawn::uniform(-0.1, 0.1), LawDrawn::normal(0, 0.02)})
      for (const std::uint64_t offset : {0U, 1U, 150U, 226U, 227U, 624U, 3360U}) {
        const std::uint32_t seed = 4242;
        const auto values = rounded(drawn({seed, offset}, law, 192), precision);
        INFO(static_cast<int>(precision) << " " << static_cast<int>(law.kind) << " " << offset);
        CHECK(search({law, precision, values, offset, 4000, 400}) == std::vector{seed});
        CHECK(search({law, precision, values, offset + 1, 4000, 400}).empty());
        CHECK(search({law, precision, values, offset, 4243, 400}).empty());
        CHECK(search({law, precision, values, offset, 4000, 242}).empty());
      }
}

TEST_CASE("The last seeds are tried, and none behind them") {
  const LawDrawn law = LawDrawn::uniform(-0.1, 0.1);
  for (const std::uint32_t seed : {0xFFFFFFFFU, 0xFFFFFFF0U}) {
    const auto values = drawn({seed, 0}, law, 48);
    SeedSearch all(law, Precision::float32, values, 0, 0xFFFFFF00U, 1U << 30);
    CHECK(all.advance(100));
    CHECK(all.tried() == 100);
    CHECK(all.advance(150));
    CHECK_FALSE(all.advance(1000));
    CHECK(all.tried() == 256);
    REQUIRE(all.found().size() == 1);
    CHECK(all.found().front() == seed);
    CHECK_FALSE(all.advance(1000));
  }
}

TEST_CASE("Normal tensors with a padding row, and those that end within a block, are found") {
  const LawDrawn law = LawDrawn::normal(0, 1);
  auto padded = rounded(drawn({11, 5}, law, 320), Precision::float16);
  std::fill_n(padded.begin(), 32, 0.0F);
  CHECK(search({law, Precision::float16, padded, 5, 0, 64}) == std::vector{11U});
  CHECK(search({law, Precision::float32, drawn({11, 5}, law, 100), 5, 0, 64}) == std::vector{11U});
}

TEST_CASE("What too few values would tell is not searched for") {
  const LawDrawn law = LawDrawn::uniform(-0.1, 0.1);
  const auto values = drawn({3, 0}, law, 64);
  const auto enough = [&](std::size_t count, Precision precision, std::uint64_t seeds) {
    return SeedSearch(law, precision,
                      rounded({values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count)},
                              precision),
                      0, 0, seeds)
        .enough();
  };
  CHECK(enough(3, Precision::float32, std::uint64_t{1} << 32));
  CHECK_FALSE(enough(2, Precision::float32, std::uint64_t{1} << 32));
  CHECK(enough(2, Precision::float32, 100));
  CHECK(enough(12, Precision::float16, std::uint64_t{1} << 32));
  CHECK_FALSE(enough(4, Precision::bfloat16, std::uint64_t{1} << 32));
  CHECK(enough(64, Precision::bfloat16, std::uint64_t{1} << 32));
  SeedSearch few(law, Precision::float32, std::span(values).first(1), 0, 0, 100000);
  CHECK_FALSE(few.advance(10));
  CHECK(few.found().empty());
}

TEST_CASE("Tensors that no seed draws, and hostile ones, are searched for in vain") {
  Foreign foreign(6);
  const LawDrawn law = LawDrawn::normal(0, 1);
  CHECK(search({law, Precision::bfloat16, rounded(foreign.normals(256, 1), Precision::bfloat16), 0,
                0, 20000})
            .empty());
  const auto good = drawn({1, 0}, law, 64);
  const std::vector<float> empty;
  for (const LawDrawn& bad :
       {LawDrawn::normal(0, 0), LawDrawn::normal(std::nan(""), 1), LawDrawn::normal(0, HUGE_VAL),
        LawDrawn::uniform(1, 1), LawDrawn::uniform(-3e38, 3e38)})
    CHECK_FALSE(SeedSearch(bad, Precision::float32, good, 0, 0, 10).enough());
  CHECK_FALSE(SeedSearch(law, Precision::float32, empty, 0, 0, 10).enough());
  CHECK_FALSE(SeedSearch(law, Precision::float32, std::span(good).first(15), 0, 0, 10).enough());
  for (const float value : {std::numeric_limits<float>::quiet_NaN(), HUGE_VALF}) {
    auto spoiled = good;
    spoiled[9] = value;
    CHECK_FALSE(SeedSearch(law, Precision::float32, spoiled, 0, 0, 10).enough());
  }
  for (const float level : {0.0F, 1.0F, 3e38F, 1e-45F})
    for (const Precision precision : {Precision::float32, Precision::float16, Precision::bfloat16})
      for (const LawDrawn& some : {law, LawDrawn::uniform(-0.5, 0.5)})
        CHECK(search({some, precision, std::vector<float>(64, level), 0, 0, 500}).empty());
  CHECK(search({law, Precision::float32, good, 0, 0, 0}).empty());
}
