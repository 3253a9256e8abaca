// The table of bindings. Everything is copied in and copied out: no view of the module's memory
// leaves it. Wrong specs come back as data; nothing here throws.
#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "initscope/catalogue.hpp"
#include "initscope/distribution.hpp"
#include "initscope/ensemble.hpp"
#include "initscope/layers.hpp"
#include "initscope/matrix.hpp"
#include "initscope/mean_field.hpp"

namespace {

using emscripten::val;
namespace scope = initscope;

scope::Value to_value(const val& value) {
  if (value.isNumber()) return value.as<double>();
  if (value.isString()) return value.as<std::string>();
  if (value.isArray()) return emscripten::convertJSArrayToNumberVector<double>(value);
  return value.typeOf().as<std::string>();  // not a value of a spec: the check will say so
}

scope::Spec to_spec(const val& object) {
  const val keys = val::global("Object").call<val>("keys", object);
  const auto count = keys["length"].as<unsigned>();
  scope::Spec spec;
  for (unsigned i = 0; i < count; ++i)
    spec.set(keys[i].as<std::string>(), to_value(object[keys[i]]));
  return spec;
}

val to_issues(const scope::Issues& issues) {
  val list = val::array();
  for (const auto& issue : issues) {
    val object = val::object();
    object.set("field", issue.field);
    object.set("value", issue.value);
    object.set("reason", std::string(scope::reasons()[static_cast<std::size_t>(issue.reason)].id));
    object.set("allowed", issue.allowed);
    list.call<void>("push", object);
  }
  return list;
}

template <class T>
val copy(const char* type, const T* data, std::size_t size) {
  return val::global(type).new_(emscripten::typed_memory_view(size, data));
}

val numbers(const std::vector<double>& values) {
  return copy("Float64Array", values.data(), values.size());
}

template <class Range, class Function>
val numbers(const Range& range, Function get) {
  std::vector<double> values;
  for (const auto& item : range) values.push_back(static_cast<double>(get(item)));
  return numbers(values);
}

val counts(const scope::Histogram& histogram) {
  return numbers(histogram.counts, [](std::uint64_t count) { return count; });
}

val histogram_object(const scope::Histogram& histogram) {
  val object = val::object();
  object.set("from", histogram.from);
  object.set("to", histogram.to);
  object.set("counts", counts(histogram));
  object.set("below", static_cast<double>(histogram.below));
  object.set("above", static_cast<double>(histogram.above));
  return object;
}

val moments_object(const scope::Moments& moments) {
  val object = val::object();
  object.set("count", static_cast<double>(moments.count()));
  object.set("mean", moments.mean());
  object.set("std", moments.std());
  object.set("skewness", moments.skewness());
  object.set("excessKurtosis", moments.excess_kurtosis());
  object.set("min", moments.min());
  object.set("max", moments.max());
  return object;
}

val law_object(const scope::Law& law) {
  constexpr const char* k_names[] = {"atom",      "uniform", "normal", "truncated_normal",
                                     "spherical", "atoms",   "unknown"};
  val object = val::object();
  object.set("kind", std::string(k_names[static_cast<std::size_t>(law.kind())]));
  object.set("zeros", law.zeros());
  object.set("atomValues",
             numbers(law.atoms(), [](const scope::Law::Atom& atom) { return atom.value; }));
  object.set("atomMasses",
             numbers(law.atoms(), [](const scope::Law::Atom& atom) { return atom.mass; }));
  object.set("mean", law.mean());
  object.set("std", law.std());
  object.set("min", law.lowest());
  object.set("max", law.highest());
  return object;
}

val facts_object(const scope::Facts& facts) {
  val object = val::object();
  for (const auto& [name, value] : facts) object.set(name, value);
  return object;
}

val shape_array(const scope::Shape& shape) {
  val list = val::array();
  for (const auto extent : shape) list.call<void>("push", static_cast<double>(extent));
  return list;
}

val result_object(const scope::MatrixResult& result) {
  val object = val::object();
  object.set("law", law_object(result.law));
  object.set("facts", facts_object(result.facts));
  object.set("shape", shape_array(result.shape));
  object.set("rows", static_cast<double>(result.rows));
  object.set("columns", static_cast<double>(result.columns));
  object.set("values", copy("Float32Array", result.values.data(), result.values.size()));
  object.set("singularValues", numbers(result.singular_values));
  object.set("theoryX", numbers(result.theory_x));
  object.set("theory", numbers(result.theory));
  return object;
}

val result_object(const scope::DistributionResult& result) {
  val object = val::object();
  object.set("law", law_object(result.law));
  object.set("facts", facts_object(result.facts));
  object.set("moments", moments_object(result.moments));
  object.set("histogram", histogram_object(result.histogram));
  object.set("probabilities", numbers(scope::quantile_probabilities(), [](double p) { return p; }));
  object.set("quantiles", numbers(result.quantiles));
  object.set("curve", numbers(scope::curve_probabilities(), [](double p) { return p; }));
  object.set("sampleCurve", numbers(result.sample_curve));
  object.set("lawCurve", numbers(result.law_curve));
  object.set("zeros", static_cast<double>(result.zeros));
  object.set("ks", result.ks_distance);
  object.set("densityX", numbers(result.density_x));
  object.set("density", numbers(result.density));
  return object;
}

val signal_object(const scope::PropagationResult& layers,
                  scope::SignalStatistics scope::LayerResult::*signal) {
  const auto each = [&](auto get) {
    return numbers(layers, [&](const scope::LayerResult& layer) { return get(layer.*signal); });
  };
  using Signal = scope::SignalStatistics;
  val histograms = val::array();
  for (const auto& layer : layers)
    histograms.call<void>("push", histogram_object((layer.*signal).histogram));
  val object = val::object();
  object.set("mean", each([](const Signal& s) { return s.moments.mean(); }));
  object.set("variance", each([](const Signal& s) { return s.moments.variance(); }));
  object.set("secondMoment", each([](const Signal& s) { return s.moments.second_moment(); }));
  object.set("min", each([](const Signal& s) { return s.moments.min(); }));
  object.set("max", each([](const Signal& s) { return s.moments.max(); }));
  object.set("nonfinite", each([](const Signal& s) { return s.moments.nonfinite(); }));
  object.set("histograms", histograms);
  return object;
}

/// One quantity by layer.
template <class Layer, class Member>
val by_layer(const std::vector<Layer>& layers, Member member) {
  return numbers(layers, [member](const Layer& layer) { return layer.*member; });
}

val range_object(const std::vector<scope::LayerRanges>& layers,
                 scope::Range scope::LayerRanges::*quantity) {
  const auto each = [&](double scope::Range::*member) {
    return numbers(layers,
                   [&](const scope::LayerRanges& layer) { return layer.*quantity.*member; });
  };
  val object = val::object();
  object.set("least", each(&scope::Range::least));
  object.set("low", each(&scope::Range::low));
  object.set("median", each(&scope::Range::median));
  object.set("high", each(&scope::Range::high));
  object.set("greatest", each(&scope::Range::greatest));
  return object;
}

val point_object(scope::PhasePoint point) {
  val object = val::object();
  object.set("sigmaW2", point.sigma_w2);
  object.set("sigmaB2", point.sigma_b2);
  return object;
}

val critical_object(const scope::CriticalPoint& critical) {
  val object = point_object(critical.point);
  object.set("q", critical.q);
  object.set("chiQ", critical.chi_q);
  return object;
}

val state_object(const scope::PhaseState& state) {
  constexpr const char* k_fates[] = {"settles", "vanishes", "explodes"};
  constexpr const char* k_phases[] = {"ordered", "critical", "chaotic"};
  val object = val::object();
  object.set("fate", std::string(k_fates[static_cast<std::size_t>(state.fate)]));
  object.set("phase", std::string(k_phases[static_cast<std::size_t>(state.phase())]));
  object.set("q", state.q);
  object.set("chi1", state.chi_1);
  object.set("chiQ", state.chi_q);
  object.set("correlation", state.correlation);
  object.set("xiQ", state.xi_q);
  object.set("xiC", state.xi_c);
  object.set("xiGradient", state.xi_gradient);
  return object;
}

val gap_text(scope::TheoryGap gap) {
  constexpr const char* k_gaps[] = {"", "structured", "measured", "biased"};
  return val(std::string(k_gaps[static_cast<std::size_t>(gap)]));
}

/// What would be critical for an activation, with these biases and with none. All but the first is
/// the same for every request about an activation: the last is kept.
val advice_object(scope::ActivationSpec activation, double sigma_b2) {
  struct Kept {
    scope::ActivationSpec activation;
    scope::CriticalPoint without_bias, half_stable;
  };
  static std::optional<Kept> kept;
  if (!kept || kept->activation != activation)
    kept = {activation, scope::critical_at(activation, 0),
            scope::critical_point(activation, scope::half_stable_q(activation))};
  val object = val::object();
  object.set("critical", critical_object(scope::critical_at(activation, sigma_b2)));
  object.set("withoutBias", critical_object(kept->without_bias));
  object.set("halfStableQ", kept->half_stable.q);
  object.set("halfStable", critical_object(kept->half_stable));
  object.set("unitVarianceGain", scope::unit_variance_gain(activation));
  object.set("slopeAtUnit", scope::gaussian_moments(activation, 1).slope);
  return object;
}

val theory_object(const scope::MeanField& field, scope::ActivationSpec activation) {
  using Layer = scope::LayerTheory;
  using Spread = scope::LayerSpread;
  val object = val::object();
  object.set("gap", gap_text(field.gap));
  object.set("logNormal", field.log_normal);
  object.set("point", point_object(field.point));
  object.set("state", state_object(field.state));
  object.set("advice", advice_object(activation, field.point.sigma_b2));
  object.set("preactivation", by_layer(field.layers, &Layer::preactivation));
  object.set("secondMoment", by_layer(field.layers, &Layer::activation));
  object.set("variance", by_layer(field.layers, &Layer::activation_variance));
  object.set("gradient", by_layer(field.layers, &Layer::gradient));
  object.set("weightGradient", by_layer(field.layers, &Layer::weight_gradient));
  object.set("correlation", by_layer(field.layers, &Layer::correlation));
  object.set("secondMomentSpread", by_layer(field.spreads, &Spread::activation));
  object.set("varianceSpread", by_layer(field.spreads, &Spread::activation_variance));
  object.set("gradientSpread", by_layer(field.spreads, &Spread::gradient));
  return object;
}

val result_object(const scope::EnsembleJob& job) {
  const scope::PropagationResult& layers = job.result();
  const auto each = [&](auto member) { return by_layer(layers, member); };
  val object = val::object();
  object.set("preactivation", signal_object(layers, &scope::LayerResult::preactivation));
  object.set("activation", signal_object(layers, &scope::LayerResult::activation));
  object.set("gradient", signal_object(layers, &scope::LayerResult::gradient));
  object.set("zeroFraction", each(&scope::LayerResult::zero_fraction));
  object.set("deadFraction", each(&scope::LayerResult::dead_fraction));
  object.set("saturatedFraction", each(&scope::LayerResult::saturated_fraction));
  object.set("correlation", each(&scope::LayerResult::correlation));
  object.set("weightSecondMoment", each(&scope::LayerResult::weight_second_moment));
  object.set("weightGradient", each(&scope::LayerResult::weight_gradient));
  val quantiles = val::array();
  for (std::size_t k = 0; k < scope::layer_probabilities().size(); ++k)
    quantiles.call<void>("push", numbers(layers, [k](const scope::LayerResult& layer) {
                           return layer.quantiles[k];
                         }));
  object.set("quantiles", quantiles);
  object.set("theory", theory_object(scope::mean_field(job.spec()), job.spec().activation));
  val ranges = val::null();
  if (!job.ranges().empty()) {
    using Ranges = scope::LayerRanges;
    ranges = val::object();
    ranges.set("variance", range_object(job.ranges(), &Ranges::activation_variance));
    ranges.set("secondMoment", range_object(job.ranges(), &Ranges::activation_second_moment));
    ranges.set("gradient", range_object(job.ranges(), &Ranges::gradient_second_moment));
    ranges.set("correlation", range_object(job.ranges(), &Ranges::correlation));
  }
  object.set("ranges", ranges);
  return object;
}

/// A job of either kind as the engine sees it.
class Job {
 public:
  virtual ~Job() = default;
  virtual bool advance() = 0;
  virtual double progress() const = 0;
  virtual val result() const = 0;
};

template <class CoreJob>
class Simple final : public Job {
 public:
  template <class Spec>
  explicit Simple(const Spec& spec) : job_(spec) {}
  bool advance() override { return job_.advance(); }
  double progress() const override { return job_.progress(); }
  val result() const override { return result_object(job_.result()); }

