#include "theory/op_theory.hpp"

#include <algorithm>
#include <limits>

namespace initscope {
namespace {

constexpr double k_nan = std::numeric_limits<double>::quiet_NaN();

TheoryGap expect_product(const Op&, const OpAverages*, OpAverages& here) {
  const double sigma_w2 = here.laws.weight_variance * here.laws.in,
               sigma_b2 = here.laws.bias_variance;
  here.result = {sigma_w2 * here.in.second + sigma_b2, sigma_w2 * here.in.product + sigma_b2};
  return TheoryGap::applies;
}

double return_product(const OpAverages& here) { return here.laws.weight_variance * here.laws.out; }

TheoryGap expect_activation(const Op& op, const OpAverages* before, OpAverages& here) {
  const double q = here.in.second, c = here.in.correlation();
  const bool settled = before != nullptr && before->in.second == q;
  here.moments = settled ? before->moments : gaussian_moments(op.activation, q);
  if (!settled) here.evaluations += here.moments.evaluations;
  if (!held(q)) {
    const double phi0 = evaluate(op.activation, 0).value;
    here.result.second = here.result.product = (q == 0 ? 0 : k_nan) + phi0 * phi0;
    return TheoryGap::applies;
  }
  if (settled && before->in.correlation() == c) {
    here.pair = before->pair;
  } else {
    here.pair = gaussian_pair(op.activation, q, c);
    here.evaluations += here.pair.evaluations;
  }
  here.result = {here.moments.second, here.pair.product};
  return TheoryGap::applies;
}

double return_activation(const OpAverages& here) { return here.moments.slope; }

}  // namespace

double Expected::correlation() const noexcept {
  return second > 0 ? std::min(1.0, product / second) : k_nan;
}

const std::array<OpTheory, k_op_kinds>& op_theory() noexcept {
  // One row each, or it does not compile.
  static constexpr std::array<OpTheory, k_op_kinds> k_table = std::to_array<OpTheory>({
      {expect_product, return_product},
      {expect_activation, return_activation},
  });
  return k_table;
}

}  // namespace initscope
