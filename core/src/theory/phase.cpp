#include "initscope/phase.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "initscope/network.hpp"
#include "initscope/special.hpp"
#include "requests/fields.hpp"
#include "theory/pairs.hpp"
#include "theory/phase_search.hpp"

namespace initscope {
namespace {

constexpr double k_nan = std::numeric_limits<double>::quiet_NaN();
constexpr double k_infinity = std::numeric_limits<double>::infinity();

/// An activation's averages, and what they have taken.
struct Averages {
  ActivationSpec activation;
  std::size_t evaluations = 0;

  GaussianMoments moments(double q) noexcept {
    const auto moments = gaussian_moments(activation, q);
    evaluations += moments.evaluations;
    return moments;
  }
  GaussianPair pair(double q, double c) noexcept {
    const auto pair = gaussian_pair(activation, q, c);
    evaluations += pair.evaluations;
    return pair;
  }
  double next_q(PhasePoint point, double q) noexcept {
    return point.sigma_w2 * moments(q).second + point.sigma_b2;
  }
};

/// The root of a function between a and b, where it has the values f_a and f_b of opposite signs:
/// false position in ln x with halved ends (Illinois), which gains digits at each step.
template <class Function>
double root(double a, double f_a, double b, double f_b, Function f) noexcept {
  double x = portable_log(a), y = portable_log(b);
  for (int i = 0; i < 100 && std::abs(y - x) > 1e-15; ++i) {
    const double middle = (x * f_b - y * f_a) / (f_b - f_a);
    const double f_middle = f(std::exp(middle));
    if (f_middle == 0) return std::exp(middle);
    if ((f_middle < 0) != (f_b < 0)) {
      x = y;
      f_a = f_b;
    } else {
      f_a *= 0.5;
    }
    const double moved = std::abs(middle - y);
    y = middle;
    f_b = f_middle;
    if (moved < 1e-15) break;
  }
  return std::exp(y);
}

/// A depth scale 1 / |ln factor|.
double depth_scale(double factor) noexcept {
  return factor == 1 ? k_infinity : 1 / std::abs(portable_log(factor));
}

/// The fixed point below 1 of the correlation map at q*, and the map's slope there; the map is
/// convex, so Newton's steps from 0 never pass it.
GaussianPair settle_correlation(Averages& averages, PhasePoint point, double q,
                                double& correlation) noexcept {
  double c = 0;
  GaussianPair pair;
  // A typed activation may be too rough for its averages to settle to so many digits.
  for (int i = 0; i < 50 && averages.evaluations < 4 * k_most_step_evaluations; ++i) {
    pair = averages.pair(q, c);
    const double excess = (point.sigma_w2 * pair.product + point.sigma_b2) / q - c;
    const double slope = point.sigma_w2 * pair.slopes - 1;
    if (!(slope < 0)) break;
    const double next = std::min(1.0, c - excess / slope);
    if (std::abs(next - c) < 1e-13) break;
    c = next;
  }
  correlation = c;
  return pair;
}

double fixed_point(Averages& averages, PhasePoint point, double q) noexcept {
  const auto growth = [&](double at) { return averages.next_q(point, at) - at; };
  double before = growth(q);
  if (std::abs(before) < 1e-12 * q) return q;
  const bool rises = before > 0;
  const Search search(averages.activation);
  while (q > search.lowest && q < search.highest) {
    const double step = search.step_at(q), to = rises ? q * step : q / step, there = growth(to);
    if ((there > 0) != rises) return root(q, before, to, there, growth);
    q = to;
    before = there;
  }
  return rises ? k_infinity : 0;
}

/// Makes a critical point that says all that the averages have taken.
CriticalPoint critical_with(Averages& averages, double q) noexcept {
  CriticalPoint critical = critical_by(averages.activation, q, averages.moments(q));
  critical.evaluations = averages.evaluations;
  return critical;
}

}  // namespace

Phase PhaseState::phase() const noexcept {
  if (std::abs(chi_1 - 1) < k_critical_tolerance) return Phase::critical;
  return chi_1 < 1 ? Phase::ordered : Phase::chaotic;
}

double next_q(ActivationSpec activation, PhasePoint point, double q) noexcept {
  return Averages{activation}.next_q(point, q);
}

PhaseState phase_state(ActivationSpec activation, PhasePoint point, double q) noexcept {
  PhaseState state;
  Averages averages{activation};
  const Search search(activation);
  q = std::min(std::max(q, 2 * search.lowest), search.highest / 2);
  state.q = fixed_point(averages, point, q);
  state.fate = state.q == 0            ? Fate::vanishes
               : state.q == k_infinity ? Fate::explodes
                                       : Fate::settles;
  const double at = std::min(std::max(state.q, k_least_q), k_most_q);
  const auto moments = averages.moments(at);
  state.chi_1 = point.sigma_w2 * moments.slope;
  state.chi_q = point.sigma_w2 * moments.second_growth * moments.second / at;
  state.xi_gradient = depth_scale(state.chi_1);
  state.xi_q = depth_scale(state.chi_q);
  state.xi_c = state.xi_gradient;
  if (state.fate != Fate::settles) {
    state.correlation = state.xi_c = k_nan;
  } else if (state.phase() == Phase::chaotic) {
    const auto pair = settle_correlation(averages, point, state.q, state.correlation);
    state.xi_c = depth_scale(point.sigma_w2 * pair.slopes);
  }
  state.evaluations = averages.evaluations;
  return state;
}

CriticalPoint critical_by(ActivationSpec activation, double q,
                          const GaussianMoments& moments) noexcept {
  CriticalPoint critical;
  critical.q = q;
  critical.point.sigma_w2 = 1 / moments.slope;
  critical.point.sigma_b2 = q - moments.second / moments.slope;
  critical.chi_q = moments.second_growth * moments.second / (q * moments.slope);
  critical.evaluations = moments.evaluations;
  if (scale_free(activation)) {  // exactly, not up to rounding
    critical.point.sigma_b2 = 0;
    critical.chi_q = 1;
  }
  return critical;
}

CriticalPoint critical_point(ActivationSpec activation, double q) noexcept {
  Averages averages{activation};
  return critical_with(averages, q);
}

CriticalPoint critical_at(ActivationSpec activation, double sigma_b2) noexcept {
  constexpr double k_first = 1e4;  // times the lowest
  Averages averages{activation};
  const auto excess = [&](double q) {
    return critical_with(averages, q).point.sigma_b2 - sigma_b2;
  };
  if (sigma_b2 == 0 && evaluate(activation, 0).value == 0) {
    CriticalPoint limit = critical_with(averages, k_least_q);
    limit.point.sigma_b2 = limit.q = 0;
    // phi'(0) = 0, as of a squared ReLU: no weights are large enough.
    if (limit.point.sigma_w2 > std::numeric_limits<float>::max())
      limit.point.sigma_w2 = limit.chi_q = k_nan;
    return limit;
  }
  const Search search(activation);
  double q = k_first * search.lowest, before = excess(q);
  while (q < search.highest) {
    const double to = q * search.step_at(q), there = excess(to);
    if (before < 0 && there >= 0)
      return critical_with(averages, root(q, before, to, there, excess));
    q = to;
    before = there;
  }
  return {{k_nan, sigma_b2}, k_nan, k_nan, averages.evaluations};
}

CriticalPoint half_stable(ActivationSpec activation) noexcept {
  Averages averages{activation};
  const auto excess = [&](double q) { return critical_with(averages, q).chi_q - 1; };
  const auto none = [&] {
    CriticalPoint at_zero = critical_with(averages, k_least_q);
    at_zero.q = 0;
    return at_zero;
  };
  if (scale_free(activation)) return none();
  const double bend = bending_q(activation);
  double q = k_fine_high * bend, before = excess(q);
  while (q > k_fine_low * bend) {
    const double to = q / k_fine, there = excess(to);
    if (before < 0 && there > 0) {
      const CriticalPoint found = critical_with(averages, root(q, before, to, there, excess));
      return found.point.sigma_b2 >= 0 ? found : none();
    }
    q = to;
    before = there;
  }
  return none();
}

std::span<const Field> phase_fields() {
  static constexpr const char* k_weight[] = {"weight"};
  static constexpr const char* k_bias[] = {"bias"};
  static constexpr const char* k_details[] = {"all", "place"};
  static constexpr const char* k_quantities[] = {"chi_1", "depth"};
  static const Field fields[] = {
      scheme_field("scheme", "xavier_normal", k_weight),
      choice_field("activation", "tanh", activation_names(), R"(\phi)"),
      negative_slope_field(),
      omega_0_field(),
      expression_field(),
      integer_field("width", 256, {1, k_most_width}, "n"),
      integer_field("depth", 20, {1, k_most_depth}, "L"),
      scheme_field("bias", "zeros", k_bias, "b"),
      number_field("sigma_w2", 1.5, {0, k_most_sigma_w2}, R"(\sigma_w^2)"),
      number_field("sigma_b2", 0.05, {0, k_most_sigma_b2}, R"(\sigma_b^2)"),
      number_field("most_sigma_w2", 4, {k_least_plane, k_most_sigma_w2}),
      number_field("most_sigma_b2", 0.3, {k_least_plane, k_most_sigma_b2}),
      choice_field("quantity", "chi_1", k_quantities),
      choice_field("detail", "all", k_details),
  };
  return fields;
}

Issues read(const Spec& spec, PhaseSpec& out) {
  TableReader table(spec, phase_fields());
  SpecReader& reader = table.reader();
  out.weight = read_scheme(reader, table.field("scheme"));
  out.activation = read_activation(reader, table.field("activation"), out.expression);
  out.width = table.count("width");
  out.depth = table.count("depth");
  out.bias = read_scheme(reader, table.field("bias"));
  out.point = {table.number("sigma_w2"), table.number("sigma_b2")};
  out.most = {table.number("most_sigma_w2"), table.number("most_sigma_b2")};
  table.text("quantity");
  out.place_only = table.text("detail") == "place";
  check_tensor(out.weight, dense_fans(out.width, out.width), Generator::initscope, "scheme",
               reader);
  return table.finish();
}

}  // namespace initscope
