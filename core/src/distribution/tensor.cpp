#include "initscope/tensor.hpp"

#include <algorithm>
#include <string>

namespace initscope {
namespace {

enum : std::size_t { k_scheme, k_shape, k_layout, k_axes, k_generator = 6, k_seed };

Field axes_field(const char* id) {
  Field field{id, Kind::shape, std::vector<double>{}, -8, 7};
  field.least_rank = 0;
  field.follows = "layout";
  return field;
}

Fans read_fans(SpecReader& reader, std::span<const Field> fields, const TensorSpec& tensor) {
  constexpr double k_any = 1e300;  // an axis is no extent: their product means nothing
  const Shape& shape = tensor.shape;
  const Scheme& scheme = *tensor.scheme.scheme;
  const Layout layout = reader.text(fields[k_layout]) == "keras" ? Layout::keras : Layout::torch;
  const int rank = static_cast<int>(shape.size());
  std::optional<std::vector<int>> lists[3];
  std::vector<int> seen;
  bool good = true;
  for (std::size_t i = 0; i < 3; ++i) {
    const Field& field = fields[k_axes + i];
    if (reader.has(field.id)) lists[i].emplace();
    for (const auto axis : reader.shape(field, k_any)) {
      const int place = static_cast<int>(axis < 0 ? axis + rank : axis);
      if (place < 0 || place >= rank || std::find(seen.begin(), seen.end(), place) != seen.end()) {
        reader.note(field.id, Reason::out_of_range,
                    to_text(-rank) + ".." + to_text(rank - 1) + ", each axis once");
        good = false;
        break;
      }
      seen.push_back(place);
      lists[i]->push_back(static_cast<int>(axis));
    }
    if (lists[i] && scheme.draw != nullptr)
      reader.note(field.id, Reason::not_with, std::string("scheme = ") + scheme.id);
  }
  if (!good) return fans(shape, layout);
  return fans(shape, layout, {lists[0], lists[1], lists[2].value_or(std::vector<int>{})});
}

}  // namespace

std::vector<Field> tensor_fields(double least_extent, std::initializer_list<Field> own) {
  static constexpr const char* k_uses[] = {"weight", "bias", "kernel"};
  static constexpr const char* k_layouts[] = {"torch", "keras"};
  std::vector<Field> fields{
      {"scheme", Kind::scheme, std::string("kaiming_normal"), 0, 0, k_uses},
      {"shape", Kind::shape, std::vector<double>{512, 512}, least_extent, k_most_extent},
      {"layout", Kind::choice, std::string("torch"), 0, 0, k_layouts},
      axes_field("in_axis"),
      axes_field("out_axis"),
      axes_field("batch_axis"),
      generator_field(),
      {"seed", Kind::seed, std::string("0")},
  };
  fields.insert(fields.end(), own.begin(), own.end());
  return fields;
}

void read_tensor(SpecReader& reader, std::span<const Field> fields, double most_elements,
                 TensorSpec& out) {
  out.scheme = read_scheme(reader, fields[k_scheme]);
  out.shape = reader.shape(fields[k_shape], most_elements);
  out.scheme.fans = read_fans(reader, fields, out);
  out.generator = read_generator(reader);
  if (out.generator == Generator::torch && out.scheme.fans.layout != Layout::torch)
    reader.note("layout", Reason::not_with, "generator = torch");
  check_tensor(out.scheme, out.scheme.fans, out.generator, "shape", reader);
  out.seed = reader.seed(fields[k_seed]);
}

double drawing_memory(const TensorSpec& spec, double count) noexcept {
  const Fans& fans = spec.scheme.fans;
  return sizeof(float) * count + spec.scheme.scratch(fans, spec.generator, count < fans.elements());
}

std::span<const Field> initialize_fields() {
  static const std::vector<Field> fields =
      tensor_fields(0, {{"layer", Kind::integer, 0.0, 0, 16777215},
                        {"replicate", Kind::integer, 0.0, 0, 4294967295},
                        {"first", Kind::integer, 0.0, 0, k_most_elements},
                        {"count", Kind::integer, 0.0, 0, k_most_elements}});
  return fields;
}

Issues read(const Spec& spec, InitializeSpec& out) {
  const auto fields = initialize_fields();
  const auto own = fields.subspan(k_tensor_fields);
  SpecReader reader(spec);
  read_tensor(reader, fields, k_most_elements, out);
  const auto stream_part = [&](const Field& field) {
    const double value = reader.number(field);
    if (out.generator == Generator::torch && value != 0)
      reader.note(field.id, Reason::not_with, "generator = torch");
    return static_cast<std::uint32_t>(value);
  };
  out.stream = {out.scheme.purpose(), stream_part(own[0]), stream_part(own[1])};
  const auto elements = static_cast<double>(element_count(out.shape));
  const double first = reader.number(own[2]), count = reader.number(own[3]);
  if (first > elements)
    reader.note("first", Reason::too_many, to_text(elements) + ", the tensor's elements");
  else if (first + count > elements)
    reader.note("count", Reason::too_many, to_text(elements - first) + " elements from first on");
  out.first = static_cast<std::uint64_t>(first);
  out.count = static_cast<std::size_t>(count > 0 ? count : elements - std::min(first, elements));
  const auto part = static_cast<double>(out.count);
  check_memory(drawing_memory(out, part), part < elements ? "count" : "shape", reader);
  return reader.finish();
}

Issues warnings(const SchemeSpec& scheme, const Shape& shape) {
  Spec given;
  given.set("shape", std::vector<double>(shape.begin(), shape.end()));
  SpecReader reader(given);
  reader.skip("shape");
  if (scheme.fans.elements() == 0)
    reader.note("shape", Reason::no_elements, "");
  else if (scheme.scheme->warn != nullptr)
    scheme.scheme->warn(scheme, reader);
  return reader.finish();
}

void initialize(const InitializeSpec& spec, std::span<float> out) noexcept {
  if (spec.generator == Generator::initscope)
    return spec.scheme.fill(spec.scheme.fans, Stream(spec.seed, spec.stream), out, spec.first);
  TorchGenerator generator(spec.seed);
  const auto elements = static_cast<std::uint64_t>(element_count(spec.shape));
  spec.scheme.fill(spec.scheme.fans, generator, out, {spec.first, elements});
}

void initialize(const TensorSpec& spec, TorchGenerator& generator, std::span<float> out) noexcept {
  spec.scheme.fill(spec.scheme.fans, generator, out);
}

}  // namespace initscope
