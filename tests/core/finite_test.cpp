// No request that is admitted is answered by what is no number.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <random>

#include "result_numbers.hpp"
#include "scheme_cases.hpp"

using namespace initscope;

namespace {

/// Choices for specs: of a field, its ends, its default and what lies between.
class Choices {
 public:
  explicit Choices(std::uint32_t seed) : engine_(seed) {}

  std::size_t below(std::size_t n) { return engine_() % n; }

  double number(const Field& field) {
    const double between = static_cast<double>(engine_()) / 4294967296.0;
    const double special[] = {field.min,
                              field.max,
                              *std::get_if<double>(&field.fallback),
                              std::min(field.max, std::max(field.min, 1e-6)),
                              field.min + (field.max - field.min) * between,
                              std::min(field.max, std::max(field.min, 2 * between))};
    const double chosen = special[below(std::size(special))];
    return field.kind == Kind::integer ? std::floor(chosen) : chosen;
  }

  Value value(const Field& field) {
    if (field.kind == Kind::choice) return field.choices[below(field.choices.size())];
    return number(field);
  }

  Spec tensor(const Scheme& scheme) {
    const auto rank = static_cast<std::size_t>(scheme.least_rank) +
                      below(static_cast<std::size_t>(scheme.most_rank - scheme.least_rank) + 1);
    std::vector<double> shape;
    for (std::size_t i = 0; i < std::min<std::size_t>(rank, 5); ++i)
      shape.push_back(1 + static_cast<double>(below(i < 2 ? 12 : 3)));
    if (shape.empty()) shape = {1};
    Spec spec{{"scheme", scheme.id},
              {"shape", shape},
              {"layout", below(2) == 0 ? "torch" : "keras"},
              {"generator", below(2) == 0 ? "torch" : "initscope"}};
    for (const Field& field : scheme.fields)
      if (below(2) == 0) spec.set(std::string("scheme.") + field.id, value(field));
    return spec;
  }

 private:
  std::mt19937 engine_;
};

std::string text_of(const Spec& spec) {
  std::string text;
  for (const auto& [name, value] : spec) {
    text += name + '=';
    if (const auto* number = std::get_if<double>(&value)) text += to_text(*number);
    if (const auto* word = std::get_if<std::string>(&value)) text += *word;
    if (const auto* list = std::get_if<std::vector<double>>(&value))
      for (const double extent : *list) text += to_text(extent) + ',';
    text += ' ';
  }
  return text;
}

}  // namespace

TEST_CASE("Distributions and matrices of any scheme and parameters are of numbers") {
  constexpr double k_most_rounds = 1000;  // a law's far tail, which the torch generator rejects
  std::size_t distributions = 0, matrices = 0;
  for (const Scheme& scheme : schemes()) {
    if (!test::draws_tensors(scheme)) continue;
    Choices choices(7);
    std::size_t admitted = 0;
    for (int i = 0; i < 150; ++i) {
      Spec spec = choices.tensor(scheme);
      std::size_t wrong = 0;
      std::string first;
      const auto see = [&](const char* name, double value) {
        if (!std::isfinite(value) && wrong++ == 0) first = name;
      };
      MatrixSpec matrix;
      if (!read(spec, matrix).empty()) continue;
      INFO(text_of(spec));
      if (matrix.scheme.law().torch_rounds(matrix.scheme.fans.elements()) > k_most_rounds) continue;
      ++admitted;
      MatrixJob looked(matrix);
      while (looked.advance()) {
      }
      test::see_numbers(looked.result(), see);
      ++matrices;
      spec.set("samples", 60);
      DistributionSpec distribution;
      REQUIRE(read(spec, distribution).empty());
      DistributionJob drawn(distribution);
      while (drawn.advance()) {
      }
      test::see_numbers(drawn.result(), see);
      ++distributions;
      INFO(first);
      CHECK(wrong == 0);
    }
    INFO(scheme.id);
    CHECK(admitted > 5);
  }
  CHECK(matrices > 2000);
  CHECK(distributions == matrices);
}
