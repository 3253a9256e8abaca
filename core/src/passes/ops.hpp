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
  const Real* weight;
  const Real* bias;
  Real* weight_gradient;
  Real* bias_gradient;
  Real* scratch;                    ///< room for `scratch` numbers, which `learn` uses
  const Real* beside = nullptr;     ///< the other input, of the same shape as `in`
  Real* beside_gradient = nullptr;  ///< its gradient, which is set
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
  /// dE/dW and dE/db, summed over the batch; null for an operation without parameters. Reads the
  /// input, which a network that learns keeps.
  void (*learn)(const Here&);
  std::size_t (*scratch)(const Here&);  ///< numbers that `learn` needs
};

}  // namespace initscope
