#include "initscope/catalogue.hpp"

#include <iterator>

#include "catalogue/kinds.hpp"
#include "initscope/layers.hpp"
#include "initscope/mean_field.hpp"
#include "initscope/phase.hpp"
#include "initscope/propagation.hpp"
#include "initscope/training.hpp"

namespace initscope {
namespace {

std::string quote(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return quoted + '"';
}

/// [f(item), ...] of all items.
template <class Items, class Function>
std::string list(const Items& items, Function f) {
  std::string text;
  for (const auto& item : items) text += (text.empty() ? "" : ",") + f(item);
  return "[" + text + "]";
}

std::string texts(const auto& items) {
  return list(items, [](const char* text) { return quote(text); });
}

/// {"name": value, ...} from pairs of which the second is JSON already.
std::string object(std::initializer_list<std::pair<const char*, std::string>> members) {
  std::string text;
  for (const auto& [name, value] : members)
    if (!value.empty()) text += (text.empty() ? "" : ",") + quote(name) + ":" + value;
  return "{" + text + "}";
}

const char* kind_name(Kind kind) {
  constexpr const char* k_names[] = {"number", "integer", "choice", "seed",
                                     "shape",  "scheme",  "text"};
  static_assert(std::size(k_names) == static_cast<std::size_t>(Kind::text) + 1);
  return k_names[static_cast<std::size_t>(kind)];
}

std::string fallback(const Value& value) {
  if (const auto* number = std::get_if<double>(&value)) return to_text(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return quote(*text);
  return list(*std::get_if<std::vector<double>>(&value), [](double x) { return to_text(x); });
}

std::string documented_json(const Field& field, const char* doc) {
  const bool ranged = field.kind == Kind::number || field.kind == Kind::integer ||
                      field.kind == Kind::shape || field.kind == Kind::text;
  return object({{"id", quote(field.id)},
                 {"kind", quote(kind_name(field.kind))},
                 {"default", fallback(field.fallback)},
                 {"min", ranged ? to_text(field.min) : ""},
                 {"max", ranged ? to_text(field.max) : ""},
                 {"leastRank", field.kind == Kind::shape ? std::to_string(field.least_rank) : ""},
                 {"mostRank", field.kind == Kind::shape ? std::to_string(field.most_rank) : ""},
                 {"choices", field.choices.empty() ? "" : texts(field.choices)},
                 {"use", *field.use == '\0' ? "" : quote(field.use)},
                 {"required", field.required ? "true" : ""},
                 {"follows", field.follows == nullptr ? "" : quote(field.follows)},
                 {"symbol", *field.symbol == '\0' ? "" : quote(field.symbol)},
                 {"doc", *doc == '\0' ? "" : quote(doc)}});
}

std::string field_json(const Field& field) { return documented_json(field, ""); }

std::string scheme_json(const Scheme& scheme) {
  return object({{"id", quote(scheme.id)},
                 {"family", quote(scheme.family)},
                 {"uses", texts(scheme.uses)},
                 {"assumes", texts(scheme.assumes)},
                 {"fields", list(scheme.fields, field_json)},
                 {"formula", quote(scheme.formula)},
                 {"substituted", quote(scheme.substituted)},
                 {"source", quote(scheme.source)},
                 {"code", object({{"torch", quote(scheme.code.torch)},
                                  {"keras", quote(scheme.code.keras)},
                                  {"jax", quote(scheme.code.jax)}})},
                 {"leastRank", std::to_string(scheme.least_rank)},
                 {"mostRank", std::to_string(scheme.most_rank)},
                 {"exact", scheme.exact ? "true" : "false"}});
}

std::string activation_json(const ActivationInfo& activation) {
  return object(
      {{"id", quote(activation.name)},
       {"formula", quote(activation.formula)},
       {"scaleFree", activation.scale_free ? "true" : "false"},
       {"saturates", activation.saturated_below != activation.saturated_above ? "true" : "false"},
       {"needs", activation.id == Activation::typed ? quote(expression_field().id) : ""}});
}

std::vector<ActivationInfo> every_activation() {
  std::vector<ActivationInfo> all(activations().begin(), activations().end());
  all.push_back(info_of(Activation::typed));
  return all;
}

std::string layer_json(const LibraryLayer& layer) {
  return object({{"id", quote(layer.id)},
                 {"framework", quote(layer.framework)},
                 {"fields", list(layer.fields, field_json)},
                 {"inert", quote(layer.inert)}});
}

std::string block_json(const BlockInfo& block) {
  return object({{"id", quote(block.id)},
                 {"fields", list(block.fields, field_json)},
                 {"torch", quote(block.torch)},
                 {"keras", quote(block.keras)},
                 {"formula", quote(block.formula)}});
}

std::string gain_json(const char* name) {
  constexpr double k_default_slope = 0.01;  // of torch.nn.init.calculate_gain
  return object({{"id", quote(name)}, {"gain", to_text(*calculate_gain(name, k_default_slope))}});
}

/// {"id": [field, ...], ...}
std::string requests_json() {
  std::string text;
  for (const RequestKind& kind : request_kinds())
    text += (text.empty() ? "" : ",") + quote(kind.id) + ":" +
            list(kind.fields(), [&](const Field& field) {
              return documented_json(field, doc_of(kind.id, field.id));
            });
  return "{" + text + "}";
}

/// {"scheme": id, "parameter": value, ...}
std::string given_json(const Spec& spec) {
  std::string text;
  for (const auto& [name, value] : spec)
    text += (text.empty() ? "" : ",") + quote(name) + ":" + fallback(value);
  return "{" + text + "}";
}

std::string job_json(const JobKind& kind) {
  return object({{"id", quote(kind.id)},
                 {"request", quote(kind.request)},
                 {"call", quote(kind.call)},
                 {"doc", quote(kind.doc)},
                 {"data", quote(kind.data)},
                 {"race", kind.race ? "true" : "false"},
                 {"schemes", list(kind.schemes, given_json)},
                 {"later", given_json(kind.later)}});
}

}  // namespace

std::string catalogue_json() {
  return object({
      {"version", quote(INITSCOPE_VERSION)},
      {"algo", std::to_string(k_stream_version)},
      {"schemes", list(schemes(), scheme_json)},
      {"activations", list(every_activation(), activation_json)},
      {"gains", list(gain_names(), gain_json)},
      {"layers", list(library_layers(), layer_json)},
      {"blocks", list(blocks(), block_json)},
      {"requests", requests_json()},
      {"jobs", list(job_kinds(), job_json)},
      {"seed", object({{"least", quote(std::to_string(k_least_seed))},
                       {"most", quote(std::to_string(k_most_seed))}})},
      {"limits", object({{"layerBins", std::to_string(k_layer_bins)},
                         {"bandStd", to_text(k_band_std)},
                         {"digitSide", std::to_string(k_digit_side)},
                         {"trainingFrames", std::to_string(k_most_frames)},
                         {"trainingMapReach", to_text(k_map_reach)},
                         {"mostBlocks", to_text(k_most_blocks)},
                         {"mostParameters", to_text(k_most_parameters)},
                         {"mostElements", to_text(k_most_elements)},
                         {"mostSchemes", std::to_string(k_most_schemes)},
                         {"mostShown", std::to_string(k_most_shown)}})},
      {"reasons", list(reasons(),
                       [](const ReasonInfo& reason) {
                         return object({{"id", quote(reason.id)}, {"text", quote(reason.text)}});
                       })},
  });
}

}  // namespace initscope
