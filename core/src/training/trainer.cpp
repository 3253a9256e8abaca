#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "initscope/training.hpp"
#include "initscope/weights.hpp"
#include "training/curves.hpp"
#include "training/optimizers.hpp"
#include "training/recorder.hpp"
#include "training/sample_order.hpp"

namespace initscope {

struct TrainingJob::State {
  enum class Stage : std::uint8_t { samples, weights, tests, map, step, done };

  TrainingSpec spec;
  NetworkSpec drawn;  ///< the network of the present run
  Samples test;
  KernelLearner network;
  NetworkWeights source{drawn, network.plan()};
  Updates<float> updates;
  SampleOrder order;
  FrameRecorder recorder{spec, network};
  RunCurves curves;
  TrainingResult result;
  /// Losses of the batches since the last frame that showed one.
  struct {
    double sum = 0;
    std::size_t count = 0;
  } losses;
  Stage stage = Stage::samples;
  std::size_t run = 0, weight = 1, step = 0, frames_seen = 0;

  explicit State(const TrainingSpec& wanted)
      : spec(wanted),
        drawn(spec.network),
        network(spec.network, std::max(spec.network.batch, k_frame_inputs)),
        updates(spec.optimizer, network.parameters().size()),
        curves(spec) {}

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

  /// Draws one weight and its bias; true when they were the last.
  bool draw_weights() {
    source.prepare(weight, network.weight(weight), network.bias(weight));
    return weight++ == network.weights();
  }

  void begin_run() {
    drawn = repeated(spec.network, run);
    updates = Updates<float>(spec.optimizer, network.parameters().size());
    order.restart(train().count(), drawn.seed, drawn.replicate);
    network.start();
    weight = 1;
    step = frames_seen = 0;
    losses = {};
  }

  bool frame_due() const noexcept {
    return frames_seen < frame_count(spec.steps) && step == frame_step(spec.steps, frames_seen);
  }

  /// Sends the next batch through, and sets its output's gradient; false where the loss is not
  /// finite.
  bool run_forward() noexcept {
    const std::size_t batch = spec.network.batch;
    network.begin(batch);
    std::size_t chosen[static_cast<std::size_t>(k_most_batch)];
    for (std::size_t i = 0; i < batch; ++i) {
      chosen[i] = order.next();
      network.set_input(i, train().input(chosen[i]));
    }
    network.forward();
    Score total;
    const double share = 1 / static_cast<double>(batch);
    for (std::size_t i = 0; i < batch; ++i)
      total += score_sample(network, i, spec.loss, train().regression(),
                            static_cast<double>(train().y[chosen[i]]), share);
    losses.sum += total.loss * share;
    ++losses.count;
    return std::isfinite(total.loss);
  }

  /// Takes a step of the optimizer; false where the loss is not finite, and no weight changes.
  bool learn() noexcept {
    const bool finite = run_forward();
    network.backward();
    if (finite) updates.apply(network.parameters(), network.gradient());
    return finite;
  }

  /// Does the same in sight of the frame.
  bool learn_in_sight() noexcept {
    const bool finite = run_forward();
    recorder.run_backward();
    if (finite) updates.apply(network.parameters(), network.gradient());
    recorder.see_updates();
    return finite;
  }

  void finish_frame() {
    recorder.frame.step = step;
    TrainingFrame frame = recorder.finish();
    curves.keep(frames_seen++, run, frame);
    if (first_run()) result.frames.push_back(std::move(frame));
  }

  double take_loss() noexcept {
    const double mean = finite_or_infinite(losses.sum) / static_cast<double>(losses.count);
    losses = {};
    return mean;
  }

  /// Keeps for all frames that a run does not reach what is worst.
  void lose_frames() noexcept {
    constexpr double k_infinity = std::numeric_limits<double>::infinity();
    TrainingFrame lost;
    lost.loss = lost.test_loss = k_infinity;
    lost.score = test.regression() ? -k_infinity : 0;
    while (frames_seen < frame_count(spec.steps)) curves.keep(frames_seen++, run, lost);
  }

  /// Takes a step of the optimizer, with the frame before it where one is due. True while the run
  /// goes on.
  bool advance_step() {
    const bool due = frame_due(), begun = losses.count > 0;
    if (due && begun) recorder.frame.loss = take_loss();
    const bool finite = due && first_run() ? learn_in_sight() : learn();
    if (due) {
      if (!begun) recorder.frame.loss = take_loss();
      finish_frame();
    }
    if (!finite) {
      result.all_diverged.push_back(step + 1);
      lose_frames();
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
    result.ranges = curves.ranges();
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
        if (recorder.run_tests(test, first_run() && spec.inspected > 0))
          stage = mapped() ? Stage::map : Stage::step;
        return true;
      case Stage::map:
        if (recorder.draw_map(train().regression())) stage = Stage::step;
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
