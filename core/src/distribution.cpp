#include "initscope/distribution.hpp"

#include <algorithm>

namespace initscope {
namespace {

constexpr std::size_t k_tile = std::size_t{32} * k_chunk;  // values a step: 2^18
constexpr std::size_t k_density_points = 241;
constexpr double k_probabilities[] = {0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999};

// Shares of the work, for progress.
constexpr double k_fill_share = 0.25, k_sort_share = 0.55;

}  // namespace

std::span<const Field> distribution_fields() {
  static constexpr const char* k_uses[] = {"weight", "bias"};
  static const Field fields[] = {
      {"scheme", Kind::scheme, std::string("kaiming_normal"), 0, 0, k_uses},
      {"shape", Kind::shape, std::vector<double>{512, 512}, 1, k_most_extent},
      {"samples", Kind::integer, 100000.0, 1, k_most_samples, {}, "N"},
      {"seed", Kind::seed, std::string("0")},
      {"bins", Kind::integer, 96.0, 1, 512},
  };
  return fields;
}

Issues read(const Spec& spec, DistributionSpec& out) {
  constexpr double k_most_shape = 1e12;  // only the fans are used
  const auto fields = distribution_fields();
  SpecReader reader(spec);
  out.scheme = read_scheme(reader, fields[0]);
  out.shape = reader.shape(fields[1], k_most_shape);
  out.scheme.fans = fans(out.shape);
  check_factoring(out.scheme, out.scheme.fans, reader);
  out.samples = static_cast<std::size_t>(reader.number(fields[2]));
  out.seed = reader.seed(fields[3]);
  out.bins = static_cast<std::size_t>(reader.number(fields[4]));
  return reader.finish();
}

std::span<const double> quantile_probabilities() noexcept { return k_probabilities; }

struct DistributionJob::State {
  enum class Phase : std::uint8_t { fill, sort, measure, done };

  SchemeSpec scheme;
  Stream stream;
  DistributionResult result;
  std::vector<float> values;
  std::unique_ptr<RadixSort> sort;
  std::unique_ptr<KolmogorovSmirnov> distance;
  std::size_t position = 0, total = 0, drawn_at_once = k_tile;
  Phase phase = Phase::fill;

  explicit State(const DistributionSpec& spec)
      : scheme(spec.scheme), stream(spec.seed, {spec.scheme.purpose(), 0, 0}), total(spec.samples) {
    result.law = spec.scheme.scheme->law(spec.scheme, spec.scheme.fans, result.facts);
    const auto view = result.law.view();
    result.histogram = Histogram(view.from, view.to, spec.bins);
    values.resize(total);
    if (scheme.scheme->draw != nullptr) {  // whole matrices, or each tile would draw them again
      const auto matrix = static_cast<std::size_t>(scheme.fans.elements());
      drawn_at_once = std::max<std::size_t>(1, k_tile / matrix) * matrix;
    }
    if (result.law.kind() == Law::Kind::atom) return;
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

  void fill() {
    const std::size_t first = position;
    const auto tile = next_tile(std::span<float>(values), drawn_at_once);
    scheme.fill(scheme.fans, stream, tile, first);
    result.moments.add(tile);
    result.histogram.add(tile);
    if (position < total) return;
    sort = std::make_unique<RadixSort>(std::move(values));
    phase = Phase::sort;
  }

  void sort_some() {
    if (sort->advance(k_tile)) return;
    distance = std::make_unique<KolmogorovSmirnov>(result.law, total);
    position = 0;
    phase = Phase::measure;
  }

  void measure() {
    distance->add(next_tile(sort->values()));
    if (position < total) return;
    result.ks_distance = distance->distance();
    for (const double p : k_probabilities) result.quantiles.push_back(quantile(sort->values(), p));
    sort.reset();
    phase = Phase::done;
  }
};

DistributionJob::DistributionJob(const DistributionSpec& spec)
    : state_(std::make_unique<State>(spec)) {}
DistributionJob::~DistributionJob() = default;

bool DistributionJob::advance() noexcept {
  switch (state_->phase) {
    case State::Phase::fill:
      state_->fill();
      break;
    case State::Phase::sort:
      state_->sort_some();
      break;
    case State::Phase::measure:
      state_->measure();
      break;
    case State::Phase::done:
      break;
  }
  return state_->phase != State::Phase::done;
}

double DistributionJob::progress() const noexcept {
  switch (state_->phase) {
    case State::Phase::fill:
      return k_fill_share * state_->share();
    case State::Phase::sort:
      return k_fill_share + k_sort_share * state_->sort->progress();
    case State::Phase::measure:
      return k_fill_share + k_sort_share + (1 - k_fill_share - k_sort_share) * state_->share();
    case State::Phase::done:
      break;
  }
  return 1;
}

const DistributionResult& DistributionJob::result() const noexcept { return state_->result; }

}  // namespace initscope
