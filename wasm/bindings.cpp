// The table of bindings. Everything is copied in and copied out: no view of the module's memory
// leaves it. Wrong specs come back as data; nothing here throws.
#include <algorithm>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "auditing.hpp"
#include "initscope/layers.hpp"
#include "jobs.hpp"

namespace {

using emscripten::val;
using namespace initscope::binding;
namespace scope = initscope;

using Floats = std::span<const float>;

/// A kind of job, whose id is the one of the catalogue: how its spec is read, and what starts.
struct JobEntry {
  const char* id;
  scope::Issues (*check)(const scope::Spec& given, Floats data);
  /// The job, or null for a spec that `check` finds wrong.
  std::unique_ptr<Job> (*start)(const scope::Spec& given, Floats data);
};

template <class Spec>
scope::Issues read_spec(const scope::Spec& given, Floats, Spec& out) {
  return read(given, out);
}

scope::Issues read_network(const scope::Spec& given, Floats data, scope::NetworkSpec& out) {
  return read(given, out, data);
}

template <bool kInspect>
scope::Issues read_race(const scope::Spec& given, Floats data, scope::TrainingSpec& out) {
  return read_training(given, kInspect, data, out);
}

template <class Started, class Spec, scope::Issues (*kRead)(const scope::Spec&, Floats, Spec&)>
constexpr JobEntry entry(const char* id) {
  return {id,
          [](const scope::Spec& given, Floats data) {
            Spec parsed;
            return kRead(given, data, parsed);
          },
          [](const scope::Spec& given, Floats data) -> std::unique_ptr<Job> {
            Spec parsed;
            if (!kRead(given, data, parsed).empty()) return nullptr;
            return std::make_unique<Started>(parsed);
          }};
}

constexpr JobEntry k_entries[] = {
    entry<Simple<scope::DistributionJob>, scope::DistributionSpec, read_spec>("distribution"),
    entry<Simple<scope::MatrixJob>, scope::MatrixSpec, read_spec>("matrix"),
    entry<Propagation, scope::NetworkSpec, read_network>("propagation"),
    entry<Theory, scope::NetworkSpec, read_network>("meanField"),
    entry<Planning, scope::NetworkSpec, read_network>("plan"),
    entry<PhasePlane, scope::PhaseSpec, read_spec>("phase"),
    entry<Training, scope::TrainingSpec, read_race<false>>("training"),
    entry<Training, scope::TrainingSpec, read_race<true>>("symmetry"),
};

/// The entry of this id, which is one of them.
const JobEntry& entry_of(const std::string& id) {
  return *std::find_if(std::begin(k_entries), std::end(k_entries),
                       [&id](const JobEntry& each) { return id == each.id; });
}

/// The reader's own numbers, a Float32Array; none for null.
std::vector<float> floats(const val& data) {
  if (data.isNull()) return {};
  return emscripten::convertJSArrayToNumberVector<float>(data);
}

val check(const std::string& id, const val& spec, const val& data) {
  return to_issues(entry_of(id).check(to_spec(spec), floats(data)));
}

std::unique_ptr<Job> start(const std::string& id, const val& spec, const val& data) {
  return entry_of(id).start(to_spec(spec), floats(data));
}

val check_initialize(const val& object) {
  scope::InitializeSpec parsed;
  return to_issues(read(to_spec(object), parsed));
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

/// An audit of the tensors that are listed.
std::unique_ptr<Auditing> audit(const val& listed) { return std::make_unique<Auditing>(listed); }

}  // namespace

EMSCRIPTEN_BINDINGS(initscope) {
  using emscripten::function;
  function("check", &check);
  function("start", &start);
  function("checkInitialize", &check_initialize);
  function("initialize", &initialize);
  function("warnings", &warnings_of);
  function("initializeSequence", &initialize_sequence);
  function("initializeModel", &initialize_model);
  function("calculateGain", &calculate_gain);
  emscripten::class_<Job>("Job")
      .function("advance", &Job::advance)
      .function("progress", &Job::progress)
      .function("frames", &Job::frames)
      .function("result", &Job::result);
  function("audit", &audit);
  emscripten::class_<Auditing>("Auditing")
      .function("begin", &Auditing::begin)
      .function("add", &Auditing::add)
      .function("finish", &Auditing::finish)
      .function("conclude", &Auditing::conclude);
}
