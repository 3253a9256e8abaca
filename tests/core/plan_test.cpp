// Plans of networks: what they are made of, where their signals lie, and the runner that goes there
// and back in steps of any size.
#include "initscope/plan.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "initscope/checked.hpp"
#include "initscope/sampling.hpp"
#include "initscope/weights.hpp"
#include "networks.hpp"
#include "passes/placement.hpp"
#include "propagation/row_statistics.hpp"

using namespace initscope;
using test::network;

namespace {

NetworkSpec uneven() {
  Spec spec = network("kaiming_normal", 4, 8);
  spec.set("widths", std::vector<double>{40, 7});
  spec.set("input_width", 12.0);
  spec.set("batch", 35.0);
  spec.set("activation", std::string("tanh"));
  spec.set("bias", std::string("normal"));
  return checked::parse<NetworkSpec>(spec);
}

/// What the rows say of a network that takes steps of at most `most` multiplications.
struct Pass {
  PropagationResult rows;
  int steps = 0;
};
Pass pass(const NetworkSpec& spec, std::size_t most, Ending ending = Ending::activated) {
  const Plan plan = plan_of(spec, ending);
  NetworkWeights source(spec, plan);
  DrawnParameters parameters;
  Runner<KernelPasses> runner;
  RowStatistics statistics;
  parameters.restart(plan, source, spec.weight.scheme->measured);
  runner.restart(plan, parameters, spec.batch, Keeps::differentiable);
  statistics.restart(plan, parameters, spec.batch);
  const auto draw = [&](std::uint64_t seed, Index signal, float* to) {
    const PanelShape shape = runner.shape(signal);
    std::vector<float> values(shape.units);
    std::fill_n(to, shape.size(), 0.0F);
    for (std::size_t sample = 0; sample < shape.batch; ++sample) {
      fill_normal(Stream(seed + sample, {}), 0, 1, values);
      for (std::size_t i = 0; i < shape.units; ++i)
        to[shape.at(sample) + i * simd::k_panel] = values[i];
    }
  };
  Pass made;
  draw(100, 0, runner.signal(0));
  statistics.see_input(runner.signal(0));
  for (bool more = true; more; ++made.steps) more = runner.advance(&statistics, most);
  CHECK(runner.progress() == 0.5);
  draw(500, plan.output(), runner.gradient(plan.output()));
  for (bool more = true; more; ++made.steps) more = runner.advance_back(&statistics, most);
  made.rows = statistics.result();
  return made;
}

bool same_bits(const Moments& a, const Moments& b) {
  return a.count() == b.count() && a.mean() == b.mean() && a.second_moment() == b.second_moment() &&
         a.min() == b.min() && a.max() == b.max();
}

/// Writes down what it is called for: b(egin), s(ee), e(nd).
class Calls final : public Watcher<float> {
 public:
  std::string there, back;

  void begin_row(Index, const float*) override { there += 'b'; }
  void see(Index, const Block&, const float*, float*) override { there += 's'; }
  void end_row(Index, const float*) override { there += 'e'; }
  void begin_gradient(Index) override { back += 'b'; }
  void see_gradient(Index, const Block&, const float*) override { back += 's'; }
  void end_gradient(Index, const float*) override { back += 'e'; }
};

}  // namespace

TEST_CASE("A plan has the network's signals, operations, weights and rows in order") {
  const NetworkSpec spec = uneven();
  const Plan plan = plan_of(spec);
  CHECK(plan.units == std::vector<std::size_t>{12, 40, 40, 7, 7, 40, 40, 7, 7});
  REQUIRE(plan.ops.size() == 8);
  REQUIRE(plan.rows.size() == 4);
  for (std::size_t l = 1; l <= 4; ++l) {
    const Weight& weight = plan.weights[l - 1];
    CHECK(weight.number == l);
    CHECK(weight.inputs == spec.width(l - 1));
    CHECK(weight.outputs == spec.width(l));
    CHECK(weight.fans.in == static_cast<double>(spec.width(l - 1)));
    CHECK(weight.fans.position == (l == 1 ? Position::first : Position::hidden));
    const Row& row = plan.rows[l - 1];
    CHECK(row.input == 2 * (l - 1));
    CHECK(row.before == 2 * l - 1);
    CHECK(row.after == 2 * l);
    CHECK(row.activation == spec.activation);
  }
  // A training's last row ends before the activation.
  const Plan training = plan_of(spec, Ending::linear);
  CHECK(training.ops.size() == 7);
  CHECK(training.rows.back().after == training.rows.back().before);
  CHECK(training.rows.back().activation.id == Activation::linear);
  CHECK(training.output() == training.rows.back().before);
}

