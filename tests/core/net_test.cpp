// Networks as their readers write them: the grammar, what is refused and where, and what is made of
// a text.
#include "initscope/net.hpp"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <random>
#include <set>

#include "initscope/checked.hpp"
#include "initscope/ensemble.hpp"
#include "initscope/plan.hpp"
#include "initscope/sampling.hpp"
#include "instruction_sets.hpp"
#include "net_texts.hpp"
#include "networks.hpp"
#include "plain_passes.hpp"
#include "training/learner.hpp"

using namespace initscope;
using test::issues_of;

namespace {

Spec with_net(const std::string& net, double depth = 3, double width = 24, double batch = 37) {
  return {{"net", net},
          {"depth", depth},
          {"width", width},
          {"batch", batch},
          {"activation", std::string("tanh")},
          {"bias", std::string("torch_linear_bias")}};
}

NetworkSpec spec_of(const std::string& net) { return checked::parse<NetworkSpec>(with_net(net)); }

Plan plan_for(const std::string& net) { return plan_of(spec_of(net)); }

std::string canonical(const std::string& text) {
  Net net;
  NetFault fault;
  return read_net(text, net, fault) ? to_text(net)
                                    : std::to_string(fault.column) + ": " + fault.allowed;
}

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

/// One network of each block, residual ones nested, with and without projections.
constexpr const char* k_nets[] = {
    "depth*(dense,ln,phi)",
    "depth*(dense,phi,rms)",
    "depth*(dense,gn;groups:4,phi)",
    "depth*(dense,bn,phi)",
    "dense,phi,dense;out:2x,phi;activation:gelu,dense;out:10",
    "depth*(res(phi,dense,phi,dense))",
    "dense,depth*(res;scale:1/sqrt(depth)(ln,dense;out:2x,phi,dense;out:width)),ln,dense;out:5",
    "depth*(res(dense,phi,dense),phi)",
    "res(dense;out:12,phi,dense;out:16|dense;out:16),phi,res(phi,dense,scale;value:0.5)",
    "depth*(res(phi,dense,res(dense,phi),dense))",
    "res(bn,phi,dense,bn,phi,dense),dropout,ln"};

}  // namespace

TEST_CASE("A net has a canonical text, which reads back as the same net") {
  CHECK(canonical("depth * ( dense , phi )") == k_plain_net);
  CHECK(canonical("dense;out:4x,phi;activation:gelu") == "dense;out:4x,phi;activation:gelu");
  CHECK(canonical("dense;weight:normal[std:0.02],ln;eps:1e-5") ==
        "dense;weight:normal[std:0.02],ln");
  CHECK(canonical("res;scale:1/sqrt(2depth)(dense|dense)") ==
        "res;scale:1/sqrt(2depth)(dense|dense)");
  CHECK(canonical("3*(res;scale:1(phi,2*(dense)))") == "3*(res(phi,2*(dense)))");
  CHECK(canonical("dense;weight:library;bias:library") == "dense;weight:library;bias:library");
  for (const char* net : k_nets) {
    INFO(net);
    CHECK(canonical(net) == net);
  }
}

TEST_CASE("Where a text goes wrong has its column and what might stand there") {
  const std::string ids = "dense, phi, res, ln, rms, gn, bn, scale, dropout, 3*(...), depth*(...)";
  CHECK(canonical("") == "1: " + ids);
  CHECK(canonical("dense,\n  conv") == "10: " + ids);
  CHECK(canonical("dense,,phi") == "7: " + ids);
  CHECK(canonical("dense phi") == "1: " + ids);  // one word, for white space means nothing
  CHECK(canonical("dense;depth:3") == "7: out, weight, bias");
  CHECK(canonical("dense;out:3;out:4") == "13: out, weight, bias");
  CHECK(canonical("dense;out") == "10: :");
  CHECK(canonical("res") == "4: (");
  CHECK(canonical("res(dense") == "10: ), |");
  CHECK(canonical("0*(dense)") == "1: 1..2000");
  CHECK(canonical("99999999*(dense)") == "1: 1..2000");
  CHECK(canonical("3(dense)") == "2: *(");
  CHECK(canonical("dense)") == "6: ,");
  CHECK(canonical("ln;eps:2") == "3: eps:0..1");
  CHECK(canonical("dense;weight:normal[std:x]").substr(0, 15) == "6: weight.std:0");
  CHECK(canonical("dense;weight:lsuv").substr(0, 10) == "6: weight:");
  CHECK(canonical("dense;weight:normal[std:1") == "26: ]");
  CHECK(canonical("phi;activation:gelu[a:1]") == "21: ; ,");
  CHECK(canonical("phi;activation:typed").substr(0, 24) == "4: activation:request, l");
  CHECK(canonical(std::string(40, '(')) == "1: " + ids);
  std::string deep;
  for (int i = 0; i < 20; ++i) deep += "2*(";
  CHECK(canonical(deep).substr(0, 4) == "28: ");
}

