// What the answers about tensors and layers hold.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "describe.hpp"
#include "initscope/distribution.hpp"
#include "initscope/layers.hpp"
#include "initscope/matrix.hpp"

namespace initscope::binding {

inline auto extents(const scope::Shape& shape) {
  return list_of(shape.size(), [&shape](std::size_t i) { return shape[i]; });
}

template <>
struct Described<scope::Histogram> {
  static constexpr const char *k_name = "Histogram", *k_about = "";
  template <class Member>
  static void list(Member member) {
    using Of = scope::Histogram;
    member("from", &Of::from);
    member("to", &Of::to);
    member("counts", [](const Of& of) { return column(of.counts, std::identity{}); });
    member("below", &Of::below);
    member("above", &Of::above);
    member(
        "zeroBin",
        [](const Of& of) {
          const auto bin = of.bin_of(0);
          return bin ? static_cast<double>(*bin) : -1;
        },
        "Place of the bin that holds 0; -1 for none.");
  }
};

template <>
struct Described<scope::Moments> {
  static constexpr const char *k_name = "Moments", *k_about = "";
  template <class Member>
  static void list(Member member) {
    using Of = scope::Moments;
    member("count", &Of::count);
    member("mean", &Of::mean);
    member("std", &Of::std);
    member("skewness", &Of::skewness);
    member("excessKurtosis", &Of::excess_kurtosis);
    member("min", &Of::min);
    member("max", &Of::max);
  }
};

/// In the order of Law::Kind.
inline constexpr const char* k_laws[] = {"atom",      "uniform", "normal", "truncated_normal",
                                         "spherical", "atoms",   "unknown"};
static_assert(std::size(k_laws) == static_cast<std::size_t>(scope::Law::Kind::unknown) + 1);

template <>
struct Described<scope::Law> {
  static constexpr const char *k_name = "Law", *k_about = "";
  template <class Member>
  static void list(Member member) {
    using Of = scope::Law;
    const auto atoms = [](double Of::Atom::*quantity) {
      return [quantity](const Of& law) {
        const std::span<const Of::Atom> all = law.atoms();
        return column(all.size(), [all, quantity](std::size_t i) { return all[i].*quantity; });
      };
    };
    member("kind", [](const Of& law) { return one_of<k_laws>(law.kind()); });
    member("zeros", &Of::zeros, "Probability of an atom at 0 beside the law.");
    member("atomValues", atoms(&Of::Atom::value), "Values of a law of a few atoms.");
    member("atomMasses", atoms(&Of::Atom::mass));
    member("mean", &Of::mean);
    member("std", &Of::std);
    member("min", &Of::lowest);
    member("max", &Of::highest);
  }
};

/// A result about one tensor, and by what that may surprise.
template <class Result>
struct Answer {
  const Result& result;
  const scope::Issues& warnings;
};

/// The members that both have.
template <class Result, class Member>
void list_tensor(Member member) {
  using Of = Answer<Result>;
  member(
      "warnings", [](const Of& of) -> const auto& { return of.warnings; },
      "What may surprise about the tensor: no weight that is not 0.");
  member(
      "law", [](const Of& of) -> const auto& { return of.result.law; });
  member(
      "facts", [](const Of& of) -> const auto& { return of.result.facts; },
      "Numbers that the scheme's formula names.");
}

template <>
struct Described<Answer<scope::DistributionResult>> {
  static constexpr const char *k_name = "DistributionResult", *k_about = "";
  template <class Member>
  static void list(Member member) {
    using Result = scope::DistributionResult;
    const auto of = [](auto quantity) {
      return [quantity](const Answer<Result>& answer) -> const auto& {
        return answer.result.*quantity;
      };
    };
    list_tensor<Result>(member);
    member("moments", of(&Result::moments));
    member("histogram", of(&Result::histogram));
    member("probabilities", [](const auto&) { return scope::quantile_probabilities(); });
    member("quantiles", of(&Result::quantiles));
    member(
        "curve", [](const auto&) { return scope::curve_probabilities(); },
        "Probabilities, and the sample's and the law's quantiles there.");
    member("sampleCurve", of(&Result::sample_curve));
    member("lawCurve", of(&Result::law_curve));
    member("zeros", of(&Result::zeros),
           "Values that are 0 where the law has an atom there; the histogram leaves them out.");
    member("ks", of(&Result::ks_distance), "NaN where the law is unknown.");
    member("densityX", of(&Result::density_x),
           "The law's density at abscissae; empty for an atom.");
    member("density", of(&Result::density));
  }
};

template <>
struct Described<Answer<scope::MatrixResult>> {
  static constexpr const char *k_name = "MatrixResult", *k_about = "A tensor as a matrix.";
  template <class Member>
  static void list(Member member) {
    using Result = scope::MatrixResult;
    const auto of = [](auto quantity) {
      return [quantity](const Answer<Result>& answer) -> const auto& {
        return answer.result.*quantity;
      };
    };
    list_tensor<Result>(member);
    member("shape", [](const auto& answer) { return extents(answer.result.shape); });
    member("rows", of(&Result::rows));
    member("columns", of(&Result::columns));
    member(
        "values", [](const auto& answer) { return Tensor{answer.result.values}; }, "Row-major.");
    member("singularValues", of(&Result::singular_values),
           "Descending; empty for matrices that are too large.");
    member("theoryX", of(&Result::theory_x),
           "Marchenko and Pastur's density; empty where it does not apply.");
    member("theory", of(&Result::theory));
  }
};

template <>
struct Described<scope::Overwrite> {
  static constexpr const char *k_name = "", *k_about = "";
  template <class Member>
  static void list(Member member) {
    member("first", &scope::Overwrite::first);
    member("count", &scope::Overwrite::count);
    member("value", &scope::Overwrite::value);
  }
};

/// A parameter with its values, or with none where they are not wanted.
struct Parameter {
  const scope::LayerParameter& parameter;
  std::span<const float> values;

