// The matrix job: one tensor as a matrix, with its singular values.
#pragma once

#include <memory>

#include "initscope/spectrum.hpp"
#include "initscope/tensor.hpp"

namespace initscope {

/// Most elements of a matrix that is looked at: 16 MB.
inline constexpr double k_most_matrix = 4194304;
/// Largest smaller side of one whose singular values are taken: 2 s in a browser.
inline constexpr double k_most_spectrum = 1024;

struct MatrixSpec : TensorSpec {};

/// A tensor's fields: static memory.
std::span<const Field> matrix_fields();

/// What is wrong with the spec; `out` is usable only if that is nothing.
Issues read(const Spec& spec, MatrixSpec& out);

struct MatrixResult {
  Law law;
  Facts facts;
  Shape shape;
  std::size_t rows = 0, columns = 0;    ///< the matrix's: see Fans
  std::vector<float> values;            ///< row-major
  std::vector<double> singular_values;  ///< descending; empty beyond `k_most_spectrum`
  /// Marchenko and Pastur's density over its support, for independent elements of the law's
  /// variance; empty where elements depend on one another or have no variance.
  std::vector<double> theory_x, theory;
};

/// Draws, then factors: two steps, of which the second may take seconds.
class MatrixJob {
 public:
  explicit MatrixJob(const MatrixSpec& spec);
  ~MatrixJob();
  /// One step; true while there is more to do.
  bool advance() noexcept;
  /// Share done, 0 to 1.
  double progress() const noexcept;
  /// Complete once `advance` has returned false.
  const MatrixResult& result() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace initscope
