#include "initscope/spectrum.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "simd/kernels.hpp"

namespace initscope {

std::vector<double> singular_values(std::span<const float> matrix, std::size_t rows,
                                    std::size_t columns) {
  const std::size_t small = std::min(rows, columns), large = std::max(rows, columns);
  // Column by column: a tall matrix, so that the Gram matrix is its transpose times it.
  std::vector<double> tall(matrix.size());
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t column = 0; column < columns; ++column)
      tall[rows < columns ? row * columns + column : column * rows + row] =
          static_cast<double>(matrix[row * columns + column]);
  std::vector<double> values(small);
  simd::kernels().singular_values(tall.data(), large, small, values.data());
  return values;
}

SingularVectors leading_singular_vectors(std::span<const double> matrix, std::size_t n,
                                         std::size_t k) {
  SingularVectors result{std::vector<double>(k), std::vector<double>(n * k),
                         std::vector<double>(n * k)};
  simd::kernels().singular_vectors(matrix.data(), n, k, result.values.data(), result.left.data(),
                                   result.right.data());
  return result;
}

MarchenkoPastur::MarchenkoPastur(double variance, double rows, double columns) noexcept
    : variance_(variance), small_(std::min(rows, columns)) {
  const double std = std::sqrt(variance), a = std::sqrt(rows), b = std::sqrt(columns);
  lowest_ = std * std::abs(a - b);
  highest_ = std * (a + b);
}

double MarchenkoPastur::pdf(double s) const noexcept {
  if (!(s > lowest_ && s < highest_)) return 0;
  const double x = s * s;
  return std::sqrt((highest_ * highest_ - x) * (x - lowest_ * lowest_)) /
         (std::numbers::pi * variance_ * small_ * s);
}

}  // namespace initscope
