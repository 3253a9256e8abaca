// The training job: a network learns a data set from the initialization that a scheme gives it, and
// says on the way what happens in each layer.
#pragma once

#include <limits>
#include <memory>
#include <vector>

#include "initscope/dataset.hpp"
#include "initscope/network.hpp"
#include "initscope/statistics.hpp"

namespace initscope {

/// Mean over samples of -log softmax(output)[class], or of the mean over outputs of the squared
/// error; a class is then a vector of 0 with one 1.
enum class Loss : std::uint8_t { cross_entropy, mse };

/// torch.optim.SGD without and with momentum, and torch.optim.Adam (Kingma and Ba 2015).
enum class Optimizer : std::uint8_t { sgd, momentum, adam };
inline constexpr double k_adam_beta1 = 0.9, k_adam_beta2 = 0.999, k_adam_epsilon = 1e-8;

struct OptimizerSpec {
  Optimizer id = Optimizer::sgd;
  double learning_rate = 0.1;
  double momentum = 0.9;    ///< what Optimizer::momentum keeps of the step before
  double weight_decay = 0;  ///< times each parameter, added to its gradient
};

inline constexpr double k_most_train_samples = 10000, k_most_steps = 100000;
/// Most numbers in the parameters, in the signals of a batch, and in a layer that is inspected:
/// four trainings side by side stay below 256 MB.
inline constexpr double k_most_parameters = 524288, k_most_signals = 1572864,
                        k_most_inspected = 16384;
/// Most multiplications of a whole training: some minutes in a browser.
inline constexpr double k_most_training = 8796093022208;

struct TrainingSpec {
  /// Hidden layers and, as the last, the outputs: one for each class, or one for a regression.
  /// All layers, the last too, are drawn by the scheme. A net, whose widths are the hidden layers'
  /// alone, ends in its own `dense` where that has as many outputs, else in one more.
  NetworkSpec network;
  DataSet set = DataSet::spirals;
  double noise = 0;
  std::size_t samples = 0;  ///< to learn from; of the caller's own table: its rows
  std::size_t classes = 0;
  std::vector<float> table;  ///< [samples][input_width + 1], for DataSet::data
  Loss loss = Loss::cross_entropy;
  OptimizerSpec optimizer;
  std::size_t steps = 0;
  std::size_t inspected = 0;  ///< layer whose units are recorded one by one; 0 for none
};

/// Fields "scheme", "bias", "activation", "net", ... of a race between schemes, static memory.
///
/// A net is what it is in a propagation, with the same weights at the first step. Beside weights
/// and biases it learns a gain for each unit of `ln`, `rms`, `gn` and `bn`, from 1, a shift for
/// each but `rms`'s, from 0, and the factor of `scale`, from its own; weight decay is on all of
/// them. A `bn` takes the batch's own means while it learns, and is evaluated by running ones, as
/// torch.nn.BatchNorm1d is: momentum 0.1, from mean 0 and variance 1. `dropout` drops nothing, and
/// the factor of `res` is not learned.
std::span<const Field> training_fields();
/// Fields of a look at one layer's units: these, with "layer" beside them and without "net".
std::span<const Field> symmetry_fields();

/// What is wrong with the spec; `out` is usable only if that is nothing. `table` is a caller's own
/// data, for "data_set" = "data": rows of "inputs" numbers and a target, which is a class below
/// "classes", or any number where "classes" is 1. It holds exactly "samples" rows of finite
/// numbers, any alignment, and nothing for other data sets; what differs is an issue. It is copied.
Issues read_training(const Spec& spec, bool inspect, std::span<const float> table,
                     TrainingSpec& out);
inline Issues read(const Spec& spec, TrainingSpec& out) {
  return read_training(spec, false, {}, out);
}

/// One layer, or one row of a net's plan, at one time; gradients are those of one sample's cost,
/// averaged over a batch. Numbers of weights are 0 where a row has none.
struct LayerState {
  double activation = 0;       ///< mean of h^2; of z^2 in the last layer
  double gradient = 0;         ///< mean of (dE/dz)^2
  double weight = 0;           ///< root mean square of the weights
  double weight_gradient = 0;  ///< root mean square of dE/dW of the batch's mean cost
  double bias_gradient = 0;    ///< root mean square of dE/db
  double update = 0;           ///< root mean square of the weights' next change
  double dead_fraction = 0;    ///< share of units whose activation is 0 on the whole batch
  double saturated_fraction = 0;
  /// Mean squares of what a residual block's row joins, the branch without its factor; NaN in
  /// others.
  double trunk = std::numeric_limits<double>::quiet_NaN(), branch = trunk;
};

/// Units of the inspected layer at one time.
struct UnitStates {
  std::vector<float> weight, weight_gradient;  ///< [n_l][n_(l-1)]
  std::vector<float> bias, bias_gradient;      ///< [n_l]
  std::vector<float> preactivation;            ///< what the first input of the test set gives
  /// Units that differ in a bit of their weights, ingoing or outgoing, or of their bias.
  std::size_t distinct = 0;
  /// (sum s^2)^2 / sum s^4 over the singular values s of the activations [n_l][64 tests]: how many
  /// directions they span. 0 where all are 0.
  double effective_rank = 0;
};

/// The state before step `step` + 1. Where a network overflows, losses are infinite and a score is
/// 0, or for a regression minus infinity; what is measured in layers, units and the map may then be
/// infinite, or NaN where infinities cancel.
struct TrainingFrame {
  std::size_t step = 0;
  /// Mean of the batches' losses since the frame before; of the next batch where none is between.
  double loss = 0;
  double test_loss = 0;  ///< on samples that are not trained on
  /// Share of these that are classified rightly; of a regression, the share of variance explained.
  double score = 0;
  double input = 0;                ///< mean of (h^0)^2 over the batch that the layers are seen with
  std::vector<LayerState> layers;  ///< layer l = 1 .. L is element l - 1; of a net, row by row
  /// The map of inputs in the plane: with two classes the probability of the second, of a
  /// regression its value, at k_map_side^2 points, rows from the top. Empty for any other data.
  std::vector<float> map;
  UnitStates units;
};

/// Frames of a run: one before each step if there are no more steps than these.
inline constexpr std::size_t k_most_frames = 60;
/// The map's points on a side, over [-k_map_reach, k_map_reach] in both coordinates.
inline constexpr std::size_t k_map_side = 32;
inline constexpr double k_map_reach = 2.8;
/// Where the map's columns lie, from the left, and its rows, from the top; the first is 0.
inline double map_x(std::size_t column) noexcept {
  return k_map_reach *
         ((2 * static_cast<double>(column) + 1) / static_cast<double>(k_map_side) - 1);
}
inline double map_y(std::size_t row) noexcept { return -map_x(row); }
/// Samples that are drawn to test on.
inline constexpr std::size_t k_tests = 512;

struct TrainingRanges {
  Range loss, test_loss, score;
};

struct TrainingResult {
  Samples train;
  std::vector<TrainingFrame> frames;      ///< the first run's; fewer than planned where it diverges
  std::size_t diverged = 0;               ///< step whose loss is not finite; 0 for none
  std::vector<std::size_t> all_diverged;  ///< that step, run by run
  std::vector<TrainingRanges> ranges;     ///< by frame, over all runs; empty for one run
};

/// Frames of a run of so many steps, at least 1.
std::size_t frame_count(std::size_t steps) noexcept;
/// Step of frame f = 0 .. frame_count(steps) - 1.
std::size_t frame_step(std::size_t steps, std::size_t frame) noexcept;

/// Trains `spec.network.repeats` networks, one after the other, on the same samples: of the spec's
/// replicate and those after it, which have weights and batches of their own. Batches are full; an
/// epoch's order is drawn from the seed. A run ends early when its loss is not finite. The same
/// bits on every machine, but where the scheme's weights are not.
class TrainingJob {
 public:
  explicit TrainingJob(const TrainingSpec& spec);
  ~TrainingJob();

  /// One bounded step: the samples, one layer's weights, one step of the optimizer, or at most 64
  /// inputs for a frame. True while there is more to do.
  bool advance() noexcept;
  /// Share done, 0 to 1.
  double progress() const noexcept;
  /// Frames are added as they come.
  const TrainingResult& result() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace initscope
