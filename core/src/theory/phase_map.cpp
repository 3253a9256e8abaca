#include <algorithm>
#include <cmath>

#include "initscope/phase.hpp"
#include "initscope/special.hpp"
#include "theory/pairs.hpp"
#include "theory/phase_search.hpp"

namespace initscope {
namespace {

/// The length map's ingredients on a grid of q, from which a map reads its fixed points.
class MomentGrid {
 public:
  explicit MomentGrid(ActivationSpec activation)
      : activation_(activation), search_(activation), next_(search_.bend / k_end) {}

  /// The next point; true while there is another.
  bool add() noexcept {
    constexpr double k_step = 1.03, k_far_step = 1.3;
    q.push_back(next_);
    moments.push_back(gaussian_moments(activation_, next_));
    next_ *= search_.fine(next_) ? k_step : k_far_step;
    return next_ < search_.bend * k_end;
  }
  double progress() const noexcept {
    return 0.5 + 0.5 * portable_log(next_ / search_.bend) / portable_log(k_end);
  }

  /// chi_1 where the length map settles from first_q.
  double chi_1(PhasePoint point) const noexcept {
    const auto growth = [&](std::size_t i) {
      return point.sigma_w2 * moments[i].second + point.sigma_b2 - q[i];
    };
    // The start lies between two points, and what holds there between what holds at them.
    const double start = std::min(std::max(first_q(point), q.front()), q.back());
    const auto above =
        static_cast<std::size_t>(std::lower_bound(q.begin() + 1, q.end() - 1, start) - q.begin());
    const double part = (start - q[above - 1]) / (q[above] - q[above - 1]);
    const double first = growth(above - 1) + part * (growth(above) - growth(above - 1));
    if (std::abs(first) < 1e-12 * start)
      return point.sigma_w2 * (slope(above - 1) + part * (slope(above) - slope(above - 1)));
    const bool rises = first > 0;
    const auto unsettled = [&](std::size_t at) { return (growth(at) > 0) == rises; };
    std::size_t i = rises ? above : above - 1;
    if (rises)
      while (i + 1 < q.size() && unsettled(i)) ++i;
    else
      while (i > 0 && unsettled(i)) --i;
    double slope_there = slope(i);
    if (!unsettled(i)) {  // between i and the point before
      const std::size_t before = rises ? i - 1 : i + 1;
      const double share = growth(before) / (growth(before) - growth(i));
      slope_there = slope(before) + share * (slope(i) - slope(before));
    }
    return point.sigma_w2 * slope_there;
  }

  std::vector<double> q;
  std::vector<GaussianMoments> moments;

 private:
  static constexpr double k_end = 1e9;  // times the bend, and as far below it

  double slope(std::size_t i) const noexcept { return moments[i].slope; }

  ActivationSpec activation_;
  Search search_;
  double next_;
};

}  // namespace

struct PhaseMapJob::State {
  // The grid takes most of the time: ten steps.
  static constexpr std::size_t k_points = 64;

  ActivationSpec activation;
  PhasePoint most;
  MomentGrid grid;
  bool gridded = false;
  std::size_t row = 0;
  PhaseMap map;

  State(ActivationSpec of, PhasePoint up_to) : activation(of), most(up_to), grid(of) {}

  void add_points() {
    for (std::size_t i = 0; i < k_points && !gridded; ++i) {
      gridded = !grid.add();
      map.evaluations += grid.moments.back().evaluations;
    }
  }

  void add_row() {
    for (std::size_t column = 0; column < k_map_cells; ++column)
      map.chi_1.push_back(
          grid.chi_1({cell_centre(most.sigma_w2, column), cell_centre(most.sigma_b2, row)}));
    ++row;
  }

  void add_line() {
    const CriticalPoint limit = critical_at(activation, 0);
    map.evaluations += limit.evaluations;
    const auto inside = [&](const CriticalPoint& at) {
      return at.point.sigma_w2 <= most.sigma_w2 && at.point.sigma_b2 >= 0 &&
             at.point.sigma_b2 <= most.sigma_b2;
    };
    if (inside(limit)) map.critical.push_back(limit);
    if (scale_free(activation)) return;
    for (std::size_t i = 0; i < grid.q.size(); ++i) {
      const CriticalPoint at = critical_by(activation, grid.q[i], grid.moments[i]);
      if (at.q > limit.q && inside(at)) map.critical.push_back(at);
    }
  }
};

PhaseMapJob::PhaseMapJob(ActivationSpec activation, PhasePoint most)
    : state_(std::make_unique<State>(activation, most)) {}
PhaseMapJob::~PhaseMapJob() = default;

bool PhaseMapJob::advance() noexcept {
  State& state = *state_;
  if (!state.gridded) {
    state.add_points();
    return true;
  }
  if (state.row == k_map_cells) return false;
  state.add_row();
  if (state.row < k_map_cells) return true;
  state.add_line();
  return false;
}

double PhaseMapJob::progress() const noexcept {
  const double rows = static_cast<double>(state_->row) / static_cast<double>(k_map_cells);
  return 0.5 * (state_->gridded ? 1 + rows : state_->grid.progress());
}

const PhaseMap& PhaseMapJob::result() const noexcept { return state_->map; }

PhaseMap phase_map(ActivationSpec activation, PhasePoint most) {
  PhaseMapJob job(activation, most);
  while (job.advance()) {
  }
  return job.result();
}

}  // namespace initscope
