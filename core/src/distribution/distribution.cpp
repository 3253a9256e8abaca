#include "initscope/distribution.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "distribution/tensor_fields.hpp"

namespace initscope {
namespace {

constexpr std::size_t k_tile = std::size_t{32} * k_chunk;  // values a step: 2^18
constexpr std::size_t k_density_points = 241;
constexpr double k_probabilities[] = {0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999};

// Shares of the work, for progress.
constexpr double k_fill_share = 0.25, k_sort_share = 0.55;

/// Bytes of the samples while they are drawn, the last tensor cut, or sorted.
double memory_of(const DistributionSpec& spec) {
  const auto samples = static_cast<double>(spec.samples);
  const double drawing =
      sizeof(float) * samples + spec.scheme.scratch(spec.scheme.fans, spec.generator, true);
  return std::max(drawing, 2 * sizeof(float) * samples);
}

}  // namespace

std::span<const Field> distribution_fields() {
  static const std::vector<Field> fields =
      tensor_fields(1, {integer_field("samples", 100000, {1, k_most_samples}, "N"),
                        integer_field("bins", 96, {1, 512})});
  return fields;
}

Issues read(const Spec& spec, DistributionSpec& out) {
  constexpr double k_most_shape = 1e12;  // where only the fans are used
  TableReader table(spec, distribution_fields());
  read_tensor(table, k_most_shape, out);
  const bool whole = out.generator == Generator::torch || out.scheme.scheme->draw != nullptr;
  if (whole && out.scheme.fans.elements() > k_most_elements)
    table.reader().note("shape", Reason::too_many, to_text(k_most_elements) + " elements");
  out.samples = table.count("samples");
  out.bins = table.count("bins");
  check_memory(memory_of(out), "shape", table.reader());
  return table.finish();
}

std::span<const double> quantile_probabilities() noexcept { return k_probabilities; }

std::span<const double> curve_probabilities() noexcept {
  constexpr std::size_t k_middle = 200, k_tail = 3;
  static constexpr auto k_all = [] {
    constexpr double k_tails[k_tail] = {1e-5, 1e-4, 1e-3};
    std::array<double, k_middle + 2 * k_tail> p{};
    for (std::size_t i = 0; i < k_middle; ++i)
      p[k_tail + i] = (static_cast<double>(i) + 0.5) / static_cast<double>(k_middle);
    for (std::size_t i = 0; i < k_tail; ++i) {
      p[i] = k_tails[i];
      p[p.size() - 1 - i] = 1 - k_tails[i];
    }
    return p;
  }();
  return k_all;
}

struct DistributionJob::State {
  enum class Stage : std::uint8_t { fill, sort, measure, done };

  SchemeSpec scheme;
  Stream stream;
  std::optional<TorchGenerator> torch;
  DistributionResult result;
  std::vector<float> values;
  std::unique_ptr<RadixSort> sort;
  std::unique_ptr<KolmogorovSmirnov> distance;
  std::size_t position = 0, total = 0, drawn_at_once = k_tile;
  Stage stage = Stage::fill;

  explicit State(const DistributionSpec& spec)
      : scheme(spec.scheme), stream(spec.seed, {spec.scheme.purpose(), 0, 0}), total(spec.samples) {
    result.law = spec.scheme.law(spec.scheme.fans, result.facts);
    const auto view = result.law.view();
    result.histogram = Histogram(view.from, view.to, spec.bins);
    values.resize(total);
    if (spec.generator == Generator::torch) torch.emplace(spec.seed);
    if (torch || scheme.scheme->draw != nullptr) {  // whole tensors: a tile would draw them again
      const auto matrix = static_cast<std::size_t>(scheme.fans.elements());
      drawn_at_once = std::max<std::size_t>(1, k_tile / matrix) * matrix;
    }
    if (!result.law.smooth()) return;
    for (std::size_t i = 0; i < k_density_points; ++i) {
      const double x = view.from + (view.to - view.from) * static_cast<double>(i) /
                                       static_cast<double>(k_density_points - 1);
      result.density_x.push_back(x);
      result.density.push_back(result.law.pdf(x));
    }
  }

