#include "network/lowering.hpp"

#include <utility>

namespace initscope {

void Lowering::scale(float by) { append({.kind = OpKind::scale, .scale = by}, units()); }

void Lowering::normalize(std::size_t groups, bool centers, float eps) {
  append({.kind = OpKind::normalize,
          .groups = static_cast<Index>(groups),
          .centers = centers,
          .eps = eps},
         units());
}

void Lowering::standardize(float eps) {
  append({.kind = OpKind::standardize, .eps = eps}, units());
}

void Lowering::refuse(std::string needs) {
  if (fault_.column != 0) return;
  const std::size_t column = item_ == nullptr ? 1 : item_->column;
  const std::string block = item_ == nullptr ? "" : to_text(*item_);
  fault_ = {column, block + " [" + std::to_string(units()) + "]", std::move(needs)};
}

void Lowering::items(const Net& net) {
  for (const NetItem& item : net) {
    if (fault_.column != 0) return;
    const NetItem* const around = std::exchange(item_, &item);
    if (item.block != nullptr) {
      block(item);
    } else {
      const std::size_t count = item.times(spec_.depth());
      for (std::size_t i = 0; i < count && fault_.column == 0; ++i) items(item.inside);
    }
    item_ = around;
  }
}

void Lowering::block(const NetItem& item) {
  LoweredBlock lowered{.item = &item, .begin = plan_.ops.size(), .inputs = units()};
  item.block->lower(item, *this);
  if (lowered_ == nullptr) return;
  lowered.end = plan_.ops.size();
  lowered.outputs = units();
  if (!item.inside.empty()) lowered.begin = lowered.end - 1;
  lowered_->push_back(lowered);
}

void Lowering::residual(const NetItem& item, float scale) {
  if (nesting_ == 0) {
    close_product();
    last_ = k_none;
  }
  ++nesting_;
  const Index trunk = signal_;
  const std::size_t begin = plan_.ops.size();
  items(item.shortcut);
  const Index base = signal_;
  signal_ = trunk;
  const std::size_t first = plan_.weights.size();
  items(item.inside);
  --nesting_;
  if (fault_.column != 0) return;
  item_ = &item;
  if (signal_ == trunk || (!item.shortcut.empty() && base == trunk))
    return refuse("dense, phi, ln, rms, gn, bn, scale");
  if (plan_.units[base] != units())
    return refuse("out:" + std::to_string(plan_.units[base]) + ", not " + std::to_string(units()) +
                  "; (...|dense;out:" + std::to_string(units()) + ")");
  ++branches_;
  place_branch(first);
  const Index branch = signal_;
  signal_ = base;
  append({.kind = OpKind::add, .beside = branch, .scale = scale}, units());
  share_gradient(trunk, begin);
  if (nesting_ > 0) return;
  row(signal_, signal_, "res");
  plan_.ops.back().joins = plan_.ops.back().row;
}

/// Of the operations from `begin` on that read the trunk, the last sets its gradient, and those
/// before it, which the way back comes to later, add. The input's gradient is nobody's.
void Lowering::share_gradient(Index trunk, std::size_t begin) {
  bool set = false;
  for (std::size_t i = plan_.ops.size(); i-- > begin;) {
    Op& op = plan_.ops[i];
    if (op.in != trunk) continue;
    op.adds = set && trunk != 0;
    set = true;
  }
}

/// Tells the weights from `first` on, but those of branches within, where they stand.
void Lowering::place_branch(std::size_t first) {
  std::uint16_t length = 0;
  for (std::size_t i = first; i < plan_.weights.size(); ++i)
    if (plan_.weights[i].fans.branch_length == 0) ++length;
  Fans* end = nullptr;
  for (std::size_t i = first; i < plan_.weights.size(); ++i) {
    Fans& fans = plan_.weights[i].fans;
    if (fans.branch_length != 0) continue;
    fans.branch_length = length;
    end = &fans;
  }
  if (end != nullptr) end->ends_branch = true;
}

}  // namespace initscope
