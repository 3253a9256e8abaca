#include "initscope/dataset.hpp"

#include <cmath>
#include <numbers>

#include "initscope/draw.hpp"
#include "initscope/sampling.hpp"
#include "initscope/special.hpp"
#include "training/digits.hpp"

namespace initscope {
namespace {

constexpr DataSetInfo k_sets[] = {
    {DataSet::spirals, "spirals", 2, 2},
    {DataSet::circles, "circles", 2, 2},
    {DataSet::xor_, "xor", 2, 2},
    {DataSet::gaussians, "gaussians", 2, 2},
    {DataSet::surface, "surface", 2, 1},
    {DataSet::digits, "digits", k_digit_side* k_digit_side, 10},
    {DataSet::data, "data", 0, 0},
};

/// What a sample takes of the streams of a seed.
enum Part : std::uint32_t { k_places, k_strokes, k_noise, k_split };

Stream stream_of(std::uint64_t seed, Part part) { return {seed, {Purpose::data, part, 0}}; }

struct Point {
  double x, y;
};

Point polar(double radius, double angle) noexcept {
  return {radius * portable_cos(angle), radius * portable_sin(angle)};
}

// Arms of a spiral begin at a share of the radius, since they meet at 0, and turn this often.
constexpr double k_spiral_begin = 0.05, k_spiral_turns = 1.25;
// The inner class is a disc, the outer one a ring from the root of k_ring_begin2 to 1; all is
// scaled so that coordinates have a variance near 1.
constexpr double k_disc_radius = 0.5, k_ring_begin2 = 0.49, k_circles_scale = 0.87;
// Squares of an exclusive or lie apart from the axes by the gap; scaled likewise.
constexpr double k_xor_gap = 0.05, k_xor_scale = 0.72;
// A cloud lies about (c, c) or (-c, -c), with noise beside what is asked for.
constexpr double k_cloud_center = 0.9, k_cloud_std = 0.5;
// U(-b, b) of this b, the root of 3, has variance 1.
constexpr double k_unit_bound = 1.7320508075688772;
// The surface is sin(k x) cos(k y): about one wave over the inputs.
constexpr double k_surface_wave = 1.5;

/// Makes a point of the class from two numbers in (-1, 1).
Point place(DataSet set, std::size_t label, double u, double v) noexcept {
  constexpr double k_pi = std::numbers::pi;
  const double share = 0.5 + 0.5 * u, sign = label == 0 ? 1 : -1;
  switch (set) {
    case DataSet::spirals:
      return polar(k_data_radius * (k_spiral_begin + (1 - k_spiral_begin) * share),
                   2 * k_pi * k_spiral_turns * share + (label == 0 ? 0 : k_pi));
    case DataSet::circles: {  // each of uniform density
      const double radius = label == 0 ? k_disc_radius * std::sqrt(share)
                                       : std::sqrt(k_ring_begin2 + (1 - k_ring_begin2) * share);
      return polar(k_circles_scale * k_data_radius * radius, k_pi * v);
    }
    case DataSet::xor_: {
      const double x = k_data_radius * k_xor_scale * (u < 0 ? u - k_xor_gap : u + k_xor_gap);
      const double y = k_data_radius * k_xor_scale * (k_xor_gap + std::abs(v));
      return {x, x < 0 ? -sign * y : sign * y};
    }
    case DataSet::gaussians:
      return {k_cloud_center * sign, k_cloud_center * sign};
    default:
      return {k_unit_bound * u, k_unit_bound * v};
  }
}

}  // namespace

std::span<const DataSetInfo> data_sets() noexcept { return k_sets; }

Samples draw_samples(DataSet set, double noise, std::uint64_t seed, std::size_t first,
                     std::size_t count) {
  const DataSetInfo& info = k_sets[static_cast<std::size_t>(set)];
  Samples samples{info.inputs, info.classes, std::vector<float>(count * info.inputs),
                  std::vector<float>(count)};
  const std::size_t noisy = samples.regression() ? 1 : info.inputs;
  std::vector<float> noises(count * noisy);
  fill_normal(stream_of(seed, k_noise), 0, 1, noises, first * noisy);
  const bool strokes = set == DataSet::digits;
  const std::size_t words = strokes ? k_digit_words : 2;
  std::vector<float> places(count * words);
  fill_uniform(stream_of(seed, strokes ? k_strokes : k_places), -1, 1, places, first * words);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t label = (first + i) % info.classes;
    const std::span<const float> own(places.data() + i * words, words);
    const std::span<float> x(samples.x.data() + i * info.inputs, info.inputs);
    const float* added = noises.data() + i * noisy;
    samples.y[i] = static_cast<float>(label);
    if (strokes) {
      draw_digit(label, own, x);
    } else {
      const Point p = place(set, label, static_cast<double>(own[0]), static_cast<double>(own[1]));
      x[0] = static_cast<float>(p.x);
      x[1] = static_cast<float>(p.y);
    }
    auto std = static_cast<float>(noise);
    if (set == DataSet::gaussians) std += static_cast<float>(k_cloud_std);
    if (samples.regression())
      samples.y[i] = static_cast<float>(portable_sin(k_surface_wave * static_cast<double>(x[0])) *
                                        portable_cos(k_surface_wave * static_cast<double>(x[1]))) +
                     std * added[0];
    else
      for (std::size_t k = 0; k < x.size(); ++k) x[k] += std * added[k];
  }
  return samples;
}

