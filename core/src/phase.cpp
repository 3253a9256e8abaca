#include "initscope/phase.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "initscope/network.hpp"

namespace initscope {
namespace {

constexpr double k_nan = std::numeric_limits<double>::quiet_NaN();
constexpr double k_infinity = std::numeric_limits<double>::infinity();

// Where the length map is followed: beyond, every activation is a power law.
constexpr double k_lowest_q = 1e-12, k_highest_q = 1e8;
// Steps of the search for a fixed point: fine where activations bend.
constexpr double k_fine_low = 1e-3, k_fine_high = 1e3, k_fine = 1.12, k_coarse = 4;

/// The variances over which an activation's map is searched, and how finely.
struct Search {
  double bend, lowest, highest;

  explicit Search(ActivationSpec activation) noexcept
      : bend(bending_q(activation)),
        lowest(k_lowest_q * std::min(1.0, bend)),
        highest(k_highest_q * std::max(1.0, bend)) {}
  bool fine(double q) const noexcept { return q > k_fine_low * bend && q < k_fine_high * bend; }
  double step_at(double q) const noexcept { return fine(q) ? k_fine : k_coarse; }
};

/// The root of a function between a and b, where it has the values f_a and f_b of opposite signs:
/// false position in ln x with halved ends (Illinois), which gains digits at each step.
template <class Function>
double root(double a, double f_a, double b, double f_b, Function f) noexcept {
  double x = std::log(a), y = std::log(b);
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
  return factor == 1 ? k_infinity : 1 / std::abs(std::log(factor));
}

/// The fixed point below 1 of the correlation map at q*, and the map's slope there; the map is
/// convex, so Newton's steps from 0 never pass it.
GaussianPair settle_correlation(ActivationSpec activation, PhasePoint point, double q,
                                double& correlation) noexcept {
  double c = 0;
  GaussianPair pair;
  for (int i = 0; i < 50; ++i) {
    pair = gaussian_pair(activation, q, c);
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

double fixed_point(ActivationSpec activation, PhasePoint point, double q) noexcept {
  const auto growth = [&](double at) { return next_q(activation, point, at) - at; };
  double before = growth(q);
  if (std::abs(before) < 1e-12 * q) return q;
  const bool rises = before > 0;
  const Search search(activation);
  while (q > search.lowest && q < search.highest) {
    const double step = search.step_at(q), to = rises ? q * step : q / step, there = growth(to);
    if ((there > 0) != rises) return root(q, before, to, there, growth);
    q = to;
    before = there;
  }
  return rises ? k_infinity : 0;
}

}  // namespace

Phase PhaseState::phase() const noexcept {
  if (std::abs(chi_1 - 1) < k_critical_tolerance) return Phase::critical;
  return chi_1 < 1 ? Phase::ordered : Phase::chaotic;
}

double next_q(ActivationSpec activation, PhasePoint point, double q) noexcept {
  return point.sigma_w2 * gaussian_moments(activation, q).second + point.sigma_b2;
}

PhaseState phase_state(ActivationSpec activation, PhasePoint point, double q) noexcept {
  PhaseState state;
  const Search search(activation);
  q = std::min(std::max(q, 2 * search.lowest), search.highest / 2);
  state.q = fixed_point(activation, point, q);
  state.fate = state.q == 0            ? Fate::vanishes
               : state.q == k_infinity ? Fate::explodes
                                       : Fate::settles;
  const double at = std::min(std::max(state.q, k_least_q), k_most_q);
  const auto moments = gaussian_moments(activation, at);
  state.chi_1 = point.sigma_w2 * moments.slope;
  state.chi_q = point.sigma_w2 * moments.second_growth * moments.second / at;
  state.xi_gradient = depth_scale(state.chi_1);
  state.xi_q = depth_scale(state.chi_q);
  state.xi_c = state.xi_gradient;
  if (state.fate != Fate::settles) {
    state.correlation = state.xi_c = k_nan;
  } else if (state.phase() == Phase::chaotic) {
    const auto pair = settle_correlation(activation, point, state.q, state.correlation);
    state.xi_c = depth_scale(point.sigma_w2 * pair.slopes);
  }
  return state;
}

CriticalPoint critical_point(ActivationSpec activation, double q) noexcept {
  const auto moments = gaussian_moments(activation, q);
  CriticalPoint critical;
  critical.q = q;
  critical.point.sigma_w2 = 1 / moments.slope;
  critical.point.sigma_b2 = q - moments.second / moments.slope;
  critical.chi_q = moments.second_growth * moments.second / (q * moments.slope);
  if (scale_free(activation)) {  // exactly, not up to rounding
    critical.point.sigma_b2 = 0;
    critical.chi_q = 1;
  }
  return critical;
}

CriticalPoint critical_at(ActivationSpec activation, double sigma_b2) noexcept {
  constexpr double k_first = 1e4;  // times the lowest
  const auto excess = [&](double q) {
    return critical_point(activation, q).point.sigma_b2 - sigma_b2;
  };
  if (sigma_b2 == 0 && evaluate(activation, 0).value == 0) {
    CriticalPoint limit = critical_point(activation, k_least_q);
    limit.point.sigma_b2 = limit.q = 0;
    return limit;
  }
  const Search search(activation);
  double q = k_first * search.lowest, before = excess(q);
  while (q < search.highest) {
    const double to = q * search.step_at(q), there = excess(to);
    if (before < 0 && there >= 0)
      return critical_point(activation, root(q, before, to, there, excess));
    q = to;
    before = there;
  }
  return {{k_nan, sigma_b2}, k_nan, k_nan};
}

double half_stable_q(ActivationSpec activation) noexcept {
  if (scale_free(activation)) return 0;
  const auto excess = [&](double q) { return critical_point(activation, q).chi_q - 1; };
  const double bend = bending_q(activation);
  double q = k_fine_high * bend, before = excess(q);
  while (q > k_fine_low * bend) {
    const double to = q / k_fine, there = excess(to);
    if (before < 0 && there > 0) {
      const double half_stable = root(q, before, to, there, excess);
      return critical_point(activation, half_stable).point.sigma_b2 >= 0 ? half_stable : 0;
    }
    q = to;
    before = there;
  }
  return 0;
}

namespace {

/// The length map's ingredients on a grid of q, from which a map reads its fixed points.
struct MomentGrid {
  std::vector<double> q, second, slope;

  explicit MomentGrid(ActivationSpec activation) {
    constexpr double k_step = 1.03, k_far_step = 1.3, k_end = 1e9;
    const Search search(activation);
    for (double at = search.bend / k_end; at < search.bend * k_end;) {
      const auto moments = gaussian_moments(activation, at);
      q.push_back(at);
      second.push_back(moments.second);
      slope.push_back(moments.slope);
      at *= search.fine(at) ? k_step : k_far_step;
    }
  }

  /// chi_1 where the length map settles from first_q.
  double chi_1(PhasePoint point) const noexcept {
    const auto growth = [&](std::size_t i) {
      return point.sigma_w2 * second[i] + point.sigma_b2 - q[i];
    };
    // The start lies between two points, and what holds there between what holds at them.
    const double start = std::min(std::max(first_q(point), q.front()), q.back());
    const auto above =
        static_cast<std::size_t>(std::lower_bound(q.begin() + 1, q.end() - 1, start) - q.begin());
    const double part = (start - q[above - 1]) / (q[above] - q[above - 1]);
    const double first = growth(above - 1) + part * (growth(above) - growth(above - 1));
    if (std::abs(first) < 1e-12 * start)
      return point.sigma_w2 * (slope[above - 1] + part * (slope[above] - slope[above - 1]));
    const bool rises = first > 0;
    const auto unsettled = [&](std::size_t at) { return (growth(at) > 0) == rises; };
    std::size_t i = rises ? above : above - 1;
    if (rises)
      while (i + 1 < q.size() && unsettled(i)) ++i;
    else
      while (i > 0 && unsettled(i)) --i;
    double slope_there = slope[i];
    if (!unsettled(i)) {  // between i and the point before
      const std::size_t before = rises ? i - 1 : i + 1;
      const double share = growth(before) / (growth(before) - growth(i));
      slope_there = slope[before] + share * (slope[i] - slope[before]);
    }
    return point.sigma_w2 * slope_there;
  }
};

}  // namespace

PhaseMap phase_map(ActivationSpec activation, PhasePoint most) {
  PhaseMap map;
  const MomentGrid grid(activation);
  constexpr auto k_cells = static_cast<double>(k_map_cells);
  for (std::size_t row = 0; row < k_map_cells; ++row)
    for (std::size_t column = 0; column < k_map_cells; ++column)
      map.chi_1.push_back(grid.chi_1({most.sigma_w2 * (static_cast<double>(column) + 0.5) / k_cells,
                                      most.sigma_b2 * (static_cast<double>(row) + 0.5) / k_cells}));
  const CriticalPoint limit = critical_at(activation, 0);
  const auto inside = [&](const CriticalPoint& at) {
    return at.point.sigma_w2 <= most.sigma_w2 && at.point.sigma_b2 >= 0 &&
           at.point.sigma_b2 <= most.sigma_b2;
  };
  if (inside(limit)) map.critical.push_back(limit);
  if (scale_free(activation)) return map;
  for (const double q : grid.q) {
    const CriticalPoint at = critical_point(activation, q);
    if (q > limit.q && inside(at)) map.critical.push_back(at);
  }
  return map;
}

std::span<const Field> phase_fields() {
  static constexpr const char* k_weight[] = {"weight"};
  static constexpr const char* k_bias[] = {"bias"};
  static constexpr const char* k_details[] = {"all", "place"};
  static constexpr const char* k_quantities[] = {"chi_1", "depth"};
  static const Field fields[] = {
      {"scheme", Kind::scheme, std::string("xavier_normal"), 0, 0, k_weight},
      {"activation", Kind::choice, std::string("tanh"), 0, 0, activation_names(), R"(\phi)"},
      negative_slope_field(),
      omega_0_field(),
      {"width", Kind::integer, 256.0, 1, k_most_width, {}, "n"},
      {"depth", Kind::integer, 20.0, 1, k_most_depth, {}, "L"},
      {"bias", Kind::scheme, std::string("zeros"), 0, 0, k_bias, "b"},
      {"sigma_w2", Kind::number, 1.5, 0, k_most_sigma_w2, {}, R"(\sigma_w^2)"},
      {"sigma_b2", Kind::number, 0.05, 0, k_most_sigma_b2, {}, R"(\sigma_b^2)"},
      {"most_sigma_w2", Kind::number, 4.0, k_least_plane, k_most_sigma_w2},
      {"most_sigma_b2", Kind::number, 0.3, k_least_plane, k_most_sigma_b2},
      {"quantity", Kind::choice, std::string("chi_1"), 0, 0, k_quantities},
      {"detail", Kind::choice, std::string("all"), 0, 0, k_details},
  };
  return fields;
}

Issues read(const Spec& spec, PhaseSpec& out) {
  SpecReader reader(spec);
  const auto field = [](std::string_view id) -> const Field& {
    return field_of(phase_fields(), id);
  };
  const auto number = [&](std::string_view id) { return reader.number(field(id)); };
  out.weight = read_scheme(reader, field("scheme"));
  out.activation = read_activation(reader, field("activation"));
  out.width = static_cast<std::size_t>(number("width"));
  out.depth = static_cast<std::size_t>(number("depth"));
  out.bias = read_scheme(reader, field("bias"));
  out.point = {number("sigma_w2"), number("sigma_b2")};
  out.most = {number("most_sigma_w2"), number("most_sigma_b2")};
  reader.text(field("quantity"));
  out.place_only = reader.text(field("detail")) == "place";
  check_tensor(out.weight, dense_fans(out.width, out.width), Generator::initscope, "scheme",
               reader);
  return reader.finish();
}

}  // namespace initscope
