#include "theory/spread.hpp"

#include <algorithm>
#include <limits>

namespace initscope {

std::vector<LayerSpread> spreads_of(ActivationSpec activation, const std::vector<SpreadRow>& rows) {
  const std::size_t depth = rows.size();
  const bool exact = info_of(activation.id).scale_free;
  std::vector<LayerSpread> spreads(depth);
  // f: share of the next q that comes from this layer's h; a: d ln q' / d ln q.
  std::vector<double> f(depth), a(depth);
  double carried = 0;
  for (std::size_t l = 0; l < depth; ++l) {
    const GaussianMoments& m = rows[l].moments;
    const double n = rows[l].laws.out, q = rows[l].q;
    const std::size_t next = std::min(l + 1, depth - 1);
    const double from_h = rows[next].laws.weight_variance * rows[next].laws.in * m.second;
    const double chi_q = m.second_growth * from_h / q;
    if (!exact && !(carried < k_most_spread && (chi_q <= 1 || q == 0))) return {};
    f[l] = q > 0 ? from_h / (from_h + rows[next].laws.bias_variance) : 0;
    a[l] = m.second_growth * f[l];
    spreads[l].preactivation = carried + 2 / n;
    spreads[l].activation = m.second_growth * m.second_growth * carried + m.excess / n;
    spreads[l].activation_variance =
        m.variance_growth * m.variance_growth * carried + m.centered_excess / n;
    carried = a[l] * a[l] * carried + f[l] * f[l] * m.excess / n;
  }
  double most = 0;
  for (std::size_t l = 0; l < depth; ++l) {
    double spread = 0, reach = 0;  // reach: of a fluctuation of q^(k+1), on ln D of layers >= l
    for (std::size_t k = depth; k-- > 0;) {
      const GaussianMoments& m = rows[k].moments;
      if (k + 1 < depth)
        reach = (k + 1 >= l ? rows[k + 1].moments.slope_growth : 0) + a[k + 1] * reach;
      const double b = f[k] * reach;
      double added = b * b * m.excess;
      if (k >= l && m.slope > 0) {
        added += 3 * m.slope_fourth / (m.slope * m.slope) - 1;
        if (m.second > 0) added += 2 * b * (m.mixed / (m.second * m.slope) - 1);
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
