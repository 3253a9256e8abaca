#include "initscope/matrix.hpp"

#include <algorithm>

#include "distribution/tensor_fields.hpp"

namespace initscope {

std::span<const Field> matrix_fields() {
  static const std::vector<Field> fields = tensor_fields(1, {});
  return fields;
}

Issues read(const Spec& spec, MatrixSpec& out) {
  TableReader table(spec, matrix_fields());
  read_tensor(table, k_most_matrix, out);
  return table.finish();
}

struct MatrixJob::State {
  MatrixSpec spec;
  MatrixResult result;
  int steps = 0;

  explicit State(const MatrixSpec& of) : spec(of) {
    const SchemeSpec& scheme = spec.scheme;
    result.law = scheme.law(scheme.fans, result.facts);
    result.shape = spec.shape;
    result.rows = static_cast<std::size_t>(scheme.fans.rows());
    result.columns = static_cast<std::size_t>(scheme.fans.columns());
  }

  void draw() noexcept {
    InitializeSpec whole{spec, {spec.scheme.purpose()}};
    whole.count = result.rows * result.columns;
    result.values.resize(whole.count);
    initialize(whole, result.values);
  }

  void factor() {
    if (static_cast<double>(std::min(result.rows, result.columns)) > k_most_spectrum) return;
    result.singular_values = singular_values(result.values, result.rows, result.columns);
    const double variance = result.law.variance();
    // Elements with a mean have one outlier and the same law for the rest.
    if (spec.scheme.scheme->draw != nullptr || !(variance > 0)) return;
    constexpr int k_points = 201;
    const MarchenkoPastur law(variance, static_cast<double>(result.rows),
                              static_cast<double>(result.columns));
    for (int i = 0; i < k_points; ++i) {
      const double s = law.lowest() + (law.highest() - law.lowest()) * i / (k_points - 1);
      result.theory_x.push_back(s);
      result.theory.push_back(law.pdf(s));
    }
  }
};

MatrixJob::MatrixJob(const MatrixSpec& spec) : state_(std::make_unique<State>(spec)) {}
MatrixJob::~MatrixJob() = default;

bool MatrixJob::advance() noexcept {
  if (state_->steps == 0) state_->draw();
  if (state_->steps == 1) state_->factor();
  return ++state_->steps < 2;
}

double MatrixJob::progress() const noexcept { return std::min(1.0, state_->steps / 2.0); }

const MatrixResult& MatrixJob::result() const noexcept { return state_->result; }

}  // namespace initscope
