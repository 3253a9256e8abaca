// Schemes as callers ask for them: read from a spec, checked against a tensor, and drawn.
#include <algorithm>
#include <cmath>
#include <string>

#include "initscope/schemes.hpp"
#include "requests/fields.hpp"
#include "schemes/expressions.hpp"

namespace initscope {

SchemeSpec read_scheme(SpecReader& reader, const Field& field) {
  std::vector<const char*> ids;
  for (const Scheme& scheme : schemes())
    for (const char* use : scheme.uses)
      if (std::any_of(field.choices.begin(), field.choices.end(),
                      [use](const char* allowed) { return std::string_view(use) == allowed; }) &&
          (ids.empty() || ids.back() != scheme.id))
        ids.push_back(scheme.id);
  Field among_ids = field;
  among_ids.choices = ids;
  SchemeSpec spec;
  spec.scheme = find_scheme(reader.text(among_ids));
  const std::string prefix = std::string(field.id) + ".";
  spec.parameters = reader.all(spec.scheme->fields, prefix);
  if (spec.scheme->check != nullptr) spec.scheme->check(spec.parameters, prefix, reader);
  return spec;
}

void SchemeSpec::fill(const Fans& of, const Stream& stream, std::span<float> out,
                      std::uint64_t first) const noexcept {
  if (scheme->draw == nullptr) return law(of).fill(stream, out, first);
  const auto size = static_cast<std::size_t>(of.elements());
  std::vector<float> whole;
  while (!out.empty()) {
    const Draw draw(stream, first / size);
    const auto skip = static_cast<std::size_t>(first % size);
    const std::size_t count = std::min(size - skip, out.size());
    if (count == size) {
      scheme->draw(*this, of, draw, out.first(size));
    } else {
      whole.resize(size);
      scheme->draw(*this, of, draw, whole);
      std::copy_n(whole.begin() + static_cast<std::ptrdiff_t>(skip), count, out.begin());
    }
    out = out.subspan(count);
    first += count;
  }
}

void SchemeSpec::fill(const Fans& of, TorchGenerator& generator, std::span<float> out,
                      PartOfTensor part) const noexcept {
  if (part.total == 0) return;
  if (scheme->draw == nullptr) return law(of).fill(generator, out, part);
  if (out.size() == part.total) return scheme->draw(*this, of, Draw(generator), out);
  std::vector<float> whole(static_cast<std::size_t>(part.total));
  scheme->draw(*this, of, Draw(generator), whole);
  std::copy_n(whole.begin() + static_cast<std::ptrdiff_t>(part.first), out.size(), out.begin());
}

double SchemeSpec::scratch(const Fans& of, Generator generator, bool part) const noexcept {
  const double elements = of.elements();
  if (elements == 0) return 0;
  if (scheme->draw == nullptr)
    return generator == Generator::torch ? law(of).torch_scratch(elements, part) : 0;
  return (part ? sizeof(float) * elements : 0) +
         (scheme->scratch == nullptr ? 0 : scheme->scratch(*this, of));
}

void check_memory(double bytes, const char* field, SpecReader& reader) {
  constexpr double k_megabyte = 1048576;
  if (bytes > k_most_memory)
    reader.note(field, Reason::too_many,
                to_text(k_most_memory / k_megabyte) + " MB of memory, and this takes " +
                    to_text(std::ceil(bytes / k_megabyte)));
}

void check_tensor(const SchemeSpec& spec, const Fans& fans, Generator generator, const char* field,
                  SpecReader& reader) {
  const Scheme& scheme = *spec.scheme;
  if (fans.rank < scheme.least_rank || fans.rank > scheme.most_rank) {
    const auto least = static_cast<double>(scheme.least_rank),
               most = static_cast<double>(scheme.most_rank);
    return reader.note(field, Reason::not_of_rank,
                       least == most ? to_text(least) : to_text(least) + ".." + to_text(most),
                       to_text(fans.rank));
  }
  if (scheme.fits != nullptr) scheme.fits(spec, fans, field, reader);
  if (generator != Generator::torch || fans.elements() == 0) return;
  const double rounds = spec.law(fans).torch_rounds(fans.elements());
  if (2 * rounds * fans.elements() > k_most_torch_words)
    reader.note(field, Reason::too_many,
                to_text(k_most_torch_words) + " words of the torch generator, which rejects");
}

const Field& generator_field() noexcept {
  static constexpr const char* k_generators[] = {"initscope", "torch"};
  static const Field field = choice_field("generator", "initscope", k_generators);
  return field;
}

Generator read_generator(SpecReader& reader) {
  return reader.text(generator_field()) == "torch" ? Generator::torch : Generator::initscope;
}

void check_stream_part(Generator generator, double value, const char* field, SpecReader& reader) {
  if (generator == Generator::torch && value != 0)
    reader.note(field, Reason::not_with, "generator = torch");
}

const Field& negative_slope_field() noexcept {
  static const Field field = number_field("negative_slope", 0.01, {-10, 10}, "a");
  return field;
}

const Field& omega_0_field() noexcept {
  static const Field field = number_field("omega_0", 1, {0.01, 1000}, R"(\omega_0)");
  return field;
}

const Field& expression_field() noexcept {
  static const Field field = text_field("expression", "z*sigmoid(z)",
                                        static_cast<double>(k_most_expression), R"(\phi(z))");
  return field;
}

ActivationSpec read_activation(SpecReader& reader, const Field& name, Expression& expression) {
  ActivationSpec activation;
  activation.id = static_cast<Activation>(reader.choice(name));
  activation.negative_slope = static_cast<float>(reader.number(negative_slope_field()));
  activation.omega_0 = static_cast<float>(reader.number(omega_0_field()));
  const std::string text = reader.text(expression_field());
  expression = {};
  if (activation.id == Activation::typed) {
    expression = read_expression(reader, text, expression_field().id);
    activation.program = expression.activation().program;
  }
  return activation;
}

}  // namespace initscope
