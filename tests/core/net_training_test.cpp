// Nets that learn: the same network as in a propagation, what is learned beside weights, how a
// batch norm is evaluated, and what is refused before anything runs.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <random>
#include <set>

#include "initscope/checked.hpp"
#include "initscope/training.hpp"
#include "initscope/weights.hpp"
#include "instruction_sets.hpp"
#include "net_texts.hpp"
#include "plain_passes.hpp"
#include "training/learner.hpp"

using namespace initscope;

namespace {

Spec with(const std::string& net, std::initializer_list<std::pair<std::string, Value>> changes) {
  Spec spec{{"net", net},
            {"data_set", std::string("circles")},
            {"samples", 200.0},
            {"depth", 3.0},
            {"width", 12.0},
            {"batch", 40.0},
            {"activation", std::string("tanh")},
            {"bias", std::string("torch_linear_bias")},
            {"steps", 30.0}};
  for (const auto& [name, value] : changes) spec.set(name, value);
  return spec;
}

TrainingSpec spec_of(const std::string& net,
                     std::initializer_list<std::pair<std::string, Value>> changes = {}) {
  return checked::parse<TrainingSpec>(with(net, changes));
}

Issues issues_of(const Spec& spec) {
  TrainingSpec out;
  return read(spec, out);
}

/// Every block, residual ones nested, with and without heads of their own.
constexpr const char* k_nets[] = {
    "dense;out:width,ln,phi,depth*(dense,ln,phi)",
    "dense;out:24,gn;groups:4,phi,rms",
    "dense;out:width,depth*(bn,phi,dense),bn,phi,dense;out:2",
    "dense;out:width,depth*(res;scale:1/"
    "sqrt(depth)(ln,dense;out:2x,phi,dense;out:width)),ln,dense;out:2",
    "dense;out:width,depth*(res(dense,phi,dense,scale;value:0)),phi",
    "dense;out:width,depth*(res(bn,phi,dense,bn,phi,dense;out:width;weight:zeros),phi)",
    "dense;out:8,res(phi,dense;out:6|dense;out:6;weight:library),dropout,phi;activation:gelu"};

/// Numbers of a result that a changed bit changes.
std::vector<double> bits_of(const TrainingResult& result) {
  std::vector<double> all;
  for (const TrainingFrame& frame : result.frames) {
    all.insert(all.end(), {frame.loss, frame.test_loss, frame.score});
    for (const LayerState& row : frame.layers)
      all.insert(all.end(),
                 {row.activation, row.gradient, row.weight, row.weight_gradient, row.update});
    for (const LayerState& row : frame.layers)
      if (!std::isnan(row.trunk)) all.insert(all.end(), {row.trunk, row.branch});
    all.insert(all.end(), frame.map.begin(), frame.map.end());
  }
  return all;
}

std::vector<std::vector<float>> drawn(const NetworkSpec& spec) {
  const Plan plan = plan_of(spec, Ending::linear);
  NetworkWeights source(spec, plan);
  std::vector<std::vector<float>> all;
  for (const Weight& weight : plan.weights) {
    std::vector<float> values(weight.size()), bias(weight.outputs);
    source.prepare(weight.number, values, bias);
    values.insert(values.end(), bias.begin(), bias.end());
    all.push_back(std::move(values));
  }
  return all;
}

}  // namespace

TEST_CASE("A net begins to learn with the weights that a propagation of the same request has") {
  for (const char* generator : {"initscope", "torch"})
    for (const char* net : k_nets) {
      INFO(net << ", " << generator);
      const TrainingSpec training =
          spec_of(net, {{"generator", std::string(generator)}, {"seed", 5.0}});
      const Spec request{{"net", std::string(net)},
                         {"depth", 3.0},
                         {"width", 12.0},
                         {"input_width", 2.0},
                         {"batch", 40.0},
                         {"activation", std::string("tanh")},
                         {"bias", std::string("torch_linear_bias")},
                         {"generator", std::string(generator)},
                         {"seed", 5.0}};
      auto here = drawn(training.network), there = drawn(checked::parse<NetworkSpec>(request));
      // A net that does not end in a dense of two outputs has one more weight.
      REQUIRE(here.size() >= there.size());
      REQUIRE(here.size() <= there.size() + 1);
      const bool headed = here.size() > there.size();
      CHECK(headed == (std::string(net).find(",dense;out:2") == std::string::npos ||
                       std::string(net).find("(phi,dense;out:6|") != std::string::npos));
      here.resize(there.size());
      CHECK(here == there);
      // And the training's first frame has these.
      const auto frame =
          checked::train(
              with(net, {{"generator", std::string(generator)}, {"seed", 5.0}, {"steps", 1.0}}))
              .frames.front();
      const auto rows = checked::propagate(request);
      for (std::size_t row = 0; row + 1 < rows.size(); ++row)
        CHECK(std::abs(frame.layers[row].weight * frame.layers[row].weight -
                       rows[row].weight_second_moment) <= 1e-12 * rows[row].weight_second_moment);
      // Control: another seed has others.
      Spec other = request;
      other.set("seed", 6.0);
      CHECK(drawn(checked::parse<NetworkSpec>(other)) != there);
    }
}

