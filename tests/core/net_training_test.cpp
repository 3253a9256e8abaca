// Nets that are to learn: the same network as in a propagation, the head that they get, the loss at
// which they begin, and what is refused before anything runs.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <random>

#include "initscope/checked.hpp"
#include "initscope/training.hpp"
#include "initscope/weights.hpp"
#include "net_texts.hpp"
#include "net_trainings.hpp"

using namespace initscope;
using test::bits_of;
using test::k_learned_nets;
using test::spec_of;
using test::with;

namespace {

Issues issues_of(const Spec& spec) {
  TrainingSpec out;
  return read(spec, out);
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
    for (const char* net : k_learned_nets) {
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
  CHECK(issue("dense;out:256,100*(scale)", {{"batch", 200.0}}) == "batch 32 of this net");
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