  double share() const noexcept {
    return static_cast<double>(position) / static_cast<double>(total);
  }

  /// The next tile of `all`; moves the position past it.
  template <class T>
  std::span<T> next_tile(std::span<T> all, std::size_t most = k_tile) noexcept {
    const auto tile = all.subspan(position, std::min(most, total - position));
    position += tile.size();
    return tile;
  }

  /// Tensor after tensor; the last one is cut.
  void fill_as_torch(std::span<float> tile) {
    const auto size = static_cast<std::size_t>(scheme.fans.elements());
    for (; tile.size() >= size; tile = tile.subspan(size))
      scheme.fill(scheme.fans, *torch, tile.first(size));
    if (!tile.empty()) scheme.fill(scheme.fans, *torch, tile, {0, size});
  }

  void add_to_histogram(std::span<const float> tile) {
    if (result.law.zeros() == 0) return result.histogram.add(tile);
    std::vector<float> others;
    while (!tile.empty()) {  // which may be all samples
      const auto piece = tile.first(std::min(tile.size(), k_tile));
      tile = tile.subspan(piece.size());
      others.clear();
      std::copy_if(piece.begin(), piece.end(), std::back_inserter(others),
                   [](float value) { return value != 0; });
      result.zeros += piece.size() - others.size();
      result.histogram.add(others);
    }
  }

  void fill() {
    const std::size_t first = position;
    const auto tile = next_tile(std::span<float>(values), drawn_at_once);
    if (torch)
      fill_as_torch(tile);
    else
      scheme.fill(scheme.fans, stream, tile, first);
    result.moments.add(tile);
    add_to_histogram(tile);
    if (position < total) return;
    sort = std::make_unique<RadixSort>(std::move(values));
    stage = Stage::sort;
  }

  void sort_some() {
    if (sort->advance(k_tile)) return;
    distance = std::make_unique<KolmogorovSmirnov>(result.law, total);
    position = 0;
    stage = Stage::measure;
  }

  void measure() {
    distance->add(next_tile(sort->values()));
    if (position < total) return;
    const bool known = result.law.kind() != Law::Kind::unknown;
    result.ks_distance = known ? distance->distance() : std::numeric_limits<double>::quiet_NaN();
    result.sample_curve.reserve(curve_probabilities().size());
    result.law_curve.reserve(curve_probabilities().size());
    for (const double p : curve_probabilities()) {
      result.sample_curve.push_back(quantile(sort->values(), p));
      result.law_curve.push_back(result.law.quantile(p));
    }
    for (const double p : k_probabilities) result.quantiles.push_back(quantile(sort->values(), p));
    sort.reset();
    stage = Stage::done;
  }
};

DistributionJob::DistributionJob(const DistributionSpec& spec)
    : state_(std::make_unique<State>(spec)) {}
DistributionJob::~DistributionJob() = default;

bool DistributionJob::advance() noexcept {
  switch (state_->stage) {
    case State::Stage::fill:
      state_->fill();
      break;
    case State::Stage::sort:
      state_->sort_some();
      break;
    case State::Stage::measure:
      state_->measure();
      break;
    case State::Stage::done:
      break;
  }
  return state_->stage != State::Stage::done;
}

double DistributionJob::progress() const noexcept {
  switch (state_->stage) {
    case State::Stage::fill:
      return k_fill_share * state_->share();
    case State::Stage::sort:
      return k_fill_share + k_sort_share * state_->sort->progress();
    case State::Stage::measure:
      return k_fill_share + k_sort_share + (1 - k_fill_share - k_sort_share) * state_->share();
    case State::Stage::done:
      break;
  }
  return 1;
}

const DistributionResult& DistributionJob::result() const noexcept { return state_->result; }

}  // namespace initscope
