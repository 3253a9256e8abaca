// What is said of a tensor: untouched with a certificate alone, and never of one that was changed.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <numeric>

#include "audits.hpp"
#include "initscope/orthogonal.hpp"

using namespace initscope;
using namespace initscope::test;

namespace {

/// A step of training: a part of rank one, as a gradient is.
Floats stepped(Floats values, std::size_t columns, float size) {
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] += size * std::sin(static_cast<float>(i / columns)) *
                 std::cos(static_cast<float>(i % columns) * 0.7F);
  return values;
}

Why why_of(const Shape& shape, const Floats& values) { return audit(shape, values).why; }

}  // namespace

TEST_CASE("Tensors that torch drew are untouched, by their exact law") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const TensorReport linear = audit({64, 32}, torch_uniform(seed, 64 * 32, 1 / std::sqrt(32.0)));
    CHECK(linear.verdict == Verdict::untouched);
    CHECK(linear.certificate == Certificate::lattice);
    CHECK(linear.why == Why::lattice);
    REQUIRE(linear.laws.size() == 1);
    CHECK(linear.laws[0].names[0] == "torch.nn.Linear");
    CHECK(linear.laws[0].distance < 2.8 / std::sqrt(64 * 32.0));
    const TensorReport he = audit({64, 32}, torch_normal(seed, 64 * 32, 0.25));
    CHECK(he.verdict == Verdict::untouched);
    CHECK(he.certificate == Certificate::phase);
    CHECK(has_law(he, "torch.nn.init.kaiming_normal_(nonlinearity='relu')"));
  }
}

TEST_CASE("A step of any size takes the certificate away") {
  for (const float size : {1e-6F, 1e-4F, 1e-2F}) {
    const auto uniform = stepped(torch_uniform(1, 64 * 32, 0.125), 32, size);
    CHECK(audit({64, 32}, uniform).certificate == Certificate::none);
    CHECK(audit({64, 32}, uniform).verdict != Verdict::untouched);
  }
  for (const float size : {1e-4F, 1e-2F})
    CHECK(audit({64, 32}, stepped(torch_normal(1, 64 * 32, 0.25), 32, size)).verdict !=
          Verdict::untouched);
}

TEST_CASE("Other generators are consistent with a law and never untouched") {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const Shape shape = {48, 32};
    const double glorot = std::sqrt(6.0 / 80);
    const TensorReport reports[] = {
        audit(shape, own_uniform(seed, 48 * 32, static_cast<float>(glorot))),
        audit(shape, own_normal(seed, 48 * 32, 0.25F)),
        audit(shape, own_truncated(seed, 48 * 32, 0.25 / 0.87962566103423978))};
    CHECK(has_law(reports[0], "keras.layers.Dense"));
    CHECK(has_law(reports[1], "torch.nn.init.kaiming_normal_(nonlinearity='relu')"));
    CHECK(has_law(reports[2], "keras.initializers.HeNormal"));
    for (const TensorReport& report : reports) {
      CAPTURE(seed, name_of(report.why));
      CHECK(report.verdict == Verdict::consistent);
      CHECK(report.why == Why::few_values);
      CHECK(report.certificate == Certificate::none);
    }
  }
  CHECK(audit({256, 128}, own_normal(1, 256 * 128, 0.125F)).why == Why::no_certificate);
  for (const StoredType type : {StoredType::f16, StoredType::bf16}) {
    const TensorReport half =
        audit(tensor_of("a.weight", {64, 64}, type), torch_uniform(4, 64 * 64, 0.125));
    CHECK(half.verdict == Verdict::consistent);
    CHECK(half.why == Why::sixteen_bits);
    CHECK(half.laws[0].names[0] == "torch.nn.Linear");
  }
}

TEST_CASE("float32 values in binary64 keep their certificate, others have none") {
  const StoredTensor tensor = tensor_of("a.weight", {64, 64}, StoredType::f64);
  const Floats values = torch_uniform(4, 64 * 64, 0.125);
  CHECK(audit(tensor, values).certificate == Certificate::lattice);
  std::vector<double> wide(values.begin(), values.end());
  wide[100] *= 1 + 1e-12;
  TensorAudit streamed(tensor);
  streamed.add(std::as_bytes(std::span(wide)));
  CHECK(streamed.finish().certificate == Certificate::none);
}

TEST_CASE("What has no law or is not independent is not at initialization") {
  Floats scaled = own_normal(1, 64 * 64, 0.31415F);
  CHECK(why_of({64, 64}, scaled) == Why::no_law);
  const Floats learned = stepped(own_normal(2, 128 * 128, 0.125F), 128, 0.05F);
  const TensorReport report = audit({128, 128}, learned);
  CHECK(report.verdict == Verdict::not_at_init);
  CHECK(report.structure.edge > 4);
}

