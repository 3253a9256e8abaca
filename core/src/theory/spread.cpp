#include "theory/spread.hpp"

#include <algorithm>
#include <limits>

#include "theory/pairs.hpp"

namespace initscope {

// The formulas (1) and (2) of docs/mean-field.md, "Spread".
std::vector<LayerSpread> spreads_of(ActivationSpec activation, const std::vector<SpreadRow>& rows) {
  const std::size_t depth = rows.size();
  const bool exact = scale_free(activation);
  std::vector<LayerSpread> spreads(depth);
  // Shares of the next q that come from a layer's h, and d ln q' / d ln q.
  std::vector<double> share(depth), slope(depth);
  double carried = 0;  // s of the row
  for (std::size_t l = 0; l < depth; ++l) {
    const GaussianMoments& here = rows[l].moments;
    const double width = rows[l].laws.out, q = rows[l].q;
    const ProductLaws& next = rows[std::min(l + 1, depth - 1)].laws;
    const double from_h = next.weight_variance * next.in * here.second;
    const double chi_q = here.second_growth * from_h / q;
    if (!exact && !(carried < k_most_spread && (chi_q <= 1 || q == 0))) return {};
    share[l] = q > 0 ? from_h / (from_h + next.bias_variance) : 0;
    slope[l] = here.second_growth * share[l];
    spreads[l].preactivation = carried + 2 / width;
    spreads[l].activation = here.second_growth * here.second_growth * carried + here.excess / width;
    spreads[l].activation_variance =
        here.variance_growth * here.variance_growth * carried + here.centered_excess / width;
    carried = slope[l] * slope[l] * carried + share[l] * share[l] * here.excess / width;  // (1)
  }
  double most = 0;
  for (std::size_t l = 0; l < depth; ++l) {
    // By (2), from the last row on; `reach` is what ln q of row k + 1 does to ln D of rows >= l.
    double spread = 0, reach = 0;
    for (std::size_t k = depth; k-- > 0;) {
      const GaussianMoments& here = rows[k].moments;
      if (k + 1 < depth)
        reach = (k + 1 >= l ? rows[k + 1].moments.slope_growth : 0) + slope[k + 1] * reach;
      const double carry = share[k] * reach;
      double added = carry * carry * here.excess;
      if (k >= l && here.slope > 0) {
        added += 3 * here.slope_fourth / (here.slope * here.slope) - 1;
        if (here.second > 0) added += 2 * carry * (here.mixed / (here.second * here.slope) - 1);
      }
      spread += added / rows[k].laws.out;
    }
    spreads[l].gradient = spread;
    most = std::max(most, spread);
  }
  if (!exact && !(most < k_most_gradient_spread))
    for (LayerSpread& spread : spreads) spread.gradient = std::numeric_limits<double>::quiet_NaN();
  return spreads;
}

}  // namespace initscope
