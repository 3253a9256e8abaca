#include "audit/ladder.hpp"

#include <algorithm>
#include <cmath>

#include "audit/modules.hpp"
#include "audit/structure.hpp"
#include "audit/trivial.hpp"

namespace initscope {
namespace {

bool is_half(StoredType type) noexcept {
  return type == StoredType::f16 || type == StoredType::bf16;
}

void conclude(TensorReport& report, Verdict verdict, Why why) noexcept {
  report.verdict = verdict;
  report.why = why;
}

/// What is no tensor that an initializer draws.
std::optional<Why> not_judged(const Gathered& gathered) {
  const StoredTensor& tensor = gathered.tensor;
  if (!gathered.complete) return tensor.tied_to ? Why::tied : Why::incomplete;
  if (tensor.storage == Storage::integers) return Why::integers;
  if (is_optimizer_state(tensor.name)) return Why::optimizer_state;
  if (is_running_statistics(tensor.name)) return Why::running_statistics;
  if (tensor.storage == Storage::quantized) return Why::quantized;
  return std::nullopt;
}

/// The values that were drawn: without rows that are all 0.
DrawnValues drawn_values(const Gathered& gathered, std::vector<float>& without_zeros) {
  const TensorStatistics statistics = gathered.counts.statistics();
  const auto all = static_cast<double>(gathered.counts.count());
  DrawnValues values;
  const std::uint64_t zeros = gathered.sums.zero_rows() * gathered.sums.size().columns;
  values.count = all - static_cast<double>(zeros);
  values.largest = std::max(std::abs(statistics.min), std::abs(statistics.max));
  values.second_moment = gathered.counts.second_moment() * all / values.count;
  values.type = gathered.tensor.type;
  values.sorted = gathered.sorted;
  if (zeros > 0) {
    std::copy_if(gathered.sorted.begin(), gathered.sorted.end(), std::back_inserter(without_zeros),
                 [](float value) { return value != 0; });
    values.sorted = without_zeros;
  }
  return values;
}

bool same_bound(double a, double b) noexcept {
  return static_cast<float>(a) == static_cast<float>(b);
}

FoundLaw orthogonal_law(double gain, MatrixSize size) {
  const auto larger = static_cast<double>(std::max(size.rows, size.columns));
  return {{"torch.nn.init.orthogonal_", "keras.initializers.Orthogonal",
           "jax.nn.initializers.orthogonal"},
          LawShape::orthogonal,
          gain / std::sqrt(larger),
          gain,
          0};
}

/// The laws that are left, those of one shape only where it is certified.
std::vector<Candidate> law_candidates(const std::vector<Candidate>& all, const DrawnValues& values,
                                      const Gathered& gathered, Certificate certificate) {
  std::vector<Candidate> left;
  if (certificate == Certificate::lattice) {
    std::copy_if(all.begin(), all.end(), std::back_inserter(left), [&](const Candidate& one) {
      return one.shape == LawShape::uniform && same_bound(one.scale, gathered.lattice.bound);
    });
    return left;
  }
  left = fitting(all, values);
  if (certificate == Certificate::phase)
    left.erase(std::remove_if(left.begin(), left.end(),
                              [](const Candidate& one) { return one.shape != LawShape::normal; }),
               left.end());
  return left;
}

Certificate certificate_of(const Gathered& gathered) {
  if (!gathered.exact || is_half(gathered.tensor.type)) return Certificate::none;
  if (gathered.lattice.certified) return Certificate::lattice;
  return phase_certified(gathered.stretches) ? Certificate::phase : Certificate::none;
}

Why why_consistent(const Gathered& gathered) noexcept {
  if (is_half(gathered.tensor.type)) return Why::sixteen_bits;
  return gathered.counts.count() < k_many_values ? Why::few_values : Why::no_certificate;
}

}  // namespace

bool phase_certified(std::span<const std::vector<float>> stretches) {
  // Share of torch's own tensors, and the spread of it over m pairs: 0.45 / sqrt m.
  constexpr double k_share = 0.137, k_spread = 0.45, k_errors = 5;
  double pairs = 0, share = 0;
  for (const std::vector<float>& stretch : stretches) {
    const PhaseVerdict verdict = torch_phase(stretch);
    if (!verdict.certified) return false;
    const auto weight = static_cast<double>(verdict.pairs);
    share += verdict.share * weight;
    pairs += weight;
  }
  return pairs > 0 && share / pairs > k_share - k_errors * k_spread / std::sqrt(pairs);
}

std::vector<Candidate> judge(const Gathered& gathered, TensorReport& report) {
  const ValueCounts& counts = gathered.counts;
  const bool finite = counts.finite() == counts.count();
  if (gathered.complete && finite && counts.count() > 0)
    report.structure = structure_of(
        {gathered.sums, counts.statistics().mean, counts.kurtosis(), gathered.first_rows});
  if (const auto why = not_judged(gathered)) {
    conclude(report, Verdict::not_judged, *why);
    return {};
  }
  if (!finite) {
    conclude(report, Verdict::not_at_init, Why::nonfinite);
    return {};
  }
  if (const auto why = trivial_content(gathered)) {
    conclude(report, Verdict::trivial, *why);
    return {};
  }
  std::vector<float> without_zeros;
  const DrawnValues values = drawn_values(gathered, without_zeros);
  report.certificate = certificate_of(gathered);
  std::vector<Candidate> left =
      law_candidates(candidates_of(gathered.tensor), values, gathered, report.certificate);
  for (const Candidate& one : left) report.laws.push_back(found(one, values));
  if (report.certificate != Certificate::none) {
    const bool lattice = report.certificate == Certificate::lattice;
    conclude(report, Verdict::untouched, lattice ? Why::lattice : Why::phase);
    if (left.empty()) {
      const Candidate own{LawShape::normal,
                          std::sqrt(values.second_moment),
                          Rule::other,
                          false,
                          {"torch.Tensor.normal_"}};
      report.laws.push_back(found(own, values));
    }
    return left;
  }
  if (gathered.all_rows) {
    if (const auto gain = orthogonal_gain(gathered.first_rows, gathered.sums.size())) {
      report.laws = {orthogonal_law(*gain, gathered.sums.size())};
      conclude(report, Verdict::consistent, why_consistent(gathered));
      return {};
    }
  }
  if (left.empty())
    conclude(report, Verdict::not_at_init, Why::no_law);
  else if (largest(report.structure) > k_refuted)
    conclude(report, Verdict::not_at_init, Why::structure);
  else
    conclude(report, Verdict::consistent, why_consistent(gathered));
  return left;
}

}  // namespace initscope
