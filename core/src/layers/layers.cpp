// Layers as callers ask for them: read from specs, and drawn one after the other.
#include "initscope/layers.hpp"

#include "layers/parts.hpp"

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
  parameter.drawn = all_.size();
  all_.push_back(std::move(parameter));
  return all_.back();
}

void Parameters::append(std::vector<LayerParameter> others, const std::string& prefix) {
  const std::size_t before = all_.size();
  for (LayerParameter& other : others) {
    other.name.insert(0, prefix);
    other.drawn += before;
    all_.push_back(std::move(other));
  }
}

std::vector<LayerParameter> Parameters::list(std::size_t last) {
  std::rotate(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(last), all_.end());
  return std::move(all_);
}

}  // namespace layer_tables

const std::vector<LayerInfo>& layers() {
  static const std::vector<LayerInfo> all = [] {
    std::vector<LayerInfo> tables;
    layer_tables::add_torch_layers(tables);
    layer_tables::add_keras_layers(tables);
    return tables;
  }();
  return all;
}

std::span<const Field> model_fields() {
  static constexpr const char* k_frameworks[] = {"torch", "keras"};
  static const Field fields[] = {
      {"framework", Kind::choice, std::string("torch"), 0, 0, k_frameworks},
      generator_field(),
      {"seed", Kind::seed, std::string("0")},
  };
  return fields;
}

namespace {

Issues read_layer(const Spec& given, std::string_view framework, LayerSpec& out) {
  std::vector<const char*> ids;
  for (const LayerInfo& layer : layers())
    if (layer.framework == framework) ids.push_back(layer.id);
  SpecReader reader(given);
  const Field field{"layer", Kind::choice, std::string(ids.front()), 0, 0, ids};
  const std::string id = reader.text(field);
  for (const LayerInfo& layer : layers())
    if (layer.framework == framework && layer.id == id) out.layer = &layer;
  out.arguments = reader.all(out.layer->fields, "");
  if (out.layer->check != nullptr) out.layer->check(out.arguments, reader);
  return reader.finish();
}

}  // namespace

Issues read(const Spec& model, std::span<const Spec> given, ModelSpec& out) {
  const auto fields = model_fields();
  SpecReader reader(model);
  const std::string framework = reader.text(fields[0]);
  out.generator = read_generator(reader);
  out.seed = reader.seed(fields[2]);
  if (out.generator == Generator::torch && framework != "torch")
    reader.note("generator", Reason::not_with, "framework = " + framework);
  Issues issues = reader.finish();
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
  if (!issues.empty()) return issues;
  double elements = 0;
  for (const LayerParameter& parameter : parameters(out)) {
    const Fans& fans = parameter.scheme.fans;
    elements += fans.elements();
    SpecReader tensor(model);
    check_tensor(parameter.scheme, fans, out.generator, "layers", tensor);
    for (Issue& issue : tensor.finish())
      if (issue.field == "layers") issues.push_back(std::move(issue));
  }
  if (elements > k_most_elements)
    issues.push_back(
        {"layers", to_text(elements), Reason::too_many, to_text(k_most_elements) + " elements"});
  return issues;
}

std::vector<LayerParameter> parameters(const ModelSpec& spec) {
  layer_tables::Parameters all;
  for (std::size_t i = 0; i < spec.layers.size(); ++i) {
    const auto& [layer, arguments] = spec.layers[i];
    if (layer->parameters != nullptr)
      all.append(layer->parameters(arguments),
                 spec.layers.size() > 1 ? std::to_string(i) + "." : "");
  }
  return all.list();
}

std::vector<std::vector<float>> initialize(const ModelSpec& spec) {
  const auto all = parameters(spec);
  std::vector<std::vector<float>> values(all.size());
  std::vector<std::size_t> order(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) order[all[i].drawn] = i;
  TorchGenerator generator(spec.seed);
  for (const std::size_t i : order) {
    const auto& [name, shape, scheme, overwrite, connections, drawn] = all[i];
    values[i].resize(static_cast<std::size_t>(element_count(shape)));
    if (spec.generator == Generator::torch)
      scheme.fill(scheme.fans, generator, values[i]);
    else
      scheme.fill(scheme.fans,
                  Stream(spec.seed, {Purpose::weight, static_cast<std::uint32_t>(drawn), 0}),
                  values[i]);
    std::fill_n(values[i].begin() + static_cast<std::ptrdiff_t>(overwrite.first), overwrite.count,
                overwrite.value);
  }
  return values;
}

}  // namespace initscope
