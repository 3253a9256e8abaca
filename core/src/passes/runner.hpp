// A plan there and back: at once, or in bounded steps. Whatever the steps, the same bits.
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "passes/activate.hpp"
#include "passes/add.hpp"
#include "passes/normalize.hpp"
#include "passes/parameters.hpp"
#include "passes/placement.hpp"
#include "passes/product.hpp"
#include "passes/scale.hpp"
#include "passes/standardize.hpp"
#include "simd/aligned_buffer.hpp"

namespace initscope {

/// The table of operations, in the order of OpKind: one row each, or it does not compile.
template <class Passes>
inline constexpr std::array<OpPasses<Passes>, k_op_kinds> k_op_passes =
    std::to_array<OpPasses<Passes>>({Product<Passes>::k_row, Activate<Passes>::k_row,
                                     Add<Passes>::k_row, Scale<Passes>::k_row,
                                     Normalize<Passes>::k_row, Standardize<Passes>::k_row});

/// Sees the rows of a plan block by block, while a block is in the L1 cache. Gradients are those of
/// a row's signal `before`.
template <class Real>
class Watcher {
 public:
  using Block = PanelShape::Block;
  virtual ~Watcher() = default;
  /// `before` is complete, and the row's weight still there.
  virtual void begin_row(Index, const Real*) {}
  /// A block of `before` and `after`, which may be one. It may set the padding of `after`.
  virtual void see(Index, const Block&, const Real*, Real*) {}
  virtual void end_row(Index, const Real*) {}
  virtual void begin_gradient(Index) {}
  virtual void see_gradient(Index, const Block&, const Real*) {}
  virtual void end_gradient(Index, const Real*) {}
  /// The trunk and the branch that a row joins, both complete.
  virtual void see_sum(Index, const Real*, const Real*) {}
  /// What the product of a row that is `apart` takes in, and the gradient of what it gives.
  virtual void see_product_input(Index, const Real*) {}
  virtual void see_product_gradient(Index, const Real*) {}
};

/// What stays in memory on the way forward: what the way back reads, or, for a network that learns,
/// all signals.
enum class Keeps : std::uint8_t { differentiable, learnable };

/// Most multiplications of a step, about 3 ms.
inline constexpr std::size_t k_most_step = std::size_t{1} << 26;

template <class Passes>
class Runner {
 public:
  using Real = typename Passes::Real;

  /// Takes the memory of networks before, and more only if that is too little. The plan and the
  /// parameters must outlive the passes; `batch` is the largest that goes through at once.
  void restart(const Plan& plan, Parameters<Real>& parameters, std::size_t batch, Keeps keeps) {
    plan_ = &plan;
    parameters_ = &parameters;
    batch_ = batch;
    op_ = tile_ = 0;
    prepared_ = back_ = false;
    const bool learns = keeps == Keeps::learnable;
    placement_.sizes.clear();
    for (const std::size_t units : plan.units)
      placement_.sizes.push_back(PanelShape{units, batch}.size());
    placement_.operations.clear();
    for (const Op& op : plan.ops)
      placement_.operations.push_back(
          {learns || passes_of(op).reads_input, passes_of(op).in_place});
    placement_.place(plan, learns);
    arena_.ensure(placement_.size());
    std::size_t scratch = 0;
    for (const Op& op : plan.ops)
      if (passes_of(op).scratch != nullptr)
        scratch = std::max(scratch, passes_of(op).scratch(op, memory_of(op), learns));
    scratch_.ensure(scratch);
  }

  /// Bytes that are kept for the next network.
  std::size_t memory() const noexcept { return (arena_.size() + scratch_.size()) * sizeof(Real); }

  /// Sets the batch of the next passes, at most the largest.
  void set_batch(std::size_t batch) noexcept { batch_ = batch; }
  /// Whether the next passes go forward alone, by what the network has kept of batches before.
  void set_evaluating(bool evaluates) noexcept { evaluates_ = evaluates; }
  PanelShape shape(Index signal) const noexcept { return {plan_->units[signal], batch_}; }
  Real* signal(Index signal) noexcept { return at(placement_.signal(signal)); }
  const Real* signal(Index signal) const noexcept {
    return arena_.data() + placement_.signal(signal);
  }
  /// Null where nobody asks for it.
  Real* gradient(Index signal) noexcept { return at(placement_.gradient(signal)); }

