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

/// Places are in numbers from the begin of one arena.
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

  /// `keeps_all`: the output and branches have places of their own too.
  void place(const Plan& plan, bool keeps_all);

  std::size_t size() const noexcept { return size_; }
  std::size_t signal(Index signal) const noexcept { return signals_[signal]; }
  /// k_nowhere where nobody asks for it.
  std::size_t gradient(Index signal) const noexcept { return gradients_[signal]; }
  /// Where an operation that adds to its input's gradient has its own share; k_nowhere where that
  /// is the output's gradient, or where it does not add.
  std::size_t share(std::size_t op) const noexcept { return shares_[op]; }

 private:
  void place_signals(const Plan& plan);
  void place_gradients(const Plan& plan);

  std::vector<std::size_t> signals_, gradients_, shares_;
  // k_nowhere: in none
  std::vector<std::size_t> slot_of_signal_, slot_of_gradient_, slot_of_share_;
  std::vector<std::size_t> last_reader_;  // of each signal, an operation
  Slots slots_;
  std::size_t size_ = 0;
};

}  // namespace initscope
