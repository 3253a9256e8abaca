// Statistics against definitions computed in the plainest way.
#include "initscope/statistics.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "initscope/sampling.hpp"

using namespace initscope;

namespace {

std::vector<float> sample(std::size_t n, float mean, float std) {
  std::vector<float> values(n);
  fill_normal(Stream(1, {}), mean, std, values);
  return values;
}

bool near(double a, double b, double tolerance) {
  return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
}

}  // namespace

TEST_CASE("Moments agree with two passes in long double") {
  for (const std::size_t n : {1u, 7u, 8u, 4096u, 4097u, 100003u}) {
    const auto values = sample(n, 1000, 0.5F);
    long double mean = 0, m2 = 0, m3 = 0, m4 = 0;
    for (const float x : values) mean += x;
    mean /= static_cast<long double>(n);
    for (const float x : values) {
      const long double d = x - mean;
      m2 += d * d;
      m3 += d * d * d;
      m4 += d * d * d * d;
    }
    const auto size = static_cast<long double>(n);
    const auto variance = static_cast<double>(m2 / size);
    Moments moments;
    moments.add(values);
    CAPTURE(n);
    CHECK(moments.count() == n);
    CHECK(near(moments.mean(), static_cast<double>(mean), 1e-14));
    CHECK(near(moments.variance(), variance, 1e-12));
    if (n > 1) {
      CHECK(near(moments.skewness(), static_cast<double>(m3 / size) / std::pow(variance, 1.5),
                 1e-10));
      CHECK(near(moments.excess_kurtosis(),
                 static_cast<double>(m4 / size) / variance / variance - 3, 1e-10));
    }
    CHECK(moments.min() == static_cast<double>(*std::min_element(values.begin(), values.end())));
    CHECK(moments.max() == static_cast<double>(*std::max_element(values.begin(), values.end())));
  }
}

TEST_CASE("Merged moments are those of the whole") {
  const auto values = sample(50000, -3, 2);
  Moments whole, merged;
  whole.add(values);
  for (std::size_t begin = 0, piece = 1; begin < values.size();
       begin += piece, piece = piece * 3 + 1) {
    Moments part;
    part.add(std::span(values).subspan(begin, std::min(piece, values.size() - begin)));
    merged.merge(part);
  }
  merged.merge(Moments());
  CHECK(merged.count() == whole.count());
  CHECK(near(merged.mean(), whole.mean(), 1e-13));
  CHECK(near(merged.variance(), whole.variance(), 1e-13));
  CHECK(near(merged.skewness(), whole.skewness(), 1e-11));
  CHECK(near(merged.excess_kurtosis(), whole.excess_kurtosis(), 1e-11));
}

TEST_CASE("Values that are not finite are counted, not summed") {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  Moments moments;
  moments.add(std::vector<float>{1, infinity, 3, std::nanf(""), -infinity});
  CHECK(moments.count() == 2);
  CHECK(moments.nonfinite() == 3);
  CHECK(moments.mean() == 2);
  CHECK(moments.variance() == 1);
  Moments none;
  none.add(std::vector<float>{infinity});
  CHECK(none.count() == 0);
  CHECK(std::isnan(none.mean()));
  CHECK(std::isnan(none.second_moment()));
  CHECK(none.nonfinite() == 1);
}

TEST_CASE("Moments of values near float32's limits do not overflow") {
  Moments moments;
  moments.add(std::vector<float>{3e38F, -3e38F});
  CHECK(near(moments.variance(), 9e76, 1e-6));
}

TEST_CASE("A histogram counts every value once") {
  Histogram histogram(-1, 1, 4);
  histogram.add(std::vector<float>{-1, -0.5F, -0.25F, 0, 0.5F, 1, 1.01F, -2, std::nanf("")});
  CHECK(histogram.counts == std::vector<std::uint64_t>{1, 2, 1, 2});
  CHECK(histogram.below == 1);
  CHECK(histogram.above == 2);
}

TEST_CASE("A histogram knows the bin of a value") {
  const Histogram histogram(-1, 3, 8);
  CHECK(histogram.bin_of(-1) == 0);
  CHECK(histogram.bin_of(0) == 2);
  CHECK(histogram.bin_of(0.4F) == 2);
  CHECK(histogram.bin_of(3) == 7);
  CHECK(!histogram.bin_of(-1.5F));
  CHECK(!histogram.bin_of(3.5F));
  CHECK(!histogram.bin_of(std::nanf("")));
  CHECK(!Histogram().bin_of(0));
}

TEST_CASE("A histogram counts a value in the bin that it says, at edges of bins too") {
  int apart = 0;
  for (std::size_t bins = 1; bins <= 100; ++bins)
    for (std::size_t below = 0; below <= bins; ++below) {
      // 0 lies on an edge, but for what the division by 10 rounds away.
      Histogram histogram(-static_cast<double>(below) / 10, static_cast<double>(bins - below) / 10,
                          bins);
      histogram.add(std::vector<float>{0});
      const auto bin = histogram.bin_of(0);
      REQUIRE(bin);
      apart += histogram.counts[*bin] == 1 ? 0 : 1;
    }
  CHECK(apart == 0);
}

TEST_CASE("Quantiles interpolate between order statistics") {
  const std::vector<float> sorted{1, 2, 4, 8};
  CHECK(quantile(sorted, 0) == 1);
  CHECK(quantile(sorted, 1) == 8);
  CHECK(quantile(sorted, 0.5) == 3);
  CHECK(near(quantile(sorted, 0.9), 4 + 0.7 * 4, 1e-12));
}

