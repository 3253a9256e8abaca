// Compiled once per instruction set: INITSCOPE_SET names it, INITSCOPE_ARCH is xsimd's type.
//
// What is emitted here may use that set's instructions, and the linker keeps one copy of an inline
// function for all: so kernels are templates on the architecture, and call no other inline function
// that the optimizer might leave as a call.
#include "simd/activations.hpp"
#include "simd/factor.hpp"
#include "simd/measure.hpp"
#include "simd/random.hpp"
#include "simd/sparse.hpp"
#include "simd/typed.hpp"

#define INITSCOPE_TEXT_OF(x) #x
#define INITSCOPE_TEXT(x) INITSCOPE_TEXT_OF(x)

namespace initscope::simd::INITSCOPE_SET {

using Arch = xsimd::INITSCOPE_ARCH;

/// Calls a kernel and returns with the upper halves of the registers empty: code for SSE, which may
/// be what runs next, is up to five times slower behind full ones (Zen 5). GCC sees to that by
/// itself, but not in functions that are given vectors.
template <auto kKernel>
struct Clean;
template <class... Arguments, void (*kKernel)(Arguments...)>
struct Clean<kKernel> {
  static void run(Arguments... arguments) {
    kKernel(arguments...);
#ifdef __AVX__
    _mm256_zeroupper();
#endif
  }
};

extern const Kernels k_table;
const Kernels k_table = {
    INITSCOPE_TEXT(INITSCOPE_SET),
    Clean<Random<Arch>::words>::run,
    Clean<Random<Arch>::uniform>::run,
    Clean<Random<Arch>::normal>::run,
    Clean<Random<Arch>::truncated>::run,
    Clean<Activations<Arch>::activate>::run,
    Clean<Activations<Arch>::activation_gradient>::run,
    Clean<Typed<Arch>::typed>::run,
    Clean<Typed<Arch>::typed_gradient>::run,
    Clean<SparseProducts<Arch>::multiply>::run,
    Clean<Measure<Arch>::powers>::run,
    Clean<Measure<Arch>::slots>::run,
    Clean<Measure<Arch>::activity>::run,
    Clean<orthonormalize>::run,
    Clean<singular_values>::run,
    Clean<singular_vectors>::run,
};

}  // namespace initscope::simd::INITSCOPE_SET
