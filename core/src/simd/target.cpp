// Compiled once per instruction set: INITSCOPE_SET names it, INITSCOPE_ARCH is xsimd's type.
//
// What is emitted here may use that set's instructions, and the linker keeps one copy of an inline
// function for all: so kernels are templates on the architecture, and call no other inline function
// that the optimizer might leave as a call.
#include "simd/activations.hpp"
#include "simd/measure.hpp"
#include "simd/product.hpp"
#include "simd/qr.hpp"
#include "simd/random.hpp"

#define INITSCOPE_TEXT_OF(x) #x
#define INITSCOPE_TEXT(x) INITSCOPE_TEXT_OF(x)

namespace initscope::simd::INITSCOPE_SET {

using Arch = xsimd::INITSCOPE_ARCH;

extern const Kernels k_table;
const Kernels k_table = {
    INITSCOPE_TEXT(INITSCOPE_SET),
    Random<Arch>::words,
    Random<Arch>::uniform,
    Random<Arch>::normal,
    Random<Arch>::truncated,
    Activations<Arch>::activate,
    Activations<Arch>::activation_gradient,
    Products<Arch>::multiply,
    Measure<Arch>::powers,
    Measure<Arch>::slots,
    Measure<Arch>::activity,
    orthonormalize,
};

}  // namespace initscope::simd::INITSCOPE_SET