TEST_CASE("A net that ends in as many outputs as are learned is as it is, another gets a head") {
  const auto ends = [](const std::string& net, const char* set) {
    const TrainingSpec spec = spec_of(net, {{"data_set", std::string(set)}});
    const Plan plan = plan_of(spec.network, Ending::linear);
    CHECK(plan.units[plan.output()] == spec.classes);
    CHECK(plan.ops.back().kind == OpKind::product);
    return to_text(spec.network.net);
  };
  CHECK(ends("dense,phi,dense;out:2", "circles") == "dense,phi,dense;out:2");
  CHECK(ends("dense,phi,dense;out:2,dropout", "circles") == "dense,phi,dense;out:2,dropout");
  CHECK(ends("dense,phi,dense;out:10", "digits") == "dense,phi,dense;out:10");
  CHECK(ends("dense,phi,dense;out:10", "circles") == "dense,phi,dense;out:10,dense;out:2");
  CHECK(ends("dense;out:2,phi", "circles") == "dense;out:2,phi,dense;out:2");
  CHECK(ends("dense;out:2,ln", "circles") == "dense;out:2,ln,dense;out:2");
  CHECK(ends("res(dense)", "circles") == "res(dense),dense;out:2");
  // The plain text is that of the fields, and gets its head where they do.
  CHECK(spec_of("depth * (dense, phi)").network.net.empty());
  Spec fields = with(k_plain_net, {});
  const auto same = [&](const char* net) {
    return bits_of(checked::train(fields)) == bits_of(checked::train(with(net, {})));
  };
  CHECK(same("3*(dense;out:width,phi)"));
  CHECK(same("dense;out:width,phi,2*(dense,phi),dense;out:2"));
  CHECK_FALSE(same("4*(dense;out:width,phi)"));
}

TEST_CASE("What is learned beside weights is the identity at its start, bit for bit") {
  for (const char* net : k_nets) {
    INFO(net);
    const TrainingSpec spec = spec_of(net);
    constexpr std::size_t k_batch = 40;
    Learner<KernelPasses> learner(spec.network, k_batch);
    const Plan& plan = learner.plan();
    NetworkWeights source(spec.network, plan);
    for (std::size_t number = 1; number <= learner.weights(); ++number)
      source.prepare(number, learner.weight(number), learner.bias(number));
    Runner<KernelPasses> runner;
    DrawnParameters parameters;
    NetworkWeights again(spec.network, plan);
    parameters.restart(plan, again, false);
    runner.restart(plan, parameters, k_batch, Keeps::differentiable);
    const Samples samples = draw_samples(spec.set, 0, 1, 0, k_batch);
    learner.begin(k_batch);
    std::fill_n(runner.signal(0), runner.shape(0).size(), 0.0F);
    for (std::size_t i = 0; i < k_batch; ++i) {
      learner.set_input(i, samples.input(i));
      for (std::size_t unit = 0; unit < 2; ++unit)
        runner.signal(0)[runner.shape(0).at(i, unit)] = samples.input(i)[unit];
    }
    learner.forward();
    while (runner.advance(nullptr)) {
    }
    const auto outputs = [&] {
      std::vector<float> all;
      for (std::size_t i = 0; i < k_batch; ++i)
        for (std::size_t k = 0; k < 2; ++k) all.push_back(learner.output(i, k));
      return all;
    };
    std::vector<float> wanted;
    for (std::size_t i = 0; i < k_batch; ++i)
      for (std::size_t k = 0; k < 2; ++k)
        wanted.push_back(runner.signal(plan.output())[runner.shape(plan.output()).at(i, k)]);
    CHECK(outputs() == wanted);
    // Control: all parameters, and with them the gains, a little larger.
    for (float& value : learner.parameters()) value *= 1.01F;
    learner.forward();
    CHECK(outputs() != wanted);
  }
}

