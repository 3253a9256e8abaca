// Zeroed numbers on a 64-byte boundary, as the kernels' aligned loads need.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <span>

namespace initscope {

template <class Real>
class Aligned {
 public:
  Aligned() = default;
  explicit Aligned(std::size_t size)
      : data_(static_cast<Real*>(::operator new(size * sizeof(Real), k_alignment))), size_(size) {
    std::fill_n(data_.get(), size_, Real{0});
  }

  /// Makes room for at least this many; what was there before is lost if there were fewer.
  void ensure(std::size_t size) {
    if (size <= size_) return;
    *this = Aligned();  // the old memory goes first
    *this = Aligned(size);
  }

  std::size_t size() const noexcept { return size_; }
  Real* data() noexcept { return data_.get(); }
  const Real* data() const noexcept { return data_.get(); }
  std::span<Real> first(std::size_t count) noexcept { return {data_.get(), count}; }
  std::span<Real> all() noexcept { return {data_.get(), size_}; }

 private:
  static constexpr std::align_val_t k_alignment{64};
  struct Free {
    void operator()(Real* data) const noexcept { ::operator delete(data, k_alignment); }
  };
  std::unique_ptr<Real, Free> data_;
  std::size_t size_ = 0;
};
using AlignedBuffer = Aligned<float>;

}  // namespace initscope
