// PyTorch's CPU generator and its float32 sampling algorithms, bit for bit.
//
// What `torch.manual_seed(seed)` followed by calls of torch.nn.init draws on an x86-64 machine with
// AVX2 (which AVX-512 machines use as well), torch 2.14.1. Uniform and normal numbers have been
// the same since 1.13; truncated normal ones since 2.12. Sources: MT19937 (Matsumoto and Nishimura
// 1998); ATen's DistributionTemplates.h, avx_mathfun.h (Cephes' log, sin and cos) and
// torch/nn/init.py for the algorithms.
//
// Fused multiply-adds, which the AVX2 build has, are rounded once here too, on every machine. The
// double-precision path (fewer than 16 normals) and the acceptance of truncated normals take
// sin, cos and logarithms from the C library in double; a last bit that differs there is lost in
// the rounding to float32 but for about one value in 10^8.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <random>
#include <span>

namespace initscope {

/// Which part of a tensor is drawn: from element `first` on, of `total`. The generator goes on
/// behind it as if the whole had been drawn.
struct PartOfTensor {
  std::uint64_t first = 0, total = 0;
};

class TorchGenerator {
 public:
  /// torch.manual_seed: of the 64 bits, torch uses the lower 32.
  explicit TorchGenerator(std::uint64_t seed) : engine_(static_cast<std::uint32_t>(seed)) {}
  /// From a state of MT19937: the 624 words of its sequence in front of the one that makes the next
  /// output. No number waits in the generator.
  explicit TorchGenerator(const std::array<std::uint32_t, 624>& state);

  /// The next word, or two of them, the first in the upper half.
  std::uint32_t random() { return static_cast<std::uint32_t>(engine_()); }
  std::uint64_t random64();

  /// tensor.uniform_(from, to), finite from <= to: one word a value, its low 24 bits. Never `to`,
  /// unless that is `from`. `out` may have any length and alignment. 12 ns a value.
  void uniform(double from, double to, std::span<float> out) {
    uniform(from, to, out, {0, out.size()});
  }
  void uniform(double from, double to, std::span<float> out, PartOfTensor part);

  /// tensor.normal_(mean, std), std >= 0, of a contiguous tensor. From 16 values on, Box and Muller
  /// in float32 in blocks of 16, of which the last is drawn again at the end of a tensor that is no
  /// multiple of 16: a long tensor does not begin with a shorter one. Below 16 values in double, in
  /// pairs of which the second waits in the generator for the next such call. `out` may have any
  /// length and alignment; without a part it is the whole tensor. 25 ns a value.
  void normal(double mean, double std, std::span<float> out) {
    normal(mean, std, out, {0, out.size()});
  }
  void normal(double mean, double std, std::span<float> out, PartOfTensor part);

  /// torch.nn.init.trunc_normal_ since 2.12, std > 0, a <= b, by rejection. Draws tensors as large
  /// as `out` until each element has fallen within; `truncated_normal_rounds` says how often. Each
  /// element waits for all others, and so there is no part of it. `out` may have any length and
  /// alignment, and is the whole tensor. Memory: a bit an element.
  void truncated_normal(double mean, double std, double a, double b, std::span<float> out);

  /// torch.randperm(n), n < 2^32 / 20: a random order of 0 .. n - 1. `order` holds exactly n
  /// elements, any alignment, whose values do not matter.
  void permutation(std::span<std::uint32_t> order);

 private:
  double normal_double();
  /// Blocks of a tensor of 16 or more values from `first` to `end`, where they lie in the tensor in
  /// the end: see(place of the first value, values).
  template <class See>
  void normal_blocks(float mean, float std, std::uint64_t first, std::uint64_t end,
                     std::uint64_t total, See see);

  std::mt19937 engine_;
  std::optional<double> cached_;  ///< second of a pair of normals in double
};

/// About how many tensors `truncated_normal` draws before the last of `count` elements lies within
/// the bounds: (ln count + 1) / acceptance.
double truncated_normal_rounds(double mean, double std, double a, double b, double count) noexcept;

}  // namespace initscope
