#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "initscope/draw.hpp"
#include "initscope/training.hpp"
#include "initscope/weights.hpp"
#include "training/frames.hpp"
#include "training/losses.hpp"
#include "training/optimizers.hpp"

namespace initscope {
namespace {

/// Inputs that go through at once for a frame, or a batch if that is larger.
constexpr std::size_t k_looked_at = 64;

std::size_t at_once(const NetworkSpec& spec) noexcept { return std::max(spec.batch, k_looked_at); }

/// Mean squares of the gradients by each row's pre-activations: of one sample's cost, where the
/// passes have that of the batch's mean.
class GradientSquares final : public Watcher<float> {
 public:
  explicit GradientSquares(const KernelLearner& network)
      : network_(network), squares_(network.layers()) {}
  double of(std::size_t layer) const noexcept { return squares_[layer - 1]; }

  void end_gradient(Index row, const float* gradient) override {
    const PanelShape shape = network_.shape(network_.plan().rows[row].before);
    const auto samples = static_cast<double>(shape.batch);
    squares_[row] = samples * samples * mean_square(shape, gradient);
  }

 private:
  const KernelLearner& network_;
  std::vector<double> squares_;
};

constexpr double k_infinity = std::numeric_limits<double>::infinity();

/// Infinities of a network that cancel leave NaN, which says no more than they do.
double finite_or_infinite(double cost) noexcept {
  if (std::isnan(cost)) return k_infinity;
  return cost;
}

}  // namespace

struct TrainingJob::State {
  enum class Stage : std::uint8_t { samples, weights, tests, map, step, done };

  TrainingSpec spec;
  NetworkSpec drawn;  ///< the network of the present run
  Samples test;
  KernelLearner network;
  NetworkWeights source{drawn, network.plan()};
  Updates<float> updates;
  std::vector<std::uint32_t> order;  // of the samples in this epoch
  std::size_t next_in_order = 0, epoch = 0;
  std::vector<float> before;  // weights, for the update that a frame reports
  TrainingResult result;
  TrainingFrame frame;         // under way
  Score score;                 // of the tests so far
  std::vector<double> losses;  // [frame][run], and so on
  std::vector<double> test_losses, scores;
  double loss_sum = 0;
  std::size_t loss_count = 0;
  Stage stage = Stage::samples;
  std::size_t run = 0, layer = 1, position = 0, step = 0, frames_seen = 0;

  explicit State(const TrainingSpec& wanted)
      : spec(wanted),
        drawn(spec.network),
        network(spec.network, at_once(spec.network)),
        updates(spec.optimizer, network.parameters().size()) {
    const std::size_t values =
        spec.network.repeats > 1 ? frame_count(spec.steps) * spec.network.repeats : 0;
    losses.resize(values);
    test_losses.resize(values);
    scores.resize(values);
  }

  std::size_t runs() const noexcept { return spec.network.repeats; }
  const Samples& train() const noexcept { return result.train; }
  bool first_run() const noexcept { return run == 0; }
  bool mapped() const noexcept {
    return first_run() && train().inputs == 2 && train().classes <= 2;
  }

  void draw() {
    if (spec.set == DataSet::data)
      return split_table(spec.table, spec.network.input_width, spec.classes, spec.network.seed,
                         result.train, test);
    result.train = draw_samples(spec.set, spec.noise, spec.network.seed, 0, spec.samples);
    test = draw_samples(spec.set, spec.noise, spec.network.seed, spec.samples, k_tests);
  }

  /// Draws one layer; true when it was the last.
  bool draw_weights() {
    source.prepare(layer, network.weight(layer), network.bias(layer));
    return layer++ == network.layers();
  }

  void begin_run() {
    drawn = repeated(spec.network, run);
    updates = Updates<float>(spec.optimizer, network.parameters().size());
    order.clear();
    layer = 1;
    step = next_in_order = epoch = frames_seen = loss_count = 0;
    loss_sum = 0;
  }