TEST_CASE("A block that cannot be is refused with what arrives there and what it needs") {
  const auto issue = [](const std::string& net, double batch = 37) {
    const Issues issues = issues_of(with_net(net, 3, 24, batch));
    REQUIRE(issues.size() == 1);
    CHECK(issues[0].field == "net");
    return issues[0];
  };
  CHECK(issue("dense,gn;groups:5").value == "7: gn;groups:5 [24]");
  CHECK(issue("dense;out:0").value == "1: dense;out:0 [24]");
  CHECK(issue("dense;out:0").allowed == "out:1..4096, out:width, out:2x");
  CHECK(issue("dense;out:0.1x").reason == Reason::not_in_text);
  CHECK(issue("8*(dense;out:2x)").value == "4: dense;out:2x [3072]");
  CHECK(issue("res(dense;out:7)").value == "1: res(dense;out:7) [7]");
  CHECK(issue("res(dense;out:7)").allowed == "out:24, not 7; (...|dense;out:7)");
  CHECK(issue("dense,res(dropout)").value == "7: res(dropout) [24]");
  CHECK(issue("res(dense|dropout)").reason == Reason::not_in_text);
  CHECK(issue("res;scale:x(dense)").reason == Reason::not_in_text);
  CHECK(issue("dropout").allowed == "dense, phi");
  CHECK(issue("dense,bn", 1).allowed == "batch 2..");
  CHECK(issue("conv").value == "1: conv");
  const Issue unread = issue("dense,conv");
  CHECK(describe(unread) == "net is wrong at character 7: conv; allowed there: " + unread.allowed);
  // Neither can the widths be those of two nets, nor a scheme's tensor be another.
  Spec both = with_net("dense");
  both.set("widths", std::vector<double>{3, 4});
  CHECK(issues_of(both).at(0).field == "widths");
  CHECK(issue("dense;out:7;weight:looks_linear,phi").reason == Reason::not_divisible);
}

TEST_CASE("What is too large is refused before it runs, with the need and the limit") {
  const auto reason = [](const std::string& net, double width, double batch) {
    const Issues issues = issues_of(with_net(net, 200, width, batch));
    return issues.empty() ? std::string() : issues[0].field + ' ' + issues[0].allowed;
  };
  CHECK(reason("2000*(phi)", 1, 1).empty());
  CHECK(reason("2001*(phi)", 1, 1) == "net 1..2000");
  CHECK(reason("2*(1001*(phi))", 1, 1) == "net 2000 blocks");
  CHECK(reason("2000*(2000*(2000*(2000*(2000*(phi)))))", 1, 1) == "net 2000 blocks");
  CHECK(reason("200*(dense,phi)", 1024, 128).empty());
  CHECK(reason("200*(dense,phi)", 1024, 1024) == "net 33554432 kept numbers");
  CHECK(reason("300*(dense)", 1024, 1024) == "net 274877906944 multiplications");
  CHECK(reason("20*(dense;out:4096)", 1, 1) == "net 268435456 weights");
  CHECK(reason("dense;out:4096,4*(phi),dense;out:width", 1024, 1024).empty());
  const Issues memory =
      issues_of(with_net("dense;out:4096,7*(phi),dense;out:width", 3, 1024, 1024));
  REQUIRE_FALSE(memory.empty());
  CHECK(memory[0].reason == Reason::too_many);
  CHECK(memory[0].allowed.find("MB of memory") != std::string::npos);
}

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
  const NetworkSpec spec = spec_of("depth*(dense,phi),dense;out:10");
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