 private:
  CoreJob job_;
};

/// The last propagation, kept for its memory, unless that is large.
std::unique_ptr<scope::EnsembleJob>& spare_propagation() {
  static std::unique_ptr<scope::EnsembleJob> spare;
  return spare;
}

/// A propagation in the memory of the one before: of many requests in a row, only the first
/// allocates.
class Propagation final : public Job {
 public:
  explicit Propagation(const scope::NetworkSpec& spec) : job_(std::move(spare_propagation())) {
    if (job_ == nullptr) job_ = std::make_unique<scope::EnsembleJob>();
    job_->restart(spec);
  }
  ~Propagation() override {
    constexpr std::size_t k_most_kept = 32u << 20;
    if (job_->memory() <= k_most_kept) spare_propagation() = std::move(job_);
  }
  bool advance() override { return job_->advance(); }
  double progress() const override { return job_->progress(); }
  val result() const override { return result_object(*job_); }

 private:
  std::unique_ptr<scope::EnsembleJob> job_;
};

/// A map of the phase plane is the same for every point in it: the last is kept.
val map_object(const scope::PhaseSpec& spec) {
  struct Kept {
    scope::ActivationSpec activation;
    scope::PhasePoint most;
    scope::PhaseMap map;
  };
  static std::optional<Kept> kept;
  if (!kept || kept->activation != spec.activation || kept->most != spec.most)
    kept = {spec.activation, spec.most, scope::phase_map(spec.activation, spec.most)};
  const scope::PhaseMap& map = kept->map;
  using Critical = scope::CriticalPoint;
  val object = val::object();
  object.set("chi1", numbers(map.chi_1));
  object.set("criticalSigmaW2",
             numbers(map.critical, [](const Critical& at) { return at.point.sigma_w2; }));
  object.set("criticalSigmaB2",
             numbers(map.critical, [](const Critical& at) { return at.point.sigma_b2; }));
  object.set("criticalQ", numbers(map.critical, [](const Critical& at) { return at.q; }));
  object.set("criticalChiQ", numbers(map.critical, [](const Critical& at) { return at.chi_q; }));
  return object;
}

/// A scheme's place in the phase plane, the reader's point, and the map: one step.
class Phase final : public Job {
 public:
  explicit Phase(scope::PhaseSpec spec) : spec_(std::move(spec)) {}
  bool advance() override { return false; }
  double progress() const override { return 1; }
  val result() const override {
    const scope::SchemePlace place = scope::place_of(spec_);
    val object = val::object();
    object.set("gap", gap_text(place.gap));
    object.set("place", point_object(place.point));
    object.set("placeState", state_object(scope::phase_state(spec_.activation, place.point)));
    object.set("theory", val::null());
    object.set("map", val::null());
    if (spec_.place_only) return object;
    object.set("theory", theory_object(scope::mean_field(spec_), spec_.activation));
    object.set("map", map_object(spec_));
    return object;
  }