namespace {

/// Rows of `columns` numbers, the last of which is the target.
struct Table {
  std::span<const float> numbers;
  std::size_t columns;

  std::size_t count() const noexcept { return numbers.size() / columns; }
  double at(std::size_t row, std::size_t column) const noexcept {
    return static_cast<double>(numbers[row * columns + column]);
  }
};

/// x -> (x - mean) * scale, after which a column has mean 0 and variance 1, or is 0.
struct Standard {
  double mean = 0, scale = 0;

  float of(double x) const noexcept { return static_cast<float>((x - mean) * scale); }
};

Standard standard_of(const Table& table, std::size_t column) noexcept {
  constexpr double k_constant = 1e-24;  // a variance beside the mean's square that is rounding
  const auto n = static_cast<double>(table.count());
  double sum = 0, square = 0;
  for (std::size_t i = 0; i < table.count(); ++i) sum += table.at(i, column);
  const double mean = sum / n;
  for (std::size_t i = 0; i < table.count(); ++i) {
    const double off = table.at(i, column) - mean;
    square += off * off / n;
  }
  return {mean, square > k_constant * mean * mean ? 1 / std::sqrt(square) : 0};
}

/// The rows in random order: those to test on, then those to learn from.
std::vector<std::uint32_t> split_order(std::size_t count, std::uint64_t seed) {
  std::vector<std::uint32_t> order(count);
  const Stream stream = stream_of(seed, k_split);
  Draw(stream, 0).choose(static_cast<std::uint32_t>(count), 0, 1, order);
  return order;
}

}  // namespace

void split_table(std::span<const float> table, std::size_t inputs, std::size_t classes,
                 std::uint64_t seed, Samples& train, Samples& test) {
  const Table rows{table, inputs + 1};
  const std::size_t columns = rows.columns, count = rows.count();
  std::vector<float> values(table.begin(), table.end());
  for (std::size_t c = 0; c < (classes == 1 ? columns : inputs); ++c) {
    const Standard standard = standard_of(rows, c);
    for (std::size_t i = 0; i < count; ++i) values[i * columns + c] = standard.of(rows.at(i, c));
  }
  const std::vector<std::uint32_t> order = split_order(count, seed);
  train = test = {inputs, classes, {}, {}};
  const std::size_t tests = count / k_table_tests;
  test.x.reserve(tests * inputs);
  train.x.reserve((count - tests) * inputs);
  for (std::size_t i = 0; i < count; ++i) {
    Samples& part = i < tests ? test : train;
    const float* row = values.data() + order[i] * columns;
    part.x.insert(part.x.end(), row, row + inputs);
    part.y.push_back(row[inputs]);
  }
}

bool tests_differ(std::span<const float> table, std::size_t inputs, std::uint64_t seed) {
  const Table rows{table, inputs + 1};
  const Standard standard = standard_of(rows, inputs);
  const std::vector<std::uint32_t> order = split_order(rows.count(), seed);
  const auto target = [&](std::size_t i) { return standard.of(rows.at(order[i], inputs)); };
  for (std::size_t i = 1; i < rows.count() / k_table_tests; ++i)
    if (target(i) != target(0)) return true;
  return false;
}

}  // namespace initscope
