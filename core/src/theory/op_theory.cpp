#include "theory/op_theory.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "theory/batch_norm.hpp"
#include "theory/behind_relu.hpp"

namespace initscope {
namespace {

constexpr double k_nan = std::numeric_limits<double>::quiet_NaN();

TheoryGap expect_product(const Op& op, const OpAverages*, OpAverages& here) {
  const double sigma_w2 = here.laws.weight_variance * here.laws.in,
               sigma_b2 = here.laws.bias_variance;
  here.result = {sigma_w2 * here.in.second + sigma_b2,
                 sigma_w2 * here.in.product + sigma_b2,
                 0,
                 true,
                 true,
                 op.out};
  return TheoryGap::applies;
}

double return_product(const Op&, const OpAverages& here) {
  return here.laws.weight_variance * here.laws.out;
}

TheoryGap expect_activation(const Op& op, const OpAverages* before, OpAverages& here) {
  if (!here.in.gaussian) return k_behind_relu.activation(op, here);
  const double q = here.in.second, c = here.in.correlation();
  const bool settled = before != nullptr && before->in.gaussian && before->in.second == q;
  here.moments = settled ? before->moments : gaussian_moments(op.activation, q);
  if (!settled) here.evaluations += here.moments.evaluations;
  here.result.mean = here.moments.mean;
  here.result.gaussian = op.activation.id == Activation::linear;
  here.result.mixed = here.in.mixed;
  here.result.root = here.in.root;
  if (op.activation.id == Activation::relu) here.result.rectified_variance = q;
  if (!held(q)) {
    const double phi0 = evaluate(op.activation, 0).value;
    here.result.second = here.result.product = (q == 0 ? 0 : k_nan) + phi0 * phi0;
    return TheoryGap::applies;
  }
  if (std::isnan(c)) {
    here.pair = {};
    here.pair.product = k_nan;
  } else if (settled && before->in.correlation() == c) {
    here.pair = before->pair;
  } else {
    here.pair = gaussian_pair(op.activation, q, c);
    here.evaluations += here.pair.evaluations;
  }
  here.result.second = here.moments.second;
  here.result.product = here.pair.product;
  return TheoryGap::applies;
}

double return_activation(const Op&, const OpAverages& here) { return here.moments.slope; }

double square(double x) { return x * x; }

/// What is known of a signal but for the law of its units, which is about to change.
Expected without_law(Expected signal) {
  signal.rectified_variance = 0;
  signal.law = signal.rectified = nullptr;
  return signal;
}

/// Independent but for their means: a weight that is the branch's own comes between.
TheoryGap expect_sum(const Op& op, const OpAverages*, OpAverages& here) {
  const Expected &trunk = here.in, &branch = here.beside;
  if (trunk.root == branch.root) return TheoryGap::coherent;
  const auto scale = static_cast<double>(op.scale);
  const double both = 2 * scale * trunk.mean * branch.mean;
  here.result = {trunk.second + square(scale) * branch.second + both,
                 trunk.product + square(scale) * branch.product + both,
                 trunk.mean + scale * branch.mean,
                 trunk.gaussian && branch.gaussian,
                 trunk.mixed && branch.mixed,
                 trunk.root};
  if (trunk.behind_relu()) k_behind_relu.sum(op, here);
  return TheoryGap::applies;
}

double return_sum(const Op&, const OpAverages&) { return 1; }

TheoryGap expect_scaled(const Op& op, const OpAverages*, OpAverages& here) {
  const auto scale = static_cast<double>(op.scale);
  here.result = without_law(here.in);
  here.result.second *= square(scale);
  here.result.product *= square(scale);
  here.result.mean *= scale;
  return TheoryGap::applies;
}

double return_scaled(const Op& op, const OpAverages&) {
  return square(static_cast<double>(op.scale));
}

/// 1 / (variance + eps) in wide layers, whose mean and variance over units are those expected.
double normal_factor(const Op& op, const OpAverages& here) {
  const double out = op.centers ? square(here.in.mean) : 0;
  return 1 / (here.in.second - out + static_cast<double>(op.eps));
}

/// Least units that are normalized together: 1 / variance is larger there by 3 / units.
constexpr double k_least_group = 32;

TheoryGap expect_normalized(const Op& op, const OpAverages*, OpAverages& here) {
  if (!here.in.mixed) return TheoryGap::shaped;
  if (here.units / op.groups < k_least_group) return TheoryGap::batch;
  const double out = op.centers ? square(here.in.mean) : 0, by = normal_factor(op, here);
  here.result = without_law(here.in);
  here.result.second = (here.in.second - out) * by;
  here.result.product = (here.in.product - out) * by;
  here.result.mean = op.centers ? 0 : here.in.mean * std::sqrt(by);
  return TheoryGap::applies;
}

TheoryGap expect_standardized(const Op& op, const OpAverages*, OpAverages& here) {
  if (!batch_norm_known(here.reader, here.batch)) return TheoryGap::batch;
  if (!here.lone && here.batch < k_least_large_batch) return TheoryGap::batch;
  // The batch's variance is that of a unit, which is the same for all only where they are Gaussian,
  // or their samples are uncorrelated.
  if (std::isnan(here.in.product)) return TheoryGap::shaped;
  if (!here.in.gaussian && !here.in.uncorrelated(here.batch)) return TheoryGap::shaped;
  const double variance = (here.in.second - here.in.product) * (here.batch - 1) / here.batch;
  here.result = without_law(here.in);
  here.result.mean = 0;
  here.result.second = variance / (variance + static_cast<double>(op.eps));
  here.result.product = -here.result.second / (here.batch - 1);
  return TheoryGap::applies;
}

double return_standardized(const Op&, const OpAverages& here) {
  return batch_norm_factor(here.reader, here.chained, here.batch) /
         (here.in.second - here.in.product);
}

}  // namespace

double Expected::correlation() const noexcept {
  return second > 0 && !std::isnan(product) ? std::min(1.0, product / second) : k_nan;
}

const std::array<OpTheory, k_op_kinds>& op_theory() noexcept {
  // One row each, or it does not compile.
  static constexpr std::array<OpTheory, k_op_kinds> k_table = std::to_array<OpTheory>({
      {expect_product, return_product},
      {expect_activation, return_activation},
      {expect_sum, return_sum},
      {expect_scaled, return_scaled},
      {expect_normalized, normal_factor},
      {expect_standardized, return_standardized},
  });
  return k_table;
}

}  // namespace initscope
