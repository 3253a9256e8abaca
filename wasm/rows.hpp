// The rows of a net's plan, which answers about nets share, and what its residual blocks alone
// have.
#pragma once

#include <algorithm>
#include <optional>
#include <string>

#include "describe.hpp"
#include "initscope/plan.hpp"

namespace initscope::binding {

/// A row of a plan.
struct PlanRow {
  const scope::Plan& plan;
  scope::Index row;
};

template <>
struct Described<PlanRow> {
  static constexpr const char *k_name = "NetRow",
                              *k_about =
                                  "A row of a network's figures: an activation, or a "
                                  "residual block of the trunk.";
  template <class Member>
  static void list(Member member) {
    using Of = PlanRow;
    member(
        "label", [](const Of& of) { return scope::label_of(of.plan, of.row); },
        "The block that ends it and its number among such: \"res 3\".");
    member("block", [](const Of& of) { return std::string(of.plan.rows[of.row].block); });
    member("units", [](const Of& of) { return of.plan.units[of.plan.rows[of.row].after]; });
    member(
        "weight",
        [](const Of& of) {
          const scope::Index weight = of.plan.rows[of.row].weight;
          return weight == scope::k_none ? 0 : of.plan.weights[weight].number;
        },
        "Number of the weight whose gradient it shows; 0 for none.");
    member(
        "scale",
        [](const Of& of) {
          for (const scope::Op& op : of.plan.ops)
            if (op.joins == of.row) return static_cast<double>(op.scale);
          return 1.0;
        },
        "What a residual block multiplies its branch by; 1 for other rows.");
  }
};

inline auto rows_of(const scope::Plan& plan) {
  return list_of(plan.rows.size(), [&plan](std::size_t i) {
    return PlanRow{plan, static_cast<scope::Index>(i)};
  });
}

/// The rows of a net, as an optional member; none for null, a network of widths.
inline auto rows_of_net(const scope::Plan* plan) {
  using Rows = decltype(rows_of(*plan));
  return plan == nullptr ? std::nullopt : std::optional<Rows>(rows_of(*plan));
}

/// Values that the rows of residual blocks alone have; none for a network without any.
template <class Values>
std::optional<Values> joined(const scope::Plan* plan, Values values) {
  const bool any =
      plan != nullptr && std::any_of(plan->ops.begin(), plan->ops.end(),
                                     [](const scope::Op& op) { return op.joins != scope::k_none; });
  return any ? std::optional<Values>(values) : std::nullopt;
}

}  // namespace initscope::binding
