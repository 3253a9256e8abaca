// The table of bindings. Everything is copied in and copied out: no view of the module's memory
// leaves it. Wrong specs come back as data; nothing here throws.
#include <algorithm>
#include <memory>
#include <utility>

#include "initscope/catalogue.hpp"
#include "initscope/layers.hpp"
#include "jobs.hpp"

namespace {

using emscripten::val;
using namespace initscope::binding;
namespace scope = initscope;

template <class T>
val check_as(const val& object) {
  T parsed;
  return to_issues(read(to_spec(object), parsed));
}

/// The job, or null for a spec that `check` finds wrong.
template <class Started, class Spec>
std::unique_ptr<Job> start(const val& object) {
  Spec spec;
  if (!read(to_spec(object), spec).empty()) return nullptr;
  return std::make_unique<Started>(spec);
}

/// The reader's own numbers, in the field "data" of a spec.
std::vector<float> take_data(const val& object, val& rest) {
  const val data = object["data"];
  if (!data.instanceof (val::global("Float32Array"))) {
    rest = object;
    return {};
  }
  rest = val::global("Object").call<val>("assign", val::object(), object);
  rest.delete_("data");
  return emscripten::convertJSArrayToNumberVector<float>(data);
}

template <>
val check_as<scope::NetworkSpec>(const val& object) {
  val rest = val::undefined();
  const auto data = take_data(object, rest);
  scope::NetworkSpec parsed;
  return to_issues(read(to_spec(rest), parsed, data));
}

template <bool kInspect>
val check_training(const val& object) {
  val rest = val::undefined();
  const auto table = take_data(object, rest);
  scope::TrainingSpec parsed;
  return to_issues(read_training(to_spec(rest), kInspect, table, parsed));
}

template <bool kInspect>
std::unique_ptr<Job> start_training(const val& object) {
  val rest = val::undefined();
  const auto table = take_data(object, rest);
  scope::TrainingSpec spec;
  if (!read_training(to_spec(rest), kInspect, table, spec).empty()) return nullptr;
  return std::make_unique<Training>(spec);
}

template <class Started>
std::unique_ptr<Job> start_network(const val& object) {
  val rest = val::undefined();
  const auto data = take_data(object, rest);
  scope::NetworkSpec spec;
  if (!read(to_spec(rest), spec, data).empty()) return nullptr;
  return std::make_unique<Started>(std::move(spec));
}

/// The tensor as a Float32Array, `into` if that is not null, or null for a spec that `check` finds
/// wrong or an array of another length. Drawn and copied in pieces that stay in the cache, unless
/// the scheme or the generator draws it as a whole.
val initialize(const val& object, const val& into) {
  constexpr std::size_t k_piece = std::size_t{1} << 16;
  scope::InitializeSpec spec;
  if (!read(to_spec(object), spec).empty()) return val::null();
  if (!into.isNull() && into["length"].as<std::size_t>() != spec.count) return val::null();
  const bool whole =
      spec.scheme.scheme->draw != nullptr || spec.generator == scope::Generator::torch;
  std::vector<float> piece(whole ? spec.count : std::min(k_piece, spec.count));
  const val tensor = into.isNull() ? val::global("Float32Array").new_(spec.count) : into;
  for (std::size_t done = 0; done < spec.count; done += piece.size(), spec.first += piece.size()) {
    piece.resize(std::min(piece.size(), spec.count - done));
    scope::initialize(spec, piece);
    tensor.call<void>("set", emscripten::typed_memory_view(piece.size(), piece.data()), done);
  }
  return tensor;
}

/// The tensors of specs for the torch generator, drawn one after the other after one
/// torch.manual_seed with the first spec's seed; null for specs that `check` finds wrong.
val initialize_sequence(const val& objects) {
  std::vector<scope::InitializeSpec> specs(objects["length"].as<unsigned>());
  for (unsigned i = 0; i < specs.size(); ++i)
    if (!read(to_spec(objects[i]), specs[i]).empty()) return val::null();
  val list = val::array();
  if (specs.empty()) return list;
  scope::TorchGenerator generator(specs.front().seed);
  std::vector<float> values;
  for (const auto& spec : specs) {
    values.resize(static_cast<std::size_t>(scope::element_count(spec.shape)));
    scope::initialize(spec, generator, values);
    list.call<void>("push", copy("Float32Array", values.data(), values.size()));
  }
  return list;
}

/// What a tensor may surprise by; nothing of a spec that `check` finds wrong.
val warnings_of(const val& object) {
  scope::InitializeSpec spec;
  if (!read(to_spec(object), spec).empty()) return val::array();
  return to_issues(scope::warnings(spec.scheme, spec.shape));
}

/// Parameters of the layers as the library lists them, with their values if they are to be drawn;
/// or what is wrong.
val initialize_model(const val& model, const val& layers, bool draw) {
  std::vector<scope::Spec> specs;
  for (unsigned i = 0; i < layers["length"].as<unsigned>(); ++i)
    specs.push_back(to_spec(layers[i]));
  scope::ModelSpec spec;
  val answer = val::object();
  const scope::Issues issues = read(to_spec(model), specs, spec);
  answer.set("issues", to_issues(issues));
  val list = val::array();
  answer.set("parameters", list);
  if (!issues.empty()) return answer;
  const auto parameters = scope::parameters(spec);
  const auto deliver = [&](std::size_t i, std::span<const float> values) {
    list.set(i, object_of(Parameter{parameters[i], values}));
  };
  if (draw)
    scope::initialize(spec, deliver);
  else
    for (std::size_t i = 0; i < parameters.size(); ++i) deliver(i, {});
  return answer;
}

/// torch.nn.init.calculate_gain; null for a name that it does not know.
val calculate_gain(const std::string& nonlinearity, double parameter) {
  const auto gain = scope::calculate_gain(nonlinearity, parameter);
  return gain ? val(*gain) : val::null();
}

}  // namespace

EMSCRIPTEN_BINDINGS(initscope) {
  using emscripten::function;
  function("catalogue", &scope::catalogue_json);
  function("checkInitialize", &check_as<scope::InitializeSpec>);
  function("checkDistribution", &check_as<scope::DistributionSpec>);
  function("checkMatrix", &check_as<scope::MatrixSpec>);
  function("checkPropagation", &check_as<scope::NetworkSpec>);
  function("initialize", &initialize);
  function("warnings", &warnings_of);
  function("initializeSequence", &initialize_sequence);
  function("initializeModel", &initialize_model);
  function("calculateGain", &calculate_gain);
  function("startDistribution", &start<Simple<scope::DistributionJob>, scope::DistributionSpec>);
  function("startMatrix", &start<Simple<scope::MatrixJob>, scope::MatrixSpec>);
  function("checkPhase", &check_as<scope::PhaseSpec>);
  function("startPhase", &start<PhasePlane, scope::PhaseSpec>);
  function("startPropagation", &start_network<Propagation>);
  function("startMeanField", &start_network<Theory>);
  function("checkTraining", &check_training<false>);
  function("startTraining", &start_training<false>);
  function("checkSymmetry", &check_training<true>);
  function("startSymmetry", &start_training<true>);
  emscripten::class_<Job>("Job")
      .function("advance", &Job::advance)
      .function("progress", &Job::progress)
      .function("frames", &Job::frames)
      .function("result", &Job::result);
}
