// keras.layers: recurrent layers, whose gates share one kernel (Keras 3.16).
#include "libraries/parts.hpp"

namespace initscope::layer_tables {
namespace {

/// Kernels of all gates side by side: the library takes them for one layer of as many outputs,
/// while an input reaches each gate's units once.
template <std::int64_t kGates>
void add_cell(Parameters& all, const Spec& a, Shape kernel, Shape recurrent, std::int64_t units) {
  const auto in = static_cast<double>(element_count(kernel)),
             taps = in / static_cast<double>(kernel.back());
  kernel.push_back(kGates * units);
  recurrent.push_back(kGates * units);
  all.add("kernel", kernel, "glorot_uniform").connections = {in, taps * static_cast<double>(units)};
  all.add("recurrent_kernel", recurrent, "orthogonal");
  if (!is_set(a, "use_bias")) return;
  const bool two = kGates == 3 && is_set(a, "reset_after");
  LayerParameter& bias =
      all.add("bias", two ? Shape{2, kGates * units} : Shape{kGates * units}, "zeros");
  // The forget gate's is the second quarter.
  if (kGates == 4 && is_set(a, "unit_forget_bias"))
    bias.overwrite = {static_cast<std::size_t>(units), static_cast<std::size_t>(units), 1};
}

template <std::int64_t kGates>
std::vector<LayerParameter> recurrent(const Spec& a) {
  const std::int64_t units = whole(a, "units");
  Parameters all(Layout::keras);
  add_cell<kGates>(all, a, {whole(a, "input_dim")}, {units}, units);
  return all.list();
}

std::vector<LayerParameter> convolutional(const Spec& a) {
  const std::int64_t filters = whole(a, "filters");
  Shape kernel = kernel_of(a), recurrent = kernel;
  kernel.push_back(whole(a, "channels"));
  recurrent.push_back(filters);
  Parameters all(Layout::keras);
  add_cell<4>(all, a, kernel, recurrent, filters);
  return all.list();
}

}  // namespace

void add_keras_recurrent(std::vector<LibraryLayer>& all) {
  const std::string terms =
      "kernel_regularizer recurrent_regularizer bias_regularizer kernel_constraint "
      "recurrent_constraint bias_constraint dropout recurrent_dropout seed return_sequences "
      "return_state go_backwards stateful unroll activation ";
  const std::vector<Field> fields{size("input_dim", 8), size("units", 16),
                                  flag_field("use_bias", true)};
  std::vector<Field> lstm = fields, gru = fields;
  const Field forget = flag_field("unit_forget_bias", true);
  lstm.push_back(forget);
  gru.push_back(flag_field("reset_after", true));
  const std::string gates = terms + "recurrent_activation use_cudnn ";
  all.push_back({"SimpleRNN", "keras", fields, recurrent<1>, nullptr, terms});
  all.push_back({"LSTM", "keras", lstm, recurrent<4>, nullptr, gates});
  all.push_back({"GRU", "keras", gru, recurrent<3>, nullptr, gates});
  const auto convolve = [&](const char* id, int dimensions) {
    all.push_back({id,
                   "keras",
                   {size("channels", 3), size("filters", 16), extents("kernel_size", 3, dimensions),
                    fields[2], forget},
                   convolutional,
                   nullptr,
                   terms + "strides padding data_format dilation_rate recurrent_activation "});
  };
  convolve("ConvLSTM1D", 1);
  convolve("ConvLSTM2D", 2);
  convolve("ConvLSTM3D", 3);
}

}  // namespace initscope::layer_tables
