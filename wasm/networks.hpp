// What the answers about networks hold.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "describe.hpp"
#include "initscope/ensemble.hpp"
#include "rows.hpp"
#include "tensors.hpp"
#include "theory.hpp"

namespace initscope::binding {

/// One of a layer's signals, in all layers.
struct Signal {
  const scope::PropagationResult& layers;
  scope::Moments scope::LayerResult::*signal;
};

template <>
struct Described<Signal> {
  static constexpr const char *k_name = "Signal",
                              *k_about = "One signal, by layer: element l - 1 is layer l.";
  template <class Member>
  static void list(Member member) {
    using Moments = scope::Moments;
    const auto of = [](double (*statistic)(const Moments&)) {
      return [statistic](const Signal& in) {
        return column(in.layers, [signal = in.signal, statistic](const scope::LayerResult& layer) {
          return statistic(layer.*signal);
        });
      };
    };
    member("mean", of([](const Moments& m) { return m.mean(); }));
    member("variance", of([](const Moments& m) { return m.variance(); }));
    member("secondMoment", of([](const Moments& m) { return m.second_moment(); }));
    member("min", of([](const Moments& m) { return m.min(); }));
    member("max", of([](const Moments& m) { return m.max(); }));
    member("nonfinite", of([](const Moments& m) { return static_cast<double>(m.nonfinite()); }),
           "Infinities and NaN, which the other statistics leave out.");
  }
};

/// A quantity's range in each of the rows, which are layers or frames.
template <class Row>
struct RangesOf {
  const std::vector<Row>& rows;
  scope::Range Row::*quantity;
};
/// What takes a quantity's ranges out of the rows: the `get` of a member.
template <class Row>
auto ranges_of(scope::Range Row::*quantity) {
  return [quantity](const std::vector<Row>& rows) { return RangesOf<Row>{rows, quantity}; };
}

template <class Row>
struct Described<RangesOf<Row>> {
  static constexpr const char *k_name = "Ranges",
                              *k_about =
                                  "A quantity over many networks, by layer or by frame; "
                                  "95 % of them lie between low and high.";
  template <class Member>
  static void list(Member member) {
    const auto of = [](double scope::Range::*end) {
      return [end](const RangesOf<Row>& ranges) {
        return column(ranges.rows, [&](const Row& row) { return row.*ranges.quantity.*end; });
      };
    };
    member("least", of(&scope::Range::least));
    member("low", of(&scope::Range::low));
    member("median", of(&scope::Range::median));
    member("high", of(&scope::Range::high));
    member("greatest", of(&scope::Range::greatest));
  }
};

/// Moments of the inputs.
struct InputSignal {
  const scope::Moments& moments;
};

template <>
struct Described<InputSignal> {
  static constexpr const char *k_name = "", *k_about = "";
  template <class Member>
  static void list(Member member) {
    member("mean", [](const InputSignal& of) { return of.moments.mean(); });
    member("variance", [](const InputSignal& of) { return of.moments.variance(); });
    member("secondMoment", [](const InputSignal& of) { return of.moments.second_moment(); });
  }
};

using LayerRangeRows = std::vector<scope::LayerRanges>;

template <>
struct Described<LayerRangeRows> {
  static constexpr const char *k_name = "", *k_about = "";
  template <class Member>
  static void list(Member member) {
    using Row = scope::LayerRanges;
    member("variance", ranges_of(&Row::activation_variance));
    member("secondMoment", ranges_of(&Row::activation_second_moment));
    member("gradient", ranges_of(&Row::gradient_second_moment));
    member("correlation", ranges_of(&Row::correlation));
  }
};

/// A propagation's layers, and what theory says of them.
struct PropagationAnswer {
  const scope::EnsembleJob& job;
  TheoryAnswer theory;
  const scope::Plan* plan = nullptr;  ///< of a net; null for a network of widths
};

template <>
struct Described<PropagationAnswer> {
  static constexpr const char *k_name = "PropagationResult", *k_about = "";
  template <class Member>
  static void list(Member member) {
    using Of = PropagationAnswer;
    using Layer = scope::LayerResult;
    const auto signal = [](scope::Moments Layer::*which) {
      return [which](const Of& of) { return Signal{of.job.result(), which}; };
    };
    const auto layer = [](double Layer::*quantity) {
      return [quantity](const Of& of) { return column(of.job.result(), quantity); };
    };
    member(
        "input", [](const Of& of) { return InputSignal{of.job.input()}; },
        "Moments of the inputs h^0, as measured over the batch.");
    member("preactivation", signal(&Layer::preactivation));
    member("activation", signal(&Layer::activation));
    member("gradient", signal(&Layer::gradient));
    member(
        "trunk",
        [](const Of& of) {
          return joined(of.plan, Signal{of.job.result(), &Layer::trunk});
        },
        "What each residual block joins; NaN in rows that join nothing, null for a network without "
        "such blocks.");
    member("branch", [](const Of& of) {
      return joined(of.plan, Signal{of.job.result(), &Layer::branch});
    });
    member(
        "rows", [](const Of& of) { return rows_of_net(of.plan); },
        "What each row is, of a `net`; null for a network of widths, whose rows are its layers.");
    member("zeroFraction", layer(&Layer::zero_fraction));
    member("gradientZeroFraction", layer(&Layer::gradient_zero_fraction),
           "Share of the gradients dE/dz that are exactly 0.");
    member("weightZeroFraction", layer(&Layer::weight_zero_fraction),
           "Share of the weights that are exactly 0; 0 in rows without a weight.");
    member("deadFraction", layer(&Layer::dead_fraction));
    member("saturatedFraction", layer(&Layer::saturated_fraction));
    member("correlation", layer(&Layer::correlation),
           "Mean cosine of pre-activations between samples 2k and 2k + 1.");
    member("weight", signal(&Layer::weight), "NaN in rows without a weight.");
    member("weightSecondMoment", layer(&Layer::weight_second_moment));
    member("weightGradient", layer(&Layer::weight_gradient),
           "Mean square of dE/dW_ij of one sample.");
    const auto histograms = [](scope::Histogram Layer::*which) {
      return [which](const Of& of) {
        const auto& layers = of.job.result();
        return list_of(layers.size(), [&layers, which](std::size_t i) -> const scope::Histogram& {
          return layers[i].*which;
        });
      };
    };
    member("histograms", histograms(&Layer::histogram),
           "Histograms of the activations: finite ones, four of their standard deviations around "
           "their mean.");
    member("gradientHistograms", histograms(&Layer::gradient_histogram),
           "Histograms of the gradients dE/dz, by the same rule.");
    member("weightHistograms", histograms(&Layer::weight_histogram),
           "Histograms of the weights, by the same rule; without bins in rows without a weight.");
    member(
        "probabilities", [](const Of&) { return scope::layer_probabilities(); },
        "Probabilities of the quantiles, ascending: as many below 1/2 as above, and 1/2 between "
        "them.");
    member(
        "quantiles",
        [](const Of& of) {
          const auto& layers = of.job.result();
          return list_of(scope::layer_probabilities().size(), [&layers](std::size_t k) {
            return column(layers, [k](const Layer& each) { return each.quantiles[k]; });
          });
        },
        "Quantiles of the activations, one array for each of the probabilities.");
    member(
        "initialLoss", [](const Of& of) { return of.job.result().back().uniform_loss; },
        "Cross-entropy of a net that ends in a dense block of at least two units, for labels that "
        "are all as likely; NaN for every other network.");
    member("theory", &Of::theory);
    member(
        "ranges",
        [](const Of& of) {
          const LayerRangeRows& rows = of.job.ranges();
          return rows.empty() ? nullptr : &rows;
        },
        "Ranges over `repeats` networks; null for one alone.");
  }
};

}  // namespace initscope::binding
