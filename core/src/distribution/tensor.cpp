#include "initscope/tensor.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "distribution/tensor_fields.hpp"

namespace initscope {
namespace {

constexpr const char* k_axes[] = {"in_axis", "out_axis", "batch_axis"};

Field axes_field(const char* id) {
  return following(shape_field(id, {}, {-8, 7}, {0, 8}), "layout");
}

Fans read_fans(TableReader& table, const TensorSpec& tensor) {
  constexpr double k_any = 1e300;  // an axis is no extent: their product means nothing
  const Shape& shape = tensor.shape;
  const Scheme& scheme = *tensor.scheme.scheme;
  SpecReader& reader = table.reader();
  const Layout layout = table.text("layout") == "keras" ? Layout::keras : Layout::torch;
  const int rank = static_cast<int>(shape.size());
  std::optional<std::vector<int>> lists[std::size(k_axes)];
  std::vector<int> seen;
  bool good = true;
  for (std::size_t i = 0; i < std::size(k_axes); ++i) {
    const char* field = k_axes[i];
    if (reader.has(field)) lists[i].emplace();
    for (const auto axis : table.shape(field, k_any)) {
      const int place = static_cast<int>(axis < 0 ? axis + rank : axis);
      if (place < 0 || place >= rank || std::find(seen.begin(), seen.end(), place) != seen.end()) {
        reader.note(field, Reason::out_of_range,
                    to_text(-rank) + ".." + to_text(rank - 1) + ", each axis once");
        good = false;
        break;
      }
      seen.push_back(place);
      lists[i]->push_back(static_cast<int>(axis));
    }
    if (lists[i] && scheme.draw != nullptr)
      reader.note(field, Reason::not_with, std::string("scheme = ") + scheme.id);
  }
  if (!good) return fans(shape, layout);
  return fans(shape, layout, {lists[0], lists[1], lists[2].value_or(std::vector<int>{})});
}

}  // namespace

std::vector<Field> tensor_fields(double least_extent, std::initializer_list<Field> own) {
  static constexpr const char* k_uses[] = {"weight", "bias", "kernel"};
  static constexpr const char* k_layouts[] = {"torch", "keras"};
  std::vector<Field> fields{
      scheme_field("scheme", "kaiming_normal", k_uses),
      shape_field("shape", {512, 512}, {least_extent, k_most_extent}),
      choice_field("layout", "torch", k_layouts),
      axes_field(k_axes[0]),
      axes_field(k_axes[1]),
      axes_field(k_axes[2]),
      generator_field(),
      seed_field(),
  };
  fields.insert(fields.end(), own.begin(), own.end());
  return fields;
}

void read_tensor(TableReader& table, double most_elements, TensorSpec& out) {
  SpecReader& reader = table.reader();
  out.scheme = read_scheme(reader, table.field("scheme"));
  out.shape = table.shape("shape", most_elements);
  out.scheme.fans = read_fans(table, out);
  out.generator = read_generator(reader);
  if (out.generator == Generator::torch && out.scheme.fans.layout != Layout::torch)
    reader.note("layout", Reason::not_with, "generator = torch");
  check_tensor(out.scheme, out.scheme.fans, out.generator, "shape", reader);
  out.seed = table.seed("seed");
}

double drawing_memory(const TensorSpec& spec, double count) noexcept {
  const Fans& fans = spec.scheme.fans;
  return sizeof(float) * count + spec.scheme.scratch(fans, spec.generator, count < fans.elements());
}

std::span<const Field> initialize_fields() {
  constexpr double k_last_layer = 16777215;  // a stream's layer has 24 bits
  static const std::vector<Field> fields =
      tensor_fields(0, {integer_field("layer", 0, {0, k_last_layer}), replicate_field(),
                        integer_field("first", 0, {0, k_most_elements}),
                        integer_field("count", 0, {0, k_most_elements})});
  return fields;
}

Issues read(const Spec& spec, InitializeSpec& out) {
  TableReader table(spec, initialize_fields());
  SpecReader& reader = table.reader();
  read_tensor(table, k_most_elements, out);
  const auto stream_part = [&](const char* id) {
    const double value = table.number(id);
    check_stream_part(out.generator, value, id, reader);
    return static_cast<std::uint32_t>(value);
  };
  out.stream = {out.scheme.purpose(), stream_part("layer"), stream_part("replicate")};
  const auto elements = static_cast<double>(element_count(out.shape));
  const double first = table.number("first"), count = table.number("count");
  if (first > elements)
    reader.note("first", Reason::too_many, to_text(elements) + ", the tensor's elements");
  else if (first + count > elements)
    reader.note("count", Reason::too_many, to_text(elements - first) + " elements from first on");
  out.first = static_cast<std::uint64_t>(first);
  out.count = static_cast<std::size_t>(count > 0 ? count : elements - std::min(first, elements));
  const auto part = static_cast<double>(out.count);
  check_memory(drawing_memory(out, part), part < elements ? "count" : "shape", reader);
  return table.finish();
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
