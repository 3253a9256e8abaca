#include "audit/rows.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>

namespace initscope {
namespace {

constexpr std::uint64_t k_hash_start = 0x9E3779B97F4A7C15u, k_hash_factor = 0xD6E8FEB86659FD93u;

/// One step of a hash: a product whose high bits come back down.
std::uint64_t mixed(std::uint64_t hash, std::uint64_t word) noexcept {
  const std::uint64_t product = (hash ^ word) * k_hash_factor;
  return product ^ (product >> 32);
}

std::uint32_t bits_of(float value) noexcept {
  std::uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

float norm_of(double squares) noexcept {
  constexpr double k_most_float = std::numeric_limits<float>::max();
  return static_cast<float>(std::min(std::sqrt(squares), k_most_float));
}

/// Pairs of equal lines by sorting their places.
template <class Of>
Pairs equal_lines(std::size_t count, Of of) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const auto x = of(a), y = of(b);
    return x != y ? x < y : a < b;
  });
  Pairs pairs;
  for (std::size_t i = 1, first = 0; i < count; ++i) {
    if (of(order[i]) != of(order[first]))
      first = i;
    else if (of(order[i]).second != 0)
      pairs.emplace_back(order[first], order[i]);
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

}  // namespace

MatrixSize matrix_size(const Shape& shape, Layout layout) noexcept {
  const std::size_t rank = shape.size();
  MatrixSize size;
  const std::size_t rows_end = rank < 2 ? 0 : layout == Layout::torch ? 1 : rank - 1;
  for (std::size_t i = 0; i < rank; ++i)
    (i < rows_end ? size.rows : size.columns) *= static_cast<std::uint64_t>(shape[i]);
  return size;
}

RowSums::RowSums(MatrixSize size)
    : size_(size),
      norm_step_((size.rows + k_most_norms - 1) / k_most_norms),
      row_hash_(k_hash_start),
      hash_(k_hash_start) {
  lines_.reserve(static_cast<std::size_t>(std::min(size.rows, k_most)));
  norm_step_ = std::max<std::uint64_t>(norm_step_, 1);
  if (size.rows > 1 && size.columns <= k_most)
    columns_.assign(static_cast<std::size_t>(size.columns), {k_hash_start, 0, 0});
}

void RowSums::add(std::span<const float> values) noexcept {
  while (!values.empty() && row_ < size_.rows) {
    const auto length =
        static_cast<std::size_t>(std::min<std::uint64_t>(values.size(), size_.columns - column_));
    const std::span<const float> part = values.first(length);
    values = values.subspan(length);
    double sum = sum_, square = square_, last = last_, products = 0;
    std::uint64_t hash = row_hash_;
    for (const float value : part) {
      const auto x = static_cast<double>(value);
      sum += x;
      square += x * x;
      products += last * x;
      last = x;
      hash = mixed(hash, bits_of(value));
    }
    sum_ = sum;
    square_ = square;
    last_ = last;
    neighbours_ += products;
    row_hash_ = hash;
    if (!columns_.empty()) {
      Column* column = columns_.data() + column_;
      for (std::size_t i = 0; i < length; ++i) {
        const auto x = static_cast<double>(part[i]);
        column[i].sum += x;
        column[i].squares += x * x;
        column[i].hash = mixed(column[i].hash, bits_of(part[i]));
      }
    }
    column_ += length;
    if (column_ == size_.columns) end_row();
  }
}

void RowSums::end_row() noexcept {
  if (lines_.size() < k_most) lines_.push_back({row_hash_, square_});
  if (row_ % norm_step_ == 0) norms_.push_back(norm_of(square_));
  if (square_ == 0 && zero_rows_++ == 0) first_zero_row_ = row_;
  squares_ += square_;
  fourth_ += square_ * square_;
  row_sums_ += sum_ * sum_;
  hash_ = mixed(hash_, row_hash_);
  row_hash_ = k_hash_start;
  sum_ = square_ = last_ = 0;
  column_ = 0;
  ++row_;
}

double RowSums::square_column_squares() const noexcept {
  double sum = 0;
  for (const Column& column : columns_) sum += column.squares * column.squares;
  return sum;
}

double RowSums::square_column_sums() const noexcept {
  double sum = 0;
  for (const Column& column : columns_) sum += column.sum * column.sum;
  return sum;
}

std::pair<std::uint64_t, std::uint64_t> RowSums::zero_columns() const noexcept {
  std::uint64_t count = 0, first = 0;
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (columns_[i].squares == 0 && count++ == 0) first = i;
  return {count, first};
}

Pairs RowSums::equal_rows() const {
  return equal_lines(lines_.size(),
                     [&](std::size_t i) { return std::pair(lines_[i].hash, lines_[i].squares); });
}

Pairs RowSums::equal_columns() const {
  return equal_lines(columns_.size(), [&](std::size_t i) {
    return std::pair(columns_[i].hash, columns_[i].squares);
  });
}

std::vector<float> RowSums::norms() const { return norms_; }

std::vector<std::uint64_t> RowSums::row_hashes(std::uint64_t most) const {
  if (size_.rows > std::min<std::uint64_t>(most, k_most) || lines_.size() != size_.rows) return {};
  std::vector<std::uint64_t> hashes;
  hashes.reserve(lines_.size());
  for (const Line& line : lines_) hashes.push_back(line.hash);
  return hashes;
}

}  // namespace initscope