TEST_CASE("Signals that are read on the way back have places of their own, the others two slots") {
  const Plan plan = plan_of(uneven());
  Placement placement;
  for (const std::size_t units : plan.units) placement.sizes.push_back(units * simd::k_panel);
  // A product's way back reads nothing, an activation's its input.
  for (const Op& op : plan.ops)
    placement.operations.push_back({op.kind == OpKind::activate, op.kind == OpKind::activate});
  placement.place(plan, false);
  const auto disjoint = [&](Index a, Index b) {
    const std::size_t from_a = placement.signal(a), from_b = placement.signal(b);
    return from_a + placement.sizes[a] <= from_b || from_b + placement.sizes[b] <= from_a;
  };
  std::size_t kept = 0;
  for (const Row& row : plan.rows) {
    kept += placement.sizes[row.before];
    for (Index other = 0; other < plan.units.size(); ++other)
      if (other != row.before) CHECK(disjoint(row.before, other));
  }
  CHECK(placement.size() == kept + 2 * 40 * simd::k_panel);
  CHECK(placement.gradient(0) == Placement::k_nowhere);
  std::set<std::size_t> slots;
  for (const Row& row : plan.rows) {
    CHECK(placement.gradient(row.before) == placement.gradient(row.after));
    slots.insert(placement.gradient(row.before));
  }
  CHECK(slots.size() == 2);
  // A network that learns keeps all of them, its output too.
  for (auto& operation : placement.operations) operation.reads_input = true;
  placement.place(plan, true);
  for (Index a = 0; a < plan.units.size(); ++a)
    for (Index b = 0; b < a; ++b) CHECK(disjoint(a, b));
}

TEST_CASE("Signals and gradients that are alive share no place, whatever reads them") {
  for (const char* net :
       {"3*(res(phi,dense))", "dense,2*(res(ln,dense;out:2x,phi,dense;out:width),phi),ln",
        "res(dense;out:9,phi,dense;out:5|dense;out:5),bn",
        "2*(res(phi,dense,res(dense,phi),ln))"}) {
    INFO(net);
    Spec request = network("kaiming_normal", 1, 12);
    request.set("net", std::string(net));
    const Plan plan = plan_of(checked::parse<NetworkSpec>(request));
    // The last reader of a signal sets its gradient, all before it add.
    std::set<Index> read;
    for (std::size_t i = plan.ops.size(); i-- > 0;) {
      CHECK(plan.ops[i].adds == (plan.ops[i].in != 0 && read.count(plan.ops[i].in) != 0));
      read.insert(plan.ops[i].in);
    }
    Placement placement;
    for (const std::size_t units : plan.units) placement.sizes.push_back(units * simd::k_panel);
    for (const Op& op : plan.ops)
      placement.operations.push_back({keeps_input(op.kind), op.kind != OpKind::product});
    placement.place(plan, false);
    struct Place {
      std::size_t at, size;
    };
    std::vector<Place> alive;
    const auto begin = [&](std::size_t at, std::size_t size) {
      REQUIRE(at + size <= placement.size());
      for (const Place& other : alive)
        CHECK((at + size <= other.at || other.at + other.size <= at));
      alive.push_back({at, size});
    };
    const auto end = [&](std::size_t at) {
      std::erase_if(alive, [at](const Place& place) { return place.at == at; });
    };
    std::vector<std::size_t> last(plan.units.size());
    std::vector<bool> kept(plan.units.size());
    for (std::size_t i = 0; i < plan.ops.size(); ++i) {
      const Op& op = plan.ops[i];
      last[op.in] = i;
      if (op.beside != k_none) last[op.beside] = i;
      if (keeps_input(op.kind)) kept[op.in] = true;
    }
    begin(placement.signal(0), placement.sizes[0]);
    for (std::size_t i = 0; i < plan.ops.size(); ++i) {
      const Op& op = plan.ops[i];
      begin(placement.signal(op.out), placement.sizes[op.out]);
      for (const Index signal : {op.in, op.beside})
        if (signal != k_none && last[signal] == i && !kept[signal]) end(placement.signal(signal));
    }
    if (!kept[plan.output()]) end(placement.signal(plan.output()));
    begin(placement.gradient(plan.output()), placement.sizes[plan.output()]);
    for (std::size_t i = plan.ops.size(); i-- > 0;) {
      const Op& op = plan.ops[i];
      const bool in_place = placement.operations[i].in_place;
      const std::size_t of_output = placement.gradient(op.out);
      if (op.beside != k_none) begin(placement.gradient(op.beside), placement.sizes[op.beside]);
      if (op.in == 0) CHECK(placement.gradient(op.in) == Placement::k_nowhere);
      if (op.in != 0 && in_place && !op.adds) {
        CHECK(placement.gradient(op.in) == of_output);
        continue;
      }
      if (op.in != 0 && !op.adds) begin(placement.gradient(op.in), placement.sizes[op.in]);
      if (op.in != 0 && op.adds && !in_place) {
        begin(placement.share(i), placement.sizes[op.in]);
        end(placement.share(i));
      }
      end(of_output);
    }
  }
}

