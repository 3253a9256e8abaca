// Layers of PyTorch and Keras: which parameters they have, and how those are initialized by
// default.
#pragma once

#include <functional>
#include <span>
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
  Axes axes{};  ///< where the library's fans are not those of the layout
  /// Its place in the order of drawing, not always that of the list. Parameters of one place are
  /// copies: they hold the same values.
  std::size_t drawn = 0;
  bool kept = true;  ///< false: the library draws it, and throws it away; it is not listed
};

/// A kind of layer: torch.nn's or keras.layers' class, its arguments, and its parameters in the
/// order in which the library lists them. `check` notes what is wrong between arguments.
struct LibraryLayer {
  std::string id;
  const char* framework;  ///< "torch" or "keras"
  std::vector<Field> fields{};
  std::vector<LayerParameter> (*parameters)(const Spec& arguments) = nullptr;  ///< null: none
  void (*check)(const Spec& arguments, SpecReader&) = nullptr;
  /// Further arguments of the constructor, a space between them: they draw nothing, and any value
  /// is taken. "dtype" alone must be float32, since others draw other numbers.
  std::string inert{};
  /// Drawn at the first call of the model, after all layers that are not lazy.
  bool lazy = false;
};
const std::vector<LibraryLayer>& library_layers();

struct LibraryLayerSpec {
  const LibraryLayer* layer = nullptr;
  Spec arguments;
};

/// Layers made one after the other: torch.manual_seed(seed); Sequential(...). The initscope
/// generator gives each parameter a stream of its own.
struct ModelSpec {
  std::vector<LibraryLayerSpec> layers;
  Generator generator = Generator::initscope;
  std::uint64_t seed = 0;
};

inline constexpr std::size_t k_most_layers = 64;
/// Most elements of all that a model draws: torch.nn.Transformer() has 44 million, and draws 52.
inline constexpr double k_most_model_elements = 67108864;

/// Fields "framework", "generator", "seed".
std::span<const Field> model_fields();

/// Reads the model's fields and, of each layer, "layer" and its arguments; 1 to `k_most_layers`
/// layers. What is read is copied. Issues of a layer's fields are under "layers.<number>.", of its
/// size at "layers.<number>"; `out` is usable only if there are none.
Issues read(const Spec& model, std::span<const Spec> layers, ModelSpec& out);

/// Parameters of all layers as the library lists them; names of more than one layer begin with its
/// number, as Sequential's do.
std::vector<LayerParameter> parameters(const ModelSpec& spec);

/// Takes the values of one of `parameters(spec)`, as many as its shape has elements, row-major;
/// they live as long as the call.
using ParameterSink = std::function<void(std::size_t index, std::span<const float> values)>;

/// Draws the model, parameter by parameter, in the order of drawing: one is in memory at a time.
void initialize(const ModelSpec& spec, const ParameterSink& deliver);

/// The values of each of `parameters(spec)`, row-major. With the torch generator, the bits are
/// those of PyTorch's modules after torch.manual_seed(seed).
std::vector<std::vector<float>> initialize(const ModelSpec& spec);

}  // namespace initscope