 private:
  scope::PhaseSpec spec_;
};

/// Theory alone, of a network that a propagation would simulate: one step.
class Theory final : public Job {
 public:
  explicit Theory(scope::NetworkSpec spec) : spec_(std::move(spec)) {}
  bool advance() override { return false; }
  double progress() const override { return 1; }
  val result() const override { return theory_object(scope::mean_field(spec_), spec_.activation); }

 private:
  scope::NetworkSpec spec_;
};

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

/// The reader's own inputs, in the field "data" of a network's spec.
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
  std::vector<std::vector<float>> values(parameters.size());
  if (draw) values = scope::initialize(spec);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const auto& [name, shape, scheme, overwrite, connections, drawn] = parameters[i];
    val arguments = val::object();
    arguments.set("scheme", std::string(scheme.scheme->id));
    for (const auto& [field, value] : scheme.parameters)
      if (const auto* number = std::get_if<double>(&value))
        arguments.set(field, *number);
      else if (const auto* text = std::get_if<std::string>(&value))
        arguments.set(field, *text);
    val object = val::object();
    object.set("name", name);
    object.set("shape", shape_array(shape));
    object.set("scheme", arguments);
    object.set("drawn", static_cast<double>(drawn));
    object.set("fanIn", scheme.fans.in);
    object.set("fanOut", scheme.fans.out);
    object.set("trueFanIn", connections.in > 0 ? connections.in : scheme.fans.in);
    object.set("trueFanOut", connections.out > 0 ? connections.out : scheme.fans.out);
    object.set("values", copy("Float32Array", values[i].data(), values[i].size()));
    list.call<void>("push", object);
  }
  return answer;
}

/// torch.nn.init.calculate_gain; -1 for a name that it does not know.
double calculate_gain(const std::string& nonlinearity, double parameter) {
  for (const char* name : scope::gain_names())
    if (nonlinearity == name) return scope::calculate_gain(nonlinearity, parameter);
  return -1;
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
  function("initializeSequence", &initialize_sequence);
  function("initializeModel", &initialize_model);
  function("calculateGain", &calculate_gain);
  function("startDistribution", &start<Simple<scope::DistributionJob>, scope::DistributionSpec>);
  function("startMatrix", &start<Simple<scope::MatrixJob>, scope::MatrixSpec>);
  function("checkPhase", &check_as<scope::PhaseSpec>);
  function("startPhase", &start<Phase, scope::PhaseSpec>);
  function("startPropagation", &start_network<Propagation>);
  function("startMeanField", &start_network<Theory>);
  emscripten::class_<Job>("Job")
      .function("advance", &Job::advance)
      .function("progress", &Job::progress)
      .function("result", &Job::result);
}
