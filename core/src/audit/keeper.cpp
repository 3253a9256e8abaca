#include "audit/keeper.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace initscope {
namespace {

constexpr std::uint64_t k_block = 16;

std::uint64_t stride_of(std::uint64_t count, std::uint64_t columns) noexcept {
  std::uint64_t stride = (count + Keeper::k_most_sample - 1) / Keeper::k_most_sample;
  if (stride <= 1) return 1;
  while (std::gcd(stride, columns) != 1) ++stride;
  return stride;
}

}  // namespace

Keeper::Keeper(MatrixSize size, std::uint64_t count)
    : count_(count), stride_(stride_of(count, size.columns)), most_rows_(0) {
  if (count == 0) return;
  most_rows_ = std::min(size.rows, k_most_matrix / size.columns) * size.columns;
  first_rows_.reserve(static_cast<std::size_t>(most_rows_));
  sample_.reserve(static_cast<std::size_t>(count / stride_ + 1));
  const std::uint64_t blocks = count / k_block;
  const std::uint64_t usable =
      (count % k_block == 0 || blocks == 0 ? blocks : blocks - 1) * k_block;
  length_ = std::min(usable, k_stretch);
  if (length_ == 0) return;
  const std::uint64_t many = std::min(k_most_stretches, usable / length_);
  for (std::uint64_t i = 0; i < many; ++i) {
    const std::uint64_t start = many == 1 ? 0 : (usable - length_) / (many - 1) * i;
    starts_.push_back(start / k_block * k_block);
    stretches_.emplace_back().reserve(static_cast<std::size_t>(length_));
  }
}

void Keeper::add(std::span<const float> values) {
  const std::uint64_t begin = seen_, end = begin + values.size();
  if (begin < most_rows_) {
    const auto kept = static_cast<std::size_t>(std::min(end, most_rows_) - begin);
    first_rows_.insert(first_rows_.end(), values.begin(),
                       values.begin() + static_cast<std::ptrdiff_t>(kept));
  }
  for (; next_ < end; next_ += stride_) {
    const float value = values[static_cast<std::size_t>(next_ - begin)];
    if (std::isfinite(value)) sample_.push_back(value);
  }
  for (std::size_t i = 0; i < starts_.size(); ++i) {
    const std::uint64_t from = std::max(begin, starts_[i]);
    const std::uint64_t to = std::min(end, starts_[i] + length_);
    if (from < to)
      stretches_[i].insert(stretches_[i].end(),
                           values.begin() + static_cast<std::ptrdiff_t>(from - begin),
                           values.begin() + static_cast<std::ptrdiff_t>(to - begin));
  }
  seen_ = end;
}

}  // namespace initscope
