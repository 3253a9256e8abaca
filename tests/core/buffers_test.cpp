// The contracts of buffers that the public headers state: lengths, alignment, what may overlap, and
// that nothing beside a buffer is touched.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "initscope/activation.hpp"
#include "initscope/gaussian.hpp"
#include "initscope/network.hpp"
#include "initscope/orthogonal.hpp"
#include "initscope/sampling.hpp"
#include "initscope/spectrum.hpp"
#include "initscope/statistics.hpp"
#include "instruction_sets.hpp"

using namespace initscope;

namespace {

constexpr float k_guard = 12345.0F;
constexpr double k_nan = std::numeric_limits<double>::quiet_NaN();

/// What `write` writes into `size` floats that begin `offset` floats behind a vector's alignment;
/// checks that the guards around them stand.
template <class Write>
std::vector<float> guarded(std::size_t size, std::size_t offset, Write write) {
  std::vector<float> memory(offset + size + 16, k_guard);
  const auto out = std::span(memory).subspan(offset, size);
  write(out);
  CHECK(std::count(memory.begin(), memory.end(), k_guard) ==
        static_cast<std::ptrdiff_t>(memory.size() - size));
  return {out.begin(), out.end()};
}

template <class Write>
void check_any_alignment(std::size_t size, Write write) {
  const auto aligned = guarded(size, 0, write);
  for (std::size_t offset = 1; offset < 16; ++offset)
    CHECK(guarded(size, offset, write) == aligned);
}

const Stream k_stream(7, {});

}  // namespace

TEST_CASE("Samplers take buffers of any length and alignment, and touch nothing beside them") {
  test::on_each_instruction_set([] {
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{77}}) {
      check_any_alignment(size, [](auto out) { fill_uniform(k_stream, -1, 1, out, 5); });
      check_any_alignment(size, [](auto out) { fill_normal(k_stream, 0, 1, out, 5); });
      check_any_alignment(size,
                          [](auto out) { fill_truncated_normal(k_stream, 0, 1, -2, 2, out); });
      check_any_alignment(size, [](auto out) { fill_truncated_normal(k_stream, 0, 1, 3, 4, out); });
      check_any_alignment(size, [](auto out) { TorchGenerator(1).uniform(0, 1, out); });
      check_any_alignment(size, [](auto out) { TorchGenerator(1).normal(0, 1, out); });
      check_any_alignment(size,
                          [](auto out) { TorchGenerator(1).truncated_normal(0, 1, -2, 2, out); });
    }
    check_any_alignment(35, [](auto out) { draw_orthogonal(Draw(k_stream, 0), 5, 7, 1, out); });
  });
}

TEST_CASE("Activations work in place, and leave what a longer buffer has") {
  test::on_each_instruction_set([] {
    const auto z = guarded(77, 0, [](auto out) { fill_normal(k_stream, 0, 1, out); });
    for (const auto& info : activations()) {
      const ActivationSpec spec{info.id};
      const auto apart = guarded(z.size(), 0, [&](auto out) { activate(spec, z, out); });
      check_any_alignment(z.size(), [&](auto out) {
        std::copy(z.begin(), z.end(), out.begin());
        activate(spec, out, out);
      });
      std::vector<float> longer(z.size() + 3, k_guard), same = z;
      activate(spec, z, longer);
      activate(spec, same, same);
      CHECK(same == apart);
      CHECK(std::equal(apart.begin(), apart.end(), longer.begin()));
      CHECK(std::count(longer.begin(), longer.end(), k_guard) == 3);
      // Of linear alone phi' does not know z.
      std::vector<float> nan{std::numeric_limits<float>::quiet_NaN()}, gradient{1};
      apply_activation_gradient(spec, nan, gradient);
      CHECK(std::isnan(gradient[0]) == (info.id != Activation::linear));
    }
  });
}

TEST_CASE("The size of an input's buffer places it, and a part is not the beginning") {
  NetworkSpec spec;
  REQUIRE(read({{"width", 8}, {"depth", 1}}, spec).empty());
  const auto whole = guarded(8, 0, [&](auto out) { draw_input(spec, 1, out); });
  const auto part = guarded(4, 0, [&](auto out) { draw_input(spec, 1, out); });
  CHECK_FALSE(std::equal(part.begin(), part.end(), whole.begin()));
}

TEST_CASE("Matrices are read at any alignment") {
  const auto values = guarded(35, 0, [](auto out) { fill_normal(k_stream, 0, 1, out); });
  const auto expected = singular_values(values, 5, 7);
  test::on_each_instruction_set([&] {
    for (std::size_t offset = 0; offset < 16; ++offset) {
      std::vector<float> memory(offset + values.size());
      std::copy(values.begin(), values.end(), memory.begin() + static_cast<std::ptrdiff_t>(offset));
      const auto here = singular_values(std::span(memory).subspan(offset), 5, 7);
      for (std::size_t i = 0; i < expected.size(); ++i)
        CHECK(std::abs(here[i] - expected[i]) < 1e-7 * expected[0]);
    }
  });
}

TEST_CASE("Statistics of nothing, of themselves, and of NaN") {
  Moments moments;
  moments.add(std::vector<float>{1, 2, 4, std::numeric_limits<float>::infinity()});
  const double mean = moments.mean(), variance = moments.variance();
  moments.merge(moments);
  CHECK(moments.count() == 6);
  CHECK(moments.nonfinite() == 2);
  CHECK(std::abs(moments.mean() - mean) < 1e-15);
  CHECK(std::abs(moments.variance() - variance) < 1e-14);
  CHECK(kolmogorov_smirnov({}, Law::normal(0, 1)) == 0);
  std::vector<double> values{3, k_nan, 1};
  CHECK(std::isnan(range_of(values).median));
  CHECK(values[0] == 3);
  CHECK(values[2] == 1);
}

TEST_CASE("Averages over Gaussians outside of their ranges are those at the ends") {
  constexpr double k_infinity = std::numeric_limits<double>::infinity();
  for (const auto& info : activations()) {
    INFO(info.name);
    const ActivationSpec spec{info.id};
    const auto second = [&](double q) { return gaussian_moments(spec, q).second; };
    CHECK(second(0) == second(k_least_q));
    CHECK(second(-1) == second(k_least_q));
    CHECK(second(k_infinity) == second(k_most_q));
    const auto product = [&](double c) { return gaussian_pair(spec, 1, c).product; };
    CHECK(product(2) == product(1));
    CHECK(product(-2) == product(-1));
  }
}