  /// A step on the way from the inputs, which lie in signal 0: the parameters of an operation, or
  /// as many of its tiles as `most` multiplications allow, and one at least. True while there is
  /// more.
  bool advance(Watcher<Real>* watcher, std::size_t most = k_most_step) {
    const Op& op = plan_->ops[op_];
    if (prepares(op)) {
      parameters_->prepare(op.weight);
      return true;
    }
    const Memory<Real> here = memory_of(op);
    const Tiles tiles = next_tiles(op, here, most);
    run(op, here, tiles, watcher);
    if (tile_ != 0) return true;
    if (op.weight != k_none && parameters_->corrected(op.weight, here.out_shape, here.out))
      return true;
    if (watcher != nullptr) show_complete(op, here, *watcher);
    prepared_ = false;
    if (++op_ < plan_->ops.size()) return true;
    back_ = true;
    return false;
  }

  /// A step on the way back from the gradient of the output, which is given.
  bool advance_back(Watcher<Real>* watcher, std::size_t most = k_most_step) {
    const Op& op = plan_->ops[op_ - 1];
    const Memory<Real> here = memory_of(op);
    if (!prepared_ && tile_ == 0 && watcher != nullptr) show_gradients(op, here, *watcher);
    if (!goes_back(here)) {
      prepared_ = false;
      return --op_ > 0;
    }
    if (prepares(op)) {
      parameters_->redraw(op.weight);
      return true;
    }
    const Tiles tiles = next_tiles(op, here, most);
    run_back(op, here, tiles, watcher);
    if (tile_ != 0) return true;
    join(op, here);
    prepared_ = false;
    return --op_ > 0;
  }

  /// Share of the operations that are done, there and back.
  double progress() const noexcept {
    const auto all = static_cast<double>(2 * plan_->ops.size()), here = static_cast<double>(op_);
    return (back_ ? all - here : here) / all;
  }

  /// All the way there, of a network whose parameters are kept.
  void forward() {
    for (const Op& op : plan_->ops) {
      const Memory<Real> here = memory_of(op);
      passes_of(op).forward(op, here, all_tiles(op, here));
    }
  }

  /// All the way back, with the gradients of the parameters.
  void backward(Watcher<Real>* watcher) {
    for (std::size_t i = plan_->ops.size(); i-- > 0;) {
      const Op& op = plan_->ops[i];
      const Memory<Real> here = memory_of(op);
      if (watcher != nullptr) show_gradients(op, here, *watcher);
      if (passes_of(op).learn != nullptr) passes_of(op).learn(op, here);
      if (!goes_back(here)) continue;
      run_back(op, here, all_tiles(op, here), watcher);
      join(op, here);
    }
  }

 private:
  static const OpPasses<Passes>& passes_of(const Op& op) noexcept {
    return k_op_passes<Passes>[static_cast<std::size_t>(op.kind)];
  }

  Real* at(std::size_t place) noexcept {
    return place == Placement::k_nowhere ? nullptr : arena_.data() + place;
  }

  Memory<Real> memory_of(const Op& op) noexcept {
    const ParameterPlaces<Real> own =
        op.weight == k_none ? parameters_->learned(place_of(op)) : parameters_->places(op.weight);
    const bool two = op.beside != k_none;
    return {shape(op.in),
            shape(op.out),
            signal(op.in),
            signal(op.out),
            share_of(op),
            gradient(op.out),
            own.weight,
            own.bias,
            own.weight_gradient,
            own.bias_gradient,
            scratch_.data(),
            two ? signal(op.beside) : nullptr,
            two ? gradient(op.beside) : nullptr,
            own.running,
            evaluates_};
  }

  std::size_t place_of(const Op& op) const noexcept {
    return static_cast<std::size_t>(&op - plan_->ops.data());
  }

  /// Where the way back of an operation writes: what it adds to a gradient comes first to another
  /// place, which is the output's gradient where it works there.
  Real* share_of(const Op& op) noexcept {
    if (!op.adds) return gradient(op.in);
    if (passes_of(op).in_place) return gradient(op.out);
    return at(placement_.share(place_of(op)));
  }

  static bool goes_back(const Memory<Real>& here) noexcept {
    return here.in_gradient != nullptr || here.beside_gradient != nullptr;
  }

  /// Adds the share of an operation to what later readers have left.
  void join(const Op& op, const Memory<Real>& here) noexcept {
    if (!op.adds || here.in_gradient == nullptr) return;
    Real* const to = gradient(op.in);
    const std::size_t size = shape(op.in).size();
    for (std::size_t i = 0; i < size; ++i) to[i] += here.in_gradient[i];
  }

