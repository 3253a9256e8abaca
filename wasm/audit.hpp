// What the reports about a stored model hold, and the audit as the engine calls it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "describe.hpp"
#include "initscope/audit.hpp"
#include "tensors.hpp"

namespace initscope::binding {

/// An enumeration with its own names, the last of which is `kLast`'s: a union of texts.
template <auto kLast>
struct Named {
  decltype(kLast) value;
  std::string name() const { return std::string(name_of(value)); }
};
template <auto kLast, class T>
auto named(decltype(kLast) T::*member) {
  return [member](const T& of) { return Named<kLast>{of.*member}; };
}

/// Objects of a list, each by its place.
template <class T>
auto all_of(const std::vector<T>& items) {
  return list_of(items.size(), [&items](std::size_t i) -> const T& { return items[i]; });
}

template <>
struct Described<scope::TensorStatistics> {
  static constexpr const char *k_name = "TensorStatistics",
                              *k_about =
                                  "Of all values of a tensor, in one pass; mean to kurtosis are of "
                                  "its finite values, and NaN where there is none.";
  template <class Member>
  static void list(Member member) {
    using Of = scope::TensorStatistics;
    member("mean", &Of::mean);
    member("std", &Of::std, "By the number of values, not one less.");
    member("min", &Of::min);
    member("max", &Of::max);
    member("excessKurtosis", &Of::excess_kurtosis);
    member("zeros", &Of::zeros, "How many values are 0 of either sign.");
    member("nan", &Of::nan);
    member("inf", &Of::inf, "Infinite values of either sign.");
    member("firstNonfinite", &Of::first_nonfinite,
           "Row-major index of the first NaN or infinity; null where there is none.");
    member("subnormalF16", &Of::subnormal_f16, "Share of values that float16 holds as subnormals.");
    member("underflowF16", &Of::underflow_f16,
           "Share of values that are 0 in float16 though they are not 0.");
  }
};

template <>
struct Described<scope::FoundLaw> {
  static constexpr const char *k_name = "FoundLaw",
                              *k_about = "A law that a tensor's values are consistent with.";
  template <class Member>
  static void list(Member member) {
    using Of = scope::FoundLaw;
    member(
        "names", [](const Of& of) { return all_of(of.names); },
        "Of the initializers that draw from it, defaults of libraries first.");
    member("shape", named<scope::LawShape::orthogonal>(&Of::shape));
    member("std", &Of::std, "Of an element as it is drawn.");
    member("bound", &Of::bound, "Largest magnitude; 0 where there is none.");
    member("distance", &Of::distance, "Kolmogorov and Smirnov's, from the values looked at.");
  }
};

template <>
struct Described<scope::StreamSeed> {
  static constexpr const char *k_name = "StreamSeed",
                              *k_about = "Where in PyTorch's stream a tensor was drawn.";
  template <class Member>
  static void list(Member member) {
    using Of = scope::StreamSeed;
    member("seed", &Of::seed, "Of torch.manual_seed: its lower 32 bits.");
    member("offset", &Of::offset, "Words of 32 bits drawn before.");
  }
};

template <>
struct Described<scope::Structure> {
  static constexpr const char *k_name = "TensorStructure",
                              *k_about =
                                  "Statistics of independence, each about N(0, 1) at "
                                  "initialization; beyond 4 they refute. Null where the matrix is "
                                  "too thin.";
  template <class Member>
  static void list(Member member) {
    using Of = scope::Structure;
    member("rows", &Of::rows, "Of the rows' norms.");
    member("columns", &Of::columns);
    member("rowSums", &Of::row_sums);
    member("columnSums", &Of::column_sums);
    member("neighbours", &Of::neighbours, "Of products of neighbours within a row.");
    member("mean", &Of::mean);
    member("edge", &Of::edge, "Of the largest singular value, in units of Tracy and Widom's law.");
  }
};

template <>
struct Described<scope::AuditHistogram> {
  static constexpr const char *k_name = "AuditHistogram",
                              *k_about = "Finite values in bins of equal width over [from, to].";
  template <class Member>
  static void list(Member member) {
    using Of = scope::AuditHistogram;
    member("from", &Of::from);
    member("to", &Of::to);
    member(
        "counts", [](const Of& of) { return column(of.counts, std::identity{}); },
        "64 to 128 of them; none where no value is finite.");
  }
};

template <>
struct Described<scope::Finding> {
  static constexpr const char *k_name = "AuditFinding",
                              *k_about = "What is wrong with a tensor or a model.";
  template <class Member>
  static void list(Member member) {
    using Of = scope::Finding;
    member("id", &Of::id);
    member("severity", named<scope::Severity::error>(&Of::severity));
    member("number", &Of::number, "What `id` counts or measures.");
    member("place", &Of::place, "Where: an index, rows, a law or another tensor.");
  }
};

template <>
struct Described<scope::TensorReport> {
  static constexpr const char *k_name = "TensorReport", *k_about = "What is said of a tensor.";
  template <class Member>
  static void list(Member member) {
    using Of = scope::TensorReport;
    member("name", &Of::name);
    member("shape", [](const Of& of) { return extents(of.shape); });
    member("dtype", &Of::dtype, "As its file calls it.");
    member("count", &Of::count, "Values that were read.");
    member(
        "statistics", [](const Of& of) -> const auto& { return of.statistics; });
    member("certificate", named<scope::Certificate::stream>(&Of::certificate),
           "By which it is certain that no value has changed since PyTorch drew it.");
    member("verdict", named<scope::Verdict::not_judged>(&Of::verdict));
    member("why", named<scope::Why::tied>(&Of::why), "Why the verdict is what it is.");
    member(
        "laws", [](const Of& of) { return all_of(of.laws); }, "All that the values do not refute.");
    member("seed", &Of::seed, "Known once the whole model is; null where it is not found.");
    member("distance", &Of::distance,
           "From its own values at initialization, |w - w0| / |w0|, by the seed; null without.");
    member(
        "structure", [](const Of& of) -> const auto& { return of.structure; });
    member(
        "histogram", [](const Of& of) -> const auto& { return of.histogram; });
    member(
        "rowNorms", [](const Of& of) -> const auto& { return of.row_norms; },
        "Of every `rowStep`-th row, at most 1024 of them.");
    member("rowStep", &Of::row_step);
    member("fanIn", &Of::fan_in, "Of a vector its weight's.");
    member("fanOut", &Of::fan_out);
    member(
        "findings", [](const Of& of) { return all_of(of.findings); }, "In order of harm.");
  }
};

template <>
struct Described<scope::StreamEntry> {
  static constexpr const char *k_name = "LedgerEntry", *k_about = "One draw of a model's stream.";
  template <class Member>
  static void list(Member member) {
    using Of = scope::StreamEntry;
    member("tensor", &Of::tensor, "Its place in the list of tensors.");
    member("seed", &Of::seed, "Of its stream.");
    member("offset", &Of::offset, "Words of 32 bits drawn before.");
    member("words", &Of::words, "That it took.");
    member("proved", &Of::proved,
           "Whether its values are certified to be these; else it is predicted by its place.");
  }
};

template <>
struct Described<scope::ModelReport> {
  static constexpr const char *k_name = "ModelReport", *k_about = "What is said of a model.";
  template <class Member>
  static void list(Member member) {
    using Of = scope::ModelReport;
    member("tensors", [](const Of& of) { return all_of(of.tensors); });
    member(
        "findings", [](const Of& of) { return all_of(of.findings); },
        "Across tensors, in order of harm.");
    member("seed", &Of::seed, "Of most of its tensors; null where none is found.");
    member(
        "ledger", [](const Of& of) { return all_of(of.ledger); },
        "By offset: the order in which the model was built.");
  }
};

}  // namespace initscope::binding
