#include "initscope/network.hpp"

#include <string>

#include "simd/kernels.hpp"

namespace initscope {
namespace {

constexpr const char* k_inputs[] = {"normal", "uniform"};

std::span<const char* const> activation_names() {
  static const std::vector<const char*> names = [] {
    std::vector<const char*> all;
    for (const auto& activation : activations()) all.push_back(activation.name);
    return all;
  }();
  return names;
}

template <class Names>
std::size_t index_of(const Names& names, std::string_view name) {
  std::size_t index = 0;
  while (name != names[index]) ++index;
  return index;
}

Fans bias_fans_of(const NetworkSpec& spec, std::size_t layer) noexcept {
  Fans fans = layer_fans(spec, layer);
  fans.bias = true;
  return fans;
}

StreamId stream_of(const NetworkSpec& spec, Purpose purpose, std::size_t layer) noexcept {
  return {purpose, static_cast<std::uint32_t>(layer), spec.replicate};
}

}  // namespace

Fans layer_fans(const NetworkSpec& spec, std::size_t layer) noexcept {
  Fans fans = dense_fans(spec.width(layer - 1), spec.width(layer));
  fans.position = layer == 1 ? Position::first : Position::hidden;
  return fans;
}

std::span<const Field> network_fields() {
  static constexpr const char* k_weight[] = {"weight", "network"};
  static constexpr const char* k_bias[] = {"bias"};
  static const Field fields[] = {
      {"scheme", Kind::scheme, std::string("kaiming_normal"), 0, 0, k_weight},
      {"activation", Kind::choice, std::string("relu"), 0, 0, activation_names(), R"(\phi)"},
      {"negative_slope", Kind::number, 0.01, -10, 10, {}, "a"},
      {"depth", Kind::integer, 50.0, 1, k_most_depth, {}, "L"},
      {"width", Kind::integer, 256.0, 1, k_most_width, {}, "n"},
      {"input_width", Kind::integer, 256.0, 1, k_most_width, {}, "n_0", "width"},
      {"batch", Kind::integer, 128.0, 1, k_most_batch, {}, "m"},
      {"input", Kind::choice, std::string("normal"), 0, 0, k_inputs, "x"},
      {"bias", Kind::scheme, std::string("zeros"), 0, 0, k_bias, "b"},
      generator_field(),
      {"seed", Kind::seed, std::string("0")},
      {"replicate", Kind::integer, 0.0, 0, 4294967295},
  };
  return fields;
}

Issues read(const Spec& spec, NetworkSpec& out) {
  const auto fields = network_fields();
  SpecReader reader(spec);
  out.weight = read_scheme(reader, fields[0]);
  out.activation.id = activations()[index_of(activation_names(), reader.text(fields[1]))].id;
  out.activation.negative_slope = static_cast<float>(reader.number(fields[2]));
  const auto depth = static_cast<std::size_t>(reader.number(fields[3]));
  const auto width = static_cast<std::size_t>(reader.number(fields[4]));
  out.widths.assign(depth, width);
  const auto input_width = static_cast<std::size_t>(reader.number(fields[5]));
  out.input_width = spec.find(fields[5].id) == nullptr ? width : input_width;
  out.batch = static_cast<std::size_t>(reader.number(fields[6]));
  out.input = static_cast<Input>(index_of(k_inputs, reader.text(fields[7])));
  out.bias = read_scheme(reader, fields[8]);
  out.generator = read_generator(reader);
  out.seed = reader.seed(fields[10]);
  out.replicate = static_cast<std::uint32_t>(reader.number(fields[11]));
  if (out.generator == Generator::torch && out.replicate != 0)
    reader.note("replicate", Reason::not_with, "generator = torch");
  check_tensor(out.weight, layer_fans(out, 1), out.generator, "scheme", reader);
  if (depth > 1 && (out.weight.scheme->fits != nullptr || out.generator == Generator::torch))
    check_tensor(out.weight, layer_fans(out, 2), out.generator, "scheme", reader);

  const std::size_t columns = (out.batch + simd::k_panel - 1) / simd::k_panel * simd::k_panel;
  const double unit_values = static_cast<double>(width * columns);
  if (static_cast<double>(depth) * unit_values > k_most_activations)
    reader.note("depth", Reason::too_many,
                to_text(static_cast<double>(static_cast<int>(k_most_activations / unit_values))) +
                    " layers at width " + std::to_string(width) + " and batch " +
                    std::to_string(out.batch));
  return reader.finish();
}

void StreamWeights::prepare(std::size_t layer, std::span<float> weight,
                            std::span<float> bias) noexcept {
  redraw(layer, weight);
  spec_.bias.fill(bias_fans_of(spec_, layer),
                  Stream(spec_.seed, stream_of(spec_, Purpose::bias, layer)), bias);
}

void StreamWeights::redraw(std::size_t layer, std::span<float> weight) noexcept {
  spec_.weight.fill(layer_fans(spec_, layer),
                    Stream(spec_.seed, stream_of(spec_, Purpose::weight, layer)), weight);
}

void TorchWeights::prepare(std::size_t layer, std::span<float> weight,
                           std::span<float> bias) noexcept {
  if (layer == 1) states_.assign(1, TorchGenerator(spec_.seed));
  TorchGenerator generator = states_.back();
  spec_.weight.fill(layer_fans(spec_, layer), generator, weight);
  spec_.bias.fill(bias_fans_of(spec_, layer), generator, bias);
  states_.push_back(generator);
}

void TorchWeights::redraw(std::size_t layer, std::span<float> weight) noexcept {
  TorchGenerator generator = states_[layer - 1];
  spec_.weight.fill(layer_fans(spec_, layer), generator, weight);
}

}  // namespace initscope