  /// Whether the operation's parameters are due before its tiles; only once.
  bool prepares(const Op& op) noexcept {
    if (prepared_ || op.weight == k_none) return false;
    prepared_ = true;
    return true;
  }

  static Tiles all_tiles(const Op& op, const Memory<Real>& here) {
    return {0, passes_of(op).tiles(here)};
  }

  /// The tiles of a step; tile_ is where the next one begins, 0 where there is none.
  Tiles next_tiles(const Op& op, const Memory<Real>& here, std::size_t most) {
    const std::size_t all = passes_of(op).tiles(here), each = passes_of(op).multiplications(here);
    const std::size_t fitting = each == 0 ? all : std::max<std::size_t>(1, most / each);
    const Tiles tiles{tile_, std::min(all, tile_ + fitting)};
    tile_ = tiles.end == all ? 0 : tiles.end;
    return tiles;
  }

  /// Whether the operation completes a row that has no activation: its output is before and after.
  bool is_linear(const Op& op) const noexcept {
    return op.row != k_none && plan_->rows[op.row].before == op.out;
  }
  bool activates_row(const Op& op) const noexcept { return op.row != k_none && !is_linear(op); }

  /// Tiles of an activation are blocks, which the watcher sees one by one. A row begins with the
  /// first of them and ends with the last, in whichever steps they come.
  void run(const Op& op, const Memory<Real>& here, Tiles tiles, Watcher<Real>* watcher) {
    const OpPasses<Passes>& passes = passes_of(op);
    if (watcher == nullptr || !activates_row(op)) return passes.forward(op, here, tiles);
    if (tiles.begin == 0) watcher->begin_row(op.row, here.in);
    for (std::size_t tile = tiles.begin; tile < tiles.end; ++tile) {
      passes.forward(op, here, {tile, tile + 1});
      watcher->see(op.row, here.out_shape.block(tile), here.in, here.out);
    }
    if (tiles.end == passes.tiles(here)) watcher->end_row(op.row, here.out);
  }

  void run_back(const Op& op, const Memory<Real>& here, Tiles tiles, Watcher<Real>* watcher) {
    const OpPasses<Passes>& passes = passes_of(op);
    if (watcher == nullptr || !activates_row(op)) return passes.backward(op, here, tiles);
    if (tiles.begin == 0) watcher->begin_gradient(op.row);
    for (std::size_t tile = tiles.begin; tile < tiles.end; ++tile) {
      passes.backward(op, here, {tile, tile + 1});
      watcher->see_gradient(op.row, here.in_shape.block(tile), here.in_gradient);
    }
    if (tiles.end == passes.tiles(here)) watcher->end_gradient(op.row, here.in_gradient);
  }

  /// Of an operation that is complete.
  void show_complete(const Op& op, const Memory<Real>& here, Watcher<Real>& watcher) {
    if (op.measures != k_none) watcher.see_product_input(op.measures, here.in);
    if (op.joins != k_none) watcher.see_sum(op.joins, here.in, here.beside);
    if (is_linear(op)) show(op, here, watcher);
  }

  void show(const Op& op, const Memory<Real>& here, Watcher<Real>& watcher) {
    watcher.begin_row(op.row, here.out);
    here.out_shape.for_each_block(
        [&](const PanelShape::Block& block) { watcher.see(op.row, block, here.out, here.out); });
    watcher.end_row(op.row, here.out);
  }

  /// Of an operation whose output's gradient is complete.
  void show_gradients(const Op& op, const Memory<Real>& here, Watcher<Real>& watcher) {
    if (op.measures != k_none) watcher.see_product_gradient(op.measures, here.out_gradient);
    if (is_linear(op)) show_gradient(op, here, watcher);
  }

  void show_gradient(const Op& op, const Memory<Real>& here, Watcher<Real>& watcher) {
    watcher.begin_gradient(op.row);
    here.out_shape.for_each_block([&](const PanelShape::Block& block) {
      watcher.see_gradient(op.row, block, here.out_gradient);
    });
    watcher.end_gradient(op.row, here.out_gradient);
  }

  const Plan* plan_ = nullptr;
  Parameters<Real>* parameters_ = nullptr;
  std::size_t batch_ = 0;
  Placement placement_;
  Aligned<Real> arena_, scratch_;
  std::size_t op_ = 0, tile_ = 0;
  bool prepared_ = false;  // the parameters of the present operation
  bool back_ = false;
  bool evaluates_ = false;
};

}  // namespace initscope
