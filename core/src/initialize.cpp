// Schemes as callers ask for them: read from a spec, checked, and drawn.
#include <algorithm>
#include <string>

#include "initscope/schemes.hpp"

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
    const std::uint64_t number = first / size;
    const auto skip = static_cast<std::size_t>(first % size);
    const std::size_t count = std::min(size - skip, out.size());
    if (count == size) {
      scheme->draw(*this, of, stream, number, out.first(size));
    } else {
      whole.resize(size);
      scheme->draw(*this, of, stream, number, whole);
      std::copy_n(whole.begin() + static_cast<std::ptrdiff_t>(skip), count, out.begin());
    }
    out = out.subspan(count);
    first += count;
  }
}

void check_factoring(const SchemeSpec& spec, const Fans& fans, SpecReader& reader) {
  if (spec.scheme->draw == nullptr) return;
  const double small = std::min(fans.rows(), fans.columns());
  const double large = std::max(fans.rows(), fans.columns());
  if (small * small * large > k_most_factoring)
    reader.note("shape", Reason::too_many,
                to_text(k_most_factoring) + " for rows times columns times the fewer of them");
}

std::span<const Field> initialize_fields() {
  static constexpr const char* k_uses[] = {"weight", "bias"};
  static const Field fields[] = {
      {"scheme", Kind::scheme, std::string("kaiming_normal"), 0, 0, k_uses},
      {"shape", Kind::shape, std::vector<double>{512, 512}, 1, k_most_extent},
      {"seed", Kind::seed, std::string("0")},
      {"layer", Kind::integer, 0.0, 0, 16777215},
      {"replicate", Kind::integer, 0.0, 0, 4294967295},
      {"first", Kind::integer, 0.0, 0, k_most_elements},
      {"count", Kind::integer, 0.0, 0, k_most_elements},
  };
  return fields;
}

Issues read(const Spec& spec, InitializeSpec& out) {
  const auto fields = initialize_fields();
  SpecReader reader(spec);
  out.scheme = read_scheme(reader, fields[0]);
  out.shape = reader.shape(fields[1], k_most_elements);
  out.scheme.fans = fans(out.shape);
  check_factoring(out.scheme, out.scheme.fans, reader);
  out.seed = reader.seed(fields[2]);
  out.stream = {out.scheme.purpose(), static_cast<std::uint32_t>(reader.number(fields[3])),
                static_cast<std::uint32_t>(reader.number(fields[4]))};
  const auto elements = static_cast<double>(element_count(out.shape));
  const double first = reader.number(fields[5]), count = reader.number(fields[6]);
  if (first > elements)
    reader.note("first", Reason::too_many, to_text(elements) + ", the tensor's elements");
  else if (first + count > elements)
    reader.note("count", Reason::too_many, to_text(elements - first) + " elements from first on");
  out.first = static_cast<std::uint64_t>(first);
  out.count = static_cast<std::size_t>(count > 0 ? count : elements - std::min(first, elements));
  return reader.finish();
}

void initialize(const InitializeSpec& spec, std::span<float> out) noexcept {
  spec.scheme.fill(spec.scheme.fans, Stream(spec.seed, spec.stream), out, spec.first);
}

}  // namespace initscope
