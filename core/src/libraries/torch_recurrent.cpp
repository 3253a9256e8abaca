// torch.nn's recurrent layers: reset_parameters of each module, in the order in which PyTorch 2.14
// draws.
#include "libraries/parts.hpp"

namespace initscope::layer_tables {
namespace {

/// A recurrent layer's tensors, all U(+-1 / sqrt(hidden_size)).
template <std::int64_t kGates>
std::vector<LayerParameter> recurrent(const Spec& a) {
  const std::int64_t hidden = whole(a, "hidden_size"), layers = whole(a, "num_layers");
  const std::int64_t projected = kGates == 4 ? whole(a, "proj_size") : 0;
  const std::int64_t state = projected > 0 ? projected : hidden;
  const int directions = is_set(a, "bidirectional") ? 2 : 1;
  const double bound = 1 / std::sqrt(static_cast<double>(hidden));
  Parameters all;
  for (std::int64_t layer = 0; layer < layers; ++layer)
    for (int direction = 0; direction < directions; ++direction) {
      const std::string suffix = "_l" + std::to_string(layer) + (direction == 1 ? "_reverse" : "");
      const std::int64_t inputs = layer == 0 ? whole(a, "input_size") : state * directions;
      all.add_uniform("weight_ih" + suffix, {kGates * hidden, inputs}, bound);
      all.add_uniform("weight_hh" + suffix, {kGates * hidden, state}, bound);
      if (is_set(a, "bias")) {
        all.add_uniform("bias_ih" + suffix, {kGates * hidden}, bound);
        all.add_uniform("bias_hh" + suffix, {kGates * hidden}, bound);
      }
      if (projected > 0) all.add_uniform("weight_hr" + suffix, {projected, hidden}, bound);
    }
  return all.list();
}

void check_projection(const Spec& a, SpecReader& reader) {
  if (a.number("proj_size") >= a.number("hidden_size"))
    reader.note("proj_size", Reason::not_below,
                "hidden_size = " + to_text(a.number("hidden_size")));
}

template <std::int64_t kGates>
std::vector<LayerParameter> recurrent_cell(const Spec& a) {
  const std::int64_t hidden = whole(a, "hidden_size");
  const double bound = 1 / std::sqrt(static_cast<double>(hidden));
  Parameters all;
  all.add_uniform("weight_ih", {kGates * hidden, whole(a, "input_size")}, bound);
  all.add_uniform("weight_hh", {kGates * hidden, hidden}, bound);
  if (is_set(a, "bias")) {
    all.add_uniform("bias_ih", {kGates * hidden}, bound);
    all.add_uniform("bias_hh", {kGates * hidden}, bound);
  }
  return all.list();
}

}  // namespace

void add_torch_recurrent(std::vector<LibraryLayer>& all) {
  const std::vector<Field> fields{size("input_size", 8), size("hidden_size", 16),
                                  integer_field("num_layers", 1, {1, 64}), flag_field("bias", true),
                                  flag_field("bidirectional", false)};
  std::vector<Field> with_projection = fields;
  with_projection.push_back(integer_field("proj_size", 0, {0, k_most_units}));
  all.push_back(
      {"RNN", "torch", fields, recurrent<1>, nullptr, "batch_first dropout nonlinearity"});
  all.push_back(
      {"LSTM", "torch", with_projection, recurrent<4>, check_projection, "batch_first dropout"});
  all.push_back({"GRU", "torch", fields, recurrent<3>, nullptr, "batch_first dropout"});
  const std::vector<Field> cell{size("input_size", 8), size("hidden_size", 16),
                                flag_field("bias", true)};
  all.push_back({"RNNCell", "torch", cell, recurrent_cell<1>, nullptr, "nonlinearity"});
  all.push_back({"LSTMCell", "torch", cell, recurrent_cell<4>});
  all.push_back({"GRUCell", "torch", cell, recurrent_cell<3>});
}

}  // namespace initscope::layer_tables
