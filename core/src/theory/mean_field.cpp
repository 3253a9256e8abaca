#include "initscope/mean_field.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "initscope/plan.hpp"
#include "theory/behind_relu.hpp"
#include "theory/op_theory.hpp"
#include "theory/pairs.hpp"
#include "theory/spread.hpp"

namespace initscope {
namespace {

constexpr double k_nan = std::numeric_limits<double>::quiet_NaN();

PhasePoint point_of(const ProductLaws& laws) noexcept {
  return {laws.weight_variance * laws.in, laws.bias_variance};
}

/// A phase plane's network: layers are equally wide.
NetworkSpec network_of(const PhaseSpec& spec) {
  NetworkSpec network;
  network.input_width = spec.width;
  network.widths.assign(spec.depth, spec.width);
  network.activation = spec.activation;
  network.expression = spec.expression;
  return network;
}

bool centered(const Law& law) noexcept { return std::abs(law.mean()) <= 1e-9 * law.std(); }

/// What the schemes make of a layer of these fans.
TheoryGap read_laws(const SchemeSpec& weight, const SchemeSpec& bias, const Fans& fans,
                    ProductLaws& laws) {
  const Scheme& scheme = *weight.scheme;
  if (scheme.measured) return TheoryGap::measured;
  if (scheme.draw != nullptr && !scheme.gaussian_sums) return TheoryGap::structured;
  const Law of_weight = weight.law(fans), of_bias = bias.law(bias_fans(fans));
  if (!centered(of_weight)) return TheoryGap::structured;
  if (!centered(of_bias)) return TheoryGap::biased;
  laws = {of_weight.variance(), fans.in, fans.out, of_bias.variance()};
  return TheoryGap::applies;
}

/// Runs a job to its end.
MeanField finish(MeanFieldJob job) {
  while (job.advance()) {
  }
  return job.result();
}

}  // namespace

SchemePlace place_of(const PhaseSpec& spec) {
  ProductLaws laws;
  SchemePlace place;
  place.gap = read_laws(spec.weight, spec.bias, dense_fans(spec.width, spec.width), laws);
  place.point = point_of(laws);
  return place;
}

struct MeanFieldJob::State {
  Plan plan;
  Expression expression;             // owns what the plan's activations refer to
  std::vector<OpAverages> averages;  // one of each operation
  std::vector<Expected> signals;
  MeanField field;
  std::size_t op = 0;
  std::vector<double> gradients;      // one a signal, on the way back
  std::vector<UnitProfile> profiles;  // and what depends on the unit's value
  std::size_t back = 0;               // operations that are left of the way back
  bool banded = true, behind_relu = false, finished = false;
  bool plain = true;  // a stack of products and activations, as a net is that is not given

  State(Plan of, Expression typed, InputMoments from)
      : plan(std::move(of)),
        expression(std::move(typed)),
        averages(plan.ops.size()),
        signals(plan.units.size()) {
    field.input = from.second;
    signals[0] = {from.second, from.second * from.correlation};
    field.layers.reserve(plan.rows.size());
  }

  const OpTheory& theory_of(std::size_t index) const noexcept {
    return op_theory()[static_cast<std::size_t>(plan.ops[index].kind)];
  }

  /// The last operation before `op` that does the same.
  const OpAverages* like(const Op& here) const noexcept {
    for (std::size_t i = op; i-- > 0;)
      if (plan.ops[i].kind == here.kind && plan.ops[i].activation == here.activation)
        return &averages[i];
    return nullptr;
  }

  /// Who reads a standardization, which decides what comes back through it.
  void see_readers(const Op& here, OpAverages& known) const noexcept {
    const Op* reader = nullptr;
    std::size_t readers = 0;
    for (std::size_t i = op + 1; i < plan.ops.size(); ++i)
      for (const Index read : {plan.ops[i].in, plan.ops[i].beside})
        if (read == here.out) {
          reader = &plan.ops[i];
          ++readers;
        }
    known.lone = readers <= 1 && (reader == nullptr || reader->kind != OpKind::standardize);
    if (readers != 1) return;
    if (reader->kind == OpKind::activate) known.reader = reader->activation;
    known.chained = reader->kind == OpKind::activate || reader->kind == OpKind::product;
  }

