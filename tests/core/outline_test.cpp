// A network as its reader sees it: where each block stands in the text and in the plan.
#include "initscope/outline.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "initscope/checked.hpp"

using namespace initscope;

namespace {

NetworkSpec spec_of(Spec fields) {
  fields.set("batch", 4.0);
  return checked::parse<NetworkSpec>(fields);
}

NetworkSpec net_of(const std::string& net) {
  return spec_of({{"net", net}, {"depth", 3.0}, {"width", 8.0}, {"input_width", 8.0}});
}

std::string text_of(const Outline& outline, const OutlineItem& item) {
  return outline.text.substr(item.begin, item.end - item.begin);
}

constexpr const char* k_nets[] = {
    "dense,phi",
    "depth*(res;scale:1/sqrt(depth)(ln,dense;out:4x,phi,dense;out:width)),ln,dense;out:5",
    "2*(res(dense;out:12,phi|dense;out:12),phi),dropout",
    "res(phi,dense,2*(res(dense,phi,dense|phi,dense))),bn,dense;weight:normal[std:0.02],scale"};

}  // namespace

TEST_CASE("Each item of an outline has its text where it says") {
  for (const char* net : k_nets) {
    const Outline outline = outline_of(net_of(net));
    INFO(net);
    CHECK(outline.text == net);
    for (const OutlineItem& item : outline.items) {
      CHECK(text_of(outline, item) == to_text(*item.item));
      if (item.parent == k_none) continue;
      const OutlineItem& parent = outline.items[item.parent];
      CHECK((parent.begin < item.begin && item.end < parent.end));
      const Net& among = item.shortcut ? parent.item->shortcut : parent.item->inside;
      CHECK((item.item >= among.data() && item.item < among.data() + among.size()));
    }
  }
}

TEST_CASE("Blocks are written out in forward order, with their units, weights and rows") {
  const Outline outline = outline_of(net_of(k_nets[1]));
  std::string ids;
  std::uint32_t weights = 0;
  std::size_t units = 8;
  for (const PlacedBlock& block : outline.blocks) {
    const std::string id = outline.items[block.item].item->block->id;
    ids += id + ' ';
    CHECK(block.inputs == units);
    units = block.outputs;
    if (id == "dense") CHECK(block.weight == ++weights);
    if (id != "dense") CHECK(block.weight == 0);
  }
  const std::string once = "ln dense phi dense res ";
  CHECK(ids == once + once + once + "ln dense ");
  CHECK(units == 5);
  REQUIRE(weights == outline.plan.weights.size());
  for (std::size_t i = 0; i < outline.blocks.size(); ++i)
    CHECK(outline.blocks[i].row == std::min<std::size_t>(i / 5, outline.plan.rows.size() - 1));
}

TEST_CASE("An activation behind a residual block is in that block's row") {
  const Outline outline = outline_of(net_of(k_nets[2]));
  std::vector<Index> rows;
  for (const PlacedBlock& block : outline.blocks) rows.push_back(block.row);
  // The shortcut's dense, the branch, the sum and the activation, twice; then the dropout.
  CHECK(rows == std::vector<Index>{0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1});
}

TEST_CASE("A network of widths has a text, and that text makes the same plan") {
  for (const Spec& fields :
       {Spec{{"depth", 4.0}, {"width", 6.0}, {"input_width", 10.0}},
        Spec{{"depth", 3.0}, {"widths", std::vector<double>{5, 7, 2}}, {"input_width", 3.0}}}) {
    const NetworkSpec spec = spec_of(fields);
    const Outline outline = outline_of(spec);
    const Plan plan = plan_of(spec);
    CHECK(outline.plan.units == plan.units);
    CHECK(outline.plan.rows.size() == plan.rows.size());
    CHECK(outline.plan.ops.size() == plan.ops.size());
    Net net;
    NetFault fault;
    CHECK(read_net(outline.text, net, fault));
  }
}

TEST_CASE("Outputs are logits where the last product gives them") {
  const auto loss = [](const std::string& net) {
    return checked::propagate({{"net", net}, {"depth", 2.0}, {"width", 24.0}, {"batch", 8.0}})
        .back()
        .uniform_loss;
  };
  CHECK(loss("depth*(dense,phi),dense;out:10") > 2);
  CHECK(loss("depth*(dense,phi),dense;out:10,dropout") > 2);
  for (const char* behind : {"ln", "scale;value:0", "phi"})
    CHECK(std::isnan(loss("depth*(dense,phi),dense;out:10," + std::string(behind))));
}

TEST_CASE("A branch's rule says how often the depth stands under its root") {
  const Outline outline = outline_of(
      net_of("res(dense),res;scale:1/sqrt(depth)(dense),res;scale:1/sqrt(2depth)(dense)"));
  std::vector<double> depths;
  for (const OutlineItem& item : outline.items)
    if (!item.item->inside.empty()) depths.push_back(depths_under_root(*item.item));
  CHECK(depths == std::vector<double>{0, 1, 2});
}
