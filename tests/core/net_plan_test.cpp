// The plan of a net's text: its rows, and where each weight stands.
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "initscope/checked.hpp"
#include "initscope/net.hpp"
#include "initscope/plan.hpp"
#include "networks.hpp"

using namespace initscope;
using test::k_nets;
using test::with_net;

namespace {

NetworkSpec spec_of(const std::string& net) { return checked::parse<NetworkSpec>(with_net(net)); }

Plan plan_for(const std::string& net) { return plan_of(spec_of(net)); }

}  // namespace

TEST_CASE("A net's rows are its activations, or its residual blocks, and say which") {
  const auto labels = [](const std::string& net) {
    std::string all;
    const Plan plan = plan_for(net);
    for (Index row = 0; row < plan.rows.size(); ++row)
      all += (all.empty() ? "" : ", ") + label_of(plan, row);
    return all;
  };
  CHECK(labels("2*(dense,phi)") == "phi 1, phi 2");
  CHECK(labels("dense,phi,dense") == "phi 1, dense 1");
  CHECK(labels("dense,ln,dense") == "dense 1, dense 2");
  CHECK(labels("dense,2*(res(ln,dense,phi,dense)),ln,dense;out:3") ==
        "dense 1, res 1, res 2, dense 2");
  CHECK(labels("2*(res(dense,phi,dense),phi)") == "res 1, res 2");
  CHECK(labels("ln") == "net 1");
  const Plan plan = plan_for("2*(res(dense,phi,dense),phi)");
  for (const Row& row : plan.rows) {
    CHECK(row.before != row.after);  // the sum, and what phi makes of it
    CHECK(row.activation.id == Activation::tanh);
  }
  // A row's `before` that an activation follows has one reader: its gradient is complete with it.
  for (const char* net : k_nets) {
    INFO(net);
    const Plan made = plan_for(net);
    for (const Op& op : made.ops)
      if (op.row != k_none && made.rows[op.row].before != op.out) CHECK_FALSE(op.adds);
  }
}

TEST_CASE("Weights know the branch in which they stand") {
  const Plan plan =
      plan_for("dense,3*(res(dense,phi,dense)),res(dense,res(dense),dense|dense),dense");
  std::string all;
  for (const Weight& weight : plan.weights) {
    CHECK(weight.fans.branches == 5);
    all += std::to_string(weight.fans.branch_length) + (weight.fans.ends_branch ? "! " : " ");
  }
  CHECK(all == "0 2 2! 2 2! 2 2! 0 2 1! 2! 0 ");
}

TEST_CASE("Schemes of residual networks read off the net where a weight stands") {
  // Two branches of two weights between a stem and a head, all 24 wide.
  const auto stds = [](const char* scheme) {
    Spec request = with_net("dense,2*(res(dense,phi,dense)),dense");
    request.set("scheme", std::string(scheme));
    const auto spec = checked::parse<NetworkSpec>(request);
    std::vector<double> all;
    for (const Weight& weight : plan_of(spec).weights)
      all.push_back(spec.weight.law(weight.fans).std());
    return all;
  };
  const auto near = [](const std::vector<double>& got, const std::vector<double>& wanted) {
    REQUIRE(got.size() == wanted.size());
    for (std::size_t i = 0; i < got.size(); ++i) CHECK(std::abs(got[i] - wanted[i]) < 1e-12);
  };
  const double he = std::sqrt(2.0 / 24), xavier = std::sqrt(2.0 / 48), std = 0.02;
  const double fixup = he / std::sqrt(2.0), deep = xavier * std::pow(8, -0.25),
               t_fixup = xavier * 0.67, gpt2 = std / std::sqrt(2.0);
  near(stds("fixup"), {he, fixup, 0, fixup, 0, he});
  near(stds("deepnorm"), {xavier, deep, deep, deep, deep, xavier});
  near(stds("t_fixup"), {xavier, t_fixup, t_fixup, t_fixup, t_fixup, xavier});
  near(stds("gpt2"), {std, std, gpt2, std, gpt2, std});
}
