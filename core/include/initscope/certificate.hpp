// Proofs that a tensor is as PyTorch's CPU generator drew it: marks of its arithmetic that a step
// of an optimizer wipes out.
//
// Uniform numbers lie on a lattice of 2^24 points between their bounds; normal ones come in pairs
// whose angle is a multiple of 2^-24 turns. The rates at which other numbers show the same by
// chance were measured for each gate, and tests/core/certificate_test.cpp holds them.
//
// No verdict depends on the machine: there is nothing here but +, -, *, /, roots and the functions
// of special.hpp, in one order.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace initscope {

/// The 2^24 points k 2^-24 2b - b in float32, rounded once (fused) or twice.
struct TorchLattice {
  float low = 0;        ///< -b
  double step = 0;      ///< distance of two points, exact
  double per_step = 0;  ///< its inverse
  bool fused = true;

  TorchLattice() = default;
  /// `bound`: `usable`.
  TorchLattice(float bound, bool rounded_once) noexcept
      : low(-bound),
        step(2 * static_cast<double>(bound) * 0x1p-24),
        per_step(1 / step),
        fused(rounded_once) {}

  /// Whether b and 2b are numbers of float32 that are not subnormal.
  static bool usable(double bound) noexcept {
    constexpr double k_least = std::numeric_limits<float>::min();
    constexpr double k_most = std::numeric_limits<float>::max();
    return bound >= k_least && bound < k_most / 2;
  }

  /// k of the point that `value` is, or -1: it is none, not finite, or beyond the bounds. The
  /// product of two numbers of 24 bits is exact in double, and so is its difference from b, a
  /// multiple of the same power of 2: one rounding in all.
  std::int32_t word_of(float value) const noexcept {
    const double nearest = (static_cast<double>(value) - static_cast<double>(low)) * per_step + 0.5;
    if (!(nearest >= 0 && nearest < 0x1p24)) return -1;
    const auto word = static_cast<std::int32_t>(nearest);
    const double product = static_cast<double>(word) * step;
    const float point = fused ? static_cast<float>(product + static_cast<double>(low))
                              : static_cast<float>(product) + low;
    return point == value ? word : -1;
  }
};

/// Whether every value of a tensor lies on the lattice of torch's uniform_(-b, b): float32, x =
/// fma(k 2^-24, 2 b, -b) for a whole k. Streams over the tensor and drops a candidate for b at the
/// first value that is not on its lattice; of numbers that are not its own, a lattice holds 23 to
/// 50 of 100, and so a wrong candidate costs two values. 5 ns a value in WebAssembly.
class UniformLattice {
 public:
  /// Fewer values certify nothing: half of each hundred might be on a wrong lattice.
  static constexpr std::uint64_t k_least_values = 32;

  /// `bounds`: the b to try. Those that are no positive finite float32, or twice which is none, are
  /// left out; several that are the same float32 count as the first of them.
  explicit UniformLattice(std::span<const double> bounds);

  /// The next values of the tensor, in any order and pieces of any length. NaN and infinities are
  /// on no lattice.
  void add(std::span<const float> values) noexcept;

  struct Verdict {
    /// At least 32 values, all on one lattice, and none of what lies on a lattice for another
    /// reason: constants, a handful of levels, values of 23 bits or fewer (k all even), a bound
    /// that is far beyond the largest value.
    bool certified = false;
    /// The candidate as it was given, where `certified`; otherwise 0.
    double bound = 0;
    /// Certified: drawn with one rounding (x86 with FMA, what TorchGenerator draws), or with two
    /// (other CPUs). Where b is a power of two both are the same, and it is true.
    bool fused = false;
    /// Values that were added.
    std::uint64_t count = 0;
    /// All values are equal; false where there is none.
    bool constant = false;
  };
  Verdict verdict() const noexcept;

 private:
  struct Candidate {
    TorchLattice lattice;
    double bound = 0;  ///< as it was given
    /// Values whose k no other has, and those of them where it is odd.
    std::uint64_t judged = 0, odd = 0;
  };
  static bool holds(Candidate& candidate, float value) noexcept;
  void remember(float value) noexcept;

  /// Of 32 values, three equal ones come by chance with probability 1e-9.
  static constexpr std::size_t k_levels = 32, k_least_levels = 30;
  std::vector<Candidate> alive_;
  std::uint64_t count_ = 0;
  float first_ = 0, largest_ = 0;
  bool constant_ = true;
  std::array<float, k_levels> levels_ = {};  ///< the first magnitudes that differ
  std::size_t level_count_ = 0;
};

/// What torch_phase found.
struct PhaseVerdict {
  /// The pairs are those of torch's normal_, but for a factor that is the same for all.
  bool certified = false;
  /// R: |sum of e^(2 pi i f)|^2 / m. About exponential with mean 1 of any other numbers.
  double statistic = 0;
  /// R / m: .137 where torch drew the numbers.
  double share = 0;
  /// m: pairs that count; others have a zero, equal magnitudes, or no finite value.
  std::uint64_t pairs = 0;
};

/// Most values that torch_phase looks at.
inline constexpr std::size_t k_phase_values = 4096;

/// The phase of Box and Muller's pairs in a tensor that torch's normal_(0, std) drew, whatever std
/// is and whatever it was multiplied by since. In blocks of 16 values, the angle of (x_j, x_j+8) is
/// k 2^-24 turns; f is the fraction of a step that is left. Looks at the first 4096 values at most:
/// `values` is a whole tensor of at least 16 values, or its first ones, a multiple of 16 of them.
/// Certified where R > 20 (2e-9 by chance), .05 < R / m < .3, and more than 99 of 100 angles
/// differ, without which quantized weights and sines pass. Sees 33 of 100 tensors of 256 values, 98
/// of 512, all of 1024.
PhaseVerdict torch_phase(std::span<const float> values) noexcept;

}  // namespace initscope
