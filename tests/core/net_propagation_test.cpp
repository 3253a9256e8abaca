// What a propagation makes of a net, with theory where it reads the same text: bits, rows, losses.
#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <set>

#include "initscope/checked.hpp"
#include "initscope/ensemble.hpp"
#include "initscope/net.hpp"
#include "initscope/plan.hpp"
#include "instruction_sets.hpp"
#include "networks.hpp"

using namespace initscope;
using test::k_nets;
using test::with_net;

namespace {

/// Numbers of a result that a changed bit changes.
std::vector<double> bits_of(const PropagationResult& result) {
  std::vector<double> all;
  for (const LayerResult& row : result) {
    for (const Moments* moments :
         {&row.preactivation, &row.activation, &row.gradient, &row.trunk, &row.branch}) {
      if (moments->count() == 0) continue;
      for (const double value : {moments->mean(), moments->second_moment(), moments->max()})
        all.push_back(value);
    }
    for (const double value : {row.correlation, row.weight_gradient, row.weight_second_moment})
      if (!std::isnan(value)) all.push_back(value);
  }
  return all;
}

}  // namespace

TEST_CASE("A net that says what the fields say has the same bits") {
  Spec fields = with_net(k_plain_net), net = with_net("3*(dense,phi)");
  CHECK(bits_of(checked::propagate(fields)) == bits_of(checked::propagate(net)));
  CHECK(bits_of(checked::propagate(with_net(" depth*( dense,phi ) "))) ==
        bits_of(checked::propagate(fields)));
  // Control.
  CHECK(bits_of(checked::propagate(with_net("4*(dense,phi)"))) !=
        bits_of(checked::propagate(fields)));
}

TEST_CASE("A net takes the request's typed activation, in its passes and in its theory") {
  const auto numbers = [](const char* activation) {
    Spec request = with_net("dense,depth*(res(phi,dense)),phi");
    request.set("activation", std::string(activation));
    request.set("expression", std::string("z*sigmoid(z)"));
    std::vector<double> all;
    for (const LayerResult& row : checked::propagate(request))
      all.push_back(row.activation.second_moment() * row.gradient.second_moment());
    const MeanField theory = checked::mean_field(request);
    CHECK(theory.gap == TheoryGap::applies);
    for (const LayerTheory& row : theory.layers) all.push_back(row.activation * row.gradient);
    return all;
  };
  const auto typed = numbers("typed"), silu = numbers("silu"), control = numbers("mish");
  REQUIRE(typed.size() == silu.size());
  REQUIRE(typed.size() == 8);
  for (std::size_t i = 0; i < typed.size(); ++i) {
    CHECK(std::abs(typed[i] / silu[i] - 1) < 1e-5);
    CHECK(std::abs(control[i] / silu[i] - 1) > 1e-3);
  }
}

TEST_CASE("A block's own schemes fill its weights") {
  const auto second = [](const std::string& net) {
    return checked::propagate(with_net(net)).at(0).weight_second_moment;
  };
  CHECK(second("dense;weight:zeros,phi") == 0);
  CHECK(second("dense;weight:constant[val:0.5],phi") == 0.25);
  CHECK(std::abs(second("dense;weight:library,phi") * 24 * 3 - 1) < 0.2);
  CHECK(std::abs(second("dense;weight:normal[std:0.02],phi") / 4e-4 - 1) < 0.2);
  CHECK(std::abs(second("dense,phi") / 4e-4 - 1) > 10);
  const auto biased = checked::propagate(with_net("dense;weight:zeros;bias:ones,phi"));
  CHECK(biased.at(0).preactivation.mean() == 1);
}

TEST_CASE("Trunk and branch of a residual block are measured apart") {
  const auto rows = checked::propagate(with_net("dense,depth*(res;scale:0.5(phi,dense))"));
  REQUIRE(rows.size() == 4);
  CHECK(rows[0].trunk.count() == 0);
  for (std::size_t l = 1; l < rows.size(); ++l) {
    CHECK(rows[l].trunk.count() == 24 * 37);
    CHECK(rows[l].trunk.second_moment() == rows[l - 1].activation.second_moment());
    CHECK(rows[l].branch.second_moment() > 0);
    CHECK(rows[l].weight_gradient > 0);
  }
}

