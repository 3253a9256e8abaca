// A tensor as a matrix whose rows stream by: what rows and columns add up to, and which are equal.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "initscope/audit.hpp"

namespace initscope {

/// A tensor's matrix: [out][in kernel] in PyTorch's layout, [kernel in][out] in Keras's; a vector
/// and a number are one row.
struct MatrixSize {
  std::uint64_t rows = 1, columns = 1;
};
MatrixSize matrix_size(const Shape& shape, Layout layout) noexcept;

using Pairs = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

/// Sums over rows and columns. Memory: 16 bytes for each of the first 2^18 rows, 24 for each
/// column, where they are at most 2^18.
class RowSums {
 public:
  explicit RowSums(MatrixSize size);
  /// The next values, row-major, finite, within the matrix.
  void add(std::span<const float> values) noexcept;

  static constexpr std::uint64_t k_most = std::uint64_t{1} << 18;
  static constexpr std::uint64_t k_most_norms = 1024;

  MatrixSize size() const noexcept { return size_; }
  /// Whether columns are summed: they are not too many, and not values of one row.
  bool has_columns() const noexcept { return !columns_.empty(); }

  double sum_of_squares() const noexcept { return squares_; }     ///< of all values
  double square_row_squares() const noexcept { return fourth_; }  ///< of rows' sums of squares
  double square_row_sums() const noexcept { return row_sums_; }   ///< of rows' sums
  double square_column_squares() const noexcept;
  double square_column_sums() const noexcept;
  double neighbours() const noexcept { return neighbours_; }  ///< sum of products within rows

  std::uint64_t zero_rows() const noexcept { return zero_rows_; }
  std::uint64_t first_zero_row() const noexcept { return first_zero_row_; }
  /// Columns without a value but 0, and the first of them; 0 where there are no columns.
  std::pair<std::uint64_t, std::uint64_t> zero_columns() const noexcept;

  /// Pairs of rows, or columns, of the same hash and the same sum of squares, each with the first
  /// that it is equal to; those of zeros are left out. Among the first 2^18 rows.
  Pairs equal_rows() const;
  Pairs equal_columns() const;

  /// Norms of every `norm_step()`-th row.
  std::vector<float> norms() const;
  std::uint64_t norm_step() const noexcept { return norm_step_; }

  /// Hash of all values in their order, and of each row where all have one.
  std::uint64_t hash() const noexcept { return hash_; }
  std::vector<std::uint64_t> row_hashes(std::uint64_t most) const;

 private:
  struct Line {
    std::uint64_t hash;
    double squares;
  };
  struct Column {
    std::uint64_t hash;
    double sum, squares;
  };
  void end_row() noexcept;

  MatrixSize size_;
  std::uint64_t row_ = 0, column_ = 0, norm_step_;
  double sum_ = 0, square_ = 0, last_ = 0;  ///< of the row so far
  std::uint64_t row_hash_;
  std::vector<Line> lines_;
  std::vector<Column> columns_;
  std::vector<float> norms_;
  double squares_ = 0, fourth_ = 0, row_sums_ = 0, neighbours_ = 0;
  std::uint64_t zero_rows_ = 0, first_zero_row_ = 0, hash_;
};

}  // namespace initscope
