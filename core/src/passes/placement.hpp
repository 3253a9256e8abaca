// Where the signals of a plan lie in memory, and their gradients: those that are read on the way
// back are kept, the others share a few slots, each from the operation that writes it to the one
// that reads it.
#pragma once

#include <vector>

#include "initscope/plan.hpp"

namespace initscope {

/// Memory that is handed on: a slot is as large as the largest that was ever in it.
class Slots {
 public:
  void clear() noexcept { slots_.clear(); }
  /// The largest free one, so that few must grow.
  std::size_t take(std::size_t size);
  void release(std::size_t slot) noexcept { slots_[slot].free = true; }
  /// Slots lie one after the other from `begin` on; the end of the last.
  std::size_t settle(std::size_t begin) noexcept;
  std::size_t place(std::size_t slot) const noexcept { return slots_[slot].place; }

 private:
  struct Slot {
    std::size_t size = 0, place = 0;
    bool free = false;
  };
  std::vector<Slot> slots_;
};

/// Places are in numbers from the begin of one arena. Each signal has one reader at most.
class Placement {
 public:
  static constexpr std::size_t k_nowhere = static_cast<std::size_t>(-1);

  /// What an operation asks of its signals: whether the way back reads the input, and whether it
  /// turns the output's gradient into the input's.
  struct Operation {
    bool reads_input, in_place;
  };
  /// What is placed: the sizes of all signals, such that each place begins on a boundary.
  std::vector<std::size_t> sizes;
  std::vector<Operation> operations;

  /// Keeps the output as well where `keeps_output`.
  void place(const Plan& plan, bool keeps_output);

  std::size_t size() const noexcept { return size_; }
  std::size_t signal(Index signal) const noexcept { return signals_[signal]; }
  /// k_nowhere where nobody asks for it.
  std::size_t gradient(Index signal) const noexcept { return gradients_[signal]; }

 private:
  std::vector<std::size_t> signals_, gradients_;
  std::vector<std::size_t> slot_of_signal_, slot_of_gradient_;  // k_nowhere: in none
  Slots slots_;
  std::size_t size_ = 0;
};

}  // namespace initscope
