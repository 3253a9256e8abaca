#include "audit/findings.hpp"

#include <algorithm>
#include <cmath>

#include "audit/modules.hpp"

namespace initscope {
namespace {

constexpr double k_share_lost = 0.01;
constexpr std::size_t k_kept_pairs = 16;

/// Equal lines of fewer values may be chance: 2^18 lines have 2^35 pairs.
std::uint64_t least_length(const StoredTensor& tensor) noexcept {
  constexpr std::uint64_t k_float = 3, k_half = 8, k_quantized = 32;
  if (tensor.storage == Storage::quantized) return k_quantized;
  const bool half = tensor.type == StoredType::f16 || tensor.type == StoredType::bf16;
  return half ? k_half : k_float;
}

/// Leaves out pairs that a hash took for equal, as far as the values are still there.
void compare(Pairs& pairs, const Gathered& gathered, bool rows) {
  const auto columns = static_cast<std::size_t>(gathered.sums.size().columns);
  const std::size_t whole = gathered.first_rows.size() / columns;
  const float* values = gathered.first_rows.data();
  const auto differ = [&](const auto& pair) {
    const auto [a, b] = pair;
    if (rows)
      return a < whole && b < whole &&
             !std::equal(values + a * columns, values + (a + 1) * columns, values + b * columns);
    for (std::size_t i = 0; i < whole; ++i)
      if (values[i * columns + a] != values[i * columns + b]) return true;
    return false;
  };
  pairs.erase(std::remove_if(pairs.begin(), pairs.end(), differ), pairs.end());
}

Pairs first_of(const Pairs& pairs) {
  return {pairs.begin(),
          pairs.begin() + static_cast<std::ptrdiff_t>(std::min(pairs.size(), k_kept_pairs))};
}

void find_units(const Gathered& gathered, TensorReport& report) {
  const RowSums& sums = gathered.sums;
  const auto [rows, columns] = sums.size();
  const bool by_rows = gathered.tensor.layout == Layout::torch;
  const std::uint64_t units = by_rows ? rows : columns;
  if (gathered.tensor.shape.size() < 2 || units < 2) return;
  const Severity severity = is_embedding(report.name) ? Severity::note : Severity::warning;
  const auto [dead, first] =
      by_rows ? std::pair(sums.zero_rows(), sums.first_zero_row()) : sums.zero_columns();
  if (dead > 0 && dead < units)
    report.findings.push_back(
        {"dead_rows", severity, static_cast<double>(dead), std::to_string(first)});
  const std::uint64_t least = least_length(gathered.tensor);
  Pairs equal_rows = columns >= least ? sums.equal_rows() : Pairs();
  Pairs equal_columns = rows >= least ? sums.equal_columns() : Pairs();
  compare(equal_rows, gathered, true);
  compare(equal_columns, gathered, false);
  const Pairs& equal_units = by_rows ? equal_rows : equal_columns;
  report.kept.equal_units = first_of(equal_units);
  report.kept.equal_inputs = first_of(by_rows ? equal_columns : equal_rows);
  if (!equal_units.empty())
    report.findings.push_back(
        {"duplicate_rows", severity, static_cast<double>(equal_units.size()),
         std::to_string(equal_units[0].first) + ", " + std::to_string(equal_units[0].second)});
}

void find_constants(const TensorReport& report, std::vector<Finding>& out) {
  if (report.shape.size() < 2 || is_constant_on_purpose(report.name)) return;
  if (report.why == Why::zeros)
    out.push_back({"zeros", Severity::warning, static_cast<double>(report.count), ""});
  if (report.why == Why::constant || report.why == Why::ones)
    out.push_back({"constant", Severity::error, report.statistics.mean, ""});
}

/// A mistake of scale: that all laws left are of the rule.
void find_rule(std::span<const Candidate> left, TensorReport& report) {
  const auto all = [&](Rule rule) {
    return !left.empty() && std::all_of(left.begin(), left.end(),
                                        [&](const Candidate& one) { return one.rule == rule; });
  };
  if (report.verdict != Verdict::untouched && report.verdict != Verdict::consistent) return;
  if (all(Rule::unscaled_truncation))
    report.findings.push_back(
        {"truncation", Severity::warning, 0.87962566103423978, left[0].names[0]});
  // Convolutions are often drawn by fan_out on purpose, for the way back.
  if (all(Rule::fan_out) && report.fan_in != report.fan_out)
    report.findings.push_back({"wrong_fan",
                               report.shape.size() == 2 ? Severity::warning : Severity::note,
                               std::sqrt(report.fan_in / report.fan_out), left[0].names[0]});
}

void find_lost(const Gathered& gathered, TensorReport& report) {
  const TensorStatistics& of = report.statistics;
  const bool half = gathered.tensor.type == StoredType::f16;
  const Severity severity = half ? Severity::warning : Severity::note;
  if (of.underflow_f16 > k_share_lost)
    report.findings.push_back({"underflow_f16", severity, of.underflow_f16, ""});
  if (of.subnormal_f16 > k_share_lost)
    report.findings.push_back({"subnormal_f16", severity, of.subnormal_f16, ""});
}

}  // namespace

void sort_by_harm(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
}

void find(const Gathered& gathered, std::span<const Candidate> left, TensorReport& report) {
  const TensorStatistics& of = report.statistics;
  if (of.first_nonfinite)
    report.findings.push_back({"nonfinite", Severity::error, static_cast<double>(of.nan + of.inf),
                               std::to_string(*of.first_nonfinite)});
  if (report.verdict == Verdict::not_judged && report.why != Why::quantized) return;
  if (report.verdict == Verdict::trivial) {
    find_constants(report, report.findings);
  } else {
    find_units(gathered, report);
    find_rule(left, report);
    if (gathered.tensor.storage == Storage::floats) find_lost(gathered, report);
  }
  sort_by_harm(report.findings);
}

}  // namespace initscope