  const scope::SchemeSpec& scheme() const noexcept { return parameter.scheme; }
};

template <>
struct Described<Parameter> {
  static constexpr const char *k_name = "LayerParameter",
                              *k_about = "A parameter of a layer, as its library lists it.";
  template <class Member>
  static void list(Member member) {
    using Of = Parameter;
    const auto axes = [](const std::optional<std::vector<int>>& given) {
      auto axis = [&given](std::size_t i) { return (*given)[i]; };
      using Axes = List<decltype(axis)>;
      return Omissible<Axes>{given ? std::optional<Axes>({given->size(), axis}) : std::nullopt};
    };
    const auto or_library = [](double connections, double fan) {
      return connections > 0 ? connections : fan;
    };
    member(
        "name", [](const Of& of) -> const auto& { return of.parameter.name; });
    member("shape", [](const Of& of) { return extents(of.parameter.shape); });
    member(
        "scheme", [](const Of& of) { return Arguments{of.scheme()}; },
        "The scheme that it is drawn by, with its parameters.");
    member(
        "fanIn", [](const Of& of) { return of.scheme().fans.in; },
        "The fans that its library takes, and the connections that a unit truly has.");
    member("fanOut", [](const Of& of) { return of.scheme().fans.out; });
    member("trueFanIn", [or_library](const Of& of) {
      return or_library(of.parameter.connections.in, of.scheme().fans.in);
    });
    member("trueFanOut", [or_library](const Of& of) {
      return or_library(of.parameter.connections.out, of.scheme().fans.out);
    });
    member(
        "in_axis", [axes](const Of& of) { return axes(of.parameter.axes.in); },
        "Axes by which the library takes the fans, where they are not those of the layout.");
    member("out_axis", [axes](const Of& of) { return axes(of.parameter.axes.out); });
    member(
        "drawn", [](const Of& of) { return of.parameter.drawn; },
        "Its place in the order of drawing; parameters of one place are copies, with the same "
        "values.");
    member(
        "overwritten",
        [](const Of& of) {
          const scope::Overwrite& part = of.parameter.overwrite;
          return part.count > 0 ? std::optional(part) : std::nullopt;
        },
        "Elements that are set after drawing: a padding row's, the forget gate's; null where none "
        "is.");
    member(
        "warnings", [](const Of& of) { return scope::warnings(of.scheme(), of.parameter.shape); },
        "Where it has no elements, so that nothing is drawn.");
    member("values", [](const Of& of) { return Tensor{of.values}; });
  }
};

}  // namespace initscope::binding
