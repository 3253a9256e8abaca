// What qr.cpp defines for each instruction set.
#pragma once

#include <cstddef>

#define INITSCOPE_DECLARE_QR(set)                                                   \
  namespace initscope::simd::set {                                                  \
  /* See Kernels::orthonormalize. */                                                \
  void orthonormalize(double* a, double* q, std::size_t rows, std::size_t columns); \
  }
INITSCOPE_DECLARE_QR(INITSCOPE_SET)
#undef INITSCOPE_DECLARE_QR
