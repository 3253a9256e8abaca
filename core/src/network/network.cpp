#include "initscope/network.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "initscope/plan.hpp"
#include "network/net_check.hpp"
#include "requests/fields.hpp"
#include "simd/kernels.hpp"

namespace initscope {
namespace {

constexpr const char* k_inputs[] = {"normal", "uniform", "pixels", "data"};

void check_inputs(NetworkSpec& spec, std::span<const float> data, SpecReader& reader) {
  if (spec.correlation != 0 && (spec.input == Input::uniform || spec.input == Input::data))
    reader.note("correlation", Reason::not_with,
                std::string("input = ") + k_inputs[static_cast<std::size_t>(spec.input)]);
  spec.data.reset();
  if (spec.input != Input::data) return;
  const std::size_t needed = spec.batch * spec.input_width;
  if (data.size() != needed)
    reader.note(
        "input", Reason::not_with,
        std::to_string(data.size()) + " numbers; batch * input_width = " + std::to_string(needed));
  else if (!std::all_of(data.begin(), data.end(), [](float x) { return std::isfinite(x); }))
    reader.note("input", Reason::not_with, "numbers that are not finite");
  else
    spec.data = std::make_shared<std::vector<float>>(data.begin(), data.end());
}

/// Whether the scheme has every layer's weights, and memory holds the pre-activations.
void check_layers(const NetworkSpec& spec, SpecReader& reader) {
  const std::size_t panels = (spec.batch + simd::k_panel - 1) / simd::k_panel;
  const auto columns = static_cast<double>(panels * simd::k_panel);
  const Plan plan = plan_of(spec);
  double kept = 0;
  std::size_t fitting = 0;
  for (const Row& row : plan.rows) {
    const Weight& weight = plan.weights[row.weight];
    const bool as_before = row.weight > 0 && weight.alike(plan.weights[row.weight - 1]);
    if (!as_before) check_tensor(spec.weight, weight.fans, spec.generator, "scheme", reader);
    kept += columns * static_cast<double>(plan.units[row.before]);
    if (kept <= k_most_activations) ++fitting;
  }
  if (fitting < spec.depth())
    reader.note("depth", Reason::too_many,
                std::to_string(fitting) + " layers at width " + std::to_string(spec.width(1)) +
                    " and batch " + std::to_string(spec.batch));
}

/// Streams of the inputs: one sample after the other, and what all samples share.
enum InputStream : std::uint32_t { k_own, k_shared };

Stream stream_of(const NetworkSpec& spec, InputStream part) noexcept {
  return {spec.seed, {Purpose::input, part, spec.replicate}};
}

}  // namespace

NetworkSpec repeated(const NetworkSpec& spec, std::size_t repeat) {
  NetworkSpec other = spec;
  if (spec.generator == Generator::torch)
    other.seed += repeat;
  else
    other.replicate += static_cast<std::uint32_t>(repeat);
  return other;
}

std::span<const Field> network_fields() {
  static constexpr const char* k_weight[] = {"weight", "network"};
  static constexpr const char* k_bias[] = {"bias"};
  static constexpr const char* k_quantities[] = {"second_moment", "variance"};
  static const Field fields[] = {
      scheme_field("scheme", "kaiming_normal", k_weight),
      choice_field("activation", "relu", activation_names(), R"(\phi)"),
      negative_slope_field(),
      omega_0_field(),
      expression_field(),
      text_field("net", k_plain_net, k_most_net_text),
      integer_field("depth", 50, {1, k_most_depth}, "L"),
      integer_field("width", 256, {1, k_most_width}, "n"),
      following(shape_field("widths", {256}, {1, k_most_width}, {1, k_most_depth}, "n_l"), "width"),
      following(integer_field("input_width", 256, {1, k_most_width}, "n_0"), "width"),
      integer_field("batch", 128, {1, k_most_batch}, "m"),
      choice_field("input", "normal", k_inputs, "x"),
      number_field("correlation", 0, {0, 1}, "c_0"),
      scheme_field("bias", "zeros", k_bias, "b"),
      generator_field(),
      seed_field(),
      replicate_field(),
      integer_field("repeats", 1, {1, k_most_repeats}, "k"),
      choice_field("quantity", "second_moment", k_quantities),
  };
  return fields;
}

Issues read(const Spec& spec, NetworkSpec& out, std::span<const float> data) {
  TableReader table(spec, network_fields());
  SpecReader& reader = table.reader();
  out.weight = read_scheme(reader, table.field("scheme"));
  out.activation = read_activation(reader, table.field("activation"), out.expression);
  const std::size_t depth = table.count("depth"), width = table.count("width");
  const Shape widths = table.shape("widths", std::numeric_limits<double>::infinity());
  out.widths.assign(depth, width);
  if (reader.has("widths"))
    for (std::size_t l = 0; l < depth; ++l)
      out.widths[l] = static_cast<std::size_t>(widths[l % widths.size()]);
  out.field_width = width;
  out.net.clear();
  const std::string net = table.text("net");
  if (net != k_plain_net) read_net_field(net, reader, out);
  const std::size_t input_width = table.count("input_width");
  out.input_width = reader.has("input_width") ? input_width : width;
  out.batch = table.count("batch");
  out.input = static_cast<Input>(table.choice("input"));
  out.correlation = table.number("correlation");
  out.bias = read_scheme(reader, table.field("bias"));
  out.generator = read_generator(reader);
  out.seed = table.seed("seed");
  out.replicate = static_cast<std::uint32_t>(table.count("replicate"));
  out.repeats = table.count("repeats");
  table.text("quantity");
  check_inputs(out, data, reader);
  if (out.net.empty())
    check_layers(out, reader);
  else
    check_net(out, reader);
  check_stream_part(out.generator, out.replicate, "replicate", reader);
  return table.finish();
}

void draw_input(const NetworkSpec& spec, std::size_t sample, std::span<float> out) noexcept {
  if (spec.input == Input::data) {
    std::copy_n(spec.data->data() + sample * out.size(), out.size(), out.begin());
    return;
  }
  const Law law = spec.input == Input::uniform ? Law::uniform(-std::sqrt(3.0), std::sqrt(3.0))
                                               : Law::normal(0, 1);
  law.fill(stream_of(spec, k_own), out, sample * out.size());
  if (spec.correlation > 0) {
    float shared[static_cast<std::size_t>(k_most_width)];
    law.fill(stream_of(spec, k_shared), std::span<float>(shared).first(out.size()));
    const auto share = static_cast<float>(std::sqrt(spec.correlation)),
               own = static_cast<float>(std::sqrt(1 - spec.correlation));
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = share * shared[i] + own * out[i];
  }
  if (spec.input == Input::pixels) {
    constexpr auto k_memory = static_cast<float>(k_pixel_correlation);
    const auto news = static_cast<float>(std::sqrt(1 - k_pixel_correlation * k_pixel_correlation));
    for (std::size_t i = 1; i < out.size(); ++i) out[i] = k_memory * out[i - 1] + news * out[i];
  }
}

InputMoments input_moments(const NetworkSpec& spec) noexcept {
  if (spec.input != Input::data) return {1, spec.correlation};
  const std::size_t n = spec.input_width;
  const float* data = spec.data->data();
  const auto product = [&](std::size_t a, std::size_t b) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i)
      sum += static_cast<double>(data[a * n + i]) * static_cast<double>(data[b * n + i]);
    return sum / static_cast<double>(n);
  };
  InputMoments moments{0, 0};
  double pairs = 0;
  for (std::size_t a = 0; a < spec.batch; ++a)
    moments.second += product(a, a) / static_cast<double>(spec.batch);
  for (std::size_t a = 0; a + 1 < spec.batch; a += 2) {
    const double squares = product(a, a) * product(a + 1, a + 1);
    if (!(squares > 0)) continue;
    moments.correlation += product(a, a + 1) / std::sqrt(squares);
    ++pairs;
  }
  if (pairs > 0) moments.correlation /= pairs;
  return moments;
}

}  // namespace initscope
