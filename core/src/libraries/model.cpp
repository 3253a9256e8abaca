// Layers as callers ask for them: read from specs, and drawn one after the other.
#include <iterator>

#include "initscope/layers.hpp"
#include "libraries/parts.hpp"

namespace initscope {

namespace layer_tables {

LayerParameter& Parameters::add(std::string name, Shape shape, const char* scheme,
                                const Spec& given) {
  LayerParameter parameter;
  parameter.name = std::move(name);
  parameter.scheme.scheme = find_scheme(scheme);
  for (const Field& field : parameter.scheme.scheme->fields) {
    const Value* value = given.find(field.id);
    parameter.scheme.parameters.set(field.id, value == nullptr ? field.fallback : *value);
  }
  parameter.scheme.fans = fans(shape, layout_);
  parameter.shape = std::move(shape);
  parameter.drawn = next_++;
  all_.push_back(std::move(parameter));
  return all_.back();
}

LayerParameter& Parameters::add(std::string name, Shape shape, const Axes& axes,
                                const char* scheme) {
  LayerParameter& parameter = add(std::move(name), std::move(shape), scheme);
  parameter.axes = axes;
  parameter.scheme.fans = fans(parameter.shape, layout_, axes);
  return parameter;
}

/// Their places come behind those that are taken.
void Parameters::shift(std::vector<LayerParameter>& others) {
  const std::size_t before = next_;
  for (LayerParameter& other : others) {
    other.drawn += before;
    next_ = std::max(next_, other.drawn + 1);
  }
}

void Parameters::append(std::vector<LayerParameter> others, const std::string& prefix) {
  shift(others);
  for (LayerParameter& other : others) {
    other.name.insert(0, prefix);
    all_.push_back(std::move(other));
  }
}

std::vector<LayerParameter> Parameters::draw_apart(std::vector<LayerParameter> others) {
  shift(others);
  for (const LayerParameter& other : others) {
    all_.push_back(other);
    all_.back().kept = false;
  }
  return others;
}

void Parameters::repeat(LayerParameter of, std::string name) {
  of.name = std::move(name);
  all_.push_back(std::move(of));
}

std::vector<LayerParameter> Parameters::list(std::size_t last) {
  std::rotate(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(last), all_.end());
  return std::move(all_);
}

const LibraryLayer& layer_of(const std::vector<LibraryLayer>& all, std::string_view framework,
                             std::string_view id) {
  return *std::find_if(all.begin(), all.end(), [&](const LibraryLayer& layer) {
    return layer.framework == framework && layer.id == id;
  });
}

}  // namespace layer_tables

const std::vector<LibraryLayer>& library_layers() {
  static const std::vector<LibraryLayer> all = [] {
    std::vector<LibraryLayer> tables;
    layer_tables::add_torch_layers(tables);
    layer_tables::add_keras_layers(tables);
    return tables;
  }();
  return all;
}

std::span<const Field> model_fields() {
  static constexpr const char* k_frameworks[] = {"torch", "keras"};
  static const Field fields[] = {
      choice_field("framework", "torch", k_frameworks),
      generator_field(),
      seed_field(),
  };
  return fields;
}

namespace {

Issues read_layer(const Spec& given, std::string_view framework, LibraryLayerSpec& out) {
  std::vector<const char*> ids;
  for (const LibraryLayer& layer : library_layers())
    if (layer.framework == framework) ids.push_back(layer.id.c_str());
  SpecReader reader(given);
  const Field field = choice_field("layer", ids.front(), ids);
  const std::string id = reader.text(field);
  for (const LibraryLayer& layer : library_layers())
    if (layer.framework == framework && layer.id == id) out.layer = &layer;
  out.arguments = reader.all(out.layer->fields, "");
  if (out.layer->check != nullptr) out.layer->check(out.arguments, reader);
  layer_tables::for_each_word(out.layer->inert, [&](std::string_view word) {
    std::string name(word);
    const Value* value = given.find(name);
    const auto* type = value == nullptr ? nullptr : std::get_if<std::string>(value);
    if (name == "dtype" && value != nullptr &&
        (type == nullptr || (*type != "float32" && *type != "torch.float32")))
      reader.note(name, Reason::not_a_choice, "float32");
    reader.skip(std::move(name));
  });
  return reader.finish();
}

/// All that is drawn, listed or not, of each layer.
std::vector<std::vector<LayerParameter>> drawings_by_layer(const ModelSpec& spec) {
  std::vector<std::vector<LayerParameter>> listed(spec.layers.size());
  std::size_t next = 0;
  for (const bool lazy : {false, true})
    for (std::size_t i = 0; i < spec.layers.size(); ++i) {
      const auto& [layer, arguments] = spec.layers[i];
      if (layer->parameters == nullptr || layer->lazy != lazy) continue;
      listed[i] = layer->parameters(arguments);
      const std::size_t before = next;
      for (LayerParameter& parameter : listed[i]) {
        if (spec.layers.size() > 1) parameter.name.insert(0, std::to_string(i) + ".");
        parameter.drawn += before;
        next = std::max(next, parameter.drawn + 1);
      }
    }
  return listed;
}

/// Lists the drawings of all layers one after the other.
std::vector<LayerParameter> drawings(const ModelSpec& spec) {
  std::vector<LayerParameter> all;
  for (auto& each : drawings_by_layer(spec))
    std::move(each.begin(), each.end(), std::back_inserter(all));
  return all;
}

/// What is too large is a layer: the field is "layers.<number>", its value how many elements the
/// layer draws. Where none is, but all together are, it is the first with which they are.
Issues check_sizes(const ModelSpec& spec) {
  Issues issues;
  double before = 0;  // elements of the layers before
  const auto by_layer = drawings_by_layer(spec);
  for (std::size_t i = 0; i < by_layer.size(); ++i) {
    double elements = 0;
    for (const LayerParameter& parameter : by_layer[i])
      elements += parameter.scheme.fans.elements();
    const std::string field = "layers." + std::to_string(i);
    const Spec sized{{field, elements}};
    SpecReader reader(sized);
    reader.skip(field);
    for (const LayerParameter& parameter : by_layer[i]) {
      const Fans& fans = parameter.scheme.fans;
      check_tensor(parameter.scheme, fans, spec.generator, field.c_str(), reader);
      check_memory(
          sizeof(float) * fans.elements() + parameter.scheme.scratch(fans, spec.generator, false),
          field.c_str(), reader);
    }
    const double sum = before + elements;
    Issues found = reader.finish();
    if (found.empty() && before <= k_most_model_elements && sum > k_most_model_elements)
      found.push_back({field, to_text(elements), Reason::too_many,
                       to_text(k_most_model_elements) + " elements of all layers, and up to this " +
                           "one they have " + to_text(sum)});
    std::move(found.begin(), found.end(), std::back_inserter(issues));
    before = sum;
  }
  return issues;
}

}  // namespace

Issues read(const Spec& model, std::span<const Spec> given, ModelSpec& out) {
  TableReader table(model, model_fields());
  const std::string framework = table.text("framework");
  out.generator = read_generator(table.reader());
  out.seed = table.seed("seed");
  if (out.generator == Generator::torch && framework != "torch")
    table.reader().note("generator", Reason::not_with, "framework = " + framework);
  Issues issues = table.finish();
  if (given.empty() || given.size() > k_most_layers) {
    issues.push_back({"layers", std::to_string(given.size()), Reason::out_of_range,
                      "1.." + std::to_string(k_most_layers)});
    return issues;
  }
  out.layers.assign(given.size(), {});
  for (std::size_t i = 0; i < given.size(); ++i)
    for (Issue& issue : read_layer(given[i], framework, out.layers[i])) {
      issue.field.insert(0, "layers." + std::to_string(i) + ".");
      issues.push_back(std::move(issue));
    }
  return issues.empty() ? check_sizes(out) : issues;
}

std::vector<LayerParameter> parameters(const ModelSpec& spec) {
  auto all = drawings(spec);
  std::erase_if(all, [](const LayerParameter& parameter) { return !parameter.kept; });
  return all;
}

void initialize(const ModelSpec& spec, const ParameterSink& deliver) {
  const auto all = drawings(spec);
  std::vector<std::size_t> order(all.size()), listed(all.size());
  std::size_t count = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    order[i] = i;
    listed[i] = count;
    if (all[i].kept) ++count;
  }
  // Copies are drawn together, as the one of them that is listed first.
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return all[a].drawn != all[b].drawn ? all[a].drawn < all[b].drawn : a < b;
  });
  TorchGenerator generator(spec.seed);
  std::vector<float> values;  // the last that was drawn: its copies come next
  for (std::size_t place = 0; place < order.size(); ++place) {
    const LayerParameter& parameter = all[order[place]];
    if (place == 0 || all[order[place - 1]].drawn != parameter.drawn) {
      const SchemeSpec& scheme = parameter.scheme;
      values.resize(static_cast<std::size_t>(element_count(parameter.shape)));
      if (spec.generator == Generator::torch)
        scheme.fill(scheme.fans, generator, values);
      else
        scheme.fill(
            scheme.fans,
            Stream(spec.seed, {Purpose::weight, static_cast<std::uint32_t>(parameter.drawn), 0}),
            values);
      const auto& [first, size, value] = parameter.overwrite;
      std::fill_n(values.begin() + static_cast<std::ptrdiff_t>(first), size, value);
    }
    if (parameter.kept) deliver(listed[order[place]], values);
  }
}

std::vector<std::vector<float>> initialize(const ModelSpec& spec) {
  std::vector<std::vector<float>> all(parameters(spec).size());
  initialize(spec, [&all](std::size_t i, std::span<const float> values) {
    all[i].assign(values.begin(), values.end());
  });
  return all;
}

}  // namespace initscope
