// Eigen's QR, compiled once per instruction set like the kernels, and with fused multiply-add where
// there is one: orthogonal matrices are promised within a tolerance, not bit for bit.
//
// The linker keeps one copy of an inline function for all sets, and it may be one that this machine
// cannot run; so each set has Eigen under a namespace of its own.
#define INITSCOPE_JOIN_OF(a, b) a##b
#define INITSCOPE_JOIN(a, b) INITSCOPE_JOIN_OF(a, b)
#define Eigen INITSCOPE_JOIN(Eigen_, INITSCOPE_SET)
#include "simd/qr.hpp"

#include <Eigen/QR>

namespace initscope::simd::INITSCOPE_SET {

void orthonormalize(double* a, double* q, std::size_t rows, std::size_t columns) {
  const auto n = static_cast<Eigen::Index>(rows), m = static_cast<Eigen::Index>(columns);
  Eigen::Map<Eigen::MatrixXd> matrix(a, n, m), result(q, n, m);
  const Eigen::HouseholderQR<Eigen::Ref<Eigen::MatrixXd>> qr(matrix);  // in place
  Eigen::VectorXd workspace(m);
  result.setIdentity();
  // Only a square identity lets Eigen leave out the products with zeros.
  qr.householderQ().applyThisOnTheLeft(result, workspace, n == m);
  for (Eigen::Index j = 0; j < m; ++j)
    if (matrix(j, j) < 0) result.col(j) = -result.col(j);
}

}  // namespace initscope::simd::INITSCOPE_SET
