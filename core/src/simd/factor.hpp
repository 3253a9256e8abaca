// What factor.cpp defines for each instruction set: see Kernels.
#pragma once

#include <cstddef>

namespace initscope::simd::INITSCOPE_SET {

void orthonormalize(double* a, double* q, std::size_t rows, std::size_t columns);
void singular_values(const double* a, std::size_t rows, std::size_t columns, double* values);
void singular_vectors(const double* a, std::size_t size, std::size_t count, double* values,
                      double* left, double* right);

}  // namespace initscope::simd::INITSCOPE_SET
