// What each operation of a plan does to numbers: a table with a row an operation. The rows of an
// operation stand side by side in its own file. Whatever the tiles, the same bits.
#pragma once

#include <array>

#include "initscope/plan.hpp"
#include "passes/panels.hpp"
#include "simd/kernels.hpp"

namespace initscope {

/// The hot loops in float: the kernels. Tests have others, in double.
struct KernelPasses {
  using Real = float;
  static void multiply(const simd::Product& product) { simd::kernels().multiply(product); }
  static void activate(ActivationSpec spec, const float* z, float* h, std::size_t n) {
    simd::activate_panels(spec, z, h, n);
  }
  static void activation_gradient(ActivationSpec spec, const float* z, float* g, std::size_t n) {
    simd::multiply_by_slopes(spec, z, g, n);
  }
};

/// Tiles [begin, end) of an operation.
struct Tiles {
  std::size_t begin, end;
};

/// What an operation may touch. Signals and their gradients are in panels, on 64-byte boundaries;
/// `in_gradient` is null where nobody asks for it, and `out_gradient` itself where the operation
/// works in place.
template <class Real>
struct Memory {
  PanelShape in_shape, out_shape;
  const Real* in;
  Real* out;
  Real* in_gradient;
  Real* out_gradient;
  const Real* weight;  ///< a product's; the gains of others, null where nothing learns
  const Real* bias;    ///< a product's; the shifts of others, null where there are none
  Real* weight_gradient;
  Real* bias_gradient;
  Real* scratch;                    ///< room for `scratch` numbers, on a boundary
  const Real* beside = nullptr;     ///< the other input, of the same shape as `in`
  Real* beside_gradient = nullptr;  ///< its gradient, which is set
  /// Of standardize: running means of its units, then their variances; null where nothing learns.
  Real* running = nullptr;
  bool evaluates = false;  ///< whether these take the place of the batch's own, and stay
};

/// What a norm makes of u: gain u + shift, where there are any. A shift of -0 leaves each number as
/// it is, that of 0 and its sign too.
template <class Real>
struct Affine {
  double gain, shift;

  Affine(const Memory<Real>& here, std::size_t unit)
      : gain(here.weight == nullptr ? 1 : static_cast<double>(here.weight[unit])),
        shift(here.bias == nullptr ? -0.0 : static_cast<double>(here.bias[unit])) {}
  double operator()(double u) const { return gain * u + shift; }
};

template <class Passes>
struct OpPasses {
  using Real = typename Passes::Real;
  using Here = Memory<Real>;

  bool reads_input;  ///< whether the way back reads it, so that it must be kept
  bool in_place;     ///< the way back turns the output's gradient into the input's
  std::size_t (*tiles)(const Here&);
  std::size_t (*multiplications)(const Here&);  ///< what a tile costs
  void (*forward)(const Op&, const Here&, Tiles);
  void (*backward)(const Op&, const Here&, Tiles);
  /// The gradients of its parameters, summed over the batch; null for an operation that has none.
  /// Comes before `backward`, and reads the input, which a network that learns keeps.
  void (*learn)(const Op&, const Here&);
  /// Numbers that the passes need beside the signals, `learn` too or not; null for none.
  std::size_t (*scratch)(const Op&, const Here&, bool learns);
};

}  // namespace initscope