TEST_CASE("The Kolmogorov-Smirnov distance is exact, ties and atoms included") {
  const Law law = Law::uniform(0, 1);
  CHECK(near(kolmogorov_smirnov(std::vector<float>{0.5F}, law), 0.5, 1e-12));
  CHECK(near(kolmogorov_smirnov(std::vector<float>{0.25F, 0.25F, 0.25F, 0.75F}, law), 0.5, 1e-12));
  CHECK(kolmogorov_smirnov(std::vector<float>{0.1F, 0.1F}, Law::atom(0.1)) == 0);
  CHECK(kolmogorov_smirnov(std::vector<float>{0.1F, 0.2F}, Law::atom(0.1)) == 0.5);
  // Against the plain definition, with blocks skipped and fed in uneven pieces.
  auto values = sample(10007, 0, 1);
  std::sort(values.begin(), values.end());
  const Law normal = Law::normal(0.01, 1);
  double plain = 0;
  const auto n = static_cast<double>(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double f = normal.cdf(static_cast<double>(values[i]));
    plain = std::max({plain, f - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - f});
  }
  CHECK(near(kolmogorov_smirnov(values, normal), plain, 1e-12));
  KolmogorovSmirnov pieces(normal, values.size());
  for (std::size_t begin = 0; begin < values.size(); begin += 777)
    pieces.add(std::span(values).subspan(begin, std::min<std::size_t>(777, values.size() - begin)));
  CHECK(near(pieces.distance(), plain, 1e-12));
}

TEST_CASE("Radix sort sorts, in steps of any size") {
  for (const std::size_t n : {0u, 1u, 2u, 1000u, 70001u}) {
    auto values = sample(n, 0, 1e20F);
    if (n > 2) {
      values[0] = -0.0F;
      values[1] = std::numeric_limits<float>::infinity();
      values[2] = -std::numeric_limits<float>::infinity();
    }
    RadixSort sort(values);
    double progress = 0;
    while (sort.advance(999)) {
      CHECK(sort.progress() >= progress);
      progress = sort.progress();
    }
    CHECK(sort.progress() == 1);
    std::sort(values.begin(), values.end());
    CHECK(std::equal(values.begin(), values.end(), sort.values().begin(), sort.values().end()));
  }
}

TEST_CASE("A law's density, distribution function and quantile belong together") {
  for (const Law& law : {Law::uniform(-2, 3), Law::normal(1, 2), Law::truncated_normal(0, 1, -2, 2),
                         Law::truncated_normal(0, 1, 4, 6), Law::truncated_normal(1, 1, -6, -3)}) {
    const auto [from, to] = law.view();
    CAPTURE(from, to);
    const int steps = 20000;
    const double h = (to - from) / steps;
    double mass = law.cdf(from), mean = 0;
    for (int i = 0; i < steps; ++i) {
      const double x = from + (i + 0.5) * h;
      mass += law.pdf(x) * h;
      mean += x * law.pdf(x) * h;
    }
    CHECK(near(mass, law.cdf(to), 1e-6));
    CHECK(near(mean, law.mean(), 1e-3));
    for (const double p : {0.01, 0.3, 0.5, 0.999}) CHECK(near(law.cdf(law.quantile(p)), p, 1e-9));
  }
  // Narrow intervals, where the closed form of the variance cancels: nearly uniform laws.
  for (const double width : {1e-6, 1e-3, 0.1}) {
    const Law narrow = Law::truncated_normal(0, 1, 0.5, 0.5 + width);
    CHECK(std::abs(narrow.variance() / (width * width / 12) - 1) < width);
  }
  CHECK(std::abs(Law::truncated_normal(0, 1e6, -2, 2).variance() / (16.0 / 12) - 1) < 1e-9);
  // On both sides of the width from which the closed form is used.
  for (const double a : {-0.5, 1.0, 5.0, 20.0, 36.0}) {
    const double below = Law::truncated_normal(0, 1, a, a + 0.9999999).variance();
    const double above = Law::truncated_normal(0, 1, a, a + 1.0000001).variance();
    CAPTURE(a, below, above);
    CHECK(std::abs(below / above - 1) < 1e-6);
  }
  CHECK(Law::normal(0, 1e-60).kind() == Law::Kind::atom);
  const Law two_sigma = Law::truncated_normal(0, 1, -2, 2);
  CHECK(near(two_sigma.std(), 0.87962566103423978, 1e-12));
}

TEST_CASE("A histogram counts each value in the bin that it says, however many bins there are") {
  std::vector<float> values(5003);
  fill_normal(Stream(5, {Purpose::input, 0, 0}), 0, 1, values);
  values[7] = 3;
  values[8] = -3;
  values[9] = std::numeric_limits<float>::quiet_NaN();
  for (const std::size_t bins : {1U, 2U, 64U, 127U, 128U, 129U, 512U}) {
    Histogram histogram(-3, 3, bins);
    histogram.add(std::span<const float>(values).first(1001));
    histogram.add(std::span<const float>(values).subspan(1001));
    std::vector<std::uint64_t> counts(bins);
    std::uint64_t below = 0, above = 0;
    for (const float value : values) {
      const auto bin = histogram.bin_of(value);
      if (bin)
        ++counts[*bin];
      else
        ++(value < -3 ? below : above);
    }
    CAPTURE(bins);
    CHECK(histogram.counts == counts);
    CHECK(histogram.below == below);
    CHECK(histogram.above == above);
    CHECK(below > 0);
    CHECK(above > 1);
  }
}
