#include <algorithm>
#include <cmath>
#include <string>

#include "initscope/plan.hpp"
#include "initscope/training.hpp"
#include "network/net_check.hpp"
#include "requests/fields.hpp"
#include "simd/kernels.hpp"

namespace initscope {
namespace {

constexpr const char* k_losses[] = {"auto", "cross_entropy", "mse"};
constexpr const char* k_optimizers[] = {"sgd", "momentum", "adam"};
constexpr double k_most_classes = 64, k_most_train_width = 256, k_most_inspected_width = 64;

std::span<const char* const> data_set_names() {
  static const std::vector<const char*> names = [] {
    std::vector<const char*> all;
    for (const auto& set : data_sets()) all.push_back(set.name);
    return all;
  }();
  return names;
}

/// What a kind of request begins with.
struct Defaults {
  const char *scheme, *activation, *set;
  double depth, width, most_width, rate, steps;
};

std::vector<Field> fields_with(const Defaults& defaults) {
  static constexpr const char* k_weight[] = {"weight"};
  static constexpr const char* k_bias[] = {"bias"};
  return {
      scheme_field("scheme", defaults.scheme, k_weight),
      choice_field("data_set", defaults.set, data_set_names()),
      integer_field("samples", 1000, {10, k_most_train_samples}, "N"),
      number_field("noise", 0.05, {0, 2}),
      integer_field("inputs", 2, {1, k_most_width}, "n_0"),
      integer_field("classes", 2, {1, k_most_classes}),
      choice_field("activation", defaults.activation, activation_names(), R"(\phi)"),
      negative_slope_field(),
      omega_0_field(),
      expression_field(),
      text_field("net", k_plain_net, k_most_net_text),
      integer_field("depth", defaults.depth, {1, k_most_depth}, "L"),
      integer_field("width", defaults.width, {1, defaults.most_width}, "n"),
      scheme_field("bias", "zeros", k_bias, "b"),
      choice_field("loss", "auto", k_losses, "E"),
      choice_field("optimizer", "sgd", k_optimizers),
      number_field("learning_rate", defaults.rate, {0, 1000}, R"(\eta)"),
      number_field("momentum", 0.9, {0, 0.9999}, R"(\mu)"),
      number_field("weight_decay", 0, {0, 10}, R"(\lambda)"),
      integer_field("batch", 64, {1, k_most_batch}, "m"),
      integer_field("steps", defaults.steps, {1, k_most_steps}, "T"),
      generator_field(),
      seed_field(),
      replicate_field(),
      integer_field("repeats", 1, {1, 100}, "k"),
  };
}

/// The caller's table: its size, finite numbers, and targets that are classes.
void check_table(std::span<const float> table, TrainingSpec& spec, SpecReader& reader) {
  spec.table.clear();
  if (spec.set != DataSet::data) {
    if (!table.empty())
      reader.note("data_set", Reason::not_with, std::to_string(table.size()) + " numbers in data");
    return;
  }
  const std::size_t columns = spec.network.input_width + 1, needed = spec.samples * columns;
  const auto refuse = [&](const std::string& why) {
    reader.note("data_set", Reason::not_with, why);
  };
  if (table.size() != needed)
    return refuse(std::to_string(table.size()) +
                  " numbers; samples * (inputs + 1) = " + std::to_string(needed));
  if (!std::all_of(table.begin(), table.end(), [](float x) { return std::isfinite(x); }))
    return refuse("numbers that are not finite");
  if (spec.classes > 1)
    for (std::size_t i = 0; i < spec.samples; ++i) {
      const auto label = static_cast<double>(table[i * columns + columns - 1]);
      if (label >= 0 && label < static_cast<double>(spec.classes) && label == std::floor(label))
        continue;
      return refuse("the class " + to_text(label) + " in row " + std::to_string(i + 1) +
                    "; classes are 0.." + std::to_string(spec.classes - 1));
    }
  if (spec.classes == 1 && !tests_differ(table, spec.network.input_width, spec.network.seed))
    return refuse("targets that are the same in all " +
                  std::to_string(spec.samples / k_table_tests) +
                  " rows to test on (seed = " + std::to_string(spec.network.seed) + ")");
  spec.table.assign(table.begin(), table.end());
}

/// What a network asks for.
struct Load {
  double parameters = 0;
  double signals = 0;      ///< numbers of a sample, but for what activations give
  double elementwise = 0;  ///< as many multiplications, beside those of weights
};

Load load_of(const NetworkSpec& network, const Plan& plan) {
  Load load{.signals = static_cast<double>(plan.units[0])};
  for (const Weight& weight : plan.weights)
    load.parameters += static_cast<double>(weight.size() + weight.outputs);
  for (const Op& op : plan.ops) {
    const LearnedSize learned = learned_by(plan, op);
    const auto units = static_cast<double>(plan.units[op.out]);
    load.parameters += static_cast<double>(learned.gains + learned.shifts);
    if (op.kind != OpKind::activate) load.signals += units;
    // A net may have many operations and few weights.
    constexpr double k_each = 16;
    if (!network.net.empty()) load.elementwise += k_each * units;
  }
  return load;
}

/// Memory and work. What is too large is the net, or the fields that make one.
void check_sizes(const TrainingSpec& spec, const Plan& plan, SpecReader& reader) {
  const NetworkSpec& network = spec.network;
  const bool plain = network.net.empty();
  const Load load = load_of(network, plan);
  if (load.parameters > k_most_parameters)
    return reader.note(
        plain ? "width" : "net", Reason::too_many,
        to_text(k_most_parameters) + " parameters; these layers have " + to_text(load.parameters));
  constexpr auto k_columns = static_cast<double>(simd::k_panel);
  const double columns = std::ceil(static_cast<double>(network.batch) / k_columns) * k_columns;
  if (load.signals * columns > k_most_signals) {
    const double most = std::floor(k_most_signals / load.signals / k_columns) * k_columns;
    if (most > 0)
      return reader.note("batch", Reason::too_many,
                         to_text(most) + (plain ? " at this depth and width" : " of this net"));
    return reader.note("net", Reason::too_many, to_text(k_most_signals) + " kept numbers",
                       to_text(load.signals * columns));
  }
  const double per_step = (3 * load.parameters + load.elementwise) * columns;
  const double steps = k_most_training / per_step / static_cast<double>(network.repeats);
  if (static_cast<double>(spec.steps) > steps)
    reader.note("steps", Reason::too_many,
                to_text(std::floor(steps)) + " of this network, batch and number of runs");
}

/// Whether the network can be, the schemes have its weights, and memory and time suffice.
void check_network(TrainingSpec& spec, SpecReader& reader) {
  NetworkSpec& network = spec.network;
  if (network.net.empty()) {
    network.widths.push_back(spec.classes);
  } else if (!end_net(network, spec.classes, reader)) {
    return;
  }
  const Plan plan = plan_of(network, Ending::linear);
  check_weights(network, plan, reader);
  check_sizes(spec, plan, reader);
}

void check_inspected(const TrainingSpec& spec, SpecReader& reader) {
  if (spec.inspected == 0) return;
  const std::size_t layers = spec.network.depth();
  if (spec.inspected > layers)
    return reader.note("layer", Reason::out_of_range, "1.." + std::to_string(layers));
  const auto weights = static_cast<double>(spec.network.width(spec.inspected) *
                                           spec.network.width(spec.inspected - 1));
  if (weights > k_most_inspected)
    reader.note("layer", Reason::too_many,
                to_text(k_most_inspected) + " weights; this layer has " + to_text(weights));
}

}  // namespace

std::span<const Field> training_fields() {
  static const std::vector<Field> fields = fields_with({.scheme = "kaiming_normal",
                                                        .activation = "relu",
                                                        .set = "circles",
                                                        .depth = 30,
                                                        .width = 32,
                                                        .most_width = k_most_train_width,
                                                        .rate = 0.03,
                                                        .steps = 600});
  return fields;
}

std::span<const Field> symmetry_fields() {
  static const std::vector<Field> fields = [] {
    auto all = fields_with({.scheme = "constant",
                            .activation = "tanh",
                            .set = "circles",
                            .depth = 2,
                            .width = 8,
                            .most_width = k_most_inspected_width,
                            .rate = 0.3,
                            .steps = 600});
    std::erase_if(all, [](const Field& field) { return std::string_view(field.id) == "net"; });
    all.push_back(integer_field("layer", 1, {1, k_most_depth + 1}, "l"));
    return all;
  }();
  return fields;
}

Issues read_training(const Spec& spec, bool inspect, std::span<const float> data,
                     TrainingSpec& out) {
  TableReader table(spec, inspect ? symmetry_fields() : training_fields());
  SpecReader& reader = table.reader();
  NetworkSpec& network = out.network;
  network.weight = read_scheme(reader, table.field("scheme"));
  out.set = static_cast<DataSet>(table.choice("data_set"));
  out.samples = table.count("samples");
  out.noise = table.number("noise");
  network.input_width = table.count("inputs");
  out.classes = table.count("classes");
  if (out.set != DataSet::data) {
    network.input_width = data_sets()[static_cast<std::size_t>(out.set)].inputs;
    out.classes = data_sets()[static_cast<std::size_t>(out.set)].classes;
  }
  network.activation = read_activation(reader, table.field("activation"), network.expression);
  network.field_width = table.count("width");
  network.widths.assign(table.count("depth"), network.field_width);
  network.net.clear();
  if (const std::string net = inspect ? k_plain_net : table.text("net"); net != k_plain_net)
    read_net_field(net, reader, network);
  network.bias = read_scheme(reader, table.field("bias"));
  const std::string loss = table.text("loss");
  const bool regression = out.classes == 1;
  if (regression && loss == "cross_entropy")
    reader.note("loss", Reason::not_with,
                std::string("data_set = ") + data_sets()[static_cast<std::size_t>(out.set)].name);
  out.loss = regression || loss == "mse" ? Loss::mse : Loss::cross_entropy;
  out.optimizer.id = static_cast<Optimizer>(table.choice("optimizer"));
  out.optimizer.learning_rate = table.number("learning_rate");
  out.optimizer.momentum = table.number("momentum");
  out.optimizer.weight_decay = table.number("weight_decay");
  network.batch = table.count("batch");
  out.steps = table.count("steps");
  network.generator = read_generator(reader);
  network.seed = table.seed("seed");
  network.replicate = static_cast<std::uint32_t>(table.count("replicate"));
  network.repeats = table.count("repeats");
  out.inspected = inspect ? table.count("layer") : 0;
  check_table(data, out, reader);
  const std::size_t trained =
      out.set == DataSet::data ? out.samples - out.samples / k_table_tests : out.samples;
  if (network.batch > trained)
    reader.note("batch", Reason::too_many, std::to_string(trained) + " samples to train on");
  check_network(out, reader);
  check_inspected(out, reader);
  check_stream_part(network.generator, network.replicate, "replicate", reader);
  return table.finish();
}

std::size_t frame_count(std::size_t steps) noexcept { return std::min(steps, k_most_frames) + 1; }

std::size_t frame_step(std::size_t steps, std::size_t frame) noexcept {
  return frame * steps / (frame_count(steps) - 1);
}

}  // namespace initscope
