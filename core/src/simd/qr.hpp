// What qr.cpp defines for each instruction set.
#pragma once

#include <cstddef>

#define INITSCOPE_DECLARE_QR(set)                                                    \
  namespace initscope::simd::set {                                                   \
  /* `a`, column by column with rows >= columns, becomes Q; R's diagonal is >= 0. */ \
  void orthonormalize(double* a, std::size_t rows, std::size_t columns);             \
  }
INITSCOPE_DECLARE_QR(INITSCOPE_SET)
#undef INITSCOPE_DECLARE_QR
