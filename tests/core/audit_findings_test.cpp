// What is wrong with tensors, and what is not.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "audits.hpp"

using namespace initscope;
using namespace initscope::test;

namespace {

/// The ids of all findings, in order.
std::string ids(const TensorReport& report) {
  std::string out;
  for (const Finding& one : report.findings) out += (out.empty() ? "" : " ") + one.id;
  return out;
}

TensorReport named(const char* name, const Shape& shape, const Floats& values,
                   Layout layout = Layout::torch) {
  return audit(tensor_of(name, shape, StoredType::f32, layout), values);
}

}  // namespace

TEST_CASE("Nothing is found in tensors as they should be") {
  CHECK(ids(audit({64, 32}, torch_uniform(1, 64 * 32, 1 / std::sqrt(32.0)))).empty());
  CHECK(ids(audit({32, 64}, torch_normal(1, 64 * 32, 1 / std::sqrt(32.0)))).empty());
  CHECK(ids(audit({64}, Floats(64, 0))).empty());
  CHECK(ids(named("block.norm.weight", {8, 8}, Floats(64, 1))).empty());
  CHECK(ids(named("layers.0.lora_B.weight", {64, 8}, Floats(512, 0))).empty());
}

TEST_CASE("NaN and infinities are errors, with the first place") {
  Floats values = torch_uniform(1, 64 * 32, 0.125);
  values[70] = std::numeric_limits<float>::infinity();
  values[80] = std::nanf("");
  const TensorReport report = audit({64, 32}, values);
  const Finding* found = finding(report, "nonfinite");
  REQUIRE(found != nullptr);
  CHECK(found->severity == Severity::error);
  CHECK(found->number == 2);
  CHECK(found->place == "70");
  CHECK(report.findings[0].id == "nonfinite");
}

TEST_CASE("Matrices of zeros and of a constant") {
  CHECK(ids(named("fc.weight", {16, 8}, Floats(128, 0))) == "zeros");
  const TensorReport constant = named("fc.weight", {16, 8}, Floats(128, 0.1F));
  CHECK(ids(constant) == "constant");
  CHECK(constant.findings[0].severity == Severity::error);
  CHECK(std::abs(constant.findings[0].number - 0.1) < 1e-7);
}

TEST_CASE("Dead and duplicate units, by rows in PyTorch's layout, by columns in Keras's") {
  Floats rows = own_normal(2, 16 * 12, 0.1F);
  std::copy(rows.begin() + 24, rows.begin() + 36, rows.begin() + 60);  // 2 to 5
  std::fill(rows.begin() + 108, rows.begin() + 120, 0.0F);             // 9
  Floats columns(rows.size());
  for (std::size_t i = 0; i < 16; ++i)
    for (std::size_t j = 0; j < 12; ++j) columns[j * 16 + i] = rows[i * 12 + j];
  for (const TensorReport& report :
       {named("fc.weight", {16, 12}, rows), named("fc/kernel", {12, 16}, columns, Layout::keras)}) {
    REQUIRE(finding(report, "duplicate_rows") != nullptr);
    CHECK(finding(report, "duplicate_rows")->number == 1);
    CHECK(finding(report, "duplicate_rows")->place == "2, 5");
    REQUIRE(finding(report, "dead_rows") != nullptr);
    CHECK(finding(report, "dead_rows")->number == 1);
    CHECK(finding(report, "dead_rows")->place == "9");
    CHECK(finding(report, "dead_rows")->severity == Severity::warning);
  }
  CHECK(named("tok.embedding.weight", {16, 12}, rows).findings[0].severity == Severity::note);
  rows[60] += 1e-6F;
  CHECK(finding(named("fc.weight", {16, 12}, rows), "duplicate_rows") == nullptr);
}

TEST_CASE("Few bits a row are no duplicates: they coincide by chance") {
  Floats signs = own_normal(2, 512 * 2, 1);
  const StoredTensor thin = tensor_of("dw.weight", {512, 1, 2}, StoredType::bf16);
  for (float& value : signs) value = std::round(value * 8) / 8;
  CHECK(finding(audit(thin, signs), "duplicate_rows") == nullptr);
}

TEST_CASE("A std by fan_out where fan_in was meant") {
  const TensorReport wrong = audit({128, 32}, torch_normal(9, 128 * 32, std::sqrt(2.0 / 128)));
  REQUIRE(finding(wrong, "wrong_fan") != nullptr);
  CHECK(finding(wrong, "wrong_fan")->number == 0.5);
  CHECK(finding(wrong, "wrong_fan")->severity == Severity::warning);
  CHECK(finding(audit({128, 32}, torch_normal(9, 128 * 32, 0.25)), "wrong_fan") == nullptr);
  CHECK(finding(audit({64, 64}, torch_normal(9, 64 * 64, std::sqrt(2.0 / 64))), "wrong_fan") ==
        nullptr);
  const double conv = std::sqrt(2.0 / (64 * 9));
  const TensorReport note = audit({64, 16, 3, 3}, torch_normal(9, 64 * 16 * 9, conv));
  REQUIRE(finding(note, "wrong_fan") != nullptr);
  CHECK(finding(note, "wrong_fan")->severity == Severity::note);
}

TEST_CASE("A cut that is not made up for") {
  const auto of = [](double std) { return audit({128, 64}, own_truncated(3, 128 * 64, std)); };
  const double he = std::sqrt(2.0 / 64);
  REQUIRE(finding(of(he), "truncation") != nullptr);
  CHECK(std::abs(finding(of(he), "truncation")->number - 0.8796) < 1e-4);
  CHECK(finding(of(he / 0.87962566103423978), "truncation") == nullptr);
}

TEST_CASE("Values that binary16 loses are a note in float32 and a warning in binary16") {
  const Floats tiny = own_normal(4, 64 * 64, 1e-6F);
  const TensorReport note = audit({64, 64}, tiny);
  REQUIRE(finding(note, "underflow_f16") != nullptr);
  CHECK(finding(note, "underflow_f16")->severity == Severity::note);
  const TensorReport half = audit(tensor_of("w", {64, 64}, StoredType::f16), tiny);
  CHECK(finding(half, "underflow_f16") == nullptr);
  REQUIRE(finding(half, "subnormal_f16") != nullptr);
  CHECK(finding(half, "subnormal_f16")->severity == Severity::warning);
  CHECK(finding(audit({64, 64}, own_normal(4, 64 * 64, 0.1F)), "subnormal_f16") == nullptr);
}
