#include "theory/behind_relu.hpp"

#include <cmath>
#include <limits>

namespace initscope {
namespace {

constexpr double k_nan = std::numeric_limits<double>::quiet_NaN();
/// Least batch that is taken for independent samples where BatchNorm couples them.
constexpr double k_least_batch = 64;

void sum(const Op& op, OpAverages& here) {
  const Expected &trunk = here.in, &branch = here.beside;
  const bool independent = here.batch >= k_least_batch && trunk.uncorrelated(here.batch) &&
                           branch.uncorrelated(here.batch);
  if (!here.first_reader || !branch.gaussian || branch.mean != 0) return;
  const double tau = std::abs(static_cast<double>(op.scale)) * std::sqrt(branch.second);
  const double width = k_panel_stds * (tau > 0 ? tau : std::sqrt(trunk.second));
  const auto keep = [](UnitLaw law) { return std::make_unique<const UnitLaw>(std::move(law)); };
  if (trunk.law == nullptr)
    here.trunk_law = keep(law_of(nullptr, std::sqrt(trunk.rectified_variance), width));
  else if (tau > 0 && trunk.law->width > width)
    here.trunk_law = keep(refined(*trunk.law, width));
  const UnitLaw* from = here.trunk_law ? here.trunk_law.get() : trunk.law;
  if (from->at.empty()) return;
  if (tau == 0) {
    here.result.rectified = from;
    here.result.rectified_product = trunk.product;
    return;
  }
  here.sum_law = keep(law_of(from, tau, width));
  if (here.sum_law->at.empty()) return;
  here.result.rectified = here.sum_law.get();
  const double mean = here.sum_law->mean();
  here.result.rectified_product = independent ? mean * mean : k_nan;
}

TheoryGap activation(const Op& op, OpAverages& here) {
  const UnitLaw* law = here.in.rectified;
  if (op.activation.id != Activation::relu || law == nullptr) return TheoryGap::shaped;
  Expected& result = here.result;
  result = {};
  result.law = law;
  result.mixed = here.in.mixed;
  result.root = here.in.root;
  result.mean = law->mean();
  result.second = law->second();
  result.product = here.in.rectified_product;
  here.moments = {};
  here.moments.mean = result.mean;
  here.moments.second = result.second;
  here.moments.variance = result.second - result.mean * result.mean;
  here.moments.slope = 1 - law->atom;
  return TheoryGap::applies;
}

/// What comes back through relu is there where the unit is open.
bool back_of_relu(const Op& op, const OpAverages& here, std::vector<double>& gradients,
                  std::vector<UnitProfile>& profiles) {
  UnitProfile profile = std::move(profiles[op.out]);
  if (profile.empty()) {
    if (here.in.rectified == nullptr) return false;
    profile.law = here.in.rectified;
    profile.values.assign(profile.law->at.size(), 0);
  }
  for (std::size_t i = 0; i < profile.values.size(); ++i) {
    profile.values[i] += gradients[op.out];
    profile.open += profile.law->mass[i] * profile.values[i];
  }
  gradients[op.in] += profile.open;
  if (here.in.rectified != nullptr) profiles[op.in] = std::move(profile);
  return true;
}

bool back_of_sum(const Op& op, const OpAverages& here, std::vector<double>& gradients,
                 std::vector<UnitProfile>& profiles) {
  const UnitProfile& profile = profiles[op.out];
  if (profile.empty()) return false;
  const auto scale = static_cast<double>(op.scale);
  gradients[op.beside] += scale * scale * gradients[op.out];
  gradients[op.in] += gradients[op.out] - profile.open;
  const UnitLaw* from = here.trunk_law ? here.trunk_law.get() : here.in.law;
  profiles[op.in] = carried_back(profile, *from, here.sum_law ? here.sum_law->tau : 0);
  return true;
}

bool go_back(const Op& op, OpAverages& here, std::vector<double>& gradients,
             std::vector<UnitProfile>& profiles) {
  if (op.kind == OpKind::activate) return back_of_relu(op, here, gradients, profiles);
  return op.kind == OpKind::add && back_of_sum(op, here, gradients, profiles);
}

}  // namespace

const BehindRelu k_behind_relu{sum, activation, go_back};

}  // namespace initscope
