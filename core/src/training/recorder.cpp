#include "training/recorder.hpp"

#include <algorithm>
#include <utility>

namespace initscope {
namespace {

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

}  // namespace

double FrameRecorder::score_of(const Samples& test) const noexcept {
  const auto n = static_cast<double>(test.count());
  if (!test.regression()) return static_cast<double>(score_.right) / n;
  return 1 - finite_or_infinite(score_.squared_errors) / n / variance(test.y);
}

bool FrameRecorder::run_tests(const Samples& test, bool with_units) noexcept {
  const std::size_t count = std::min(k_frame_inputs, test.count() - position_);
  network_.begin(count, true);
  for (std::size_t i = 0; i < count; ++i) network_.set_input(i, test.input(position_ + i));
  network_.forward();
  for (std::size_t i = 0; i < count; ++i)
    score_ += score_sample(network_, i, spec_.loss, test.regression(),
                           static_cast<double>(test.y[position_ + i]), 0);
  if (position_ == 0 && with_units) frame.units = observe_units(network_, spec_.inspected);
  position_ += count;
  if (position_ < test.count()) return false;
  frame.test_loss = finite_or_infinite(score_.loss) / static_cast<double>(test.count());
  frame.score = score_of(test);
  position_ = 0;
  return true;
}

bool FrameRecorder::draw_map(bool regression) noexcept {
  constexpr std::size_t k_points = k_map_side * k_map_side;
  const std::size_t count = std::min(k_frame_inputs, k_points - position_);
  network_.begin(count, true);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t cell = position_ + i;
    const float point[2] = {static_cast<float>(map_x(cell % k_map_side)),
                            static_cast<float>(map_y(cell / k_map_side))};
    network_.set_input(i, std::span<const float>(point));
  }
  network_.forward();
  for (std::size_t i = 0; i < count; ++i) {
    const auto first = static_cast<double>(network_.output(i, 0));
    const double value =
        regression ? first
                   : 1 / (1 + portable_exp(first - static_cast<double>(network_.output(i, 1))));
    frame.map.push_back(static_cast<float>(value));
  }
  position_ += count;
  if (position_ < k_points) return false;
  position_ = 0;
  return true;
}

void FrameRecorder::run_backward() noexcept {
  GradientSquares gradients(network_);
  network_.backward(&gradients);
  frame.input = mean_square(network_.shape(0), network_.signal(0));
  for (std::size_t l = 1; l <= network_.layers(); ++l) {
    frame.layers.push_back(observe_layer(network_, l));
    frame.layers.back().gradient = gradients.of(l);
  }
  const auto square_of = [this](Index signal) {
    return mean_square(network_.shape(signal), network_.signal(signal));
  };
  for (const Op& op : network_.plan().ops) {
    if (op.joins == k_none) continue;
    frame.layers[op.joins].trunk = square_of(op.in);
    frame.layers[op.joins].branch = square_of(op.beside);
  }
  if (spec_.inspected > 0) {
    const auto weight = network_.weight_gradient(spec_.inspected);
    const auto bias = network_.bias_gradient(spec_.inspected);
    frame.units.weight_gradient.assign(weight.begin(), weight.end());
    frame.units.bias_gradient.assign(bias.begin(), bias.end());
  }
  const auto all = network_.parameters();
  before_.assign(all.begin(), all.end());
}

void FrameRecorder::see_updates() noexcept {
  const float* begin = network_.parameters().data();
  for (std::size_t l = 1; l <= network_.layers(); ++l) {
    const Index weight = network_.plan().rows[l - 1].weight;
    if (weight == k_none) continue;
    const auto now = network_.weight(network_.plan().weights[weight].number);
    const float* then = before_.data() + (now.data() - begin);
    frame.layers[l - 1].update = root_mean_square_change(now, {then, now.size()});
  }
}

TrainingFrame FrameRecorder::finish() noexcept {
  score_ = {};
  return std::exchange(frame, {});
}

}  // namespace initscope
