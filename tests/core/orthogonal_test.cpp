// Orthogonal matrices: against another implementation, their defining property, Haar's measure.
#include "initscope/orthogonal.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <fstream>
#include <string>

#include "initscope/checked.hpp"
#include "instruction_sets.hpp"

using namespace initscope;

namespace {

std::vector<float> draw(std::size_t rows, std::size_t columns, double gain = 1,
                        std::uint64_t seed = 0, std::uint64_t number = 0) {
  std::vector<float> out(rows * columns);
  draw_orthogonal(Draw(Stream(seed, {}), number), rows, columns, gain, out);
  return out;
}

/// Largest entry of W W^T / gain^2 - I over the rows (columns, where there are fewer).
double defect(const std::vector<float>& w, std::size_t rows, std::size_t columns, double gain) {
  const bool wide = rows < columns;
  const std::size_t vectors = wide ? rows : columns, length = wide ? columns : rows;
  const auto at = [&](std::size_t vector, std::size_t i) {
    return static_cast<double>(wide ? w[vector * columns + i] : w[i * columns + vector]);
  };
  double worst = 0;
  for (std::size_t a = 0; a < vectors; ++a)
    for (std::size_t b = a; b < vectors; ++b) {
      double sum = 0;
      for (std::size_t i = 0; i < length; ++i) sum += at(a, i) * at(b, i);
      worst = std::max(worst, std::abs(sum / gain / gain - (a == b ? 1 : 0)));
    }
  return worst;
}

}  // namespace

TEST_CASE("Orthogonal matrices agree with LAPACK's QR of the same normals within 2e-6") {
  // tests/golden/orthogonal.txt: rows, columns and the values, by NumPy in double.
  std::ifstream file(INITSCOPE_GOLDEN "/orthogonal.txt");
  std::size_t rows = 0, columns = 0, matrices = 0;
  while (file >> rows >> columns) {
    std::vector<double> expected(rows * columns);
    for (double& value : expected) REQUIRE(file >> value);
    ++matrices;
    test::on_each_instruction_set([&, r = rows, c = columns] {
      const auto w = checked::initialize(
          {{"scheme", std::string("orthogonal")},
           {"shape", std::vector<double>{static_cast<double>(r), static_cast<double>(c)}}});
      double worst = 0;
      for (std::size_t i = 0; i < w.size(); ++i)
        worst = std::max(worst, std::abs(static_cast<double>(w[i]) - expected[i]));
      CAPTURE(r, c);
      CHECK(worst < 2e-6);
    });
  }
  CHECK(matrices == 5);
}

TEST_CASE("Large matrices agree on every instruction set within 2e-6") {
  std::vector<float> first;
  test::on_each_instruction_set([&] {
    const auto w = draw(256, 256);
    if (first.empty()) first = w;
    double worst = 0;
    for (std::size_t i = 0; i < w.size(); ++i)
      worst = std::max(worst, std::abs(static_cast<double>(w[i]) - static_cast<double>(first[i])));
    CHECK(worst < 2e-6);
  });
}

TEST_CASE("Rows or columns are orthonormal, times the gain, for any shape") {
  struct Case {
    std::size_t rows, columns;
    double gain;
  };
  for (const auto& [rows, columns, gain] : {Case{1, 1, 2},
                                            {1, 7, 1},
                                            {7, 1, 1},
                                            {5, 5, 0.5},
                                            {100, 33, 1},
                                            {33, 100, 1.4},
                                            {128, 128, 1},
                                            {300, 40, 1}}) {
    CAPTURE(rows, columns);
    // Each product has `length` terms that were rounded to float32.
    CHECK(defect(draw(rows, columns, gain), rows, columns, gain) < 3e-7);
  }
  // Negative control: a Gaussian matrix of the same variance is far from it.
  auto gaussian = checked::initialize({{"scheme", std::string("normal")},
                                       {"scheme.std", 0.1},
                                       {"shape", std::vector<double>{100, 100}}});
  CHECK(defect(gaussian, 100, 100, 1) > 0.1);
}