TEST_CASE("Numbers of a net are decimals, of which each has one spelling") {
  CHECK(canonical("dense;out:016,res;scale:0.50(dense;out:1e1),dense;out:4.0x") ==
        "dense;out:16,res;scale:0.5(dense;out:10),dense;out:4x");
  for (const char* net : {"dense;out:0x10", "dense;out:0x1p4", "dense;out:1e1xx", "dense;out:x",
                          "res;scale:0x1p-3(dense)", "res;scale:inf(dense)"})
    CHECK(issues_of(with_net(net)).at(0).field == "net");
  CHECK(issues_of(with_net("dense;weight:normal[std:0.02;std:0.03]")).at(0).field == "net");
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

constexpr std::size_t k_samples = 5, k_inputs = 8;

/// A net that learns, in double or in float, on the same inputs, parameters and output gradients.
template <class Passes>
struct Learning {
  using Real = typename Passes::Real;

  explicit Learning(const char* net)
      : network(checked::parse<NetworkSpec>(with_net(net, 2, k_inputs, k_samples)), k_samples) {
    const auto drawn = draw(1, network.parameters().size());
    std::copy(drawn.begin(), drawn.end(), network.parameters().begin());
  }

  static std::vector<float> draw(std::uint64_t seed, std::size_t count) {
    std::vector<float> values(count);
    fill_normal(Stream(seed, {}), 0, 0.5, values);
    return values;
  }

  /// Sum of outputs times the gradients that are given.
  double cost() {
    const auto inputs = draw(2, k_samples * k_inputs),
               seeds = draw(3, k_samples * network.outputs());
    network.begin(k_samples);
    for (std::size_t s = 0; s < k_samples; ++s)
      network.set_input(s, std::span<const float>(inputs).subspan(s * k_inputs, k_inputs));
    network.forward();
    double sum = 0;
    for (std::size_t s = 0; s < k_samples; ++s)
      for (std::size_t u = 0; u < network.outputs(); ++u) {
        const float seed = seeds[s * network.outputs() + u];
        sum += static_cast<double>(seed) * static_cast<double>(network.output(s, u));
        network.set_output_gradient(s, u, static_cast<Real>(seed));
      }
    return sum;
  }

  std::vector<double> gradient() {
    cost();
    network.backward();
    return {network.gradient().begin(), network.gradient().end()};
  }

  Learner<Passes> network;
};

double distance(const std::vector<double>& a, const std::vector<double>& b) {
  double apart = 0, norm = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    apart += (a[i] - b[i]) * (a[i] - b[i]);
    norm += b[i] * b[i];
  }
  return std::sqrt(apart / norm);
}

TEST_CASE("Gradients through every block are those of central differences in double") {
  for (const char* net : k_nets) {
    INFO(net);
    Learning<test::PlainPasses> learning(net);
    const std::vector<double> gradient = learning.gradient();
    constexpr double k_step = 1e-5;
    std::vector<double> slopes;
    for (double& parameter : learning.network.parameters()) {
      const double at = parameter;
      parameter = at + k_step;
      const double above = learning.cost();
      parameter = at - k_step;
      const double below = learning.cost();
      parameter = at;
      slopes.push_back((above - below) / (2 * k_step));
    }
    CHECK(distance(gradient, slopes) < 1e-6);
    // Control: the gradient at other parameters.
    for (double& parameter : learning.network.parameters()) parameter *= 1.1;
    CHECK(distance(learning.gradient(), slopes) > 1e-3);
  }
}

TEST_CASE("A net in float32 learns as in double, on every instruction set") {
  for (const char* net : k_nets) {
    INFO(net);
    const std::vector<double> wanted = Learning<test::PlainPasses>(net).gradient();
    test::on_each_instruction_set(
        [&] { CHECK(distance(Learning<KernelPasses>(net).gradient(), wanted) < 1e-4); });
  }
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

TEST_CASE("Ten thousand hostile texts are an issue or an answer") {
  std::mt19937 engine(17);
  std::size_t answers = 0;
  for (int i = 0; i < 10000; ++i) {
    const std::string text = i % 2 == 0 ? test::net_by_grammar(engine) : test::net_of_noise(engine);
    INFO(text);
    Spec request = with_net(text, 2, 6, 5);
    NetworkSpec spec;
    const Issues issues = read(request, spec);
    for (const Issue& issue : issues) REQUIRE_FALSE(describe(issue).empty());
    if (!issues.empty()) continue;
    Net again;
    NetFault fault;
    REQUIRE(read_net(to_text(spec.net), again, fault) == !spec.net.empty());
    REQUIRE(to_text(again) == to_text(spec.net));
    const PlanSize size = size_of(plan_of(spec));
    if (size.multiplications > 1e5 || plan_of(spec).ops.size() > 300) continue;
    PropagationJob job(spec);
    while (job.advance()) {
    }
    REQUIRE(job.result().size() == plan_of(spec).rows.size());
    mean_field(spec);
    ++answers;
  }
  CHECK(answers > 1000);  // the grammar's texts are no empty claim
}
