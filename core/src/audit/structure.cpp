#include "audit/structure.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "initscope/special.hpp"

namespace initscope {
namespace {

constexpr double k_least_lines = 8, k_least_matrix = 256, k_least_values = 64;
/// Two atoms have none: their rows' norms are all the same.
constexpr double k_least_spread = 0.05;

double cube_root(double x) noexcept { return x > 0 ? portable_exp(portable_log(x) / 3) : 0; }

/// The edge of the spectrum in Tracy and Widom's units (Johnstone 2001).
double edge_of(std::span<const float> matrix, std::size_t rows, std::size_t columns,
               double used_rows, double second_moment) {
  const double m = used_rows, n = static_cast<double>(columns);
  const double centre = (std::sqrt(m - 1) + std::sqrt(n)) * (std::sqrt(m - 1) + std::sqrt(n));
  const double scale =
      (std::sqrt(m) + std::sqrt(n)) * cube_root(1 / std::sqrt(m) + 1 / std::sqrt(n));
  return (largest_eigenvalue(matrix, rows, columns) / second_moment - centre) / scale;
}

std::size_t zero_rows_of(std::span<const float> matrix, std::size_t columns) noexcept {
  std::size_t count = 0;
  for (; matrix.size() >= columns; matrix = matrix.subspan(columns)) {
    const auto row = matrix.first(columns);
    count += std::all_of(row.begin(), row.end(), [](float x) { return x == 0; }) ? 1u : 0u;
  }
  return count;
}

}  // namespace

double wilson_hilferty(double x, double m) noexcept {
  const double part = 2 / (9 * m);
  return (cube_root(x / m) - (1 - part)) / std::sqrt(part);
}

Structure structure_of(const MatrixFacts& matrix) {
  const RowSums& sums = matrix.sums;
  const auto [rows, columns] = sums.size();
  const double m = static_cast<double>(rows - sums.zero_rows()), n = static_cast<double>(columns);
  const double count = m * n;
  Structure out;
  if (count < k_least_values || sums.sum_of_squares() == 0) return out;
  const double share = count / (static_cast<double>(rows) * n);  // of all values
  const double s2 = sums.sum_of_squares() / count, spread = matrix.kurtosis * share - 1;
  out.mean = std::abs(matrix.mean) / share * std::sqrt(count / s2);
  if (n > 1) out.neighbours = std::abs(sums.neighbours()) / (s2 * std::sqrt(m * (n - 1)));
  if (m < k_least_lines || n < k_least_lines || count < k_least_matrix) return out;
  out.row_sums = wilson_hilferty(sums.square_row_sums() / (n * s2), m);
  if (spread > k_least_spread) {
    const double deviations = sums.square_row_squares() - m * n * n * s2 * s2;
    out.rows = wilson_hilferty(std::max(deviations, 0.0) / (n * s2 * s2 * spread), m);
  }
  if (sums.has_columns()) {
    out.column_sums = wilson_hilferty(sums.square_column_sums() / (m * s2), n);
    const double deviations = sums.square_column_squares() - n * m * m * s2 * s2;
    if (spread > k_least_spread)
      out.columns = wilson_hilferty(std::max(deviations, 0.0) / (m * s2 * s2 * spread), n);
  }
  if (columns > matrix.first_rows.size()) return out;
  const auto width = static_cast<std::size_t>(columns);
  const std::size_t whole = matrix.first_rows.size() / width;
  const auto used = static_cast<double>(whole - zero_rows_of(matrix.first_rows, width));
  if (used >= k_least_lines)
    out.edge = edge_of(matrix.first_rows.first(whole * width), whole, width, used, s2);
  return out;
}

double largest(const Structure& structure) noexcept {
  double most = -std::numeric_limits<double>::infinity();
  for (const auto& one :
       {structure.rows, structure.columns, structure.row_sums, structure.column_sums,
        structure.neighbours, structure.mean, structure.edge})
    if (one) most = std::max(most, *one);
  return most;
}

namespace {

/// y = A A^T x, in double, through t = A^T x.
void times_gram(std::span<const float> matrix, std::size_t columns, std::span<const double> x,
                std::span<double> t, std::span<double> y) noexcept {
  std::fill(t.begin(), t.end(), 0.0);
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t j = 0; j < columns; ++j)
      t[j] += x[i] * static_cast<double>(matrix[i * columns + j]);
  for (std::size_t i = 0; i < x.size(); ++i) {
    double sums[4] = {};  // four chains: an addition waits for the one before
    const float* row = matrix.data() + i * columns;
    std::size_t j = 0;
    for (; j + 4 <= columns; j += 4)
      for (std::size_t k = 0; k < 4; ++k) sums[k] += static_cast<double>(row[j + k]) * t[j + k];
    for (; j < columns; ++j) sums[0] += static_cast<double>(row[j]) * t[j];
    y[i] = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  }
}

/// Whether the tridiagonal matrix has an eigenvalue above x, by Sturm's sequence.
bool any_above(std::span<const double> diagonal, std::span<const double> beside,
               double x) noexcept {
  double pivot = 1;
  for (std::size_t i = 0; i < diagonal.size(); ++i) {
    const double square = i == 0 ? 0 : beside[i - 1] * beside[i - 1];
    pivot = diagonal[i] - x - square / pivot;
    if (pivot >= 0) return true;
  }
  return false;
}

double dot(std::span<const double> x, std::span<const double> y) noexcept {
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += x[i] * y[i];
  return sum;
}

}  // namespace

double largest_eigenvalue(std::span<const float> matrix, std::size_t rows, std::size_t columns) {
  constexpr std::size_t k_steps = 24, k_halvings = 60;
  std::vector<double> x(rows), before(rows), y(rows), t(columns), diagonal, beside;
  std::uint64_t state = 0x9E3779B97F4A7C15u;
  for (double& value : x) {  // numbers that no matrix is orthogonal to
    state = state * 6364136223846793005u + 1442695040888963407u;
    value = static_cast<double>(state >> 40) * 0x1p-23 - 1;
  }
  const double norm = std::sqrt(dot(x, x));
  for (double& value : x) value /= norm;
  double last = 0, bound = 0;
  for (std::size_t step = 0; step < std::min(k_steps, rows); ++step) {
    times_gram(matrix, columns, x, t, y);
    const double along = dot(x, y);
    for (std::size_t i = 0; i < rows; ++i) y[i] -= along * x[i] + last * before[i];
    const double length = std::sqrt(dot(y, y));
    diagonal.push_back(along);
    bound = std::max(bound, along + last + length);
    if (!(length > 1e-12 * bound)) break;
    beside.push_back(length);
    before.swap(x);
    for (std::size_t i = 0; i < rows; ++i) x[i] = y[i] / length;
    last = length;
  }
  double low = 0, high = bound;
  for (std::size_t i = 0; i < k_halvings; ++i) {
    const double middle = 0.5 * (low + high);
    (any_above(diagonal, beside, middle) ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace initscope
