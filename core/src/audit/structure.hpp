// Whether the entries of a matrix look independent and alike.
#pragma once

#include <span>

#include "audit/rows.hpp"

namespace initscope {

/// What is known of a matrix whose rows streamed by, all of it finite.
struct MatrixFacts {
  const RowSums& sums;
  double mean = 0;      ///< of all values
  double kurtosis = 0;  ///< fourth moment over the squared second
  /// The first whole rows, row-major; a part of the matrix is as independent as all.
  std::span<const float> first_rows;
};

/// Beyond this, a statistic refutes that the entries are independent: 3e-5 by chance.
inline constexpr double k_refuted = 4;

/// The statistics. Rows that are all 0, such as an embedding's padding, are left out. What is about
/// chi^2(m) is brought to about N(0, 1) by Wilson and Hilferty's cube root (1931): with few rows
/// its own tail would refute one true matrix in 400. Of rows, columns and their sums there must be
/// 8, of 8 values each, and 256 values; of single values 64.
Structure structure_of(const MatrixFacts& matrix);

/// Largest of those that are there; negative infinity where none is.
double largest(const Structure& structure) noexcept;

/// (x / m)^(1/3) as a normal number, x >= 0 about chi^2 with m degrees of freedom.
double wilson_hilferty(double x, double m) noexcept;

/// The largest eigenvalue of A A^T by Lanczos' steps, from below: within 1e-3 of Tracy and Widom's
/// units up to some thousand rows. `matrix` holds rows x columns finite values, row-major.
double largest_eigenvalue(std::span<const float> matrix, std::size_t rows, std::size_t columns);

}  // namespace initscope
