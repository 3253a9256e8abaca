// The table of hot loops, one per instruction set. `target.cpp` is compiled once for each and
// fills it; `dispatch.cpp` finds those that this machine can run. Nothing here is public.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "initscope/activation.hpp"
#include "initscope/stream.hpp"

namespace initscope::simd {

/// Columns of a panel. A matrix [units][batch] is stored as panels of this many columns,
/// [panel][unit][k_panel], so that a tile of it is contiguous on every instruction set.
inline constexpr std::size_t k_panel = 32;

/// center + half * s for s in (-1, 1), then kept within [lowest, highest].
struct UniformParameters {
  float center, half, lowest, highest;
};

struct NormalParameters {
  float mean, std;
};

/// mean + std * Phi^-1((1 + x) / 2), x = center + half * s, then kept within [lowest, highest].
struct TruncatedParameters {
  float center, half, mean, std, lowest, highest;
};

/// c[panel][row] = bias[row] + sum_k A(row, k) * b[panel][k], where A(row, k) = a[row * stride +
/// k], or a[k * stride + row] if transposed. Each element is summed over k in order, multiplied and
/// added apart: the same bits for any tile. c overlaps none of the others.
template <class Real>
struct ProductOf {
  const Real* a;  ///< [rows][stride], or [depth][stride] if transposed; any alignment
  std::size_t stride;
  bool transposed;
  const Real* b;     ///< [panels][depth][k_panel], on a boundary of 64 bytes
  const Real* bias;  ///< [rows], any alignment; null for none
  Real* c;           ///< [panels][rows][k_panel], on a boundary of 64 bytes; what it held is lost
  std::size_t rows, depth, panels;
  /// Where many numbers of b are 0: SparseRoom::size numbers on a boundary of 64 bytes, with which
  /// they are left out. Null for none; the same bits either way.
  Real* room = nullptr;
};
using Product = ProductOf<float>;

/// The parts of a product's room, in numbers, one after the other: a tile of A, and for each sample
/// of a few panels a list and its sums.
struct SparseRoom {
  static constexpr std::size_t k_panels = 4, k_samples = k_panels * k_panel;
  static constexpr std::size_t k_tile = 6144;  ///< 24 kB, which leave some of the L1 cache
  static constexpr std::size_t k_list = (k_tile / 48 + 1) * 2 * sizeof(void*) / sizeof(float);
  static constexpr std::size_t stride(std::size_t rows) noexcept { return (rows / 16 + 2) * 16; }
  static constexpr std::size_t size(std::size_t rows, std::size_t panels) noexcept {
    return k_tile + (panels < k_panels ? panels : k_panels) * k_panel * (k_list + stride(rows));
  }
};

/// Chains in which statistics are summed: a vector of 16 floats, or several shorter ones.
inline constexpr std::size_t k_chains = 16;

/// Sums of the first four powers of x - origin, origin = x[0], and the extremes. Infinities and NaN
/// leave sum[1] infinite or NaN; finite floats never do.
struct PowerSums {
  double origin;
  double sum[4];
  float low, high;
};

/// Equal bins over [from, to]; scale is count / (to - from).
struct Bins {
  double from, to, scale;
  std::uint64_t count;
};

/// A unit is saturated outside [low, high].
struct ActivityRange {
  float low, high;
};

struct Activity {
  std::uint64_t zeros = 0, saturated = 0;
};

/// One instruction set's loops. Arrays have exactly the elements that are said, at any alignment
/// unless one is said; nothing beside them is read or written, and those that are written overlap
/// no other. None of this is checked.
struct Kernels {
  const char* name;

  // Write the first `count` <= k_chunk values of a chunk of the stream; out[count].
  void (*words)(const Stream&, std::uint64_t chunk, std::uint32_t count, std::uint32_t* out);
  void (*uniform)(const Stream&, std::uint64_t chunk, std::uint32_t count, UniformParameters,
                  float* out);
  void (*normal)(const Stream&, std::uint64_t chunk, std::uint32_t count, NormalParameters,
                 float* out);
  void (*truncated)(const Stream&, std::uint64_t chunk, std::uint32_t count, TruncatedParameters,
                    float* out);

  // h = phi(z) and g = g * phi'(z), n elements each, a multiple of k_panel. h may be z.
  void (*activate)(ActivationSpec, const float* z, float* h, std::size_t n);
  void (*activation_gradient)(ActivationSpec, const float* z, float* g, std::size_t n);
  // The same of an expression's program.
  void (*typed)(const Program&, const float* z, float* h, std::size_t n);
  void (*typed_gradient)(const Program&, const float* z, float* g, std::size_t n);

  void (*multiply)(const Product&);

  // Sums over x[n], n > 0 a multiple of k_chains.
  void (*powers)(const float* x, std::size_t n, PowerSums*);

  // Writes the slot of each of n values, a multiple of k_chains: 0 below the bins, 1 .. count
  // within, count + 1 above or NaN; out[n].
  void (*slots)(const float* x, std::size_t n, const Bins&, std::uint64_t* out);

  // Adds up zeros and saturated values of rows of k_panel columns, one for each unit, and sets
  // alive[unit] where a value is not 0. At most 2^20 units; h[units][k_panel], on a boundary of 64
  // bytes.
  void (*activity)(const float* h, std::size_t units, ActivityRange, Activity*,
                   std::uint8_t* alive);

  // q becomes Q of a's QR decomposition with R's diagonal not negative; a, which is lost, and q are
  // stored column by column, rows * columns elements, rows >= columns. In double, not bit for bit
  // the same on every set.
  void (*orthonormalize)(double* a, double* q, std::size_t rows, std::size_t columns);

  // Singular values, descending, of a tall matrix stored column by column; and the leading `count`
  // triplets of a square one, row by row, with one vector in each column of left and right:
  // values[columns]; values[count], left and right [size][count] row by row. In double, and not bit
  // for bit the same either.
  void (*singular_values)(const double* a, std::size_t rows, std::size_t columns, double* values);
  void (*singular_vectors)(const double* a, std::size_t size, std::size_t count, double* values,
                           double* left, double* right);
};

/// The tables this machine can run, slowest first. Never empty.
std::span<const Kernels* const> available() noexcept;

/// The table in use: the best one, unless `use_instruction_set` or INITSCOPE_SIMD chose another.
const Kernels& kernels() noexcept;

// Either kind of activation by its own kernel. What a typed one needs is reached by pointers alone,
// here and in theory, or it would be inlined into what the first part of the WebAssembly module
// has.
inline void activate_panels(const ActivationSpec& spec, const float* z, float* h, std::size_t n) {
  if (const Program* program = program_of(spec)) return kernels().typed(*program, z, h, n);
  kernels().activate(spec, z, h, n);
}
inline void multiply_by_slopes(const ActivationSpec& spec, const float* z, float* g,
                               std::size_t n) {
  if (const Program* program = program_of(spec)) return kernels().typed_gradient(*program, z, g, n);
  kernels().activation_gradient(spec, z, g, n);
}

}  // namespace initscope::simd
