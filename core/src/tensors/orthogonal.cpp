#include "initscope/orthogonal.hpp"

#include <algorithm>
#include <vector>

#include "simd/kernels.hpp"

namespace initscope {

void draw_orthogonal(const Draw& draw, std::size_t rows, std::size_t columns, double gain,
                     std::span<float> out) noexcept {
  draw.fill(Law::normal(0, 1), out);
  // The tall one of the matrix and its transpose, column by column: a wide matrix, row-major, is
  // its own transpose in that order.
  const bool wide = rows < columns;
  std::vector<double> memory(2 * rows * columns);
  double* tall = memory.data();
  double* q = tall + rows * columns;
  const auto place = [=](std::size_t row, std::size_t column) {
    return wide ? row * columns + column : column * rows + row;
  };
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t column = 0; column < columns; ++column)
      tall[place(row, column)] = static_cast<double>(out[row * columns + column]);
  simd::kernels().orthonormalize(tall, q, wide ? columns : rows, wide ? rows : columns);
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t column = 0; column < columns; ++column)
      out[row * columns + column] = static_cast<float>(gain * q[place(row, column)]);
}

double orthogonal_scratch(double rows, double columns) noexcept {
  // Eigen works on 48 columns at a time, and packs some hundred numbers for each of the shorter
  // side and pieces of a product that fit into a cache (memory_test.cpp measures it).
  constexpr double k_packed = 256, k_pieces = 1048576;
  return sizeof(double) * (2 * rows * columns + k_packed * std::min(rows, columns)) + k_pieces;
}

}  // namespace initscope
