// Data sets to train on, drawn from a seed: the same bits on every machine.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace initscope {

/// In the plane, coordinates of about unit variance: `spirals` (two arms), `circles` (a disk in a
/// ring), `xor_` (quadrants), `gaussians` (two clouds), and `surface`, a regression on
/// sin(1.5 x_1) cos(1.5 x_2). `digits` are ten digits of strokes with jitter, 16 x 16 pixels of
/// about zero mean and unit variance. `data` is the caller's own.
enum class DataSet : std::uint8_t { spirals, circles, xor_, gaussians, surface, digits, data };

struct DataSetInfo {
  DataSet id;
  const char* name;
  std::size_t inputs;
  std::size_t classes;  ///< 1 for a regression
};

/// Every data set, in the order of the enumeration.
std::span<const DataSetInfo> data_sets() noexcept;

/// Pixels on a side of a digit.
inline constexpr std::size_t k_digit_side = 16;

/// Coordinates lie within this, but for noise.
inline constexpr double k_data_radius = 2.4494897427831781;  // sqrt(6)

/// Inputs with their targets: the class as a number, or the value of a regression.
struct Samples {
  std::size_t inputs = 0;   ///< numbers of one sample
  std::size_t classes = 0;  ///< 1 for a regression
  std::vector<float> x;     ///< [count][inputs]
  std::vector<float> y;     ///< [count]

  std::size_t count() const noexcept { return y.size(); }
  bool regression() const noexcept { return classes == 1; }
  std::span<const float> input(std::size_t sample) const noexcept {
    return {x.data() + sample * inputs, inputs};
  }
};

/// Samples [first, first + count) of a set other than `data`; sample i is of class i % classes.
/// `noise` is the std of what is added to each coordinate, pixel or value of a regression.
Samples draw_samples(DataSet set, double noise, std::uint64_t seed, std::size_t first,
                     std::size_t count);

/// One row of a caller's table in so many is to test on.
inline constexpr std::size_t k_table_tests = 5;

/// The caller's table, [count][inputs + 1], as samples: the last column is the target. Columns are
/// standardized to mean 0 and variance 1 (a constant one to 0), a regression's target as well. One
/// row in `k_table_tests`, drawn from the seed, goes into `test`.
void split_table(std::span<const float> table, std::size_t inputs, std::size_t classes,
                 std::uint64_t seed, Samples& train, Samples& test);

/// Whether the targets of a regression's test rows differ from one another, so that there is a
/// variance to explain.
bool tests_differ(std::span<const float> table, std::size_t inputs, std::uint64_t seed);

}  // namespace initscope
