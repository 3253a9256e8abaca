#include "network/net_check.hpp"

#include <algorithm>
#include <utility>

#include "network/lowering.hpp"
#include "simd/kernels.hpp"

namespace initscope {
namespace {

constexpr const char* k_field = "net";

void note(const NetFault& fault, SpecReader& reader) {
  reader.note(k_field, Reason::not_in_text, fault.allowed,
              std::to_string(fault.column) + ": " + fault.found);
}

/// Blocks once repetitions are written out.
double count_of(const Net& net, std::size_t depth) {
  double count = 0;
  for (const NetItem& item : net) {
    const auto times = static_cast<double>(item.times(depth));
    const double inside = count_of(item.inside, depth) + count_of(item.shortcut, depth);
    count += item.block == nullptr ? times * inside : 1 + inside;
  }
  return count;
}

void refuse_size(const char* what, double most, double asked, SpecReader& reader) {
  reader.note(k_field, Reason::too_many, to_text(most) + ' ' + what, to_text(asked));
}

/// What one request asks for, and may.
struct Demand {
  const char* what;
  double asked, most;
};

/// Whether memory and time suffice; otherwise the schemes are not asked what they would draw.
bool check_sizes(const NetworkSpec& spec, const Plan& plan, SpecReader& reader) {
  const std::size_t panels = (spec.batch + simd::k_panel - 1) / simd::k_panel;
  const auto columns = static_cast<double>(panels * simd::k_panel);
  const PlanSize size = size_of(plan);
  for (const Demand& demand :
       {Demand{"kept numbers", columns * size.kept, k_most_activations},
        Demand{"multiplications", columns * size.multiplications, k_most_net_work},
        Demand{"weights", size.multiplications, k_most_net_weights}})
    if (demand.asked > demand.most) {
      refuse_size(demand.what, demand.most, demand.asked, reader);
      return false;
    }
  // The trunk, a branch and its widest signal, there and back, are beside what is kept; each signal
  // has a sum for each sample.
  constexpr double k_transients = 4;
  const auto widest = static_cast<double>(*std::max_element(plan.units.begin(), plan.units.end()));
  double weight = 0;
  for (const Weight& each : plan.weights) weight = std::max(weight, each.fans.elements());
  const double sums =
      sizeof(double) * static_cast<double>(plan.units.size()) * static_cast<double>(spec.batch);
  const double bytes =
      sizeof(float) * (columns * (size.kept + k_transients * widest) + weight) + sums;
  check_memory(bytes, k_field, reader);
  return bytes <= k_most_memory;
}

void read_field(const std::string& text, SpecReader& reader, NetworkSpec& out) {
  NetFault fault;
  if (!read_net(text, out.net, fault)) {
    note(fault, reader);
    out.net.clear();
  } else if (to_text(out.net) == k_plain_net) {
    out.net.clear();
  } else if (reader.has("widths")) {
    reader.note("widths", Reason::not_with, k_field);
  }
}

/// Writes the plan of a net that can be; false where it cannot, and is taken out of the spec.
bool plan_net(NetworkSpec& spec, Plan& plan, SpecReader& reader) {
  const double count = count_of(spec.net, spec.depth());
  Lowering lowering(spec, plan);
  if (count > k_most_blocks) {
    refuse_size("blocks", k_most_blocks, count, reader);
    spec.net.clear();
    return false;
  }
  lowering.items(spec.net);
  if (lowering.fault().column == 0 && plan.ops.empty()) lowering.refuse("dense, phi");
  if (lowering.fault().column != 0) {
    note(lowering.fault(), reader);
    spec.net.clear();
    return false;
  }
  lowering.finish(Ending::activated);
  return true;
}

void check(NetworkSpec& spec, SpecReader& reader) {
  Plan plan;
  if (plan_net(spec, plan, reader) && check_sizes(spec, plan, reader))
    check_weights(spec, plan, reader);
}

}  // namespace

bool end_net(NetworkSpec& spec, std::size_t outputs, SpecReader& reader) {
  Plan plan;
  if (!plan_net(spec, plan, reader)) return false;
  if (plan.headed() && plan.units[plan.output()] == outputs) return true;
  Net head;
  NetFault none;
  read_net("dense;out:" + std::to_string(outputs), head, none);
  spec.net.push_back(std::move(head.front()));
  return true;
}

void check_weights(const NetworkSpec& spec, const Plan& plan, SpecReader& reader) {
  const Weight* before = nullptr;
  for (const Weight& weight : plan.weights) {
    if (before == nullptr || !weight.alike(*before)) {
      check_tensor(spec.weight_scheme(weight.scheme), weight.fans, spec.generator,
                   weight.scheme == nullptr ? "scheme" : k_field, reader);
    }
    before = &weight;
  }
}

void (*const read_net_field)(const std::string&, SpecReader&, NetworkSpec&) = read_field;
void (*const check_net)(NetworkSpec&, SpecReader&) = check;

}  // namespace initscope
