// Singular values of a weight matrix, and what they are for a large random one.
#pragma once

#include <span>
#include <vector>

namespace initscope {

/// Singular values of a rows x columns matrix, row-major, in descending order: roots of the
/// eigenvalues of the smaller Gram matrix, in double by Eigen. Absolute error below 1e-7 of the
/// largest. `matrix` holds exactly rows * columns finite elements, any alignment; another size is
/// undefined. Cost: about min^2 (max + 4/3 min) multiplications, a step that is not divided;
/// memory: 8 bytes an element and 16 min^2.
std::vector<double> singular_values(std::span<const float> matrix, std::size_t rows,
                                    std::size_t columns);

/// The k leading singular triplets of a square matrix A = U S V^T, row-major.
struct SingularVectors {
  std::vector<double> values;       ///< k, descending
  std::vector<double> left, right;  ///< n x k, row-major; the sign of a pair is arbitrary
};
/// `matrix` holds exactly n * n finite elements, row-major, any alignment; 1 <= k <= n. By the
/// eigenvectors of A^T A, in double by Eigen.
SingularVectors leading_singular_vectors(std::span<const double> matrix, std::size_t n,
                                         std::size_t k);

/// Marchenko and Pastur's law for the singular values of a rows x columns matrix of independent
/// entries of mean 0 and this variance: where their density lies, and the density of one of the
/// min(rows, columns) of them. Marchenko and Pastur 1967; x = s^2 substituted.
class MarchenkoPastur {
 public:
  MarchenkoPastur(double variance, double rows, double columns) noexcept;
  /// Ends of the support.
  double lowest() const noexcept { return lowest_; }
  double highest() const noexcept { return highest_; }
  /// Density at s; 0 at the ends and beyond.
  double pdf(double s) const noexcept;

 private:
  double variance_, small_, lowest_, highest_;
};

}  // namespace initscope
