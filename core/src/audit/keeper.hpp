// The values of a tensor that are kept while it streams by: enough for laws, angles and spectra.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "audit/rows.hpp"

namespace initscope {

class Keeper {
 public:
  static constexpr std::uint64_t k_most_matrix = std::uint64_t{1} << 22;
  static constexpr std::uint64_t k_most_sample = std::uint64_t{1} << 20;
  static constexpr std::uint64_t k_most_stretches = 16, k_stretch = 4096;

  Keeper(MatrixSize size, std::uint64_t count);
  /// The next values, row-major. Of the sample, those that are not finite are left out.
  void add(std::span<const float> values);

  std::span<const float> first_rows() const noexcept { return first_rows_; }
  bool all_rows() const noexcept { return most_rows_ == count_; }
  /// Every `stride()`-th value; the stride has no factor in common with a row's length.
  std::uint64_t stride() const noexcept { return stride_; }
  std::vector<float>& sample() noexcept { return sample_; }
  /// Stretches of blocks of 16 values as torch's normal_ draws them, evenly over the tensor: of one
  /// that is no multiple of 16, without the blocks that are drawn again.
  std::span<const std::vector<float>> stretches() const noexcept { return stretches_; }

 private:
  std::uint64_t count_, seen_ = 0, stride_, next_ = 0, most_rows_;
  std::vector<float> first_rows_, sample_;
  std::vector<std::uint64_t> starts_;
  std::uint64_t length_ = 0;  ///< of each stretch
  std::vector<std::vector<float>> stretches_;
};

}  // namespace initscope
