#include "initscope/schemes.hpp"

#include <algorithm>
#include <cmath>

#include "initscope/orthogonal.hpp"
#include "initscope/sampling.hpp"

namespace initscope {
namespace {

constexpr double k_most = 1e6;  // of a parameter without a range of its own
constexpr const char* k_modes[] = {"fan_in", "fan_out"};
constexpr const char* k_gain_names[] = {"linear", "sigmoid", "tanh", "relu", "leaky_relu", "selu"};
constexpr const char* k_torch_init = "torch.nn.init";

Field number(const char* id, double fallback, double min, const char* symbol) {
  return {id, Kind::number, fallback, min, k_most, {}, symbol};
}

Field choice(const char* id, const char* fallback, std::span<const char* const> choices) {
  return {id, Kind::choice, std::string(fallback), 0, 0, choices};
}

std::vector<Field> gain_fields() { return {number("gain", 1, 0, R"(g)")}; }

std::vector<Field> kaiming_fields() {
  return {number("a", 0, -k_most, "a"), choice("mode", "fan_in", k_modes),
          choice("nonlinearity", "leaky_relu", k_gain_names)};
}

double xavier_std(const SchemeSpec& spec, const Fans& fans, Facts& facts) {
  const double gain = spec.parameters.number("gain");
  facts = {{"gain", gain}, {"fan_in", fans.in}, {"fan_out", fans.out}};
  return gain * std::sqrt(2.0 / (fans.in + fans.out));
}

double kaiming_std(const SchemeSpec& spec, const Fans& fans, Facts& facts) {
  const double gain =
      calculate_gain(spec.parameters.text("nonlinearity"), spec.parameters.number("a"));
  const double fan = spec.parameters.text("mode") == "fan_in" ? fans.in : fans.out;
  facts = {{"gain", gain}, {"fan", fan}};
  return gain / std::sqrt(fan);
}

Law centered_uniform(double bound, Facts& facts) {
  facts.add("bound", bound);
  return Law::uniform(-bound, bound);
}

Law centered_normal(double std, Facts& facts) {
  facts.add("std", std);
  return Law::normal(0, std);
}

/// A law whose facts are its parameters.
template <auto Make>
Law from_parameters(const SchemeSpec& spec, const Fans&, Facts& facts) {
  for (const Field& field : spec.scheme->fields)
    facts.add(field.id, spec.parameters.number(field.id));
  return Make(spec.parameters);
}

void below(const Spec& values, const std::string& prefix, SpecReader& reader, bool or_equal) {
  const auto a = static_cast<float>(values.number("a")), b = static_cast<float>(values.number("b"));
  if (a > b || (a == b && !or_equal))
    reader.note(prefix + "a", Reason::not_below, prefix + "b = " + to_text(values.number("b")));
}

void check_uniform(const Spec& values, const std::string& prefix, SpecReader& reader) {
  below(values, prefix, reader, true);
}

void check_truncated(const Spec& values, const std::string& prefix, SpecReader& reader) {
  below(values, prefix, reader, false);
  const double mean = values.number("mean"), std = values.number("std");
  const double a = (values.number("a") - mean) / std, b = (values.number("b") - mean) / std;
  if (std::max(a, -b) > k_truncation_reach)
    reader.note(prefix + "mean", Reason::out_of_reach,
                "at most " + to_text(k_truncation_reach) + " std from a or b");
}

Law torch_linear(const SchemeSpec&, const Fans& fans, Facts& facts) {
  facts = {{"fan_in", fans.in}};
  return centered_uniform(1 / std::sqrt(fans.in), facts);
}

std::vector<Scheme> make_schemes() {
  const std::vector<const char*> both{"weight", "bias"};
  // Smallest std of a truncated normal: a positive number, far below any that is useful.
  constexpr double k_least_std = 1e-9;
  return {
      {.id = "zeros",
       .family = "constant",
       .uses = both,
       .formula = R"(w=0)",
       .substituted = R"(w=0)",
       .source = k_torch_init,
       .law = [](const SchemeSpec&, const Fans&, Facts&) { return Law::atom(0); }},
      {.id = "ones",
       .family = "constant",
       .uses = both,
       .formula = R"(w=1)",
       .substituted = R"(w=1)",
       .source = k_torch_init,
       .law = [](const SchemeSpec&, const Fans&, Facts&) { return Law::atom(1); }},
      {.id = "constant",
       .family = "constant",
       .uses = both,
       .fields = {number("val", 0.1, -k_most, "c")},
       .formula = R"(w=c)",
       .substituted = R"(w=@val)",
       .source = k_torch_init,
       .law = from_parameters<[](const Spec& p) { return Law::atom(p.number("val")); }>},
      {.id = "uniform",
       .family = "random",
       .uses = both,
       .fields = {number("a", 0, -k_most, "a"), number("b", 1, -k_most, "b")},
       .formula = R"(w\sim\mathcal{U}(a,\,b))",
       .substituted = R"(w\sim\mathcal{U}(@a,\,@b))",
       .source = k_torch_init,
       .law = from_parameters<[](const Spec& p) {
         return Law::uniform(p.number("a"), p.number("b"));
       }>,
       .check = check_uniform},
      {.id = "normal",
       .family = "random",
       .uses = both,
       .fields = {number("mean", 0, -k_most, R"(\mu)"), number("std", 1, 0, R"(\sigma)")},
       .formula = R"(w\sim\mathcal{N}(\mu,\,\sigma^2))",
       .substituted = R"(w\sim\mathcal{N}(@mean,\,@std^2))",
       .source = k_torch_init,
       .law = from_parameters<[](const Spec& p) {
         return Law::normal(p.number("mean"), p.number("std"));
       }>},
      {.id = "trunc_normal",
       .family = "random",
       .uses = both,
       .fields = {number("mean", 0, -k_most, R"(\mu)"), number("std", 1, k_least_std, R"(\sigma)"),
                  number("a", -2, -k_most, "a"), number("b", 2, -k_most, "b")},
       .formula = R"(w\sim\mathcal{N}(\mu,\,\sigma^2)\;\text{on}\;[a,\,b])",
       .substituted = R"(w\sim\mathcal{N}(@mean,\,@std^2)\;\text{on}\;[@a,\,@b])",
       .source = k_torch_init,
       .law = from_parameters<[](const Spec& p) {
         return Law::truncated_normal(p.number("mean"), p.number("std"), p.number("a"),
                                      p.number("b"));
       }>,
       .check = check_truncated},
      {.id = "xavier_uniform",
       .family = "xavier",
       .fields = gain_fields(),
       .formula = R"(w\sim\mathcal{U}(-b,\,b),\quad b=g\sqrt{\frac{6}{n_\text{in}+n_\text{out}}})",
       .substituted = R"(b=@gain\cdot\sqrt{\frac{6}{@fan_in+@fan_out}}=@bound)",
       .source = "Glorot and Bengio 2010, eq. 16",
       .law =
           [](const SchemeSpec& spec, const Fans& fans, Facts& facts) {
             const double std = xavier_std(spec, fans, facts);
             return centered_uniform(std::sqrt(3.0) * std, facts);
           }},
      {.id = "xavier_normal",
       .family = "xavier",
       .fields = gain_fields(),
       .formula =
           R"(w\sim\mathcal{N}(0,\,\sigma^2),\quad\sigma=g\sqrt{\frac{2}{n_\text{in}+n_\text{out}}})",
       .substituted = R"(\sigma=@gain\cdot\sqrt{\frac{2}{@fan_in+@fan_out}}=@std)",
       .source = "Glorot and Bengio 2010, eq. 12",
       .law = [](const SchemeSpec& spec, const Fans& fans,
                 Facts& facts) { return centered_normal(xavier_std(spec, fans, facts), facts); }},
      {.id = "kaiming_uniform",
       .family = "kaiming",
       .fields = kaiming_fields(),
       .formula = R"(w\sim\mathcal{U}(-b,\,b),\quad b=g\sqrt{\frac{3}{n}})",
       .substituted = R"(b=@gain\cdot\sqrt{\frac{3}{@fan}}=@bound)",
       .source = "He et al. 2015, eq. 10 and 14",
       .law =
           [](const SchemeSpec& spec, const Fans& fans, Facts& facts) {
             const double std = kaiming_std(spec, fans, facts);
             return centered_uniform(std::sqrt(3.0) * std, facts);
           }},
      {.id = "kaiming_normal",
       .family = "kaiming",
       .fields = kaiming_fields(),
       .formula = R"(w\sim\mathcal{N}(0,\,\sigma^2),\quad\sigma=\frac{g}{\sqrt{n}})",
       .substituted = R"(\sigma=\frac{@gain}{\sqrt{@fan}}=@std)",
       .source = "He et al. 2015, eq. 10 and 14",
       .law = [](const SchemeSpec& spec, const Fans& fans,
                 Facts& facts) { return centered_normal(kaiming_std(spec, fans, facts), facts); }},
      {.id = "orthogonal",
       .family = "orthogonal",
       .fields = {number("gain", 1, k_least_std, "g")},
       .formula = R"(W=g\,Q,\quad Q^\mathsf{T}Q=I\;\text{or}\;QQ^\mathsf{T}=I)",
       .substituted = R"(\operatorname{Var}(w)=\frac{@gain^2}{\max(@rows,\,@columns)}=@variance)",
       .source = "Saxe et al. 2013, section 3",
       .law =
           [](const SchemeSpec& spec, const Fans& fans, Facts& facts) {
             const double gain = spec.parameters.number("gain");
             const double n = std::max(fans.rows(), fans.columns());
             facts = {{"gain", gain},
                      {"rows", fans.rows()},
                      {"columns", fans.columns()},
                      {"variance", gain * gain / n}};
             return Law::spherical(gain, n);
           },
       .draw =
           [](const SchemeSpec& spec, const Fans& fans, const Stream& stream, std::uint64_t number,
              std::span<float> tensor) noexcept {
             draw_orthogonal(stream, number, static_cast<std::size_t>(fans.rows()),
                             static_cast<std::size_t>(fans.columns()),
                             spec.parameters.number("gain"), tensor);
           },
       .exact = false},
      {.id = "torch_linear",
       .family = "layer",
       .formula = R"(w\sim\mathcal{U}(-b,\,b),\quad b=\frac{1}{\sqrt{n_\text{in}}})",
       .substituted = R"(b=\frac{1}{\sqrt{@fan_in}}=@bound)",
       .source = "torch.nn.Linear.reset_parameters: kaiming_uniform with a = sqrt(5)",
       .law = torch_linear},
      {.id = "torch_linear_bias",
       .family = "layer",
       .uses = {"bias"},
       .formula = R"(b_i\sim\mathcal{U}(-b,\,b),\quad b=\frac{1}{\sqrt{n_\text{in}}})",
       .substituted = R"(b=\frac{1}{\sqrt{@fan_in}}=@bound)",
       .source = "torch.nn.Linear.reset_parameters",
       .law = torch_linear},
  };
}

}  // namespace

const std::vector<Scheme>& schemes() {
  static const std::vector<Scheme> all = make_schemes();
  return all;
}

const Scheme* find_scheme(std::string_view id) {
  for (const Scheme& scheme : schemes())
    if (scheme.id == id) return &scheme;
  return nullptr;
}

double calculate_gain(std::string_view nonlinearity, double a) noexcept {
  if (nonlinearity == "tanh") return 5.0 / 3;
  if (nonlinearity == "relu") return std::sqrt(2.0);
  if (nonlinearity == "leaky_relu") return std::sqrt(2.0 / (1 + a * a));
  if (nonlinearity == "selu") return 0.75;
  return 1;
}

std::span<const char* const> gain_names() noexcept { return k_gain_names; }

}  // namespace initscope
