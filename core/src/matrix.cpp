#include "initscope/matrix.hpp"

#include <algorithm>

namespace initscope {

std::span<const Field> matrix_fields() {
  static constexpr const char* k_uses[] = {"weight", "bias", "kernel"};
  static const Field fields[] = {
      {"scheme", Kind::scheme, std::string("kaiming_normal"), 0, 0, k_uses},
      {"shape", Kind::shape, std::vector<double>{512, 512}, 1, k_most_extent},
      layout_fields()[0],
      layout_fields()[1],
      layout_fields()[2],
      layout_fields()[3],
      generator_field(),
      {"seed", Kind::seed, std::string("0")},
  };
  return fields;
}

Issues read(const Spec& spec, MatrixSpec& out) {
  const auto fields = matrix_fields();
  SpecReader reader(spec);
  out.scheme = read_scheme(reader, fields[0]);
  out.shape = reader.shape(fields[1], k_most_matrix);
  out.scheme.fans = read_fans(reader, out.shape, *out.scheme.scheme);
  out.generator = read_generator(reader);
  check_tensor(out.scheme, out.scheme.fans, out.generator, "shape", reader);
  out.seed = reader.seed(fields[7]);
  return reader.finish();
}

struct MatrixJob::State {
  MatrixSpec spec;
  MatrixResult result;
  int steps = 0;

  explicit State(const MatrixSpec& of) : spec(of) {
    const SchemeSpec& scheme = spec.scheme;
    result.law = scheme.scheme->law(scheme, scheme.fans, result.facts);
    result.shape = spec.shape;
    result.rows = static_cast<std::size_t>(scheme.fans.rows());
    result.columns = static_cast<std::size_t>(scheme.fans.columns());
  }

  void draw() {
    const SchemeSpec& scheme = spec.scheme;
    result.values.resize(result.rows * result.columns);
    if (spec.generator == Generator::torch) {
      TorchGenerator generator(spec.seed);
      scheme.fill(scheme.fans, generator, result.values);
    } else {
      scheme.fill(scheme.fans, Stream(spec.seed, {scheme.purpose(), 0, 0}), result.values);
    }
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
