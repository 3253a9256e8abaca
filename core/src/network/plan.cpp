#include "initscope/plan.hpp"

namespace initscope {
namespace {

/// Appends operations to a plan, each to the signal that the one before it left.
class Lowering {
 public:
  Lowering(Plan& plan, std::size_t inputs) : plan_(plan) {
    plan_.units.assign(1, inputs);
    plan_.ops.clear();
    plan_.weights.clear();
    plan_.rows.clear();
  }

  void product(std::size_t outputs) {
    input_ = signal();
    const std::size_t inputs = plan_.units.back();
    Weight weight{inputs, outputs, dense_fans(inputs, outputs),
                  static_cast<std::uint32_t>(plan_.weights.size() + 1)};
    weight.fans.position = weight.number == 1 ? Position::first : Position::hidden;
    plan_.weights.push_back(weight);
    append({OpKind::product, k_none, k_none, last(plan_.weights)}, outputs);
  }

  void activate(ActivationSpec activation) {
    append({OpKind::activate, k_none, k_none, k_none, k_none, activation}, plan_.units.back());
  }

  /// Ends a row that began with signal `before`.
  void row(Index before) {
    plan_.rows.push_back(
        {input_, before, signal(), last(plan_.weights), plan_.ops.back().activation});
    plan_.ops.back().row = last(plan_.rows);
  }

  Index signal() const noexcept { return last(plan_.units); }

 private:
  template <class Item>
  static Index last(const std::vector<Item>& list) noexcept {
    return static_cast<Index>(list.size() - 1);
  }

  void append(Op op, std::size_t units) {
    op.in = signal();
    plan_.units.push_back(units);
    op.out = signal();
    plan_.ops.push_back(op);
  }

  Plan& plan_;
  Index input_ = k_none;  // of the last product
};

}  // namespace

void make_plan(const NetworkSpec& spec, Ending ending, Plan& out) {
  Lowering lowering(out, spec.input_width);
  for (std::size_t l = 1; l <= spec.depth(); ++l) {
    lowering.product(spec.width(l));
    const Index before = lowering.signal();
    if (l < spec.depth() || ending == Ending::activated) lowering.activate(spec.activation);
    lowering.row(before);
  }
}

Plan plan_of(const NetworkSpec& spec, Ending ending) {
  Plan plan;
  make_plan(spec, ending, plan);
  return plan;
}

}  // namespace initscope
