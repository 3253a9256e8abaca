#include "passes/placement.hpp"

#include <algorithm>

namespace initscope {

std::size_t Slots::take(std::size_t size) {
  std::size_t best = slots_.size();
  for (std::size_t i = 0; i < slots_.size(); ++i)
    if (slots_[i].free && (best == slots_.size() || slots_[i].size > slots_[best].size)) best = i;
  if (best == slots_.size()) slots_.push_back({});
  slots_[best].size = std::max(slots_[best].size, size);
  slots_[best].free = false;
  return best;
}

std::size_t Slots::settle(std::size_t begin) noexcept {
  for (Slot& slot : slots_) {
    slot.place = begin;
    begin += slot.size;
  }
  return begin;
}

void Placement::place(const Plan& plan, bool keeps_output) {
  signals_.assign(sizes.size(), k_nowhere);
  gradients_.assign(sizes.size(), k_nowhere);
  slot_of_signal_.assign(sizes.size(), k_nowhere);
  slot_of_gradient_.assign(sizes.size(), k_nowhere);
  size_ = 0;
  slots_.clear();
  const auto keep = [this](Index signal) {
    signals_[signal] = size_;
    size_ += sizes[signal];
  };
  for (std::size_t i = 0; i < plan.ops.size(); ++i)
    if (operations[i].reads_input) keep(plan.ops[i].in);
  if (keeps_output) keep(plan.output());

  const auto take = [this](Index signal) {
    if (signals_[signal] == k_nowhere) slot_of_signal_[signal] = slots_.take(sizes[signal]);
  };
  const auto release = [this](Index signal) {
    if (signals_[signal] == k_nowhere) slots_.release(slot_of_signal_[signal]);
  };
  take(0);
  for (const Op& op : plan.ops) {
    take(op.out);
    release(op.in);
  }
  release(plan.output());

  // The way back, when no signal is in a slot any more; the input's gradient is nobody's.
  slot_of_gradient_[plan.output()] = slots_.take(sizes[plan.output()]);
  for (std::size_t i = plan.ops.size(); i-- > 0;) {
    const Op& op = plan.ops[i];
    const std::size_t of_output = slot_of_gradient_[op.out];
    if (operations[i].in_place) {
      slot_of_gradient_[op.in] = of_output;
      continue;
    }
    if (op.in != 0) slot_of_gradient_[op.in] = slots_.take(sizes[op.in]);
    slots_.release(of_output);
  }

  size_ = slots_.settle(size_);
  for (std::size_t s = 0; s < sizes.size(); ++s) {
    if (slot_of_signal_[s] != k_nowhere) signals_[s] = slots_.place(slot_of_signal_[s]);
    if (slot_of_gradient_[s] != k_nowhere) gradients_[s] = slots_.place(slot_of_gradient_[s]);
  }
}

}  // namespace initscope
