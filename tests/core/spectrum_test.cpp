// Singular values and their law; matrices as the page looks at them.
#include "initscope/spectrum.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "initscope/checked.hpp"
#include "instruction_sets.hpp"

using namespace initscope;

namespace {

Spec matrix(const char* scheme, double rows, double columns) {
  return {{"scheme", std::string(scheme)}, {"shape", std::vector<double>{rows, columns}}};
}

}  // namespace

TEST_CASE("Singular values of matrices that are known") {
  test::on_each_instruction_set([] {
    const std::vector<float> diagonal{3, 0, 0, 0, -5, 0};  // 2 x 3
    const auto values = singular_values(diagonal, 2, 3);
    REQUIRE(values.size() == 2);
    CHECK(std::abs(values[0] - 5) < 1e-6);
    CHECK(std::abs(values[1] - 3) < 1e-6);
    // Rank one: |u| |v|, then 0.
    const std::vector<float> product{1, 2, 2, 4, 3, 6};  // (1, 2, 3) (1, 2), 3 x 2
    const auto ranked = singular_values(product, 3, 2);
    CHECK(std::abs(ranked[0] - std::sqrt(70.0)) < 1e-6);
    CHECK(ranked[1] < 1e-6);
    // The squares add up to the squares of the elements.
    const auto w = checked::initialize(matrix("normal", 70, 40));
    double squares = 0, sum = 0;
    for (const float x : w) squares += static_cast<double>(x) * static_cast<double>(x);
    for (const double s : singular_values(w, 70, 40)) sum += s * s;
    CHECK(std::abs(sum / squares - 1) < 1e-12);
  });
}

TEST_CASE("Leading singular vectors give the matrix back") {
  test::on_each_instruction_set([] {
    const auto w = checked::initialize(matrix("normal", 20, 20));
    const std::vector<double> a(w.begin(), w.end());
    const auto all = leading_singular_vectors(a, 20, 20);
    for (std::size_t i = 0; i < 20; ++i)
      for (std::size_t j = 0; j < 20; ++j) {
        double sum = 0;
        for (std::size_t k = 0; k < 20; ++k)
          sum += all.left[i * 20 + k] * all.values[k] * all.right[j * 20 + k];
        CHECK(std::abs(sum - a[i * 20 + j]) < 1e-9);
      }
    CHECK(std::is_sorted(all.values.rbegin(), all.values.rend()));
  });
}

TEST_CASE("An orthogonal matrix has singular values of its gain") {
  for (const auto& [rows, columns] : {std::pair{64.0, 64.0}, {30.0, 80.0}, {80.0, 30.0}}) {
    Spec spec = matrix("orthogonal", rows, columns);
    spec.set("scheme.gain", 1.5);
    for (const double s : checked::matrix(spec).singular_values) CHECK(std::abs(s - 1.5) < 1e-5);
  }
}

TEST_CASE("Random matrices follow Marchenko and Pastur") {
  for (const auto& [rows, columns] : {std::pair{300.0, 600.0}, {400.0, 400.0}, {700.0, 100.0}}) {
    const auto result = checked::matrix(matrix("kaiming_uniform", rows, columns));
    REQUIRE(result.theory.size() == result.theory_x.size());
    REQUIRE(result.theory.size() > 100);
    // The density adds up to 1, and the distribution functions differ by O(1 / n): 0.02 is ample,
    // and would not hold for a variance that is 10 % wrong.
    std::vector<double> cdf{0};
    for (std::size_t i = 1; i < result.theory.size(); ++i)
      cdf.push_back(cdf.back() + 0.5 * (result.theory[i] + result.theory[i - 1]) *
                                     (result.theory_x[i] - result.theory_x[i - 1]));
    CHECK(std::abs(cdf.back() - 1) < 0.01);
    const auto distance = [&](double scale) {
      double worst = 0;
      for (std::size_t i = 0; i < cdf.size(); ++i) {
        const auto below =
            std::count_if(result.singular_values.begin(), result.singular_values.end(),
                          [&](double s) { return scale * s < result.theory_x[i]; });
        worst = std::max(worst, std::abs(static_cast<double>(below) /
                                             static_cast<double>(result.singular_values.size()) -
                                         cdf[i]));
      }
      return worst;
    };
    CHECK(distance(1) < 0.03);
    CHECK(distance(1.1) > 0.03);
  }
}

