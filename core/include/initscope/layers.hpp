// Layers of PyTorch and Keras: which parameters they have, and how those are initialized by
// default.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "initscope/tensor.hpp"

namespace initscope {

/// Part of a tensor that is set after it has been drawn: a padding row, the bias of a forget gate.
struct Overwrite {
  std::size_t first = 0, count = 0;
  float value = 0;
};

/// Connections of one unit as they are: a library's fans leave out groups, and take those of a
/// transposed convolution for one another. 0 where they are the library's.
struct Connections {
  double in = 0, out = 0;
};

/// One parameter of a layer: its name in the library, shape and default initialization.
struct LayerParameter {
  std::string name;
  Shape shape;
  SchemeSpec scheme;  ///< with the fans that the library takes for it
  Overwrite overwrite{};
  Connections connections{};
  std::size_t drawn = 0;  ///< its place in the order of drawing, not always that of the list
};

/// A kind of layer: torch.nn's or keras.layers' class, its arguments, and its parameters in the
/// order in which the library lists them. `check` notes what is wrong between arguments.
struct LayerInfo {
  const char* id;
  const char* framework;  ///< "torch" or "keras"
  std::vector<Field> fields{};
  std::vector<LayerParameter> (*parameters)(const Spec& arguments) = nullptr;  ///< null: none
  void (*check)(const Spec& arguments, SpecReader&) = nullptr;
};
const std::vector<LayerInfo>& layers();

struct LayerSpec {
  const LayerInfo* layer = nullptr;
  Spec arguments;
};

/// Layers made one after the other: torch.manual_seed(seed); Sequential(...). The initscope
/// generator gives each parameter a stream of its own.
struct ModelSpec {
  std::vector<LayerSpec> layers;
  Generator generator = Generator::initscope;
  std::uint64_t seed = 0;
};

inline constexpr std::size_t k_most_layers = 64;

/// Fields "framework", "generator", "seed".
std::span<const Field> model_fields();

/// Reads the model's fields and, of each layer, "layer" and its arguments. Issues of a layer are
/// under "layers.<number>.".
Issues read(const Spec& model, std::span<const Spec> layers, ModelSpec& out);

/// Parameters of all layers as the library lists them; names of more than one layer begin with its
/// number, as Sequential's do.
std::vector<LayerParameter> parameters(const ModelSpec& spec);

/// The values of each of `parameters(spec)`, row-major. With the torch generator, the bits are
/// those of PyTorch's modules after torch.manual_seed(seed).
std::vector<std::vector<float>> initialize(const ModelSpec& spec);

}  // namespace initscope
