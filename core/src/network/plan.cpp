#include "initscope/plan.hpp"

#include <algorithm>

#include "network/lowering.hpp"

namespace initscope {
namespace {

template <class Item>
Index last(const std::vector<Item>& list) noexcept {
  return static_cast<Index>(list.size() - 1);
}

}  // namespace

Lowering::Lowering(const NetworkSpec& spec, Plan& plan) : spec_(spec), plan_(plan) {
  plan_.units.assign(1, spec.input_width);
  plan_.ops.clear();
  plan_.weights.clear();
  plan_.rows.clear();
}

void Lowering::append(Op op, std::size_t units) {
  op.in = signal_;
  if (item_ != nullptr)
    op.block = item_->block->id;
  else if (op.kind == OpKind::activate)
    op.block = "phi";
  plan_.units.push_back(units);
  op.out = signal_ = last(plan_.units);
  plan_.ops.push_back(op);
}

void Lowering::product(std::size_t outputs, const SchemeSpec* scheme, const SchemeSpec* bias) {
  if (nesting_ == 0) close_product();
  Weight weight{units(),
                outputs,
                dense_fans(units(), outputs),
                static_cast<std::uint32_t>(plan_.weights.size() + 1),
                scheme,
                bias};
  weight.fans.position = weight.number == 1 ? Position::first : Position::hidden;
  plan_.weights.push_back(weight);
  append({.kind = OpKind::product, .weight = last(plan_.weights)}, outputs);
  last_ = last(plan_.ops);
  if (nesting_ == 0) open_ = last_;
}

void Lowering::activate(ActivationSpec activation) {
  const Index before = signal_;
  append({.kind = OpKind::activate, .activation = activation}, units());
  if (nesting_ > 0) return;
  // A residual block's row goes on through the activation behind it.
  Op* const above = plan_.ops.size() > 1 ? &plan_.ops[plan_.ops.size() - 2] : nullptr;
  if (above != nullptr && above->kind == OpKind::add) {
    plan_.ops.back().row = above->row;
    above->row = k_none;
    plan_.rows.back().after = signal_;
    plan_.rows.back().activation = activation;
    return;
  }
  row(before, signal_, "phi");
}

/// The row that the last operation completes, or that `open_` does, whose output `after` then is.
void Lowering::row(Index before, Index after, const char* block) {
  Row made{.before = before, .after = after, .activation = plan_.ops.back().activation};
  made.block = block;
  if (last_ != k_none) {
    Op& product = plan_.ops[last_];
    made.input = product.in;
    made.weight = product.weight;
    const bool seen =
        product.in == 0 || (!plan_.rows.empty() && plan_.rows.back().after == product.in);
    made.apart = product.out != before || !seen;
    if (made.apart) product.measures = static_cast<Index>(plan_.rows.size());
  }
  plan_.rows.push_back(made);
  plan_.ops.back().row = last(plan_.rows);
  open_ = last_ = k_none;
}

void make_plan(const NetworkSpec& spec, Ending ending, Plan& out) {
  Lowering lowering(spec, out);
  if (!spec.net.empty()) {
    lowering.items(spec.net);
    return lowering.finish(ending);
  }
  for (std::size_t l = 1; l <= spec.depth(); ++l) {
    lowering.product(spec.width(l));
    if (l < spec.depth() || ending == Ending::activated) lowering.activate(spec.activation);
  }
  lowering.finish(Ending::activated);
}

Plan plan_of(const NetworkSpec& spec, Ending ending) {
  Plan plan;
  make_plan(spec, ending, plan);
  return plan;
}

void Lowering::finish(Ending ending) {
  if (ending == Ending::linear && plan_.ops.size() > 1 &&
      plan_.ops.back().kind == OpKind::activate) {
    Row& ends = plan_.rows.back();
    plan_.ops.pop_back();
    plan_.units.pop_back();
    ends.after = ends.before;
    ends.activation = {Activation::linear};
    plan_.ops.back().row = last(plan_.rows);
  }
  close_product();
  if (plan_.ops.empty()) return;
  if (plan_.rows.empty()) row(plan_.output(), plan_.output(), "net");
  for (Weight& weight : plan_.weights) weight.fans.branches = branches_;
  mark_relus();
}

void Lowering::mark_relus() {
  for (std::size_t i = 1; i < plan_.ops.size(); ++i) {
    Op &first = plan_.ops[i - 1], &second = plan_.ops[i];
    if (second.in != first.out) continue;
    const auto is_relu = [](const Op& op) {
      return op.kind == OpKind::activate && op.activation.id == Activation::relu;
    };
    // Where another operation reads what the ReLU does, its gradient is added.
    first.before_relu = first.kind == OpKind::product && is_relu(second) && !second.adds;
    second.behind_relu = second.kind == OpKind::product && is_relu(first);
  }
}

/// A product on the trunk without an activation is a row of its own.
void Lowering::close_product() {
  if (open_ == k_none) return;
  const Index product = open_, out = plan_.ops[product].out;
  const Op behind = plan_.ops.back();
  row(out, out, "dense");
  if (product == last(plan_.ops)) return;
  plan_.ops[product].row = plan_.ops.back().row;
  plan_.ops.back().row = behind.row;
  plan_.rows.back().activation = {Activation::linear};
}

LearnedSize learned_by(const Plan& plan, const Op& op) noexcept {
  const std::size_t units = plan.units[op.out];
  switch (op.kind) {
    case OpKind::normalize:
      return {units, op.centers ? units : 0};
    case OpKind::standardize:
      return {.gains = units, .shifts = units, .runs = true};
    case OpKind::scale:
      return {.gains = 1, .start = op.scale};
    case OpKind::product:
    case OpKind::activate:
    case OpKind::add:
      break;
  }
  return {};
}

Index row_behind(const Plan& plan, std::size_t op) noexcept {
  while (op < plan.ops.size() && plan.ops[op].row == k_none) ++op;
  return op < plan.ops.size() ? plan.ops[op].row : last(plan.rows);
}

PlanSize size_of(const Plan& plan) {
  PlanSize size;
  std::vector<std::uint8_t> kept(plan.units.size());
  for (const Op& op : plan.ops) {
    if (op.weight != k_none)
      size.multiplications += static_cast<double>(plan.weights[op.weight].size());
    if (!keeps_input(op.kind) || kept[op.in] != 0) continue;
    kept[op.in] = 1;
    size.kept += static_cast<double>(plan.units[op.in]);
  }
  return size;
}

std::string label_of(const Plan& plan, Index row) {
  const std::string_view block = plan.rows[row].block;
  const auto ordinal = 1 + std::count_if(plan.rows.begin(), plan.rows.begin() + row,
                                         [=](const Row& before) { return before.block == block; });
  return std::string(block) + ' ' + std::to_string(ordinal);
}

}  // namespace initscope
