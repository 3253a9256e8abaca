// Eigen's factorizations, compiled once per instruction set like the kernels, and with fused
// multiply-add where there is one: what they give is promised within a tolerance, not bit for bit.
//
// The linker keeps one copy of an inline function for all sets, and it may be one that this machine
// cannot run; so each set has Eigen under a namespace of its own.
#define INITSCOPE_JOIN_OF(a, b) a##b
#define INITSCOPE_JOIN(a, b) INITSCOPE_JOIN_OF(a, b)
#define Eigen INITSCOPE_JOIN(Eigen_, INITSCOPE_SET)
#include "simd/factor.hpp"

#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <cmath>

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

void singular_values(const double* a, std::size_t rows, std::size_t columns, double* values) {
  const auto n = static_cast<Eigen::Index>(rows), m = static_cast<Eigen::Index>(columns);
  const Eigen::Map<const Eigen::MatrixXd> matrix(a, n, m);
  Eigen::MatrixXd gram(m, m);
  gram.noalias() = matrix.transpose() * matrix;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(gram, Eigen::EigenvaluesOnly);
  for (Eigen::Index i = 0; i < m; ++i) {
    const double square = solver.eigenvalues()(m - 1 - i);
    values[i] = square > 0 ? std::sqrt(square) : 0;
  }
}

void singular_vectors(const double* a, std::size_t size, std::size_t count, double* values,
                      double* left, double* right) {
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const auto n = static_cast<Eigen::Index>(size), k = static_cast<Eigen::Index>(count);
  const Eigen::Map<const RowMajor> matrix(a, n, n);
  const Eigen::MatrixXd gram = matrix.transpose() * matrix;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(gram);
  Eigen::Map<RowMajor> u(left, n, k), v(right, n, k);
  for (Eigen::Index j = 0; j < k; ++j) {
    const Eigen::VectorXd image = matrix * solver.eigenvectors().col(n - 1 - j);
    values[j] = image.norm();
    v.col(j) = solver.eigenvectors().col(n - 1 - j);
    u.col(j) = image / (values[j] > 0 ? values[j] : 1);
  }
}

}  // namespace initscope::simd::INITSCOPE_SET
