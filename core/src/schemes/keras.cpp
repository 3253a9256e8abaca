// Variance scaling, which Keras and JAX share, and keras.initializers where it differs from
// torch.nn.init.
#include <algorithm>
#include <string>

#include "schemes/parts.hpp"

namespace initscope::entries {
namespace {

constexpr const char* k_modes[] = {"fan_in", "fan_out", "fan_avg", "fan_geo_avg"};
constexpr const char* k_distributions[] = {"truncated_normal", "untruncated_normal", "uniform"};
constexpr const char* k_formula =
    R"(\operatorname{Var}(w)=\frac{s}{n},\quad n\in\{n_\text{in},\,n_\text{out},\,\tfrac{n_\text{in}+n_\text{out}}{2},\,\sqrt{n_\text{in}n_\text{out}}\})";

double fan_of(std::string_view mode, const Fans& fans) {
  if (mode == "fan_in") return fans.in;
  if (mode == "fan_out") return fans.out;
  return mode == "fan_avg" ? (fans.in + fans.out) / 2 : std::sqrt(fans.in * fans.out);
}

/// N(0, std / .8796...) cut at two of its std, which has this std.
Law truncated(double std, Facts& facts) {
  const double wide = std / k_truncated_std;
  facts.add("std", wide);
  facts.add("bound", 2 * wide);
  return Law::truncated_normal(0, wide, -2 * wide, 2 * wide);
}

Law scaled(double scale, std::string_view mode, std::string_view distribution, const Fans& fans,
           Facts& facts) {
  const double fan = std::max(1.0, fan_of(mode, fans)), variance = scale / fan;
  facts = {{"scale", scale}, {"fan", fan}, {"variance", variance}};
  if (distribution == "uniform") return centered_uniform(std::sqrt(3 * variance), facts);
  if (distribution == "truncated_normal") return truncated(std::sqrt(variance), facts);
  return centered_normal(std::sqrt(variance), facts);
}

/// glorot, he and lecun, each uniform and truncated normal: variance_scaling with fixed arguments.
template <int kScale, int kMode, bool kUniform>
Law fixed(const SchemeSpec&, const Fans& fans, Facts& facts) {
  return scaled(kScale, k_modes[kMode], k_distributions[kUniform ? 2 : 0], fans, facts);
}

constexpr const char* k_torch_truncated = "init.trunc_normal_(w, std=@std, a=-@bound, b=@bound)";

void add_variance_scaling(std::vector<Scheme>& all) {
  all.push_back(
      {.id = "variance_scaling",
       .family = "variance_scaling",
       .fields = {number_field("scale", 1, k_positive, "s"),
                  choice_field("mode", "fan_in", k_modes),
                  choice_field("distribution", "truncated_normal", k_distributions)},
       .formula = k_formula,
       .substituted = R"(\operatorname{Var}(w)=\frac{@scale}{@fan}=@variance)",
       .source = "keras.initializers.VarianceScaling, jax.nn.initializers.variance_scaling",
       .code = {"[distribution=uniform]init.uniform_(w, a=-@bound, b=@bound)\n"
                "[distribution=untruncated_normal]init.normal_(w, std=@std)\n"
                "[distribution=truncated_normal]init.trunc_normal_(w, std=@std, a=-@bound, "
                "b=@bound)",
                // Keras has no fan_geo_avg.
                "[mode=fan_in]keras.initializers.VarianceScaling(scale=@scale, mode='fan_in', "
                "distribution=@@distribution, seed=@seed)\n"
                "[mode=fan_out]keras.initializers.VarianceScaling(scale=@scale, mode='fan_out', "
                "distribution=@@distribution, seed=@seed)\n"
                "[mode=fan_avg]keras.initializers.VarianceScaling(scale=@scale, mode='fan_avg', "
                "distribution=@@distribution, seed=@seed)",
                "[distribution=uniform]jax.nn.initializers.variance_scaling(@scale, @@mode, "
                "'uniform')\n"
                "[distribution=untruncated_normal]jax.nn.initializers.variance_scaling(@scale, "
                "@@mode, 'normal')\n"
                "[distribution=truncated_normal]jax.nn.initializers.variance_scaling(@scale, "
                "@@mode, 'truncated_normal')"},
       .law =
           [](const SchemeSpec& spec, const Fans& fans, Facts& facts) {
             const Spec& p = spec.parameters;
             return scaled(p.number("scale"), p.text("mode"), p.text("distribution"), fans, facts);
           },
       .least_rank = 1});
  // Glorot and Bengio take an activation that is odd and has slope 1 at 0, He et al. a rectifier,
  // LeCun et al. a sigmoid that gives variance 1 back, which SELU was made to do.
  const std::vector<const char*> odd{"linear", "tanh", "softsign", "hardtanh"},
      rectifiers{"relu", "leaky_relu"}, keeping{"linear", "tanh", "selu"};
  const auto add = [&all](const char* id, const char* formula, const char* source,
                          const std::vector<const char*>& assumes, Code code, auto law) {
    all.push_back({.id = id,
                   .family = "variance_scaling",
                   .formula = formula,
                   .substituted = R"(\operatorname{Var}(w)=\frac{@scale}{@fan}=@variance)",
                   .source = source,
                   .assumes = assumes,
                   .code = code,
                   .law = law,
                   .least_rank = 1});
  };
  constexpr const char* k_glorot = R"(\operatorname{Var}(w)=\frac{2}{n_\text{in}+n_\text{out}})";
  constexpr const char* k_he = R"(\operatorname{Var}(w)=\frac{2}{n_\text{in}})";
  constexpr const char* k_lecun = R"(\operatorname{Var}(w)=\frac{1}{n_\text{in}})";
  add("glorot_uniform", k_glorot, "Glorot and Bengio 2010, eq. 16", odd,
      {k_centered_uniform_code.torch, "keras.initializers.GlorotUniform(seed=@seed)",
       "jax.nn.initializers.glorot_uniform()"},
      fixed<1, 2, true>);
  add("glorot_normal", k_glorot, "Glorot and Bengio 2010; keras.initializers.GlorotNormal", odd,
      {k_torch_truncated, "keras.initializers.GlorotNormal(seed=@seed)",
       "jax.nn.initializers.glorot_normal()"},
      fixed<1, 2, false>);
  add("he_uniform", k_he, "He et al. 2015; keras.initializers.HeUniform", rectifiers,
      {k_centered_uniform_code.torch, "keras.initializers.HeUniform(seed=@seed)",
       "jax.nn.initializers.he_uniform()"},
      fixed<2, 0, true>);
  add("he_normal", k_he, "He et al. 2015; keras.initializers.HeNormal", rectifiers,
      {k_torch_truncated, "keras.initializers.HeNormal(seed=@seed)",
       "jax.nn.initializers.he_normal()"},
      fixed<2, 0, false>);
  add("lecun_uniform", k_lecun, "LeCun et al. 1998, section 4.6", keeping,
      {k_centered_uniform_code.torch, "keras.initializers.LecunUniform(seed=@seed)",
       "jax.nn.initializers.lecun_uniform()"},
      fixed<1, 0, true>);
  add("lecun_normal", k_lecun, "LeCun et al. 1998, section 4.6; Flax's default", keeping,
      {k_torch_truncated, "keras.initializers.LecunNormal(seed=@seed)",
       "jax.nn.initializers.lecun_normal()"},
      fixed<1, 0, false>);
}

constexpr const char* k_uniform = R"(w\sim\mathcal{U}(a,\,b))";
constexpr const char* k_normal = R"(w\sim\mathcal{N}(\mu,\,\sigma^2))";

void add_keras_random(std::vector<Scheme>& all) {
  const std::vector<const char*> both{"weight", "bias"};
  all.push_back(
      {.id = "random_uniform",
       .family = "keras",
       .uses = both,
       .fields = {number_field("minval", -0.05, k_any, "a"),
                  number_field("maxval", 0.05, k_any, "b")},
       .formula = k_uniform,
       .substituted = R"(w\sim\mathcal{U}(@minval,\,@maxval))",
       .source = "keras.initializers.RandomUniform",
       .code = {"init.uniform_(w, a=@minval, b=@maxval)",
                "keras.initializers.RandomUniform(minval=@minval, maxval=@maxval, seed=@seed)",
                "lambda key, shape, dtype=jnp.float32: "
                "jax.random.uniform(key, shape, dtype, minval=@minval, maxval=@maxval)"},
       .law = from_parameters<[](const Spec& p) {
         return Law::uniform(p.number("minval"), p.number("maxval"));
       }>,
       .check = [](const Spec& values, const std::string& prefix,
                   SpecReader& reader) { check_below(values, "minval", "maxval", prefix, reader); },
       .least_rank = 1});
  all.push_back({.id = "random_normal",
                 .family = "keras",
                 .uses = both,
                 .fields = {number_field("mean", 0, k_any, R"(\mu)"),
                            number_field("stddev", 0.05, k_not_negative, R"(\sigma)")},
                 .formula = k_normal,
                 .substituted = R"(w\sim\mathcal{N}(@mean,\,@stddev^2))",
                 .source = "keras.initializers.RandomNormal",
                 .code = {"init.normal_(w, mean=@mean, std=@stddev)",
                          "keras.initializers.RandomNormal(mean=@mean, stddev=@stddev, seed=@seed)",
                          "lambda key, shape, dtype=jnp.float32: "
                          "@mean + @stddev * jax.random.normal(key, shape, dtype)"},
                 .law = from_parameters<[](const Spec& p) {
                   return Law::normal(p.number("mean"), p.number("stddev"));
                 }>,
                 .least_rank = 1});
  all.push_back(
      {.id = "truncated_normal",
       .family = "keras",
       .uses = both,
       .fields = {number_field("mean", 0, k_any, R"(\mu)"),
                  number_field("stddev", 0.05, k_positive, R"(\sigma)")},
       .formula = R"(w\sim\mathcal{N}(\mu,\,\sigma^2)\mid w\in[\mu-2\sigma,\,\mu+2\sigma])",
       .substituted = R"(w\sim\mathcal{N}(@mean,\,@stddev^2)\mid w\in[@low,\,@high])",
       .source = "keras.initializers.TruncatedNormal",
       .code = {"init.trunc_normal_(w, mean=@mean, std=@stddev, a=@low, b=@high)",
                "keras.initializers.TruncatedNormal(mean=@mean, stddev=@stddev, seed=@seed)",
                "lambda key, shape, dtype=jnp.float32: "
                "@mean + @stddev * jax.random.truncated_normal(key, -2, 2, shape, dtype)"},
       .law =
           [](const SchemeSpec& spec, const Fans&, Facts& facts) {
             const double mean = spec.parameters.number("mean"),
                          std = spec.parameters.number("stddev");
             facts = {{"mean", mean},
                      {"stddev", std},
                      {"low", mean - 2 * std},
                      {"high", mean + 2 * std}};
             return Law::truncated_normal(mean, std, mean - 2 * std, mean + 2 * std);
           },
       .least_rank = 1});
}

void add_identities(std::vector<Scheme>& all) {
  all.push_back({.id = "identity",
                 .family = "keras",
                 .fields = {number_field("gain", 1, k_any, "g")},
                 .formula = R"(W=g\,I)",
                 .substituted = R"(W=@gain\,I)",
                 .source = "keras.initializers.Identity",
                 .code = {"init.eye_(w)\nw.mul_(@gain)", "keras.initializers.Identity(gain=@gain)"},
                 .law =
                     [](const SchemeSpec& spec, const Fans& fans, Facts& facts) {
                       const double gain = spec.parameters.number("gain");
                       facts = {{"gain", gain}};
                       const double share =
                           fans.elements() > 0 ? 1 / std::max(fans.rows(), fans.columns()) : 1;
                       const Law::Atom zero{0, 1 - share}, one{gain, share};
                       if (gain == 0) return Law::atom(0);
                       return gain < 0 ? Law::atoms(std::array{one, zero})
                                       : Law::atoms(std::array{zero, one});
                     },
                 .most_rank = 2,
                 .draw =
                     [](const SchemeSpec& spec, const Fans& fans, const Draw&,
                        std::span<float> tensor) noexcept {
                       std::fill(tensor.begin(), tensor.end(), 0.0F);
                       const std::size_t columns = whole(fans.columns());
                       for (std::size_t i = 0; i < std::min(whole(fans.rows()), columns); ++i)
                         tensor[i * columns + i] =
                             static_cast<float>(spec.parameters.number("gain"));
                     }});
}

}  // namespace

void add_keras(std::vector<Scheme>& all) {
  add_variance_scaling(all);
  add_keras_random(all);
  add_identities(all);
}

}  // namespace initscope::entries