TEST_CASE("Trivial contents are named") {
  CHECK(why_of({8, 8}, Floats(64, 0)) == Why::zeros);
  CHECK(why_of({64}, Floats(64, 1)) == Why::ones);
  CHECK(why_of({8, 8}, Floats(64, 0.1F)) == Why::constant);
  CHECK(why_of({1}, {1}) == Why::ones);
  CHECK(why_of({1}, {0.3F}) != Why::constant);
  Floats eye(6 * 4, 0), dirac(4 * 2 * 3, 0), gate(32, 0), levels(64);
  for (std::size_t i = 0; i < 4; ++i) eye[i * 4 + i] = 0.5F;
  for (std::size_t o = 0; o < 4; ++o) dirac[(o * 2 + o % 2) * 3 + 1] = 1;  // two groups
  std::fill(gate.begin() + 8, gate.begin() + 16, 1.0F);
  for (std::size_t i = 0; i < 64; ++i) levels[i] = static_cast<float>(i % 3) - 1;
  CHECK(why_of({6, 4}, eye) == Why::identity);
  CHECK(why_of({4, 2, 3}, dirac) == Why::dirac);
  CHECK(why_of({32}, gate) == Why::forget_gate);
  CHECK(why_of({8, 8}, levels) == Why::atoms);
  // Controls: nearly so.
  eye[1] = 0.5F;
  dirac[0] = 1;
  std::swap(gate[8], gate[0]);
  CHECK(why_of({6, 4}, eye) == Why::atoms);
  CHECK(why_of({4, 2, 3}, dirac) == Why::atoms);
  CHECK(why_of({32}, gate) == Why::atoms);
  levels[0] = 0.123F;
  CHECK(why_of({8, 8}, levels) != Why::atoms);
}

TEST_CASE("Numbers that nobody draws are not judged") {
  const Floats values = torch_uniform(1, 64, 0.125);
  const auto why = [&](const char* name, Storage storage = Storage::floats) {
    StoredTensor tensor = tensor_of(name, {64});
    tensor.storage = storage;
    const TensorReport report = audit(tensor, values);
    return report.verdict == Verdict::not_judged ? name_of(report.why) : "judged";
  };
  CHECK(why("optimizer.state.0.exp_avg") == "optimizer_state");
  CHECK(why("state.3.momentum_buffer") == "optimizer_state");
  CHECK(why("bn1.running_var") == "running_statistics");
  CHECK(why("layer.weight", Storage::integers) == "integers");
  CHECK(why("layer.weight", Storage::quantized) == "quantized");
  CHECK(why("layer.weight") == "judged");
}

TEST_CASE("A padding row changes nothing, rows that were trained take the certificate") {
  Floats table = torch_normal(11, 400 * 32, 1);
  Floats padded = table;
  std::fill(padded.begin(), padded.begin() + 32, 0.0F);
  CHECK(audit({400, 32}, padded).certificate == Certificate::phase);
  CHECK(has_law(audit({400, 32}, padded), "torch.nn.Embedding"));
  for (std::size_t row = 0; row < 400; ++row)
    if (row % 10 < 3)  // 120 of 400 rows
      for (std::size_t j = 0; j < 32; ++j)
        table[row * 32 + j] *= 0.9F + 0.01F * static_cast<float>(j);
  CHECK(audit({400, 32}, table).certificate == Certificate::none);
  // Its beginning untouched, its end trained.
  Floats half = torch_normal(12, 2048 * 32, 1);
  for (std::size_t i = half.size() / 2; i < half.size(); ++i)
    half[i] += 0.01F * static_cast<float>(i % 5);
  CHECK(audit({2048, 32}, half).certificate == Certificate::none);
}

TEST_CASE("Orthogonal matrices are a law of their own") {
  Floats matrix(24 * 16);
  const Stream words(3, {});
  draw_orthogonal(Draw(words, 0), 24, 16, 1.5, matrix);
  const TensorReport report = audit({24, 16}, matrix);
  CHECK(report.verdict == Verdict::consistent);
  REQUIRE(report.laws.size() == 1);
  CHECK(report.laws[0].shape == LawShape::orthogonal);
  CHECK(std::abs(report.laws[0].bound - 1.5) < 1e-5);
  matrix[5] += 0.01F;
  CHECK_FALSE(has_law(audit({24, 16}, matrix), "torch.nn.init.orthogonal_"));
}

TEST_CASE("Every verdict and reason has its name") {
  CHECK(name_of(Certificate::stream) == "stream");
  CHECK(name_of(Verdict::not_judged) == "not_judged");
  CHECK(name_of(Why::stream) == "stream");
  CHECK(name_of(Why::rows_trained) == "rows_trained");
  CHECK(name_of(Why::forget_gate) == "forget_gate");
  CHECK(name_of(Why::tied) == "tied");
  CHECK(name_of(LawShape::orthogonal) == "orthogonal");
  CHECK(name_of(Severity::error) == "error");
}
