#include <algorithm>
#include <cmath>
#include <string>

#include "initscope/plan.hpp"
#include "initscope/training.hpp"
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
      {"scheme", Kind::scheme, std::string(defaults.scheme), 0, 0, k_weight},
      {"data_set", Kind::choice, std::string(defaults.set), 0, 0, data_set_names()},
      {"samples", Kind::integer, 1000.0, 10, k_most_train_samples, {}, "N"},
      {"noise", Kind::number, 0.05, 0, 2},
      {"inputs", Kind::integer, 2.0, 1, k_most_width, {}, "n_0"},
      {"classes", Kind::integer, 2.0, 1, k_most_classes},
      {"activation", Kind::choice, std::string(defaults.activation), 0, 0, activation_names(),
       R"(\phi)"},
      negative_slope_field(),
      omega_0_field(),
      {"depth", Kind::integer, defaults.depth, 1, k_most_depth, {}, "L"},
      {"width", Kind::integer, defaults.width, 1, defaults.most_width, {}, "n"},
      {"bias", Kind::scheme, std::string("zeros"), 0, 0, k_bias, "b"},
      {"loss", Kind::choice, std::string("auto"), 0, 0, k_losses, "E"},
      {"optimizer", Kind::choice, std::string("sgd"), 0, 0, k_optimizers},
      {"learning_rate", Kind::number, defaults.rate, 0, 1000, {}, R"(\eta)"},
      {"momentum", Kind::number, 0.9, 0, 0.9999, {}, R"(\mu)"},
      {"weight_decay", Kind::number, 0.0, 0, 10, {}, R"(\lambda)"},
      {"batch", Kind::integer, 64.0, 1, k_most_batch, {}, "m"},
      {"steps", Kind::integer, defaults.steps, 1, k_most_steps, {}, "T"},
      generator_field(),
      {"seed", Kind::seed, std::string("0")},
      {"replicate", Kind::integer, 0.0, 0, 4294967295},
      {"repeats", Kind::integer, 1.0, 1, 100, {}, "k"},
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

/// Memory and work.
void check_sizes(const TrainingSpec& spec, SpecReader& reader) {
  const NetworkSpec& network = spec.network;
  const Plan plan = plan_of(network, Ending::linear);
  double parameters = 0, signals = static_cast<double>(plan.units[0]);
  for (const Row& row : plan.rows) {
    const Weight& weight = plan.weights[row.weight];
    check_tensor(network.weight, weight.fans, network.generator, "scheme", reader);
    parameters += static_cast<double>(weight.size() + weight.outputs);
    signals += static_cast<double>(plan.units[row.before]);
  }
  if (parameters > k_most_parameters)
    return reader.note(
        "width", Reason::too_many,
        to_text(k_most_parameters) + " parameters; these layers have " + to_text(parameters));
  constexpr auto k_columns = static_cast<double>(simd::k_panel);
  const double columns = std::ceil(static_cast<double>(network.batch) / k_columns) * k_columns;
  if (signals * columns > k_most_signals)
    return reader.note("batch", Reason::too_many,
                       to_text(std::floor(k_most_signals / signals / k_columns) * k_columns) +
                           " at this depth and width");
  const double per_step = 3 * parameters * columns;
  const double steps = k_most_training / per_step / static_cast<double>(network.repeats);
  if (static_cast<double>(spec.steps) > steps)
    reader.note("steps", Reason::too_many,
                to_text(std::floor(steps)) + " of this network, batch and number of runs");
}

void check_inspected(const TrainingSpec& spec, SpecReader& reader) {
  if (spec.inspected == 0) return;
  if (spec.inspected > spec.layers())
    return reader.note("layer", Reason::out_of_range, "1.." + std::to_string(spec.layers()));
  const auto weights = static_cast<double>(spec.network.width(spec.inspected) *
                                           spec.network.width(spec.inspected - 1));
  if (weights > k_most_inspected)
    reader.note("layer", Reason::too_many,
                to_text(k_most_inspected) + " weights; this layer has " + to_text(weights));
}

}  // namespace

std::span<const Field> training_fields() {
  static const std::vector<Field> fields =
      fields_with({"kaiming_normal", "relu", "circles", 30, 32, k_most_train_width, 0.03, 600});
  return fields;
}

std::span<const Field> symmetry_fields() {
  static const std::vector<Field> fields = [] {
    auto all = fields_with({"constant", "tanh", "circles", 2, 8, k_most_inspected_width, 0.3, 600});
    all.push_back({"layer", Kind::integer, 1.0, 1, k_most_depth + 1, {}, "l"});
    return all;
  }();
  return fields;
}

Issues read_training(const Spec& spec, bool inspect, std::span<const float> table,
                     TrainingSpec& out) {
  SpecReader reader(spec);
  const auto fields = inspect ? symmetry_fields() : training_fields();
  const auto field = [&](std::string_view id) -> const Field& { return field_of(fields, id); };
  const auto count = [&](std::string_view id) {
    return static_cast<std::size_t>(reader.number(field(id)));
  };
  NetworkSpec& network = out.network;
  network.weight = read_scheme(reader, field("scheme"));
  out.set = static_cast<DataSet>(reader.choice(field("data_set")));
  out.samples = count("samples");
  out.noise = reader.number(field("noise"));
  network.input_width = count("inputs");
  out.classes = count("classes");
  if (out.set != DataSet::data) {
    network.input_width = data_sets()[static_cast<std::size_t>(out.set)].inputs;
    out.classes = data_sets()[static_cast<std::size_t>(out.set)].classes;
  }
  network.activation = read_activation(reader, field("activation"));
  network.widths.assign(count("depth"), count("width"));
  network.widths.push_back(out.classes);
  network.bias = read_scheme(reader, field("bias"));
  const std::string loss = reader.text(field("loss"));
  const bool regression = out.classes == 1;
  if (regression && loss == "cross_entropy")
    reader.note("loss", Reason::not_with,
                std::string("data_set = ") + data_sets()[static_cast<std::size_t>(out.set)].name);
  out.loss = regression || loss == "mse" ? Loss::mse : Loss::cross_entropy;
  out.optimizer.id = static_cast<Optimizer>(reader.choice(field("optimizer")));
  out.optimizer.learning_rate = reader.number(field("learning_rate"));
  out.optimizer.momentum = reader.number(field("momentum"));
  out.optimizer.weight_decay = reader.number(field("weight_decay"));
  network.batch = count("batch");
  out.steps = count("steps");
  network.generator = read_generator(reader);
  network.seed = reader.seed(field("seed"));
  network.replicate = static_cast<std::uint32_t>(reader.number(field("replicate")));
  network.repeats = count("repeats");
  out.inspected = inspect ? count("layer") : 0;
  check_table(table, out, reader);
  const std::size_t trained =
      out.set == DataSet::data ? out.samples - out.samples / k_table_tests : out.samples;
  if (network.batch > trained)
    reader.note("batch", Reason::too_many, std::to_string(trained) + " samples to train on");
  check_sizes(out, reader);
  check_inspected(out, reader);
  if (network.generator == Generator::torch && network.replicate != 0)
    reader.note("replicate", Reason::not_with, "generator = torch");
  return reader.finish();
}

std::size_t frame_count(std::size_t steps) noexcept { return std::min(steps, k_most_frames) + 1; }

std::size_t frame_step(std::size_t steps, std::size_t frame) noexcept {
  return frame * steps / (frame_count(steps) - 1);
}

}  // namespace initscope
