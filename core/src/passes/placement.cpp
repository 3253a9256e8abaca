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

void Placement::place(const Plan& plan, bool keeps_all) {
  for (auto* places : {&signals_, &gradients_, &slot_of_signal_, &slot_of_gradient_})
    places->assign(sizes.size(), k_nowhere);
  for (auto* places : {&shares_, &slot_of_share_}) places->assign(plan.ops.size(), k_nowhere);
  size_ = 0;
  slots_.clear();
  const auto keep = [this](Index signal) {
    if (signals_[signal] != k_nowhere) return;
    signals_[signal] = size_;
    size_ += sizes[signal];
  };
  for (std::size_t i = 0; i < plan.ops.size(); ++i) {
    if (operations[i].reads_input) keep(plan.ops[i].in);
    if (keeps_all && plan.ops[i].beside != k_none) keep(plan.ops[i].beside);
  }
  if (keeps_all) keep(plan.output());

  place_signals(plan);
  place_gradients(plan);  // when no signal is in a slot any more
  size_ = slots_.settle(size_);
  const auto settle = [this](const auto& slots, auto& places) {
    for (std::size_t i = 0; i < slots.size(); ++i)
      if (slots[i] != k_nowhere) places[i] = slots_.place(slots[i]);
  };
  settle(slot_of_signal_, signals_);
  settle(slot_of_gradient_, gradients_);
  settle(slot_of_share_, shares_);
}

void Placement::place_signals(const Plan& plan) {
  last_reader_.assign(sizes.size(), k_nowhere);
  for (std::size_t i = 0; i < plan.ops.size(); ++i)
    for (const Index signal : {plan.ops[i].in, plan.ops[i].beside})
      if (signal != k_none) last_reader_[signal] = i;
  const auto take = [this](Index signal) {
    if (signals_[signal] == k_nowhere) slot_of_signal_[signal] = slots_.take(sizes[signal]);
  };
  const auto release = [this](Index signal) {
    if (signals_[signal] == k_nowhere) slots_.release(slot_of_signal_[signal]);
  };
  take(0);
  for (std::size_t i = 0; i < plan.ops.size(); ++i) {
    take(plan.ops[i].out);
    for (const Index signal : {plan.ops[i].in, plan.ops[i].beside})
      if (signal != k_none && last_reader_[signal] == i) release(signal);
  }
  release(plan.output());
}

/// The input's gradient is nobody's, unless a row begins with it.
void Placement::place_gradients(const Plan& plan) {
  slot_of_gradient_[plan.output()] = slots_.take(sizes[plan.output()]);
  for (std::size_t i = plan.ops.size(); i-- > 0;) {
    const Op& op = plan.ops[i];
    const std::size_t of_output = slot_of_gradient_[op.out];
    if (op.beside != k_none) slot_of_gradient_[op.beside] = slots_.take(sizes[op.beside]);
    const bool asked = op.in != 0 || (op.row != k_none && plan.rows[op.row].before == 0);
    if (asked && operations[i].in_place && !op.adds) {
      slot_of_gradient_[op.in] = of_output;
      continue;
    }
    if (asked && !op.adds) {
      slot_of_gradient_[op.in] = slots_.take(sizes[op.in]);
    } else if (asked && !operations[i].in_place) {
      slot_of_share_[i] = slots_.take(sizes[op.in]);
      slots_.release(slot_of_share_[i]);
    }
    slots_.release(of_output);
  }
}

}  // namespace initscope
