#include "initscope/network.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "initscope/plan.hpp"
#include "simd/kernels.hpp"

namespace initscope {
namespace {

constexpr const char* k_inputs[] = {"normal", "uniform", "pixels", "data"};

void check_inputs(NetworkSpec& spec, std::span<const float> data, SpecReader& reader) {
  if (spec.correlation != 0 && (spec.input == Input::uniform || spec.input == Input::data))
    reader.note("correlation", Reason::not_with,
                std::string("input = ") + k_inputs[static_cast<std::size_t>(spec.input)]);
  spec.data.clear();
  if (spec.input != Input::data) return;
  const std::size_t needed = spec.batch * spec.input_width;
  if (data.size() != needed)
    reader.note(
        "input", Reason::not_with,
        std::to_string(data.size()) + " numbers; batch * input_width = " + std::to_string(needed));
  else if (!std::all_of(data.begin(), data.end(), [](float x) { return std::isfinite(x); }))
    reader.note("input", Reason::not_with, "numbers that are not finite");
  else
    spec.data.assign(data.begin(), data.end());
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

StreamId stream_of(const NetworkSpec& spec, Purpose purpose, std::size_t layer) noexcept {
  return {purpose, static_cast<std::uint32_t>(layer), spec.replicate};
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
      {"scheme", Kind::scheme, std::string("kaiming_normal"), 0, 0, k_weight},
      {"activation", Kind::choice, std::string("relu"), 0, 0, activation_names(), R"(\phi)"},
      negative_slope_field(),
      omega_0_field(),
      {"depth", Kind::integer, 50.0, 1, k_most_depth, {}, "L"},
      {"width", Kind::integer, 256.0, 1, k_most_width, {}, "n"},
      {"widths",
       Kind::shape,
       std::vector<double>{256.0},
       1,
       k_most_width,
       {},
       R"(n_l)",
       "width",
       1,
       static_cast<int>(k_most_depth)},
      {"input_width", Kind::integer, 256.0, 1, k_most_width, {}, "n_0", "width"},
      {"batch", Kind::integer, 128.0, 1, k_most_batch, {}, "m"},
      {"input", Kind::choice, std::string("normal"), 0, 0, k_inputs, "x"},
      {"correlation", Kind::number, 0.0, 0, 1, {}, "c_0"},
      {"bias", Kind::scheme, std::string("zeros"), 0, 0, k_bias, "b"},
      generator_field(),
      {"seed", Kind::seed, std::string("0")},
      {"replicate", Kind::integer, 0.0, 0, 4294967295},
      {"repeats", Kind::integer, 1.0, 1, k_most_repeats, {}, "k"},
      {"quantity", Kind::choice, std::string("second_moment"), 0, 0, k_quantities},
  };
  return fields;
}

Issues read(const Spec& spec, NetworkSpec& out, std::span<const float> data) {
  SpecReader reader(spec);
  const auto field = [&](std::string_view id) -> const Field& {
    return field_of(network_fields(), id);
  };
  const auto count = [&](std::string_view id) {
    return static_cast<std::size_t>(reader.number(field(id)));
  };
  out.weight = read_scheme(reader, field("scheme"));
  out.activation = read_activation(reader, field("activation"));
  const std::size_t depth = count("depth"), width = count("width");
  const Shape widths = reader.shape(field("widths"), std::numeric_limits<double>::infinity());
  out.widths.assign(depth, width);
  if (spec.find("widths") != nullptr)
    for (std::size_t l = 0; l < depth; ++l)
      out.widths[l] = static_cast<std::size_t>(widths[l % widths.size()]);
  const std::size_t input_width = count("input_width");
  out.input_width = spec.find("input_width") == nullptr ? width : input_width;
  out.batch = count("batch");
  out.input = static_cast<Input>(reader.choice(field("input")));
  out.correlation = reader.number(field("correlation"));
  out.bias = read_scheme(reader, field("bias"));
  out.generator = read_generator(reader);
  out.seed = reader.seed(field("seed"));
  out.replicate = static_cast<std::uint32_t>(reader.number(field("replicate")));
  out.repeats = count("repeats");
  reader.text(field("quantity"));
  check_inputs(out, data, reader);
  check_layers(out, reader);
  if (out.generator == Generator::torch && out.replicate != 0)
    reader.note("replicate", Reason::not_with, "generator = torch");
  return reader.finish();
}

void draw_input(const NetworkSpec& spec, std::size_t sample, std::span<float> out) noexcept {
  if (spec.input == Input::data) {
    std::copy_n(spec.data.begin() + static_cast<std::ptrdiff_t>(sample * out.size()), out.size(),
                out.begin());
    return;
  }
  const Law law = spec.input == Input::uniform ? Law::uniform(-std::sqrt(3.0), std::sqrt(3.0))
                                               : Law::normal(0, 1);
  // Stream 0 has one sample after the other, stream 1 what all samples share.
  law.fill(Stream(spec.seed, stream_of(spec, Purpose::input, 0)), out, sample * out.size());
  if (spec.correlation > 0) {
    float shared[static_cast<std::size_t>(k_most_width)];
    law.fill(Stream(spec.seed, stream_of(spec, Purpose::input, 1)),
             std::span<float>(shared).first(out.size()));
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
  const auto product = [&](std::size_t a, std::size_t b) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i)
      sum += static_cast<double>(spec.data[a * n + i]) * static_cast<double>(spec.data[b * n + i]);
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
