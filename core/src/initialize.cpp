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

void SchemeSpec::fill(const Fans& of, TorchGenerator& generator,
                      std::span<float> tensor) const noexcept {
  if (tensor.empty()) return;
  if (scheme->draw == nullptr) return law(of).fill(generator, tensor);
  scheme->draw(*this, of, Draw(generator), tensor);
}

void check_tensor(const SchemeSpec& spec, const Fans& fans, Generator generator, const char* field,
                  SpecReader& reader) {
  const Scheme& scheme = *spec.scheme;
  if (fans.rank < scheme.least_rank || fans.rank > scheme.most_rank) {
    const auto least = static_cast<double>(scheme.least_rank),
               most = static_cast<double>(scheme.most_rank);
    return reader.note(field, Reason::not_of_rank,
                       least == most ? to_text(least) : to_text(least) + ".." + to_text(most));
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
  static const Field field{"generator", Kind::choice, std::string("initscope"), 0, 0, k_generators};
  return field;
}

std::span<const Field> layout_fields() noexcept {
  static constexpr const char* k_layouts[] = {"torch", "keras"};
  const auto axes = [](const char* id) {
    Field field{id, Kind::shape, std::vector<double>{}, -8, 7};
    field.least_rank = 0;
    return field;
  };
  static const Field fields[] = {
      {"layout", Kind::choice, std::string("torch"), 0, 0, k_layouts},
      axes("in_axis"),
      axes("out_axis"),
      axes("batch_axis"),
  };
  return fields;
}

Generator read_generator(SpecReader& reader) {
  return reader.text(generator_field()) == "torch" ? Generator::torch : Generator::initscope;
}

Fans read_fans(SpecReader& reader, const Shape& shape, const Scheme& scheme) {
  const auto fields = layout_fields();
  const Layout layout = reader.text(fields[0]) == "keras" ? Layout::keras : Layout::torch;
  const int rank = static_cast<int>(shape.size());
  Axes axes;
  std::vector<int> seen;
  bool good = true;
  for (std::size_t i = 1; i < fields.size(); ++i) {
    std::vector<int>& list = i == 1 ? axes.in : i == 2 ? axes.out : axes.batch;
    for (const auto axis : reader.shape(fields[i], 1e300)) {
      const int place = static_cast<int>(axis < 0 ? axis + rank : axis);
      if (place < 0 || place >= rank || std::find(seen.begin(), seen.end(), place) != seen.end()) {
        reader.note(fields[i].id, Reason::out_of_range,
                    to_text(-rank) + ".." + to_text(rank - 1) + ", each axis once");
        good = false;
        break;
      }
      seen.push_back(place);
      list.push_back(static_cast<int>(axis));
    }
    if (!list.empty() && scheme.draw != nullptr)
      reader.note(fields[i].id, Reason::not_with, std::string("scheme = ") + scheme.id);
  }
  return good ? fans(shape, layout, axes) : fans(shape, layout);
}

std::span<const Field> initialize_fields() {
  static constexpr const char* k_uses[] = {"weight", "bias", "kernel"};
  static const Field fields[] = {
      {"scheme", Kind::scheme, std::string("kaiming_normal"), 0, 0, k_uses},
      {"shape", Kind::shape, std::vector<double>{512, 512}, 0, k_most_extent},
      layout_fields()[0],
      layout_fields()[1],
      layout_fields()[2],
      layout_fields()[3],
      generator_field(),
      {"seed", Kind::seed, std::string("0")},
      {"layer", Kind::integer, 0.0, 0, 16777215},
      {"replicate", Kind::integer, 0.0, 0, 4294967295},
      {"first", Kind::integer, 0.0, 0, k_most_elements},
      {"count", Kind::integer, 0.0, 0, k_most_elements},
  };
  return fields;
}

Issues read(const Spec& spec, InitializeSpec& out) {
  enum : std::size_t { scheme, shape, seed = 7, layer, replicate, first, count };
  const auto fields = initialize_fields();
  SpecReader reader(spec);
  out.scheme = read_scheme(reader, fields[scheme]);
  out.shape = reader.shape(fields[shape], k_most_elements);
  out.scheme.fans = read_fans(reader, out.shape, *out.scheme.scheme);
  out.generator = read_generator(reader);
  check_tensor(out.scheme, out.scheme.fans, out.generator, "shape", reader);
  out.seed = reader.seed(fields[seed]);
  out.stream = {out.scheme.purpose(), static_cast<std::uint32_t>(reader.number(fields[layer])),
                static_cast<std::uint32_t>(reader.number(fields[replicate]))};
  for (const char* field : {"layer", "replicate"})
    if (const double stream = field[0] == 'l' ? out.stream.layer : out.stream.replicate;
        out.generator == Generator::torch && stream != 0)
      reader.note(field, Reason::not_with, "generator = torch");
  const auto elements = static_cast<double>(element_count(out.shape));
  const double begin = reader.number(fields[first]), length = reader.number(fields[count]);
  if (begin > elements)
    reader.note("first", Reason::too_many, to_text(elements) + ", the tensor's elements");
  else if (begin + length > elements)
    reader.note("count", Reason::too_many, to_text(elements - begin) + " elements from first on");
  out.first = static_cast<std::uint64_t>(begin);
  out.count = static_cast<std::size_t>(length > 0 ? length : elements - std::min(begin, elements));
  return reader.finish();
}

void initialize(const InitializeSpec& spec, std::span<float> out) noexcept {
  if (spec.generator == Generator::initscope)
    return spec.scheme.fill(spec.scheme.fans, Stream(spec.seed, spec.stream), out, spec.first);
  TorchGenerator generator(spec.seed);
  const auto elements = static_cast<std::size_t>(element_count(spec.shape));
  if (out.size() == elements) return spec.scheme.fill(spec.scheme.fans, generator, out);
  std::vector<float> whole(elements);
  spec.scheme.fill(spec.scheme.fans, generator, whole);
  std::copy_n(whole.begin() + static_cast<std::ptrdiff_t>(spec.first), out.size(), out.begin());
}

}  // namespace initscope
