// The matrix job.
#include "initscope/matrix.hpp"

#include "checks.hpp"
#include "specs.hpp"

using namespace initscope;
using namespace initscope::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr double k_most_work = 1e6;
  Bytes bytes(data, size);
  const Spec given = spec_of(bytes, matrix_fields());
  MatrixSpec spec;
  if (!fine(read(given, spec), given, matrix_fields())) return 0;
  const Fans& fans = spec.scheme.fans;
  if (work_of(spec) > k_most_work ||
      fans.elements() * std::min(fans.rows(), fans.columns()) > k_most_work)
    return 0;
  MatrixJob job(spec);
  while (job.advance()) require(job.progress() >= 0 && job.progress() <= 1, "progress is a share");
  const MatrixResult& result = job.result();
  require_numbers(result);
  require(result.values.size() == result.rows * result.columns, "a matrix has its elements");
  for (const double value : result.singular_values) require(value >= 0, "none is negative");
  return 0;
}
