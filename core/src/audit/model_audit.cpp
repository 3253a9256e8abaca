#include <algorithm>
#include <map>

#include "audit/findings.hpp"
#include "audit/model_stream.hpp"
#include "audit/modules.hpp"
#include "initscope/audit.hpp"

namespace initscope {
namespace {

using Reports = std::vector<TensorReport>;

/// A tensor whose values were read once, as those of an earlier one, is said the same of.
void complete_tied(Reports& reports) {
  for (TensorReport& report : reports) {
    const auto place = report.kept.tied_to;
    if (report.why != Why::tied || !place || *place >= reports.size()) continue;
    const TensorReport& first = reports[*place];
    TensorReport copy = first;
    copy.name = report.name;
    copy.shape = report.shape;
    copy.dtype = report.dtype;
    copy.kept.tied_to = place;
    report = std::move(copy);
  }
}

bool was_drawn(const TensorReport& report) noexcept {
  return report.verdict != Verdict::trivial && report.verdict != Verdict::not_judged;
}

/// Tensors that are no constants and yet the same, each with the first that it is equal to.
void find_copies(Reports& reports) {
  std::map<std::pair<std::uint64_t, Shape>, std::size_t> firsts;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    TensorReport& report = reports[i];
    if (!was_drawn(report) || report.kept.tied_to || report.count < 2) continue;
    const auto [first, is_new] = firsts.emplace(std::pair(report.kept.hash, report.shape), i);
    if (is_new) continue;
    const TensorReport& original = reports[first->second];
    if (original.kept.first != report.kept.first) continue;
    report.findings.push_back({"copied", Severity::warning, 1, original.name});
    sort_by_harm(report.findings);
  }
}

/// Units of one matrix that are equal, and of which the next reads with equal weights: they will
/// learn the same for ever.
void find_symmetries(Reports& reports) {
  TensorReport* before = nullptr;
  for (TensorReport& report : reports) {
    if (report.shape.size() < 2 || report.verdict == Verdict::not_judged) continue;
    if (before != nullptr) {
      const auto& inputs = report.kept.equal_inputs;
      std::size_t count = 0;
      for (const auto& pair : before->kept.equal_units)
        count += std::find(inputs.begin(), inputs.end(), pair) != inputs.end() ? 1u : 0u;
      if (count > 0 && before->fan_out == report.fan_in) {
        before->findings.push_back(
            {"symmetric", Severity::error, static_cast<double>(count), report.name});
        sort_by_harm(before->findings);
      }
    }
    before = &report;
  }
}

/// What is as it was drawn while others are not.
void find_never_trained(Reports& reports) {
  const bool trained = std::any_of(reports.begin(), reports.end(), [](const TensorReport& one) {
    return one.verdict == Verdict::not_at_init && one.why != Why::nonfinite;
  });
  if (!trained) return;
  for (TensorReport& report : reports) {
    if (report.verdict != Verdict::untouched || report.kept.tied_to) continue;
    report.findings.push_back({"never_trained", Severity::warning, 1, ""});
    sort_by_harm(report.findings);
  }
}

/// One finding for each kind that tensors show of one another, with how many do and the first.
std::vector<Finding> across(const Reports& reports) {
  std::vector<Finding> out;
  for (const char* id : {"symmetric", "copied", "never_trained", "wrong_fan"}) {
    Finding all{id, Severity::note, 0, ""};
    for (const TensorReport& report : reports)
      for (const Finding& one : report.findings) {
        if (one.id != id) continue;
        all.severity = std::max(all.severity, one.severity);
        all.number += 1;
        if (all.place.empty()) all.place = report.name;
      }
    if (all.number > 0) out.push_back(std::move(all));
  }
  sort_by_harm(out);
  return out;
}

}  // namespace

void ModelAudit::add(TensorReport report) { reports_.push_back(std::move(report)); }

ModelReport ModelAudit::conclude() {
  ModelReport model;
  model.tensors = std::move(reports_);
  place_in_stream(model);
  complete_tied(model.tensors);
  find_copies(model.tensors);
  find_symmetries(model.tensors);
  find_never_trained(model.tensors);
  model.findings = across(model.tensors);
  return model;
}

}  // namespace initscope
