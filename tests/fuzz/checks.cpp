#include "checks.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace initscope::fuzz {
namespace {

/// Whether a field of this name is in the tables, or a scheme's parameter, or a field of a layer.
bool is_known(std::string_view name, std::span<const Field> fields) {
  return std::any_of(fields.begin(), fields.end(), [name](const Field& field) {
    const std::string_view id = field.id;
    return name == id || (field.kind == Kind::scheme && name.size() > id.size() &&
                          name.starts_with(id) && name[id.size()] == '.');
  });
}

}  // namespace

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

bool fine(const Issues& issues, const Spec& spec, std::span<const Field> fields) {
  constexpr std::size_t k_most_sentence = 4000;
  for (const Issue& issue : issues) {
    require(is_known(issue.field, fields) || spec.find(issue.field) != nullptr,
            "an issue names a field that there is, or that was given");
    require(issue.value.size() <= k_most_shown + 3, "an issue's value is bounded");
    require(!issue.allowed.empty(), "an issue says what is allowed");
    const std::string said = describe(issue);
    require(!said.empty() && said.size() < k_most_sentence, "an issue's sentence is bounded");
  }
  return issues.empty();
}

void require_finite(double value, const char* what) { require(std::isfinite(value), what); }

void require_finite(std::span<const float> values, const char* what) {
  for (const float value : values) require(std::isfinite(value), what);
}

double work_of(const TensorSpec& spec) {
  const Fans& fans = spec.scheme.fans;
  const double elements = fans.elements();
  if (elements == 0) return 0;
  if (spec.scheme.scheme->draw == nullptr && spec.generator == Generator::torch)
    return elements * spec.scheme.law(fans).torch_rounds(elements);
  if (spec.scheme.scheme->exact) return elements * std::sqrt(elements);
  return elements * std::min(fans.rows(), fans.columns());
}

}  // namespace initscope::fuzz