  /// The next sample of the epoch's order.
  std::size_t next_sample() {
    if (next_in_order == order.size()) {
      order.resize(train().count());
      // Layer 0 has no weights, whose own choices come from this purpose.
      const Stream stream(drawn.seed, {Purpose::order, 0, drawn.replicate});
      Draw(stream, epoch++).choose(static_cast<std::uint32_t>(order.size()), 0, 1, order);
      next_in_order = 0;
    }
    return order[next_in_order++];
  }

  bool frame_due() const noexcept {
    return frames_seen < frame_count(spec.steps) && step == frame_step(spec.steps, frames_seen);
  }

  double score_of(const Score& total) const noexcept {
    const auto n = static_cast<double>(test.count());
    if (!test.regression()) return static_cast<double>(total.right) / n;
    return 1 - finite_or_infinite(total.squared_errors) / n / variance(test.y);
  }

  /// The next tests of a frame; true when they were the last.
  bool run_tests() noexcept {
    const std::size_t count = std::min(k_looked_at, test.count() - position);
    network.begin(count);
    for (std::size_t i = 0; i < count; ++i) network.set_input(i, test.input(position + i));
    network.forward();
    for (std::size_t i = 0; i < count; ++i)
      score += score_sample(network, i, spec.loss, test.regression(),
                            static_cast<double>(test.y[position + i]), 0);
    if (position == 0 && first_run() && spec.inspected > 0)
      frame.units = observe_units(network, spec.inspected);
    position += count;
    if (position < test.count()) return false;
    frame.test_loss = finite_or_infinite(score.loss) / static_cast<double>(test.count());
    frame.score = score_of(score);
    position = 0;
    return true;
  }

  /// The next points of a frame's map; true when they were the last.
  bool draw_map() noexcept {
    constexpr std::size_t k_points = k_map_side * k_map_side;
    const std::size_t count = std::min(k_looked_at, k_points - position);
    const auto at = [](std::size_t cell) {
      return static_cast<float>(
          k_map_reach *
          ((2 * static_cast<double>(cell) + 1) / static_cast<double>(k_map_side) - 1));
    };
    network.begin(count);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t cell = position + i;
      const float point[2] = {at(cell % k_map_side), -at(cell / k_map_side)};
      network.set_input(i, std::span<const float>(point));
    }
    network.forward();
    for (std::size_t i = 0; i < count; ++i) {
      const auto first = static_cast<double>(network.output(i, 0));
      const double value =
          train().regression()
              ? first
              : 1 / (1 + portable_exp(first - static_cast<double>(network.output(i, 1))));
      frame.map.push_back(static_cast<float>(value));
    }
    position += count;
    if (position < k_points) return false;
    position = 0;
    return true;
  }

  /// One batch through and back, and the change of the weights; false where the loss is not finite.
  bool learn(bool recorded) noexcept {
    const std::size_t batch = spec.network.batch;
    network.begin(batch);
    std::size_t chosen[static_cast<std::size_t>(k_most_batch)];
    for (std::size_t i = 0; i < batch; ++i) {
      chosen[i] = next_sample();
      network.set_input(i, train().input(chosen[i]));
    }
    network.forward();
    Score total;
    const double share = 1 / static_cast<double>(batch);
    for (std::size_t i = 0; i < batch; ++i)
      total += score_sample(network, i, spec.loss, train().regression(),
                            static_cast<double>(train().y[chosen[i]]), share);
    loss_sum += total.loss * share;
    ++loss_count;
    const bool finite = std::isfinite(total.loss);
    if (!recorded) {
      network.backward();
      if (finite) updates.apply(network.parameters(), network.gradient());
      return finite;
    }
    GradientSquares gradients(network);
    network.backward(&gradients);
    frame.input = mean_square(network.shape(0), network.signal(0));
    for (std::size_t l = 1; l <= network.layers(); ++l) {
      frame.layers.push_back(observe_layer(network, l));
      frame.layers.back().gradient = gradients.of(l);
    }
    if (spec.inspected > 0) {
      const auto weight = network.weight_gradient(spec.inspected);
      const auto bias = network.bias_gradient(spec.inspected);
      frame.units.weight_gradient.assign(weight.begin(), weight.end());
      frame.units.bias_gradient.assign(bias.begin(), bias.end());
    }
    const auto all = network.parameters();
    before.assign(all.begin(), all.end());
    if (finite) updates.apply(network.parameters(), network.gradient());
    for (std::size_t l = 1; l <= network.layers(); ++l) {
      const auto now = network.weight(l);
      const float* then = before.data() + (now.data() - all.data());
      frame.layers[l - 1].update = root_mean_square_change(now, {then, now.size()});
    }
    return finite;
  }

