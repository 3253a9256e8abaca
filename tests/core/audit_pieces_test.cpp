// However the bytes of a tensor are parted, its report is the same; and bytes that are too few, too
// many or of an impossible shape are no crash.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <sstream>

#include "audits.hpp"

using namespace initscope;
using namespace initscope::test;

namespace {

constexpr float k_infinity = std::numeric_limits<float>::infinity();

void print(std::ostream& out, const std::optional<double>& value) {
  out << (value ? std::to_string(1) : "none") << ' ' << value.value_or(0) << '\n';
}

/// All of a report that may differ, every digit of it.
std::string everything(const TensorReport& report) {
  std::ostringstream out;
  out << std::hexfloat << report.name << ' ' << report.count << ' ' << name_of(report.certificate)
      << name_of(report.verdict) << name_of(report.why) << '\n';
  const TensorStatistics& of = report.statistics;
  out << of.mean << ' ' << of.std << ' ' << of.min << ' ' << of.max << ' ' << of.excess_kurtosis
      << ' ' << of.zeros << ' ' << of.nan << ' ' << of.inf << ' ' << of.first_nonfinite.value_or(77)
      << ' ' << of.subnormal_f16 << ' ' << of.underflow_f16 << '\n';
  for (const FoundLaw& law : report.laws)
    out << law.names[0] << law.names.size() << name_of(law.shape) << law.std << ' ' << law.bound
        << ' ' << law.distance << '\n';
  const Structure& s = report.structure;
  for (const auto& one :
       {s.rows, s.columns, s.row_sums, s.column_sums, s.neighbours, s.mean, s.edge})
    print(out, one);
  out << report.histogram.from << ' ' << report.histogram.to << '\n';
  for (const auto count : report.histogram.counts) out << count << ' ';
  for (const float norm : report.row_norms) out << norm << ' ';
  for (const Finding& one : report.findings) out << one.id << one.number << one.place << '\n';
  for (const float value : report.kept.first) out << value << ' ';
  out << report.kept.hash;
  for (const auto hash : report.kept.row_hashes) out << hash << ' ';
  return out.str();
}

Floats awkward(std::size_t count) {
  Floats values = torch_uniform(3, count, 0.125);
  for (std::size_t i = 100; i < 140; ++i) values[i] = values[i - 40];
  values[5000] = 0;
  return values;
}

}  // namespace

TEST_CASE("Pieces of any size give the same report, to the last bit") {
  for (const StoredType type :
       {StoredType::f32, StoredType::f16, StoredType::bf16, StoredType::f64}) {
    for (const bool broken : {false, true}) {
      const Shape shape = {303, 40};
      Floats values = awkward(values_of(shape));
      if (broken) {
        values[777] = std::nanf("");
        values[9000] = -k_infinity;
      }
      const StoredTensor tensor = tensor_of("a.weight", shape, type);
      const auto bytes = stored(values, type);
      const std::string whole =
          everything(audit_bytes(tensor, bytes, [&] { return bytes.size(); }));
      for (const std::size_t piece : {1u, 2u, 3u, 7u, 4096u, 16383u, 16385u})
        CHECK(everything(audit_bytes(tensor, bytes, [&] { return piece; })) == whole);
      std::mt19937 random(5);
      for (int i = 0; i < 5; ++i)
        CHECK(everything(audit_bytes(tensor, bytes, [&] { return random() % 20000; })) == whole);
      // A control: another value is another report.
      Floats other = values;
      other[12000] = -other[12000];
      CHECK(everything(audit(tensor, other)) != whole);
    }
  }
}

TEST_CASE("A tensor of which bytes lack, or that has more, is not judged") {
  const StoredTensor tensor = tensor_of("a.weight", {64, 32});
  const auto bytes = stored(torch_uniform(1, 64 * 32, 0.125));
  const auto report = [&](std::span<const std::byte> part) {
    return audit_bytes(tensor, part, [] { return std::size_t{1000}; });
  };
  CHECK(report(bytes).verdict == Verdict::untouched);
  std::vector<std::byte> more = bytes;
  more.push_back(std::byte{0});
  for (const auto& part : {std::span<const std::byte>(bytes).first(bytes.size() - 1),
                           std::span<const std::byte>(bytes).first(bytes.size() - 4),
                           std::span<const std::byte>(), std::span<const std::byte>(more)}) {
    const TensorReport of = report(part);
    CHECK(of.verdict == Verdict::not_judged);
    CHECK(of.why == Why::incomplete);
    CHECK(of.laws.empty());
  }
  CHECK(report(more).count == 64 * 32);
  CHECK(report(std::span<const std::byte>(bytes).first(13)).count == 3);
}

TEST_CASE("Impossible and empty shapes are answered") {
  const std::vector<std::byte> bytes(64);
  const auto report = [&](Shape shape, std::size_t length) {
    return audit_bytes(tensor_of("a", std::move(shape)), std::span(bytes).first(length),
                       [] { return std::size_t{5}; });
  };
  constexpr std::int64_t k_huge = std::numeric_limits<std::int64_t>::max();
  for (const Shape& shape : {Shape{-1}, Shape{4, -4}, Shape{k_huge}, Shape{k_huge, k_huge},
                             Shape{1 << 30, 1 << 30}, Shape{std::int64_t{1} << 53}})
    for (const std::size_t length : {0u, 16u}) {
      CHECK(report(shape, length).why == Why::incomplete);
      CHECK(report(shape, length).verdict == Verdict::not_judged);
    }
  CHECK(report({0}, 0).why == Why::empty);
  CHECK(report({3, 0, 5}, 0).why == Why::empty);
  CHECK(report({k_huge, 0}, 0).why == Why::empty);
  CHECK(report({0}, 4).why == Why::incomplete);
  CHECK(report({}, 4).why == Why::zeros);  // a number
  CHECK(report({1, 1, 1, 1}, 4).count == 1);
}
