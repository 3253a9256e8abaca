#include "initscope/ensemble.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "initscope/plan.hpp"

namespace initscope {
namespace {

/// Infinite where a value is: the finite ones say little of such a signal.
double whole(const Moments& moments, double statistic) noexcept {
  return moments.nonfinite() > 0 ? std::numeric_limits<double>::infinity() : statistic;
}

}  // namespace

struct EnsembleJob::State {
  static constexpr std::size_t k_quantities = 4;

  NetworkSpec spec;
  PropagationJob job;
  PropagationResult first;
  Moments first_input;
  std::size_t network = 0;
  std::vector<double> values;  // [layer][quantity][network]
  std::vector<LayerRanges> ranges;

  double* values_of(std::size_t layer, std::size_t quantity) noexcept {
    return values.data() + (layer * k_quantities + quantity) * spec.repeats;
  }

  void collect() {
    if (network == 0) {
      first = job.result();
      first_input = job.input();
    }
    for (std::size_t l = 0; l < job.result().size(); ++l) {
      const LayerResult& layer = job.result()[l];
      const Moments &h = layer.activation, &g = layer.gradient;
      values_of(l, 0)[network] = whole(h, h.variance());
      values_of(l, 1)[network] = whole(h, h.second_moment());
      values_of(l, 2)[network] = whole(g, g.second_moment());
      values_of(l, 3)[network] = layer.correlation;
    }
  }

  void summarize() {
    std::vector<double> sorted(spec.repeats);
    const auto range = [&](std::size_t layer, std::size_t quantity) {
      std::copy_n(values_of(layer, quantity), spec.repeats, sorted.begin());
      return range_of(sorted);
    };
    for (std::size_t l = 0; l < first.size(); ++l)
      ranges.push_back({range(l, 0), range(l, 1), range(l, 2), range(l, 3)});
  }

  /// True while another network is to be drawn.
  bool next() {
    if (spec.repeats == 1 || network == spec.repeats) return false;
    collect();
    if (++network == spec.repeats) {
      summarize();
      return false;
    }
    // Of the networks behind the first, ranges of moments are all that is told.
    job.restart(repeated(spec, network), PropagationJob::Counts::nothing);
    return true;
  }
};

EnsembleJob::EnsembleJob() : state_(std::make_unique<State>()) {}
EnsembleJob::~EnsembleJob() = default;

void EnsembleJob::restart(const NetworkSpec& spec) {
  state_->spec = spec;
  state_->network = 0;
  state_->ranges.clear();
  const std::size_t rows = spec.repeats == 1 ? 0 : plan_of(spec).rows.size();
  state_->values.assign(rows * State::k_quantities * spec.repeats, 0);
  state_->job.restart(spec);
}

std::size_t EnsembleJob::memory() const noexcept {
  return state_->job.memory() + state_->values.size() * sizeof(double);
}

bool EnsembleJob::advance() noexcept { return state_->job.advance() || state_->next(); }

double EnsembleJob::progress() const noexcept {
  const auto repeats = static_cast<double>(state_->spec.repeats);
  if (state_->network == state_->spec.repeats) return 1;
  return (static_cast<double>(state_->network) + state_->job.progress()) / repeats;
}

const NetworkSpec& EnsembleJob::spec() const noexcept { return state_->spec; }

const PropagationResult& EnsembleJob::result() const noexcept {
  return state_->spec.repeats == 1 ? state_->job.result() : state_->first;
}

const Moments& EnsembleJob::input() const noexcept {
  return state_->spec.repeats == 1 ? state_->job.input() : state_->first_input;
}

const std::vector<LayerRanges>& EnsembleJob::ranges() const noexcept { return state_->ranges; }

}  // namespace initscope
