// Rates of the laws and of independence, audit.md 6.5 and 6.6: 2804 tensors of a zoo of layers and
// initializers, and 6000 matrices of independent entries. Seeds are fixed.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "audit/laws.hpp"
#include "audit/structure.hpp"
#include "audits.hpp"
#include "initscope/statistics.hpp"

using namespace initscope;
using namespace initscope::test;

namespace {

constexpr double k_truncated = 0.87962566103423978;

struct Specimen {
  StoredTensor tensor;
  LawShape shape;
  double std;
};

Specimen specimen(Shape shape, LawShape law, double std) {
  return {tensor_of("w", std::move(shape)), law, std};
}

/// Layers of torch, and initializers of torch and Keras on four shapes.
std::vector<Specimen> zoo() {
  std::vector<Specimen> all;
  const auto uniform = [&](Shape shape, double bound) {
    all.push_back(specimen(std::move(shape), LawShape::uniform, bound / std::sqrt(3.0)));
  };
  for (const auto& [in, out] : {std::pair<std::int64_t, std::int64_t>{8, 4},
                                {16, 16},
                                {32, 64},
                                {64, 10},
                                {128, 128},
                                {784, 256},
                                {768, 1024}})
    uniform({out, in}, 1 / std::sqrt(static_cast<double>(in)));
  uniform({128}, 0.125);
  all.back().tensor.weight = Shape{128, 64};
  for (const Shape& shape :
       {Shape{16, 3, 3, 3}, Shape{32, 16, 3, 3}, Shape{32, 8, 3, 3}, Shape{64, 1, 3, 3},
        Shape{128, 64, 1, 1}, Shape{32, 16, 4, 4}, Shape{16, 32, 4, 4}, Shape{32, 8, 4, 4}})
    uniform(shape, 1 / std::sqrt(fans(shape).in));
  uniform({128, 16}, 1 / std::sqrt(32.0));  // LSTM
  uniform({128, 32}, 1 / std::sqrt(32.0));
  uniform({144, 24}, 1 / std::sqrt(48.0));  // GRU
  all.push_back(specimen({50, 32}, LawShape::normal, 1));
  uniform({96, 32}, std::sqrt(6.0 / 128));  // MultiheadAttention
  for (const Shape& shape : {Shape{64, 32}, Shape{256, 64}, Shape{512, 512}, Shape{32, 16, 3, 3}}) {
    const double in = fans(shape).in, out = fans(shape).out;
    const double glorot = std::sqrt(2 / (in + out)), he = std::sqrt(2 / in);
    all.push_back(specimen(shape, LawShape::uniform, glorot));
    all.push_back(specimen(shape, LawShape::normal, glorot));
    all.push_back(specimen(shape, LawShape::normal, he));
    all.push_back(specimen(shape, LawShape::normal, std::sqrt(2 / out)));
    all.push_back(specimen(shape, LawShape::uniform, std::sqrt(2 / out)));
    all.push_back(specimen(shape, LawShape::truncated_normal, he));
    all.push_back(specimen(shape, LawShape::truncated_normal, he * k_truncated));
    all.push_back(specimen(shape, LawShape::truncated_normal, glorot));
    all.push_back(specimen(shape, LawShape::normal, 0.02));
  }
  return all;
}

Floats draw(const Specimen& one, std::uint64_t seed) {
  const std::uint64_t count = values_of(one.tensor.shape);
  if (one.shape == LawShape::uniform) return torch_uniform(seed, count, one.std * std::sqrt(3.0));
  if (one.shape == LawShape::normal) return torch_normal(seed, count, one.std);
  return own_truncated(seed, count, one.std / k_truncated);
}

struct Tally {
  int tensors = 0, accepted = 0, likeliest = 0, alone = 0;
};

bool is_truth(const Candidate& candidate, const Specimen& one) {
  return candidate.shape == one.shape && std::abs(candidate.std() / one.std - 1) < 1e-5;
}

void judge(const Specimen& one, std::uint64_t seed, const std::vector<Candidate>& candidates,
           Tally& tally) {
  Floats sorted = draw(one, seed);
  DrawnValues values;
  for (const float value : sorted) {
    const auto x = static_cast<double>(value);
    values.largest = std::max(values.largest, std::abs(x));
    values.second_moment += x * x / static_cast<double>(sorted.size());
  }
  std::sort(sorted.begin(), sorted.end());
  values.count = static_cast<double>(sorted.size());
  values.sorted = sorted;
  std::vector<Candidate> left = fitting(candidates, values);
  const auto truth = [&](const Candidate& candidate) { return is_truth(candidate, one); };
  const bool accepted = std::any_of(left.begin(), left.end(), truth);
  ++tally.tensors;
  tally.accepted += accepted ? 1 : 0;
  tally.alone += accepted && left.size() == 1 ? 1 : 0;
  const auto best = std::max_element(left.begin(), left.end(), [&](const auto& a, const auto& b) {
    return log_likelihood(a, values) < log_likelihood(b, values);
  });
  tally.likeliest += best != left.end() && truth(*best) ? 1 : 0;
}

}  // namespace

TEST_CASE("The truth is among the accepted laws of 2804 tensors, and mostly the likeliest") {
  // Each truth fails with at most 3e-6: of all tensors one in 100 times.
  Tally tally;
  for (const Specimen& one : zoo()) {
    const std::vector<Candidate> candidates = candidates_of(one.tensor);
    const std::uint64_t seeds = values_of(one.tensor.shape) > 100000 ? 4 : 60;
    for (std::uint64_t seed = 0; seed < seeds; ++seed)
      judge(one, 1000 * seed + 17, candidates, tally);
  }
  INFO("tensors " << tally.tensors << " likeliest " << tally.likeliest << " alone " << tally.alone);
  CHECK(tally.tensors == 46 * 60 + 11 * 4);
  CHECK(tally.accepted == tally.tensors);
  // Measured with 45 candidates: 98.1 % and 69 %; here they are more, and leaky ReLU's two gains
  // are within 2 % of ReLU's.
  CHECK(tally.likeliest > tally.tensors * 88 / 100);
  CHECK(tally.alone > tally.tensors * 50 / 100);
}

TEST_CASE("Independent entries exceed 4 in at most 25 of 10000 statistics, 6 never") {
  int above_4 = 0, above_6 = 0, statistics = 0;
  for (const auto& [rows, columns] :
       {std::pair<std::uint64_t, std::uint64_t>{16, 27}, {32, 64}, {128, 64}, {64, 576}})
    for (int kind = 0; kind < 3; ++kind)
      for (std::uint64_t seed = 0; seed < 500; ++seed) {
        const std::uint64_t count = rows * columns, own = 5000 + seed;
        const Floats values = kind == 0   ? own_uniform(own, count, 1)
                              : kind == 1 ? own_normal(own, count, 1)
                                          : own_truncated(own, count, 1);
        RowSums sums({rows, columns});
        sums.add(values);
        Moments moments;
        moments.add(values);
        const Structure of =
            structure_of({sums, moments.mean(), moments.excess_kurtosis() + 3, values});
        for (const auto& one :
             {of.rows, of.columns, of.row_sums, of.column_sums, of.neighbours, of.mean, of.edge}) {
          REQUIRE(one);
          above_4 += *one > 4 ? 1 : 0;
          above_6 += *one > 6 ? 1 : 0;
          ++statistics;
        }
      }
  INFO("statistics " << statistics << " above 4: " << above_4);
  CHECK(statistics == 42000);
  CHECK(above_4 <= statistics * 25 / 10000);
  CHECK(above_6 == 0);
}
