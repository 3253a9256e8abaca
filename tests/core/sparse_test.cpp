// Products that leave zeros out give the same bits as those that do not.
#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "initscope/plan.hpp"
#include "initscope/sampling.hpp"
#include "initscope/simd.hpp"
#include "initscope/spec.hpp"
#include "instruction_sets.hpp"
#include "passes/panels.hpp"
#include "simd/aligned_buffer.hpp"
#include "simd/kernels.hpp"

using namespace initscope;

namespace {

constexpr float k_infinity = std::numeric_limits<float>::infinity();
constexpr float k_nan = std::numeric_limits<float>::quiet_NaN();
/// Nobody computes it: where it still is, nobody wrote.
constexpr float k_untouched = 12345.678F;

struct Factors {
  std::size_t rows, depth, batch;
  bool transposed = false;
  std::vector<float> a, bias;
  AlignedBuffer b;

  Factors(std::size_t outputs, std::size_t inputs, std::size_t samples)
      : rows(outputs),
        depth(inputs),
        batch(samples),
        a(outputs * inputs),
        bias(outputs),
        b(PanelShape{inputs, samples}.size()) {
    fill_normal(Stream(1, {}), 0, 1, a);
    fill_normal(Stream(2, {}), 0, 1, bias);
    fill_normal(Stream(3, {}), 0, 1, b.all());
  }

  /// The numbers of C, and whether the room was used.
  std::vector<float> product(bool leaves_out, bool* used = nullptr) const {
    const PanelShape out{rows, batch};
    AlignedBuffer c(out.size()), room(simd::SparseRoom::size(rows, out.panels()));
    std::fill_n(room.data(), room.size(), k_untouched);
    simd::kernels().multiply({a.data(), transposed ? rows : depth, transposed, b.data(),
                              bias.data(), c.data(), rows, depth, out.panels(),
                              leaves_out ? room.data() : nullptr});
    if (used != nullptr) *used = room.data()[0] != k_untouched;
    return {c.data(), c.data() + c.size()};
  }
};

/// NaN and the signs of zeros too.
bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

template <class Change>
void require_same(Factors& factors, Change change) {
  for (float& value : factors.b.all()) value = change(value);
  for (const bool transposed : {false, true}) {
    factors.transposed = transposed;
    bool used = false;
    const std::vector<float> wanted = factors.product(false, &used);
    REQUIRE_FALSE(used);
    REQUIRE(same_bits(factors.product(true, &used), wanted));
    REQUIRE(used == (transposed || instruction_set() != "avx512"));
  }
}

float relu(float z) { return z > 0 ? z : 0; }

}  // namespace

TEST_CASE("A product that leaves zeros out has the bits of one that does not, at any size") {
  for (const auto& [rows, depth, batch] : {std::array<std::size_t, 3>{1, 1, 1},
                                           {5, 3, 33},
                                           {13, 40, 100},
                                           {47, 129, 31},
                                           {64, 256, 128},
                                           {97, 65, 200},
                                           {193, 600, 32},
                                           {300, 127, 161}})
    test::on_each_instruction_set([&, r = rows, k = depth, m = batch] {
      Factors factors(r, k, m);
      require_same(factors, relu);
    });
}

TEST_CASE("Whatever is 0 or is not a number, products that leave zeros out have the same bits") {
  test::on_each_instruction_set([] {
    const auto with = [](auto change) {
      Factors factors(70, 150, 70);
      require_same(factors, change);
    };
    with([](float) { return 0.0F; });
    with([](float) { return -0.0F; });
    with([](float z) { return z; });
    with([](float z) { return z > 0 ? z : -0.0F; });
    with([](float z) { return z > 2.5F ? k_infinity : relu(z); });
    with([](float z) { return z > 2.5F ? k_nan : relu(z); });
    with([](float z) { return z > 0 ? z * std::numeric_limits<float>::denorm_min() : 0.0F; });
  });
}

TEST_CASE("What is not finite in A meets the zeros of B") {
  test::on_each_instruction_set([] {
    for (const float value : {k_infinity, -k_infinity, k_nan})
      // In whole squares, beside them and below them, in the first panels and in the last block.
      for (const std::size_t place : {0UL, 149UL, 9600UL, 10499UL}) {
        Factors factors(70, 150, 170);
        factors.a[place] = value;
        for (float& each : factors.b.all()) each = relu(each);
        for (const bool transposed : {false, true}) {
          factors.transposed = transposed;
          const std::vector<float> c = factors.product(true);
          REQUIRE(same_bits(c, factors.product(false)));
          // Half of the row's numbers, which would be finite if the zeros were left out.
          const std::size_t row = transposed ? place % 70 : place / 150;
          std::size_t nans = 0;
          for (std::size_t sample = 0; sample < 170; ++sample)
            if (std::isnan(c[PanelShape{70, 170}.at(sample, row)])) ++nans;
          REQUIRE(nans > 50);
        }
      }
  });
}

TEST_CASE("Control: a number left out that is not 0 is seen") {
  Factors factors(70, 150, 70);
  for (float& each : factors.b.all()) each = relu(each);
  const std::vector<float> all = factors.product(false);
  float* const some = factors.b.data() + 40 * simd::k_panel;
  *std::find_if(some, some + simd::k_panel, [](float value) { return value != 0; }) = 0;
  CHECK_FALSE(same_bits(factors.product(true), all));
}

TEST_CASE("A plan knows which products stand before and behind a ReLU") {
  const auto marks = [](const Spec& asked) {
    NetworkSpec spec;
    REQUIRE(read(asked, spec).empty());
    std::string text;
    for (const Op& op : plan_of(spec).ops)
      if (op.kind == OpKind::product)
        text += op.behind_relu ? (op.before_relu ? "both " : "behind ")
                               : (op.before_relu ? "before " : "none ");
    return text;
  };
  CHECK(marks({{"depth", 3.0}, {"width", 8.0}}) == "before both both ");
  CHECK(marks({{"depth", 3.0}, {"width", 8.0}, {"activation", std::string("tanh")}}) ==
        "none none none ");
  CHECK(marks({{"depth", 3.0}, {"width", 8.0}, {"activation", std::string("leaky_relu")}}) ==
        "none none none ");
  CHECK(marks({{"net", std::string("depth*(res(ln,dense;out:4x,phi,dense;out:width))")},
               {"depth", 2.0},
               {"width", 8.0}}) == "before behind before behind ");
  // The trunk is read by the sum too, so that its gradient is not 0 where the ReLU's slope is.
  CHECK(marks({{"net", std::string("dense,res(phi,dense)")}, {"width", 8.0}}) == "none behind ");
  CHECK(marks({{"net", std::string("dense,phi,ln,dense")}, {"width", 8.0}}) == "before none ");
}