  void keep(std::size_t at, const TrainingFrame& seen) noexcept {
    if (losses.empty()) return;
    losses[at * runs() + run] = seen.loss;
    test_losses[at * runs() + run] = seen.test_loss;
    scores[at * runs() + run] = seen.score;
  }

  void finish_frame() {
    frame.step = step;
    keep(frames_seen++, frame);
    if (first_run()) result.frames.push_back(std::move(frame));
    frame = {};
    score = {};
  }

  double take_loss() noexcept {
    const double mean = finite_or_infinite(loss_sum) / static_cast<double>(loss_count);
    loss_sum = 0;
    loss_count = 0;
    return mean;
  }

  /// A step of the optimizer, with the frame before it where one is due. True while the run goes
  /// on.
  bool advance_step() {
    const bool due = frame_due(), begun = loss_count > 0;
    if (due && begun) frame.loss = take_loss();
    const bool finite = learn(due && first_run());
    if (due) {
      if (!begun) frame.loss = take_loss();
      finish_frame();
    }
    if (!finite) {
      result.all_diverged.push_back(step + 1);
      TrainingFrame lost;
      lost.loss = lost.test_loss = k_infinity;
      lost.score = test.regression() ? -k_infinity : 0;
      while (frames_seen < frame_count(spec.steps)) keep(frames_seen++, lost);
      return false;
    }
    if (step == spec.steps) {
      result.all_diverged.push_back(0);
      return false;
    }
    ++step;
    return true;
  }

  /// True while another run is to come.
  bool end_run() {
    if (first_run()) result.diverged = result.all_diverged.front();
    if (++run < runs()) return true;
    if (runs() == 1) return false;
    const auto range = [&](std::vector<double>& values, std::size_t at) {
      return range_of(std::span(values).subspan(at * runs(), runs()));
    };
    for (std::size_t at = 0; at < frame_count(spec.steps); ++at)
      result.ranges.push_back({range(losses, at), range(test_losses, at), range(scores, at)});
    return false;
  }

  bool advance() {
    switch (stage) {
      case Stage::samples:
        draw();
        begin_run();
        stage = Stage::weights;
        return true;
      case Stage::weights:
        if (draw_weights()) stage = Stage::tests;
        return true;
      case Stage::tests:
        if (run_tests()) stage = mapped() ? Stage::map : Stage::step;
        return true;
      case Stage::map:
        if (draw_map()) stage = Stage::step;
        return true;
      case Stage::step:
        if (!advance_step()) {
          stage = Stage::done;
          if (!end_run()) return false;
          begin_run();
          stage = Stage::weights;
        } else if (frame_due()) {
          stage = Stage::tests;
        }
        return true;
      case Stage::done:
        return false;
    }
    return false;
  }
};

TrainingJob::TrainingJob(const TrainingSpec& spec) : state_(std::make_unique<State>(spec)) {}
TrainingJob::~TrainingJob() = default;

bool TrainingJob::advance() noexcept { return state_->advance(); }

double TrainingJob::progress() const noexcept {
  if (state_->stage == State::Stage::done) return 1;
  const auto steps = static_cast<double>(state_->spec.steps + 1);
  return (static_cast<double>(state_->run) + static_cast<double>(state_->step) / steps) /
         static_cast<double>(state_->runs());
}

const TrainingResult& TrainingJob::result() const noexcept { return state_->result; }

}  // namespace initscope