  /// One operation forward; ends the job where there is no theory of it.
  void pass() {
    const Op& here = plan.ops[op];
    OpAverages& known = averages[op];
    known.in = signals[here.in];
    known.units = static_cast<double>(plan.units[here.in]);
    if (here.beside != k_none) {
      known.beside = signals[here.beside];
      for (std::size_t i = 0; i < op; ++i)
        if (plan.ops[i].beside != k_none && plan.ops[i].in == here.in) known.first_reader = false;
    }
    if (here.kind == OpKind::standardize) see_readers(here, known);
    const TheoryGap gap = theory_of(op).forward(here, like(here), known);
    behind_relu = behind_relu || known.result.rectified != nullptr;
    signals[here.out] = known.result;
    ++op;
    if (gap == TheoryGap::applies) return;
    field.layers.clear();
    refuse(gap, op - 1);
  }

  /// Theory says nothing, because of this operation.
  void refuse(TheoryGap gap, std::size_t cause) {
    field.gap = gap;
    field.gap_block = plan.ops[cause].block;
    field.gap_row = row_behind(plan, cause);
    finished = true;
  }

  /// The operations up to the end of a row.
  void add_row() {
    LayerTheory row;
    for (bool more = true; more && !finished;) {
      pass();
      row.evaluations += averages[op - 1].evaluations;
      more = plan.ops[op - 1].row == k_none;
    }
    if (finished) return;
    const Row& ends = plan.rows[field.layers.size()];
    const double q = signals[ends.before].second;
    const Expected& after = signals[ends.after];
    row.correlation = signals[ends.before].correlation();
    row.activation = after.second;
    row.preactivation = held(q) ? q : q == 0 ? 0 : k_nan;
    row.activation_variance = row.preactivation;
    if (held(q))
      row.activation_variance = plan.ops[op - 1].kind == OpKind::activate
                                    ? averages[op - 1].moments.variance
                                    : after.second - after.mean * after.mean;
    field.layers.push_back(row);
  }

  /// E[(dE/dz)^2] of every row, from the independent entries N(0, 1) of dE/dh^L on. What several
  /// operations read has the sum of what comes back from each. All at once, but in nets with a
  /// trunk behind relu, where each takes a while.
  void go_back() {
    if (gradients.empty()) {
      gradients.resize(signals.size());
      profiles.resize(signals.size());
      gradients[plan.output()] = 1;
      back = plan.ops.size();
    }
    do go_back_through(--back);
    while (back > 0 && !behind_relu);
  }

  void go_back_through(std::size_t index) {
    const Op& here = plan.ops[index];
    const bool completes = here.row != k_none;
    const bool linear = completes && plan.rows[here.row].before == here.out;
    if (linear) see_gradient(here.row, gradients[here.out]);
    const double of_output = gradients[here.out];
    if (!behind_relu || !k_behind_relu.go_back(here, averages[index], gradients, profiles)) {
      const double scale = static_cast<double>(here.scale);
      if (here.beside != k_none) gradients[here.beside] += scale * scale * of_output;
      gradients[here.in] += theory_of(index).backward(here, averages[index]) * of_output;
    }
    if (completes && !linear) see_gradient(here.row, gradients[here.in]);
    if (here.weight == k_none) return;
    for (const Row& row : plan.rows)
      if (row.weight == here.weight)
        field.layers[static_cast<std::size_t>(&row - plan.rows.data())].weight_gradient =
            signals[here.in].second * of_output;
  }

  void see_gradient(Index index, double& gradient) {
    LayerTheory& row = field.layers[index];
    if (std::isnan(row.preactivation) || !(gradient == 0 || held(gradient))) gradient = k_nan;
    row.gradient = gradient;
  }