TEST_CASE("Matrices: no theory where elements depend on one another, no spectrum of large ones") {
  CHECK(checked::matrix(matrix("orthogonal", 20, 20)).theory.empty());
  CHECK(checked::matrix(matrix("ones", 20, 20)).theory.empty());
  CHECK(checked::matrix(matrix("normal", 1100, 1100)).singular_values.empty());
  CHECK_THROWS_AS(checked::matrix(matrix("normal", 4096, 4096)), std::invalid_argument);
  const auto kernel = checked::matrix(
      {{"scheme", std::string("normal")}, {"shape", std::vector<double>{8, 4, 3, 3}}});
  CHECK(kernel.rows == 8);
  CHECK(kernel.columns == 36);
}

TEST_CASE("Laws of a few values, and with an atom at 0") {
  const Law three =
      Law::atoms(std::array{Law::Atom{-1, 0.25}, Law::Atom{0, 0.25}, Law::Atom{2, 0.5}});
  CHECK(three.mean() == 0.75);
  CHECK(three.variance() == 2.25 - 0.5625);
  CHECK(three.cdf(-1) == 0.25);
  CHECK(three.cdf_below(-1) == 0);
  CHECK(three.cdf(1.9) == 0.5);
  CHECK(three.cdf(2) == 1);
  CHECK(three.quantile(0.25) == -1);
  CHECK(three.quantile(0.3) == 0);
  CHECK(three.quantile(0.9) == 2);
  const Law sparse = Law::normal(0, 2).with_zeros(0.75);
  CHECK(sparse.variance() == 1);
  CHECK(sparse.cdf_below(0) == 0.125);
  CHECK(sparse.cdf(0) == 0.875);
  CHECK(sparse.quantile(0.5) == 0);
  for (const double p : {0.01, 0.1, 0.9, 0.99})
    CHECK(std::abs(sparse.cdf(sparse.quantile(p)) - p) < 1e-9);
  CHECK(std::abs(sparse.pdf(0) - 0.25 * Law::normal(0, 2).pdf(0)) < 1e-15);
  CHECK(std::isnan(Law::unknown(1).cdf(0)));
}

TEST_CASE("A distribution counts zeros apart, and has no distance where the law is unknown") {
  const auto sparse = checked::distribution({{"scheme", std::string("sparse")},
                                             {"scheme.sparsity", 0.5},
                                             {"shape", std::vector<double>{100, 100}},
                                             {"samples", 10000.0}});
  CHECK(sparse.zeros == 5000);
  std::uint64_t counted = sparse.histogram.below + sparse.histogram.above;
  for (const auto count : sparse.histogram.counts) counted += count;
  CHECK(counted == 5000);
  CHECK(sparse.sample_curve.size() == curve_probabilities().size());
  CHECK(std::is_sorted(sparse.law_curve.begin(), sparse.law_curve.end()));
  // The zeros of a kernel do not narrow what is shown of its other weights.
  const auto kernel = checked::distribution({{"scheme", std::string("delta_orthogonal")},
                                             {"shape", std::vector<double>{64, 64, 7}},
                                             {"samples", 57344.0}});
  const double shown = 2 * 4 / std::sqrt(64.0);
  CHECK(std::abs(kernel.histogram.to - kernel.histogram.from - shown) < 1e-9);
  const auto mimetic = checked::distribution({{"scheme", std::string("mimetic")},
                                              {"shape", std::vector<double>{16, 32}},
                                              {"samples", 1000.0}});
  CHECK(std::isnan(mimetic.ks_distance));
  // With the torch generator: the same tensor, and those that follow it.
  const auto torch = checked::distribution({{"scheme", std::string("normal")},
                                            {"generator", std::string("torch")},
                                            {"shape", std::vector<double>{4, 5}},
                                            {"samples", 50.0}});
  TorchGenerator generator(0);
  std::vector<float> values(60);
  for (std::size_t i = 0; i < 3; ++i) generator.normal(0, 1, std::span(values).subspan(20 * i, 20));
  Moments moments;
  moments.add(std::span(values).first(50));
  CHECK(torch.moments.mean() == moments.mean());
}
