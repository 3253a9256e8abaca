// Zeroed floats on a 64-byte boundary, as the kernels' aligned loads need.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <span>

namespace initscope {

class AlignedBuffer {
 public:
  AlignedBuffer() = default;
  explicit AlignedBuffer(std::size_t size)
      : data_(static_cast<float*>(::operator new(size * sizeof(float), k_alignment))), size_(size) {
    std::fill_n(data_.get(), size_, 0.0F);
  }

  /// At least this many floats; what was there before is lost if there were fewer.
  void ensure(std::size_t size) {
    if (size <= size_) return;
    *this = AlignedBuffer();  // the old memory goes first
    *this = AlignedBuffer(size);
  }

  std::size_t size() const noexcept { return size_; }
  float* data() noexcept { return data_.get(); }
  const float* data() const noexcept { return data_.get(); }
  std::span<float> first(std::size_t count) noexcept { return {data_.get(), count}; }
  std::span<float> all() noexcept { return {data_.get(), size_}; }

 private:
  static constexpr std::align_val_t k_alignment{64};
  struct Free {
    void operator()(float* data) const noexcept { ::operator delete(data, k_alignment); }
  };
  std::unique_ptr<float, Free> data_;
  std::size_t size_ = 0;
};

}  // namespace initscope
