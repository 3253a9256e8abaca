// What the tables of layers are made of.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "initscope/layers.hpp"
#include "requests/fields.hpp"

namespace initscope::layer_tables {

inline constexpr double k_most_units = 65536;

inline Field size(const char* id, double fallback) {
  return integer_field(id, fallback, {1, k_most_units});
}

/// One extent for each of the kernel's dimensions, or one for all of them.
inline Field extents(const char* id, double fallback, int dimensions) {
  Field field = shape_field(id, {fallback}, {1, 1024}, {1, static_cast<double>(dimensions)});
  field.one_for_all = true;
  return field;
}

inline std::int64_t whole(const Spec& arguments, const char* id) {
  return static_cast<std::int64_t>(arguments.number(id));
}

inline bool is_set(const Spec& arguments, const char* id) { return arguments.text(id) == "true"; }

/// A list as it was read: its field says of which lengths it is.
inline const std::vector<double>& list_of(const Spec& arguments, const char* id) {
  return *std::get_if<std::vector<double>>(arguments.find(id));
}

inline Shape shape_of(const Spec& arguments, const char* id) {
  const std::vector<double>& list = list_of(arguments, id);
  return {list.begin(), list.end()};
}

/// An extent for each of the kernel's dimensions.
inline Shape kernel_of(const Spec& arguments) { return shape_of(arguments, "kernel_size"); }

/// Connections of a convolution's kernel with these taps: nothing where the library's fans are
/// right.
inline Connections connections_of(const Shape& kernel, std::int64_t in, std::int64_t out,
                                  std::int64_t groups, bool transposed) {
  if (groups == 1 && !transposed) return {};
  const std::int64_t taps = element_count(kernel), group_in = in / groups, group_out = out / groups;
  return {static_cast<double>(group_in * taps), static_cast<double>(group_out * taps)};
}

/// Collects parameters in the order in which they are drawn.
class Parameters {
 public:
  explicit Parameters(Layout layout = Layout::torch) : layout_(layout) {}

  LayerParameter& add(std::string name, Shape shape, const char* scheme, const Spec& given = {});
  /// Adds one whose fans are by axes.
  LayerParameter& add(std::string name, Shape shape, const Axes& axes, const char* scheme);
  /// U(-bound, bound).
  LayerParameter& add_uniform(std::string name, Shape shape, double bound) {
    return add(std::move(name), std::move(shape), "uniform", {{"a", -bound}, {"b", bound}});
  }
  /// All of another layer's, their names behind a prefix.
  void append(std::vector<LayerParameter> others, const std::string& prefix);
  /// Draws a layer that is not listed: what it was made for begins as its copy.
  std::vector<LayerParameter> draw_apart(std::vector<LayerParameter> others);
  /// Another parameter with the values of one that is drawn here already.
  void repeat(LayerParameter of, std::string name);

  /// Lists them in the order in which they are drawn, but for the first `last`, which are listed at
  /// the end.
  std::vector<LayerParameter> list(std::size_t last = 0);

 private:
  void shift(std::vector<LayerParameter>& others);

  Layout layout_;
  std::vector<LayerParameter> all_;
  std::size_t next_ = 0;
};

/// Calls `each` with every word of a text, spaces between them. By hand: streams would be a tenth
/// of what the first view loads.
template <class Each>
void for_each_word(std::string_view text, Each each) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) each(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

/// Families of layers, in the catalogue's order.
void add_torch_layers(std::vector<LibraryLayer>& all);
void add_torch_recurrent(std::vector<LibraryLayer>& all);
void add_torch_attention(std::vector<LibraryLayer>& all);
void add_torch_norms(std::vector<LibraryLayer>& all);
void add_torch_plain(std::vector<LibraryLayer>& all);
void add_keras_layers(std::vector<LibraryLayer>& all);
void add_keras_recurrent(std::vector<LibraryLayer>& all);
void add_keras_attention(std::vector<LibraryLayer>& all);
void add_keras_plain(std::vector<LibraryLayer>& all);

/// Adds a weight by kaiming_uniform(a = sqrt(5)), then a bias: PyTorch's Linear and convolutions.
void add_linear(Parameters& all, const std::string& prefix, const Shape& weight, bool bias,
                std::int64_t outputs, Connections connections = {});
/// A norm's ones and zeros.
void add_norm(Parameters& all, const std::string& prefix, const Shape& shape, bool bias);
/// The layer with this id, which is there already.
const LibraryLayer& layer_of(const std::vector<LibraryLayer>& all, std::string_view framework,
                             std::string_view id);

/// Notes `id` where `by` does not divide it.
inline void check_divisible(const Spec& arguments, const char* id, const char* by,
                            SpecReader& reader) {
  if (whole(arguments, id) % whole(arguments, by) != 0)
    reader.note(id, Reason::not_divisible, std::string(by) + " = " + to_text(arguments.number(by)));
}

}  // namespace initscope::layer_tables