TEST_CASE("A batch norm is evaluated by its running mean and variance, as torch's is") {
  Learner<test::PlainPasses> network(spec_of("bn,dense;out:2;bias:zeros").network, 40);
  for (double& value : network.weight(1)) value = 0;
  network.weight(1)[0] = network.weight(1)[3] = 1;  // output k is unit k
  const Samples samples = draw_samples(DataSet::circles, 0.3, 3, 0, 80);
  const auto run = [&](std::size_t from, std::size_t count, bool evaluates) {
    network.begin(count, evaluates);
    for (std::size_t i = 0; i < count; ++i) network.set_input(i, samples.input(from + i));
    network.forward();
  };
  // Before anything is learned, an evaluation leaves samples as they are, but for eps.
  run(5, 1, true);
  const auto x = [&](std::size_t i, std::size_t k) {
    return static_cast<double>(samples.input(i)[k]);
  };
  for (std::size_t k = 0; k < 2; ++k)
    CHECK(std::abs(network.output(0, k) - x(5, k) / std::sqrt(1 + 1e-5)) < 1e-7);
  double mean[2] = {}, variance[2] = {1, 1};
  for (const std::size_t from : {0u, 40u}) {
    run(from, 40, false);
    run(3, 7, true);  // what is evaluated leaves no trace
    for (std::size_t k = 0; k < 2; ++k) {
      double sum = 0, squares = 0;
      for (std::size_t i = from; i < from + 40; ++i) sum += x(i, k) / 40;
      for (std::size_t i = from; i < from + 40; ++i)
        squares += (x(i, k) - sum) * (x(i, k) - sum) / 39;
      mean[k] = 0.9 * mean[k] + 0.1 * sum;
      variance[k] = 0.9 * variance[k] + 0.1 * squares;
    }
  }
  // The same sample alone and among others.
  for (const std::size_t count : {1u, 9u}) {
    run(11, count, true);
    for (std::size_t k = 0; k < 2; ++k)
      CHECK(std::abs(network.output(0, k) - (x(11, k) - mean[k]) / std::sqrt(variance[k] + 1e-5)) <
            1e-6);
  }
  // Control: in a batch that is learned from it is another.
  run(11, 9, false);
  CHECK(std::abs(network.output(0, 0) - (x(11, 0) - mean[0]) / std::sqrt(variance[0])) > 1e-3);
}

TEST_CASE("A net's training has the same bits on every instruction set") {
  for (const char* net : k_nets) {
    INFO(net);
    std::set<std::vector<double>> results;
    test::on_each_instruction_set([&] {
      results.insert(bits_of(checked::train(with(net, {{"steps", 5.0}}))));
    });
    CHECK(results.size() == 1);
  }
}

TEST_CASE("Each run of a net begins anew, with gains, factors and running means of its own") {
  for (const char* net : {k_nets[2], k_nets[3], k_nets[4]}) {
    INFO(net);
    const auto many = checked::train(with(net, {{"repeats", 3.0}, {"learning_rate", 0.2}}));
    std::vector<double> losses;
    for (const double replicate : {0.0, 1.0, 2.0})
      losses.push_back(checked::train(with(net, {{"replicate", replicate}, {"learning_rate", 0.2}}))
                           .frames.back()
                           .test_loss);
    CHECK(many.frames.back().test_loss == losses[0]);
    std::sort(losses.begin(), losses.end());
    CHECK(many.ranges.back().test_loss.least == losses[0]);
    CHECK(many.ranges.back().test_loss.median == losses[1]);
    CHECK(many.ranges.back().test_loss.greatest == losses[2]);
  }
}

TEST_CASE("A head of zeros begins at the loss of guessing, ln C") {
  const auto first = [](const char* net) {
    return checked::train(with(net, {{"data_set", std::string("digits")}, {"steps", 1.0}}))
        .frames.front()
        .loss;
  };
  const double guessing = std::log(10.0);
  CHECK(std::abs(first("dense;out:width,2*(res(ln,dense,phi,dense)),ln,dense;out:10;weight:zeros;"
                       "bias:zeros") -
                 guessing) < 1e-6);
  CHECK(std::abs(first("dense,phi,dense;out:10;weight:zeros;bias:zeros") - guessing) < 1e-6);
  // Control: a head whose logits are large does not.
  CHECK(first("dense,phi,ln,dense;out:10;weight:normal[std:1];bias:zeros") > 2 * guessing);
}

TEST_CASE("ReZero's factors leave 0, a factor that is not learned does not") {
  const auto learned = [](const char* net) {
    return checked::train(with(net, {{"depth", 12.0},
                                     {"bias", std::string("zeros")},
                                     {"steps", 400.0},
                                     {"learning_rate", 0.2}}));
  };
  const auto rezero = learned("dense;out:width,depth*(res(dense,phi,dense,scale;value:0)),phi"),
             frozen = learned("dense;out:width,depth*(res;scale:0(dense,phi,dense)),phi");
  // At its start each is the stem and the head alone.
  CHECK(rezero.frames.front().test_loss == frozen.frames.front().test_loss);
  const auto block = [](const TrainingResult& result, std::size_t frame, std::size_t row) {
    return result.frames[frame].layers[row];
  };
  for (std::size_t row = 1; row <= 12; ++row) {
    CHECK(block(rezero, 0, row).branch == 0);
    CHECK(block(rezero, 0, row).weight_gradient == 0);
    CHECK(block(rezero, 0, row).trunk > 0);
    CHECK(block(rezero, 60, row).branch > 0);
    CHECK(block(rezero, 60, row).weight_gradient > 0);
    CHECK(block(frozen, 60, row).weight_gradient == 0);
    CHECK(block(frozen, 60, row).update == 0);
  }
  CHECK(rezero.frames.back().score > 0.95);
  CHECK(rezero.frames.back().test_loss < 0.5 * frozen.frames.back().test_loss);
}