TEST_CASE("Steps of any size give the same bits, with a measured scheme as well") {
  for (const auto& [scheme, net] :
       {std::pair{"kaiming_normal", ""},
        {"lsuv", ""},
        {"lsuv", "2*(res(dense,phi,dense))"},
        {"kaiming_normal", "dense,2*(res(ln,dense;out:2x,phi,dense;out:12),phi),rms,dense"},
        {"kaiming_normal", "res(bn,phi,dense;out:9|dense;out:9),phi,res;scale:0.5(phi,dense)"}}) {
    NetworkSpec spec = uneven();
    spec.weight = checked::parse<NetworkSpec>(network(scheme, 1, 1)).weight;
    NetFault fault;
    if (*net != '\0') REQUIRE(read_net(net, spec.net, fault));
    INFO(scheme << ' ' << net);
    const Pass whole = pass(spec, k_most_step), some = pass(spec, std::size_t{1} << 12),
               least = pass(spec, 1);
    CHECK(least.steps > whole.steps);  // each panel is a step
    for (std::size_t l = 0; l < whole.rows.size(); ++l)
      for (const Pass* other : {&some, &least}) {
        const LayerResult &a = whole.rows[l], &b = other->rows[l];
        CHECK(same_bits(a.preactivation, b.preactivation));
        CHECK(same_bits(a.activation, b.activation));
        CHECK(same_bits(a.gradient, b.gradient));
        CHECK(a.weight_gradient == b.weight_gradient);
        CHECK(a.weight_second_moment == b.weight_second_moment);
        CHECK(a.correlation == b.correlation);
        CHECK(a.trunk.count() == b.trunk.count());
        if (a.trunk.count() > 0) CHECK(same_bits(a.branch, b.branch));
        CHECK(a.histogram.counts == b.histogram.counts);
      }
    // Control: another batch has other bits.
    spec.batch = 36;
    CHECK_FALSE(same_bits(pass(spec, 1).rows[0].activation, whole.rows[0].activation));
  }
}

TEST_CASE("A row without an activation is seen as its pre-activations, there and back") {
  const NetworkSpec spec = uneven();
  const Pass activated = pass(spec, k_most_step), linear = pass(spec, 1, Ending::linear);
  const LayerResult &last = linear.rows.back(), &before = activated.rows.back();
  CHECK(same_bits(last.preactivation, before.preactivation));
  CHECK(same_bits(last.activation, last.preactivation));
  CHECK(last.correlation == before.correlation);
  CHECK(last.weight_second_moment == before.weight_second_moment);
  // The gradient that is given is that of the pre-activations, not yet times phi'.
  CHECK(last.gradient.count() == spec.batch * spec.width(spec.depth()));
  CHECK(last.gradient.second_moment() > before.gradient.second_moment());
  CHECK(last.weight_gradient > 0);
  // Control: with an activation the two signals are two.
  CHECK_FALSE(same_bits(before.activation, before.preactivation));
}

TEST_CASE("A row begins and ends once, however many steps the operation that completes it takes") {
  // Rows of specs end with activations, which cost no step. Here a product ends one, and its input
  // is the signal before: a panel of so few units is a tile of the product and a block of both.
  constexpr std::size_t k_batch = 3 * simd::k_panel;
  Plan plan;
  plan.units = {4, 5, 6};
  plan.weights = {{4, 5, dense_fans(4, 5), 1}, {5, 6, dense_fans(5, 6), 2}};
  plan.ops = {{OpKind::product, 0, 1, 0}, {OpKind::product, 1, 2, 1, 0}};
  plan.rows = {{0, 1, 2, 0}};
  const auto calls_of = [&](std::size_t most, int& steps) {
    KeptParameters<float> parameters(plan);
    Runner<KernelPasses> runner;
    Calls calls;
    runner.restart(plan, parameters, k_batch, Keeps::differentiable);
    std::fill_n(runner.signal(0), runner.shape(0).size(), 1.0F);
    for (bool more = true; more; ++steps) more = runner.advance(&calls, most);
    std::fill_n(runner.gradient(2), runner.shape(2).size(), 1.0F);
    for (bool more = true; more; ++steps) more = runner.advance_back(&calls, most);
    return calls;
  };
  int whole = 0, sliced = 0;
  for (const Calls& calls : {calls_of(k_most_step, whole), calls_of(1, sliced)}) {
    CHECK(calls.there == "bssse");
    CHECK(calls.back == "bssse");
  }
  CHECK(sliced > whole);  // or nothing was sliced
}
