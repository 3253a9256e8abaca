// Statistics of an audit against their definitions.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "audits.hpp"

using namespace initscope;
using namespace initscope::test;

namespace {

bool near(double a, double b, double tolerance = 1e-12) {
  return std::abs(a - b) <= tolerance * std::max({std::abs(a), std::abs(b), 1e-300});
}

std::uint64_t total(const AuditHistogram& histogram) {
  return std::accumulate(histogram.counts.begin(), histogram.counts.end(), std::uint64_t{0});
}

/// The bins counted value by value.
bool counts_agree(const AuditHistogram& histogram, const Floats& values) {
  const auto bins = histogram.counts.size();
  const double width = (histogram.to - histogram.from) / static_cast<double>(bins);
  for (std::size_t i = 0; i <= bins; ++i) {
    // Values below the end of each bin, but for those within rounding of it.
    const double end = histogram.from + width * static_cast<double>(i), slack = width * 1e-6;
    const auto below = [&](double x) {
      return static_cast<std::uint64_t>(std::count_if(
          values.begin(), values.end(), [&](float v) { return static_cast<double>(v) < x; }));
    };
    const auto counted = std::accumulate(histogram.counts.begin(),
                                         histogram.counts.begin() + static_cast<std::ptrdiff_t>(i),
                                         std::uint64_t{0});
    const bool last = i == bins;
    if (counted < below(end - slack)) return false;
    if (counted > below(end + slack) && !last) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("Moments, extrema and counts are those of the finite values") {
  Floats values = own_normal(1, 10000, 3);
  values[17] = 0;
  values[18] = -0.0F;
  values[400] = std::nanf("");
  values[401] = std::numeric_limits<float>::infinity();
  long double mean = 0, m2 = 0, m4 = 0;
  double low = 1e9, high = -1e9;
  for (const float value : values) {
    if (!std::isfinite(value)) continue;
    mean += value;
    low = std::min(low, static_cast<double>(value));
    high = std::max(high, static_cast<double>(value));
  }
  mean /= 9998;
  for (const float value : values) {
    if (!std::isfinite(value)) continue;
    const long double d = value - mean;
    m2 += d * d / 9998;
    m4 += d * d * d * d / 9998;
  }
  for (const StoredType type : {StoredType::f32, StoredType::f64}) {
    const TensorReport report = audit(tensor_of("w", {100, 100}, type), values);
    const TensorStatistics& of = report.statistics;
    CHECK(near(of.mean, static_cast<double>(mean), 1e-10));
    CHECK(near(of.std, std::sqrt(static_cast<double>(m2))));
    CHECK(near(of.excess_kurtosis + 3, static_cast<double>(m4 / m2 / m2)));
    CHECK(of.min == low);
    CHECK(of.max == high);
    CHECK(of.zeros == 2);
    CHECK(of.nan == 1);
    CHECK(of.inf == 1);
    CHECK(of.first_nonfinite == 400);
    CHECK(total(report.histogram) == 9998);
    CHECK(report.verdict == Verdict::not_at_init);
    CHECK(report.why == Why::nonfinite);
  }
}

TEST_CASE("What no float32 holds has its statistics in binary64") {
  const double wide[] = {1e60, 1.0 / 3, -1e60, 1e-150};
  TensorAudit streamed(tensor_of("w", {4}, StoredType::f64));
  streamed.add(std::as_bytes(std::span(wide)));
  const TensorStatistics of = streamed.finish().statistics;
  CHECK(of.max == 1e60);
  CHECK(of.min == -1e60);
  CHECK(near(of.std, 1e60 / std::sqrt(2.0)));
  CHECK(of.zeros == 0);
  CHECK(of.inf == 0);
  CHECK(of.underflow_f16 == 0.25);
}

TEST_CASE("Without a finite value no statistic is NaN") {
  const TensorReport report = audit({2, 2}, Floats(4, std::nanf("")));
  CHECK(report.statistics.nan == 4);
  for (const double of : {report.statistics.mean, report.statistics.std, report.statistics.min,
                          report.statistics.max, report.statistics.excess_kurtosis})
    CHECK(of == 0);
  CHECK(report.histogram.counts.empty());
  for (const float norm : report.row_norms) CHECK(norm == 0);
}

TEST_CASE("Shares that binary16 would lose are those measured with torch") {
  // audit.md, section 7: N(0, 1e-4) 46 % subnormal; N(0, 1e-6) 98 % subnormal and 2 % zero.
  const auto of = [](float std) {
    return audit({1000, 1000}, own_normal(7, 1000000, std)).statistics;
  };
  CHECK(std::abs(of(1e-4F).subnormal_f16 - 0.458) < 0.005);
  CHECK(of(1e-4F).underflow_f16 < 0.001);
  CHECK(std::abs(of(1e-6F).subnormal_f16 - 0.976) < 0.005);
  CHECK(std::abs(of(1e-6F).underflow_f16 - 0.024) < 0.003);
  CHECK(of(1).subnormal_f16 < 1e-4);
  const Floats edges = {0x1p-14F, 0x1.8p-15F, 0x1p-25F, 0x1.000002p-25F, 0};
  const TensorStatistics exact = audit({5}, edges).statistics;
  CHECK(exact.subnormal_f16 == 2.0 / 5);
  CHECK(exact.underflow_f16 == 1.0 / 5);
}

TEST_CASE("A histogram counts each value once, whether its values are kept or stream by") {
  for (const std::size_t count : {1000u, 1500000u}) {
    const Floats values = own_normal(9, count, 0.02F);
    const AuditHistogram histogram = audit({static_cast<std::int64_t>(count)}, values).histogram;
    CAPTURE(count);
    CHECK(total(histogram) == count);
    CHECK(histogram.counts.size() >= 64);
    CHECK(histogram.counts.size() <= 128);
    CHECK(counts_agree(histogram, values));
  }
  // A range that grows: the largest values come last.
  Floats growing = own_normal(9, 1200000, 1);
  for (std::size_t i = 0; i < growing.size(); ++i)
    growing[i] *= i < 600000 ? 1e-3F : 1 + static_cast<float>(i % 7);
  const AuditHistogram histogram = audit({1200000}, growing).histogram;
  CHECK(total(histogram) == growing.size());
  CHECK(counts_agree(histogram, growing));
  // A control: the counts of other values do not agree.
  CHECK_FALSE(counts_agree(histogram, own_normal(9, 1200000, 1)));
  const AuditHistogram constant = audit({64}, Floats(64, 2.5F)).histogram;
  CHECK(constant.from == 2.5);
  CHECK(constant.counts == std::vector<std::uint64_t>{64});
}

TEST_CASE("Norms are of rows, every so many of them") {
  const Floats values = own_normal(2, 3000 * 8, 1);
  const TensorReport report = audit({3000, 8}, values);
  CHECK(report.row_step == 3);
  REQUIRE(report.row_norms.size() == 1000);
  for (std::size_t i = 0; i < report.row_norms.size(); ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < 8; ++j)
      sum += std::pow(static_cast<double>(values[i * 3 * 8 + j]), 2);
    CHECK(near(static_cast<double>(report.row_norms[i]), std::sqrt(sum), 1e-6));
  }
  CHECK(audit({4, 8}, Floats(32, 1)).row_norms.size() == 4);
}
