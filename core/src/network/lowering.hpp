// Operations appended to a plan, each to the signal that the one before it left, and the rows that
// they complete.
#pragma once

#include <string>
#include <vector>

#include "initscope/plan.hpp"

namespace initscope {

/// A block once it is lowered: its operations, [begin, end) of the plan's, and the units before and
/// after them. Of a residual block the sum alone is its own.
struct LoweredBlock {
  const NetItem* item = nullptr;
  std::size_t begin = 0, end = 0, inputs = 0, outputs = 0;
};

class Lowering {
 public:
  Lowering(const NetworkSpec& spec, Plan& plan);

  const NetworkSpec& spec() const noexcept { return spec_; }
  std::size_t units() const noexcept { return plan_.units[signal_]; }

  /// Schemes that are null are the network's.
  void product(std::size_t outputs, const SchemeSpec* scheme = nullptr,
               const SchemeSpec* bias = nullptr);
  void activate(ActivationSpec activation);
  void scale(float by);
  void normalize(std::size_t groups, bool centers, float eps);
  void standardize(float eps);

  /// Lists every block that is lowered from now on, in forward order.
  void watch(std::vector<LoweredBlock>* lowered) noexcept { lowered_ = lowered; }

  /// Appends what a net says; stops where a block refuses.
  void items(const Net& net);
  /// out = shortcut(in) + scale branch(in).
  void residual(const NetItem& item, float scale);

  /// Ends the plan: what is left open becomes a row, and gradients know who sets them.
  void finish(Ending ending);

  /// A block that cannot be; the first is kept.
  void refuse(std::string needs);
  const NetFault& fault() const noexcept { return fault_; }

 private:
  void append(Op op, std::size_t units);
  void block(const NetItem& item);
  void row(Index before, Index after, const char* block);
  void close_product();
  void place_branch(std::size_t first);
  void share_gradient(Index trunk, std::size_t begin);
  void mark_relus();

  const NetworkSpec& spec_;
  Plan& plan_;
  Index signal_ = 0;     // what the next operation reads
  Index open_ = k_none;  // a product on the trunk that no row has yet
  Index last_ = k_none;  // the last product since a row
  int nesting_ = 0;      // residual blocks around here
  std::uint16_t branches_ = 0;
  const NetItem* item_ = nullptr;
  std::vector<LoweredBlock>* lowered_ = nullptr;
  NetFault fault_;
};

}  // namespace initscope