  void finish() {
    while (op < plan.ops.size() && !finished) pass();
    if (finished) return;
    go_back();
    if (back > 0) return;
    finished = true;
    if (!plain) return;
    const Op& last = plan.ops.back();
    std::vector<SpreadRow> rows;
    ProductLaws laws;
    for (std::size_t i = 0; i < plan.ops.size(); ++i) {
      if (plan.ops[i].weight != k_none) laws = averages[i].laws;
      if (plan.ops[i].row != k_none)
        rows.push_back({laws, averages[i].moments, field.layers[rows.size()].preactivation});
    }
    field.point = point_of(rows[std::min<std::size_t>(1, rows.size() - 1)].laws);
    field.state = phase_state(last.activation, field.point, rows[0].q);
    field.log_normal = scale_free(last.activation);
    if (banded) field.spreads = spreads_of(last.activation, rows);
  }
};

MeanFieldJob::MeanFieldJob(const NetworkSpec& spec, InputMoments inputs)
    : state_(std::make_unique<State>(plan_of(spec), spec.expression, inputs)) {
  State& state = *state_;
  for (std::size_t i = 0; i < state.plan.ops.size() && !state.finished; ++i) {
    const Index weight = state.plan.ops[i].weight;
    if (weight == k_none) continue;
    const Weight& drawn = state.plan.weights[weight];
    const TheoryGap gap = read_laws(spec.weight_scheme(drawn.scheme), spec.bias_scheme(drawn.bias),
                                    drawn.fans, state.averages[i].laws);
    if (gap != TheoryGap::applies) state.refuse(gap, i);
  }
  state.plain = spec.net.empty();
  // Units of pixels and of data are not independent, and other laws are not Gaussian.
  state.signals[0].gaussian = state.signals[0].mixed = spec.input == Input::normal;
  // Samples of data are not equally correlated.
  for (std::size_t i = 0; i < state.plan.ops.size() && !state.finished; ++i)
    if (state.plan.ops[i].kind == OpKind::standardize && spec.input == Input::data)
      state.refuse(TheoryGap::shaped, i);
  for (OpAverages& known : state.averages) known.batch = static_cast<double>(spec.batch);
  if (!state.finished && state.plain)
    state.banded = spec.weight.law(state.plan.weights.front().fans).kind() != Law::Kind::spherical;
}

MeanFieldJob::MeanFieldJob(const NetworkSpec& spec) : MeanFieldJob(spec, input_moments(spec)) {}

MeanFieldJob::MeanFieldJob(const PhaseSpec& spec)
    : state_(
          std::make_unique<State>(plan_of(network_of(spec)), spec.expression, InputMoments{1, 0})) {
  const auto n = static_cast<double>(spec.width);
  for (std::size_t i = 0; i < state_->plan.ops.size(); ++i)
    if (state_->plan.ops[i].weight != k_none)
      state_->averages[i].laws = {spec.point.sigma_w2 / n, n, n, spec.point.sigma_b2};
}

MeanFieldJob::~MeanFieldJob() = default;
MeanFieldJob::MeanFieldJob(MeanFieldJob&&) noexcept = default;

bool MeanFieldJob::advance() noexcept {
  State& state = *state_;
  if (state.finished) return false;
  if (state.field.layers.size() < state.plan.rows.size())
    state.add_row();
  else
    state.finish();
  return !state.finished;
}

double MeanFieldJob::progress() const noexcept {
  if (state_->finished) return 1;
  return static_cast<double>(state_->field.layers.size()) /
         static_cast<double>(state_->plan.rows.size() + 1);
}

const MeanField& MeanFieldJob::result() const noexcept { return state_->field; }

MeanField mean_field(const NetworkSpec& spec, double input_q, double input_c) {
  return finish(MeanFieldJob(spec, {input_q, input_c}));
}

MeanField mean_field(const NetworkSpec& spec) { return finish(MeanFieldJob(spec)); }

MeanField mean_field(const PhaseSpec& spec) { return finish(MeanFieldJob(spec)); }

}  // namespace initscope