TEST_CASE("A head's loss at the start is cross-entropy's mean over uniform labels") {
  const auto loss = [](const std::string& net, double batch = 37) {
    return checked::propagate(with_net(net, 3, 24, batch)).back().uniform_loss;
  };
  CHECK(loss("depth*(dense,phi),dense;out:10;weight:zeros;bias:zeros") ==
        Catch::Approx(std::log(10)).epsilon(1e-14));
  CHECK(std::isnan(loss("depth*(dense,phi)")));
  CHECK(std::isnan(loss("depth*(dense,phi),dense;out:1")));
  CHECK(std::isnan(loss("depth*(res(dense,phi,dense))")));
  CHECK(std::isnan(checked::propagate(with_net("dense,dense;out:3")).front().uniform_loss));
  // Of two classes it is the mean of log(2 cosh(d/2)), which the moments do not say: by the passes.
  const auto spec = checked::parse<NetworkSpec>(with_net("depth*(dense,phi),dense;out:10"));
  PropagationJob job(spec);
  while (job.advance()) {
  }
  // Logits of independent N(0, s) have the loss ln C + (1 - 1/C) s/2 where s is small.
  const LayerResult& head = job.result().back();
  const double s = head.activation.variance();
  CHECK(head.uniform_loss > std::log(10));
  CHECK(head.uniform_loss == Catch::Approx(std::log(10) + 0.45 * s).epsilon(0.1));
  CHECK(std::isnan(job.result().front().uniform_loss));
}

TEST_CASE("No head's loss is below ln C, however large and alike its logits are") {
  for (const double depth : {9.0, 11.0, 13.0}) {
    Spec ones = with_net("depth*(dense,phi),dense;out:10", depth, 256);
    ones.set("scheme", std::string("ones"));
    ones.set("bias", std::string("zeros"));
    ones.set("activation", std::string("relu"));
    CHECK(checked::propagate(ones).back().uniform_loss >= std::log(10) * (1 - 1e-12));
  }
}

TEST_CASE("A net that begins with an activation has the input's gradient in its first row") {
  for (const char* net : {"depth*(phi,dense)", "phi,depth*(dense,phi)", "phi,dense,phi", "phi"}) {
    const PropagationResult rows = checked::propagate(with_net(net));
    CHECK(rows.front().gradient.count() == 24 * 37);
    CHECK(rows.front().gradient.second_moment() > 0);
  }
  // Through an orthogonal product and nothing else, the mean square stays.
  Spec linear = with_net("phi,dense;weight:orthogonal;bias:zeros");
  linear.set("activation", std::string("linear"));
  const PropagationResult rows = checked::propagate(linear);
  CHECK(rows.front().gradient.second_moment() ==
        Catch::Approx(rows.back().gradient.second_moment()).epsilon(1e-5));
}

TEST_CASE("Dropout is the identity at initialization, and says what training makes of it") {
  CHECK(bits_of(checked::propagate(with_net("dense,dropout;p:0.2,phi"))) ==
        bits_of(checked::propagate(with_net("dense,phi"))));
  Net net;
  NetFault fault;
  REQUIRE(read_net("dropout;p:0.2,dense", net, fault));
  CHECK(growth_in_training(net[0]) == 1 / (1 - 0.2));
  CHECK(growth_in_training(net[1]) == 1);
}

TEST_CASE("A net has the same bits on every instruction set, and in an ensemble") {
  for (const char* net : k_nets) {
    INFO(net);
    std::set<std::vector<double>> results;
    test::on_each_instruction_set(
        [&] { results.insert(bits_of(checked::propagate(with_net(net)))); });
    CHECK(results.size() == 1);
    Spec many = with_net(net);
    many.set("repeats", 3.0);
    EnsembleJob job(checked::parse<NetworkSpec>(many));
    while (job.advance()) {
    }
    CHECK(bits_of(job.result()) == *results.begin());
    CHECK(job.ranges().size() == job.result().size());
  }
}