TEST_CASE("Weight decay is on all that is learned, gains and factors too") {
  // Of a net whose branch multiplies by zeros nothing has a gradient: what moves, decays.
  const auto branch = [](double decay) {
    const auto result =
        checked::train(with("dense;out:width,res(ln,scale;value:0.5)",
                            {{"learning_rate", 0.0001}, {"weight_decay", decay}, {"steps", 60.0}}));
    return result.frames.back().layers[1].branch / result.frames.front().layers[1].branch;
  };
  // Gain and factor shrink by (1 - 0.0001 * 10) a step: together their square by 0.999^(4 * 60).
  CHECK(std::abs(branch(10) / branch(0) - std::pow(0.999, 240)) < 0.01);
  CHECK(std::abs(branch(0) - 1) < 0.03);
}

TEST_CASE("A net that cannot be is refused as in a propagation, and in a training's own limits") {
  const auto issue = [](const std::string& net,
                        std::initializer_list<std::pair<std::string, Value>> changes = {}) {
    const Issues issues = issues_of(with(net, changes));
    INFO(net);
    REQUIRE(issues.size() == 1);
    return issues[0].field + ' ' + issues[0].allowed;
  };
  CHECK(issue("conv").substr(0, 11) == "net dense, ");
  CHECK(issue("dense,gn;groups:5").substr(0, 14) == "net groups:1..");
  CHECK(issue("dense,bn", {{"batch", 1.0}}) == "net batch 2..");
  CHECK(issue("dropout") == "net dense, phi");
  CHECK(issue("2001*(phi)") == "net 1..2000");
  CHECK(issue("2*(1001*(phi))") == "net 2000 blocks");
  CHECK(issue("dense;weight:lsuv").substr(0, 11) == "net weight:");
  CHECK(issue("dense;out:4096,dense;out:4096").substr(0, 4) == "net ");
  CHECK(issue("dense;out:4096,dense;out:4096").find("524288 parameters") != std::string::npos);
  // Gains and shifts are parameters too: 64 norms of 4096 units have as many as there may be.
  CHECK(issue("dense;out:4096,64*(ln)").find("524288 parameters") != std::string::npos);
  CHECK(issue("dense;out:256,100*(scale)", {{"batch", 200.0}}) ==
        "batch 32 at this depth and width");
  CHECK(issue("dense;out:4096,100*(scale)", {{"batch", 2.0}}) == "net 1572864 kept numbers");
  CHECK(issue("1999*(phi)", {{"width", 1.0}, {"steps", 1e5}, {"repeats", 100.0}}).substr(0, 6) ==
        "steps ");
  // The look at one layer's units knows no nets.
  TrainingSpec out;
  const Issues unknown = read_training({{"net", std::string("dense,ln")}}, true, {}, out);
  REQUIRE(unknown.size() == 1);
  CHECK(unknown[0].reason == Reason::unknown_field);
}

TEST_CASE("Hostile nets are an issue of a training, or learn") {
  std::mt19937 engine(29);
  std::size_t answers = 0;
  for (int i = 0; i < 4000; ++i) {
    const std::string text = i % 4 == 0 ? test::net_of_noise(engine) : test::net_by_grammar(engine);
    INFO(text);
    const Spec request = with(
        text, {{"depth", 2.0}, {"width", 6.0}, {"batch", 5.0}, {"samples", 10.0}, {"steps", 2.0}});
    TrainingSpec spec;
    const Issues issues = read(request, spec);
    for (const Issue& issue : issues) REQUIRE_FALSE(describe(issue).empty());
    if (!issues.empty()) continue;
    const Plan plan = plan_of(spec.network, Ending::linear);
    REQUIRE(plan.units[plan.output()] == 2);
    if (plan.ops.size() > 40 || size_of(plan).multiplications > 2000) continue;
    const TrainingResult result = checked::train(request);
    REQUIRE_FALSE(result.frames.empty());
    for (const TrainingFrame& frame : result.frames) {
      REQUIRE(frame.layers.size() == plan.rows.size());
      for (const double value : {frame.loss, frame.test_loss, frame.score})
        REQUIRE_FALSE(std::isnan(value));
    }
    ++answers;
  }
  CHECK(answers > 300);  // the grammar's texts are no empty claim
}
