// The matrix job: one tensor as a matrix, with its singular values.
#pragma once

#include <memory>

#include "initscope/schemes.hpp"
#include "initscope/spectrum.hpp"

namespace initscope {

/// Most elements of a matrix that is looked at: 16 MB.
inline constexpr double k_most_matrix = 4194304;
/// Largest smaller side of one whose singular values are taken: 2 s in a browser.
inline constexpr double k_most_spectrum = 1024;

struct MatrixSpec {
  SchemeSpec scheme;
  Shape shape;
  Generator generator = Generator::initscope;
  std::uint64_t seed = 0;
};

/// Fields "scheme" with its parameters, "shape", the layout fields, "generator", "seed".
std::span<const Field> matrix_fields();

Issues read(const Spec& spec, MatrixSpec& out);

struct MatrixResult {
  Law law;
  Facts facts;
  Shape shape;
  std::size_t rows = 0, columns = 0;    ///< of the matrix: see Fans
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
  bool advance() noexcept;
  double progress() const noexcept;
  const MatrixResult& result() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace initscope
