// What the answer about a network's outline holds.
#pragma once

#include <optional>
#include <string>

#include "describe.hpp"
#include "initscope/outline.hpp"
#include "python.hpp"
#include "rows.hpp"
#include "tensors.hpp"

namespace initscope::binding {

/// A place of a list as a number; -1 for `k_none`.
inline double place_or_none(scope::Index place) noexcept {
  return place == scope::k_none ? -1 : static_cast<double>(place);
}

template <>
struct Described<scope::OutlineItem> {
  static constexpr const char *k_name = "NetItem",
                              *k_about = "A block of a network's text, or a repetition.";
  template <class Member>
  static void list(Member member) {
    using Of = scope::OutlineItem;
    member(
        "block",
        [](const Of& of) {
          return std::string(of.item->block == nullptr ? "" : of.item->block->id);
        },
        "Its id in the catalogue; \"\" for a repetition.");
    member("begin", &Of::begin, "Its place in the text, [begin, end).");
    member("end", &Of::end);
    member(
        "parent", [](const Of& of) { return place_or_none(of.parent); },
        "Place of the item that it stands in; -1 at the top.");
    member("shortcut", &Of::shortcut, "Whether it stands in its parent's shortcut.");
    member("count", &Of::count, "How often it is repeated.");
    member(
        "byDepth", [](const Of& of) { return of.item->block == nullptr && of.item->count == 0; },
        "Whether the field `depth` says how often.");
    member(
        "options", [](const Of& of) { return Options{of.item->options}; },
        "The block's options, none missing, without its schemes.");
    member(
        "depthsUnderRoot", [](const Of& of) { return scope::depths_under_root(*of.item); },
        "How often the depth stands under the root that a branch is divided by; 0 for a number.");
    member(
        "weight", [](const Of& of) { return own_scheme(of.item->weight); },
        "The scheme of its own; null where it has the network's.");
    member("bias", [](const Of& of) { return own_scheme(of.item->bias); });
  }

 private:
  static std::optional<Arguments> own_scheme(const scope::SchemeSpec& scheme) {
    if (scheme.scheme == nullptr) return std::nullopt;
    return Arguments{scheme};
  }
};

template <>
struct Described<scope::PlacedBlock> {
  static constexpr const char *k_name = "PlacedBlock",
                              *k_about =
                                  "A block once repetitions are written out; a residual "
                                  "block stands at its end.";
  template <class Member>
  static void list(Member member) {
    using Of = scope::PlacedBlock;
    member("item", &Of::item, "Its place among the items.");
    member("inputs", &Of::inputs, "Units before it, and after.");
    member("outputs", &Of::outputs);
    member("weight", &Of::weight, "Number of its weight, from 1; 0 for none.");
    member("row", &Of::row, "The row that it leads to, from 0.");
  }
};

/// A network's outline, and the spec of which it is made.
struct PlanAnswer {
  const scope::NetworkSpec& spec;
  const scope::Outline& outline;
};

/// A weight of a plan with the scheme that draws it.
struct PlannedWeight {
  const PlanAnswer& of;
  const scope::Weight& weight;
};

template <>
struct Described<PlannedWeight> {
  static constexpr const char *k_name = "NetWeight", *k_about = "A weight and its bias.";
  template <class Member>
  static void list(Member member) {
    using Of = PlannedWeight;
    member(
        "number", [](const Of& of) { return of.weight.number; },
        "Its place in forward order, from 1.");
    member("outputs", [](const Of& of) { return of.weight.outputs; });
    member("inputs", [](const Of& of) { return of.weight.inputs; });
    member(
        "mean",
        [](const Of& of) {
          return of.of.spec.weight_scheme(of.weight.scheme).law(of.weight.fans).mean();
        },
        "Of an entry as its scheme draws it here; NaN where no closed form is known.");
    member("variance", [](const Of& of) {
      return of.of.spec.weight_scheme(of.weight.scheme).law(of.weight.fans).variance();
    });
    member(
        "biasVariance",
        [](const Of& of) {
          return of.of.spec.bias_scheme(of.weight.bias).law(bias_fans(of.weight.fans)).variance();
        },
        "Of an entry of the bias.");
    member(
        "facts",
        [](const Of& of) {
          return facts_of(of.of.spec.weight_scheme(of.weight.scheme), of.weight.fans);
        },
        "What the formula of its scheme names here.");
    member("biasFacts", [](const Of& of) {
      return facts_of(of.of.spec.bias_scheme(of.weight.bias), bias_fans(of.weight.fans));
    });
    member(
        "branchLength", [](const Of& of) { return of.weight.fans.branch_length; },
        "Weights of the residual branch that it stands in; 0 on the trunk.");
    member("endsBranch", [](const Of& of) { return of.weight.fans.ends_branch; });
  }

 private:
  static scope::Facts facts_of(const scope::SchemeSpec& scheme, const scope::Fans& fans) {
    scope::Facts facts;
    scheme.law(fans, facts);
    return facts;
  }
};

template <>
struct Described<PlanAnswer> {
  static constexpr const char *k_name = "PlanResult", *k_about = "A network as it will be run.";
  template <class Member>
  static void list(Member member) {
    using Of = PlanAnswer;
    member(
        "text", [](const Of& of) { return of.outline.text; },
        "The network as a text, in canonical form; that of its widths where it has none.");
    member("items", [](const Of& of) {
      return list_of(
          of.outline.items.size(), [&of](std::size_t i) -> const auto& {
            return of.outline.items[i];
          });
    });
    member("blocks", [](const Of& of) {
      return list_of(
          of.outline.blocks.size(), [&of](std::size_t i) -> const auto& {
            return of.outline.blocks[i];
          });
    });
    member("rows", [](const Of& of) { return rows_of(of.outline.plan); });
    member("weights", [](const Of& of) {
      return list_of(of.outline.plan.weights.size(), [&of](std::size_t i) {
        return PlannedWeight{of, of.outline.plan.weights[i]};
      });
    });
    member(
        "multiplications",
        [](const Of& of) { return scope::size_of(of.outline.plan).multiplications; },
        "Of one sample on the way forward.");
    member(
        "python", [](const Of& of) { return typed_python(of.spec.expression); },
        "The typed activation as Python; null for others.");
  }
};

}  // namespace initscope::binding
