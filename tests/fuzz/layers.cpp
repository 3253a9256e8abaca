// Layers, and models of several.
#include "initscope/layers.hpp"

#include "checks.hpp"
#include "specs.hpp"

using namespace initscope;
using namespace initscope::fuzz;

namespace {

/// A layer of either framework, its arguments, and some that draw nothing.
Spec layer_of(Bytes& bytes) {
  const LibraryLayer& layer = library_layers()[bytes.below(library_layers().size())];
  Spec spec = spec_of(bytes, layer.fields);
  spec.set("layer", layer.id);
  if (bytes.below(4) == 1) spec.set("padding", bytes.hostile_number());
  if (bytes.below(4) == 1) spec.set("dtype", bytes.below(2) == 0 ? "float32" : "float64");
  return spec;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr double k_most_work = 5e4;
  Bytes bytes(data, size);
  const Spec model = spec_of(bytes, model_fields());
  std::vector<Spec> given(bytes.below(4));
  for (Spec& layer : given) layer = layer_of(bytes);
  ModelSpec spec;
  const Issues issues = read(model, given, spec);
  for (const Issue& issue : issues) {
    const auto layer_named = [&](std::size_t i) {
      const std::string layer = "layers." + std::to_string(i);
      return issue.field == layer || issue.field.starts_with(layer + ".");
    };
    bool named = issue.field == "layers" || model.find(issue.field) != nullptr;
    for (const Field& field : model_fields()) named = named || issue.field == field.id;
    for (std::size_t i = 0; i < given.size(); ++i) named = named || layer_named(i);
    require(named, "an issue names a field, or a layer that was given");
    require(!describe(issue).empty(), "an issue has a sentence");
  }
  if (!issues.empty()) return 0;
  const std::vector<LayerParameter> all = parameters(spec);
  double work = 0;
  for (const LayerParameter& parameter : all) {
    for (const std::int64_t extent : parameter.shape)
      require(extent >= 0 && extent <= 1000000000, "an extent is one that was asked for");
    work += work_of({parameter.scheme, parameter.shape, spec.generator, 0});
  }
  // A layer that is drawn and thrown away is no parameter, but as large as its copies.
  if (work > k_most_work) return 0;
  const auto values = initialize(spec);
  require(values.size() == all.size(), "each parameter is drawn");
  for (std::size_t i = 0; i < all.size(); ++i) {
    require(values[i].size() == static_cast<std::size_t>(element_count(all[i].shape)),
            "a parameter has its elements");
    require_finite(values[i], "weights are finite");
  }
  return 0;
}
