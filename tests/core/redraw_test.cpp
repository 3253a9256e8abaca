// A tensor drawn again in pieces, at any place of the stream, is the one that torch drew.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <utility>

#include "audit_draws.hpp"
#include "initscope/seed.hpp"

using namespace initscope;
using test::drawn;

TEST_CASE("A stream is at the same word as one that is drawn word by word") {
  TorchStream stream(123);
  TorchGenerator words(123);
  std::uint64_t at = 0;
  // Forwards by the first, then back and beyond what was kept.
  for (const std::uint64_t place :
       {0U, 1U, 226U, 227U, 623U, 624U, 625U, 65535U, 65536U, 200001U}) {
    for (; at < place; ++at) words.random();
    TorchGenerator here = stream.at(place), expected = words;
    for (int i = 0; i < 1300; ++i) REQUIRE(here.random() == expected.random());
  }
  CHECK(stream.at(0).random() == TorchGenerator(123).random());
  // So far that states are dropped: 512 of them, 65536 words apart, are 33.5 million.
  TorchStream far(9);
  const std::uint32_t there = far.at(70000123).random(), before = far.at(30000000).random();
  std::mt19937 engine(9);
  engine.discard(30000000);
  CHECK(before == engine());
  engine.discard(70000123 - 30000001);
  CHECK(there == engine());
}

TEST_CASE("Redrawn tensors are those of the generator, whole and in pieces") {
  for (const LawDrawn& law : {LawDrawn::uniform(-0.3, 0.7), LawDrawn::normal(0.25, 0.02)})
    for (const std::size_t count :
         {1U, 2U, 7U, 15U, 16U, 17U, 31U, 32U, 33U, 47U, 48U, 1003U, 4096U}) {
      INFO(static_cast<int>(law.kind) << ", " << count);
      const StreamPlace place{77, 1000};
      const auto expected = drawn(place, law, count);
      std::vector<float> whole(count);
      redraw(place, law, whole);
      CHECK(whole == expected);
      for (const std::size_t piece : {1U, 5U, 16U, 24U, 100U}) {
        TorchStream stream(place.seed);
        Redrawing redrawing(stream, place.offset, law, count);
        std::vector<float> pieces(count);
        for (std::size_t i = 0; i < count; i += piece)
          redrawing.next(std::span(pieces).subspan(i, std::min(piece, count - i)));
        CHECK(pieces == expected);
        std::vector<float> behind(3, 1.0F);
        redrawing.next(behind);
        CHECK(behind == std::vector<float>(3, 0.0F));
      }
    }
}

TEST_CASE("Words of a tensor are what the generator has drawn behind it") {
  for (const LawDrawn& law : {LawDrawn::uniform(-1, 1), LawDrawn::normal(0, 1)})
    for (const std::size_t count : {0U, 1U, 2U, 3U, 15U, 16U, 17U, 31U, 32U, 100U}) {
      TorchGenerator generator(4);
      std::vector<float> values(count);
      if (law.kind == LawDrawn::Kind::uniform)
        generator.uniform(-1, 1, values);
      else
        generator.normal(0, 1, values);
      INFO(static_cast<int>(law.kind) << ", " << count);
      CHECK(generator.random() == TorchStream(4).at(words_of(law, count)).random());
    }
}

TEST_CASE("Laws that cannot be drawn are known") {
  const double nan = std::nan("");
  CHECK(can_be_drawn(LawDrawn::uniform(-1, 1)));
  CHECK(can_be_drawn(LawDrawn::normal(0, 1e-40)));
  for (const auto& [from, to] : {std::pair{0.0, 0.0},
                                 {1.0, -1.0},
                                 {nan, 1.0},
                                 {0.0, nan},
                                 {-HUGE_VAL, 1.0},
                                 {-3e38, 3e38},
                                 {0.0, 1e39},
                                 {0.0, 1e-60}})
    CHECK_FALSE(can_be_drawn(LawDrawn::uniform(from, to)));
  for (const double std : {0.0, -1.0, nan, HUGE_VAL, 1e39, 1e-60})
    CHECK_FALSE(can_be_drawn(LawDrawn::normal(0, std)));
  CHECK_FALSE(can_be_drawn(LawDrawn::normal(nan, 1)));
}

TEST_CASE("Rounding to 16 bits is to the nearest, ties to even") {
  const auto half = [](float x) { return rounded_to(Precision::float16, x); };
  const auto brain = [](float x) { return rounded_to(Precision::bfloat16, x); };
  CHECK(half(1 + 0x1p-11F) == 1);
  CHECK(half(1 + 0x1.8p-10F) == 1 + 0x1p-9F);
  CHECK(half(1 + 0x1.002p-11F) == 1 + 0x1p-10F);
  CHECK(half(65519.0F) == 65504);
  CHECK(half(65520.0F) == HUGE_VALF);
  CHECK(half(-1e30F) == -HUGE_VALF);
  CHECK(half(0x1p-25F) == 0);
  CHECK(half(0x1.01p-25F) == 0x1p-24F);
  CHECK(half(0x1.8p-24F) == 0x1p-23F);
  CHECK(std::signbit(half(-1e-20F)));
  CHECK(brain(1 + 0x1p-8F) == 1);
  CHECK(brain(1 + 0x1.8p-7F) == 1 + 0x1p-6F);
  CHECK(brain(-1 - 0x1.02p-8F) == -1 - 0x1p-7F);
  CHECK(brain(0x1.FEp127F) == 0x1.FEp127F);
  CHECK(brain(0x1.FFp127F) == HUGE_VALF);
  CHECK(brain(0x1p-133F) == 0x1p-133F);
  CHECK(brain(0x1p-134F) == 0);
  for (const Precision precision : {Precision::float32, Precision::float16, Precision::bfloat16}) {
    CHECK(std::isnan(rounded_to(precision, std::numeric_limits<float>::quiet_NaN())));
    CHECK(rounded_to(precision, HUGE_VALF) == HUGE_VALF);
    CHECK(rounded_to(precision, 0.0F) == 0);
    CHECK(rounded_to(precision, -0.09375F) == -0.09375F);
  }
  CHECK(rounded_to(Precision::float32, 0.1F) == 0.1F);
}