TEST_CASE("Matrices of a stream follow one another, and any part of one can be drawn") {
  CHECK(draw(6, 5, 1, 3, 0) != draw(6, 5, 1, 3, 1));
  InitializeSpec spec = checked::parse<InitializeSpec>(
      {{"scheme", std::string("orthogonal")}, {"shape", std::vector<double>{6, 5}}});
  std::vector<float> both(75), part(20);
  spec.scheme.fill(spec.scheme.fans, Stream(3, {}), both);
  CHECK(std::equal(both.begin() + 30, both.begin() + 60, draw(6, 5, 1, 3, 1).begin()));
  CHECK(std::equal(both.begin() + 60, both.end(), draw(6, 5, 1, 3, 2).begin()));
  spec.scheme.fill(spec.scheme.fans, Stream(3, {}), part, 25);
  CHECK(std::equal(part.begin(), part.end(), both.begin() + 25));
}

TEST_CASE("Haar's measure: first entries follow the sphere's law, signs are even") {
  // 20000 matrices of 4 x 4; the diagonal's signs would be all alike without R's sign.
  constexpr std::size_t n = 20000;
  std::vector<float> corner(n), last(n);
  double positive = 0;
  std::vector<float> w(16);
  for (std::size_t i = 0; i < n; ++i) {
    draw_orthogonal(Draw(Stream(9, {}), i), 4, 4, 1, w);
    corner[i] = w[0];
    last[i] = w[15];
    positive += w[15] > 0;
  }
  const Law law = Law::spherical(1, 4);
  // P(sqrt(n) D > 2.5) = 7e-6.
  std::sort(corner.begin(), corner.end());
  std::sort(last.begin(), last.end());
  CHECK(kolmogorov_smirnov(corner, law) < 2.5 / std::sqrt(n));
  CHECK(kolmogorov_smirnov(last, law) < 2.5 / std::sqrt(n));
  CHECK(std::abs(positive - n / 2.0) < 5 * std::sqrt(n / 4.0));
  CHECK(kolmogorov_smirnov(corner, Law::spherical(1, 5)) > 2.5 / std::sqrt(n));
  CHECK(kolmogorov_smirnov(corner, Law::normal(0, 0.5)) > 2.5 / std::sqrt(n));
}

TEST_CASE("The law of a sphere's coordinate") {
  const auto near = [](double a, double b) { return std::abs(a - b) < 1e-12; };
  constexpr double pi = 3.14159265358979323846;
  // n = 1: two atoms; n = 2: arcsine; n = 3: uniform (Archimedes); n = 4: Wigner's semicircle.
  CHECK(Law::spherical(2, 1).cdf(-2) == 0.5);
  CHECK(Law::spherical(2, 1).cdf_below(-2) == 0);
  CHECK(Law::spherical(2, 1).cdf_below(2) == 0.5);
  for (const double x : {-0.99, -0.7, -0.2, 0.0, 1e-8, 0.3, 0.9, 0.999}) {
    CAPTURE(x);
    CHECK(near(Law::spherical(1, 2).cdf(x), 0.5 + std::asin(x) / pi));
    CHECK(near(Law::spherical(1, 3).cdf(x), 0.5 + x / 2));
    CHECK(near(Law::spherical(1, 4).cdf(x), 0.5 + (x * std::sqrt(1 - x * x) + std::asin(x)) / pi));
    CHECK(near(Law::spherical(1, 3).pdf(x), 0.5));
    CHECK(near(Law::spherical(2, 4).cdf(2 * x), Law::spherical(1, 4).cdf(x)));
  }
  // Large n is nearly normal: at 10^6 dimensions within 1/n.
  for (const double z : {-3.0, -1.0, 0.5, 2.0})
    CHECK(std::abs(Law::spherical(1, 1e6).cdf(z / 1000) - Law::normal(0, 1).cdf(z)) < 1e-6);
  for (const double n : {2.0, 5.0, 64.0, 1000.0})
    for (const double p : {0.001, 0.3, 0.5, 0.9})
      CHECK(std::abs(Law::spherical(3, n).cdf(Law::spherical(3, n).quantile(p)) - p) < 1e-10);
  CHECK(near(Law::spherical(3, 100).variance(), 0.09));
}

TEST_CASE("A matrix too large to factor is refused in words") {
  InitializeSpec out;
  const auto issues = read(
      {{"scheme", std::string("orthogonal")}, {"shape", std::vector<double>{4096, 4096}}}, out);
  REQUIRE(issues.size() == 1);
  CHECK(issues[0].field == "shape");
  CHECK(issues[0].reason == Reason::too_many);
  CHECK(
      read({{"scheme", std::string("orthogonal")}, {"shape", std::vector<double>{2048, 2048}}}, out)
          .empty());
}
