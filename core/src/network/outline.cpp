#include "initscope/outline.hpp"

#include <map>

#include "network/lowering.hpp"

namespace initscope {
namespace {

/// What a network of widths is as a text: a repetition where all layers have the field's width.
std::string plain_text(const NetworkSpec& spec) {
  std::string text;
  bool alike = true;
  for (const std::size_t width : spec.widths) {
    alike = alike && width == spec.field_width;
    text += (text.empty() ? "dense;out:" : ",dense;out:") + std::to_string(width) + ",phi";
  }
  return alike ? "depth*(dense;out:width,phi)" : text;
}

/// Lists the items of a net, whose text begins at this place of the whole.
class Listing {
 public:
  Listing(std::size_t depth, std::vector<OutlineItem>& out) : depth_(depth), out_(out) {}

  void net(const Net& net, std::size_t begin, Index parent, bool shortcut) {
    for (const NetItem& item : net) {
      const std::size_t end = begin + to_text(item).size();
      const std::size_t count = item.block == nullptr ? item.times(depth_) : 1;
      out_.push_back({&item, parent, shortcut, begin, end, count});
      inside(item, static_cast<Index>(out_.size() - 1), end - 1);
      begin = end + 1;
    }
  }

 private:
  /// `end` is where the closing bracket of an item stands that has one.
  void inside(const NetItem& item, Index place, std::size_t end) {
    if (item.inside.empty()) return;
    const std::size_t behind = item.shortcut.empty() ? 0 : to_text(item.shortcut).size() + 1;
    net(item.inside, end - behind - to_text(item.inside).size(), place, false);
    if (behind != 0) net(item.shortcut, end - behind + 1, place, true);
  }

  std::size_t depth_;
  std::vector<OutlineItem>& out_;
};

}  // namespace

Outline outline_of(const NetworkSpec& spec) {
  Outline outline;
  NetFault fault;
  read_net(spec.net.empty() ? plain_text(spec) : to_text(spec.net), outline.net, fault);
  outline.text = to_text(outline.net);
  Listing(spec.depth(), outline.items).net(outline.net, 0, k_none, false);
  std::map<const NetItem*, Index> places;
  for (const OutlineItem& each : outline.items)
    places.emplace(each.item, static_cast<Index>(places.size()));

  Lowering lowering(spec, outline.plan);
  std::vector<LoweredBlock> lowered;
  lowering.watch(&lowered);
  lowering.items(outline.net);
  lowering.finish(Ending::activated);

  const std::vector<Op>& ops = outline.plan.ops;
  for (const LoweredBlock& each : lowered) {
    const bool product = each.end > each.begin && ops[each.end - 1].kind == OpKind::product;
    const std::size_t last = each.end > each.begin ? each.end - 1 : each.begin;
    const std::uint32_t weight = product ? outline.plan.weights[ops[last].weight].number : 0;
    outline.blocks.push_back(
        {places.at(each.item), each.inputs, each.outputs, weight, row_behind(outline.plan, last)});
  }
  return outline;
}

}  // namespace initscope
