// The propagation job: a batch forward through a network at initialization, then a random
// gradient backward, with statistics of every layer.
#pragma once

#include <array>
#include <limits>
#include <memory>
#include <vector>

#include "initscope/network.hpp"
#include "initscope/statistics.hpp"

namespace initscope {

/// Probabilities of a layer's quantiles, ascending: as many below 1/2 as above it, and 1/2 between
/// them. Static memory.
std::span<const double> layer_probabilities() noexcept;
using LayerQuantiles = std::array<double, 5>;

struct LayerResult {
  // Moments of the finite values over units and batch; nonfinite() counts the others.
  Moments preactivation;  ///< z^l
  Moments activation;     ///< h^l = phi(z^l)
  Moments gradient;       ///< dE/dz^l
  Moments trunk, branch;  ///< what a residual block joins; without values for other rows
  Moments weight;         ///< W^l; without values for a row without a weight
  // Each over finite values alone, four of their std around their mean, within their range; those
  // beyond are counted apart. Gradients of a layer are as far from 1 as they may be, and their bins
  // as narrow as they are.
  Histogram histogram;              ///< h^l
  Histogram gradient_histogram;     ///< dE/dz^l
  Histogram weight_histogram;       ///< W^l; without bins for a row without a weight
  LayerQuantiles quantiles{};       ///< finite h^l's, to within a bin of their histogram
  double correlation = 0;           ///< mean cosine between z of samples 2k and 2k + 1
  double weight_second_moment = 0;  ///< mean of W_ij^2; 0 for a row without a weight
  /// Mean over the batch of one sample's mean (dE/dW_ij)^2; 0 for a row without a weight.
  double weight_gradient = 0;
  double zero_fraction = 0;           ///< share of activations that are exactly 0
  double dead_fraction = 0;           ///< share of units whose activation is 0 on the whole batch
  double gradient_zero_fraction = 0;  ///< share of gradients that are exactly 0
  double weight_zero_fraction = 0;    ///< share of weights that are exactly 0
  double saturated_fraction = 0;      ///< share of activations beyond ActivationInfo's thresholds
  /// Mean cross-entropy of the batch where every class is as likely as another, of the last row of
  /// a net that ends in a dense block of at least two units, its logits; NaN for every other row.
  double uniform_loss = std::numeric_limits<double>::quiet_NaN();
};

/// Element l - 1 is layer l, or row l of the plan of a net.
using PropagationResult = std::vector<LayerResult>;

/// Bins of each layer's histograms.
inline constexpr std::size_t k_layer_bins = 64;

/// Forward: z^l and h^l for l = 1..L. Backward: dE/dh^L has independent entries N(0, 1), and
/// dE/dz^l = dE/dh^l * phi'(z^l), dE/dh^(l-1) = W^l^T dE/dz^l; weights are drawn again, not kept.
/// Memory: 4 bytes for each pre-activation, two layers' worth, and 1.5 kB of histograms a layer.
/// Activations and statistics are taken block by block, while a block is in the cache; histograms
/// in a second pass, which knows the range. Results are the same on every machine, bit for bit.
class PropagationJob {
 public:
  /// Whether histograms are counted, and quantiles taken from them: who asks for moments alone goes
  /// without, and has histograms without bins and quantiles that are NaN.
  enum class Counts : std::uint8_t { histograms, nothing };

  PropagationJob();
  explicit PropagationJob(const NetworkSpec& spec) : PropagationJob() { restart(spec); }
  ~PropagationJob();

  /// Copies the spec and begins another request in the memory of those before: none is allocated if
  /// it suffices, but for the names of another scheme's parameters and for schemes that factor
  /// matrices.
  void restart(const NetworkSpec& spec, Counts counts = Counts::histograms);
  /// Bytes that the job keeps for the next request.
  std::size_t memory() const noexcept;

  /// One bounded step: drawing one matrix, at most 2^26 multiplications, or one layer's statistics.
  /// True while there is more to do.
  bool advance() noexcept;
  /// Share done, 0 to 1.
  double progress() const noexcept;
  /// Layers are complete once `advance` has returned false.
  const PropagationResult& result() const noexcept;
  /// Moments of h^0, over units and batch.
  const Moments& input() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace initscope
