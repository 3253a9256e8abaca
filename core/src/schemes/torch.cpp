// torch.nn.init.
#include <algorithm>

#include "initscope/orthogonal.hpp"
#include "schemes/parts.hpp"

namespace initscope::entries {
namespace {

constexpr const char* k_modes[] = {"fan_in", "fan_out"};

std::vector<Field> gain_fields() { return {number_field("gain", 1, k_not_negative, R"(g)")}; }

std::vector<Field> kaiming_fields() {
  return {number_field("a", 0, k_any, "a"), choice_field("mode", "fan_in", k_modes),
          choice_field("nonlinearity", "leaky_relu", gain_names())};
}

double xavier_std(const SchemeSpec& spec, const Fans& fans, Facts& facts) {
  const double gain = spec.parameters.number("gain");
  facts = {{"gain", gain}, {"fan_in", fans.in}, {"fan_out", fans.out}};
  return gain * std::sqrt(2.0 / (fans.in + fans.out));
}

double kaiming_std(const SchemeSpec& spec, const Fans& fans, Facts& facts) {
  const double gain =
      *calculate_gain(spec.parameters.text("nonlinearity"), spec.parameters.number("a"));
  const double fan = spec.parameters.text("mode") == "fan_in" ? fans.in : fans.out;
  facts = {{"gain", gain}, {"fan", fan}};
  return gain / std::sqrt(fan);
}

void check_truncated(const Spec& values, const std::string& prefix, SpecReader& reader) {
  check_below(values, "a", "b", prefix, reader);
  const double mean = values.number("mean"), std = values.number("std");
  check_reach((values.number("a") - mean) / std, (values.number("b") - mean) / std, prefix + "mean",
              reader);
}

double sparse_zeros(const SchemeSpec& spec, const Fans& fans) {
  return std::ceil(spec.parameters.number("sparsity") * fans.outputs);
}

void draw_sparse(const SchemeSpec& spec, const Fans& fans, const Draw& draw,
                 std::span<float> tensor) noexcept {
  draw.fill(Law::normal(0, spec.parameters.number("std")), tensor);
  const std::size_t inputs = whole(fans.inputs);
  std::vector<std::uint32_t> zeros(whole(sparse_zeros(spec, fans)));
  for (std::size_t input = 0; input < inputs; ++input) {
    draw.choose(static_cast<std::uint32_t>(fans.outputs), input, inputs, zeros);
    for (const std::uint32_t output : zeros) tensor[fans.index(output, input, 0)] = 0;
  }
}

void add_random(std::vector<Scheme>& all) {
  const std::vector<const char*> both{"weight", "bias"};
  all.push_back({.id = "uniform",
                 .family = "random",
                 .uses = both,
                 .fields = {number_field("a", 0, k_any, "a"), number_field("b", 1, k_any, "b")},
                 .formula = R"(w\sim\mathcal{U}(a,\,b))",
                 .substituted = R"(w\sim\mathcal{U}(@a,\,@b))",
                 .source = k_torch_init,
                 .code = {"init.uniform_(w, a=@a, b=@b)",
                          "keras.initializers.RandomUniform(minval=@a, maxval=@b, seed=@seed)",
                          "lambda key, shape, dtype=jnp.float32: "
                          "jax.random.uniform(key, shape, dtype, minval=@a, maxval=@b)"},
                 .law = from_parameters<[](const Spec& p) {
                   return Law::uniform(p.number("a"), p.number("b"));
                 }>,
                 .check = [](const Spec& values, const std::string& prefix,
                             SpecReader& reader) { check_below(values, "a", "b", prefix, reader); },
                 .least_rank = 1});
  all.push_back({.id = "normal",
                 .family = "random",
                 .uses = both,
                 .fields = {number_field("mean", 0, k_any, R"(\mu)"),
                            number_field("std", 1, k_not_negative, R"(\sigma)")},
                 .formula = R"(w\sim\mathcal{N}(\mu,\,\sigma^2))",
                 .substituted = R"(w\sim\mathcal{N}(@mean,\,@std^2))",
                 .source = k_torch_init,
                 .code = {"init.normal_(w, mean=@mean, std=@std)",
                          "keras.initializers.RandomNormal(mean=@mean, stddev=@std, seed=@seed)",
                          "lambda key, shape, dtype=jnp.float32: "
                          "@mean + @std * jax.random.normal(key, shape, dtype)"},
                 .law = from_parameters<[](const Spec& p) {
                   return Law::normal(p.number("mean"), p.number("std"));
                 }>,
                 .least_rank = 1});
  all.push_back(
      {.id = "trunc_normal",
       .family = "random",
       .uses = both,
       .fields = {number_field("mean", 0, k_any, R"(\mu)"),
                  number_field("std", 1, k_positive, R"(\sigma)"),
                  number_field("a", -2, k_any, "a"), number_field("b", 2, k_any, "b")},
       .formula = R"(w\sim\mathcal{N}(\mu,\,\sigma^2)\mid w\in[a,\,b])",
       .substituted = R"(w\sim\mathcal{N}(@mean,\,@std^2)\mid w\in[@a,\,@b])",
       .source = k_torch_init,
       .code = {"init.trunc_normal_(w, mean=@mean, std=@std, a=@a, b=@b)", "",
                "lambda key, shape, dtype=jnp.float32: @mean + @std * jax.random.truncated_normal("
                "key, (@a - @mean) / @std, (@b - @mean) / @std, shape, dtype)"},
       .law = from_parameters<[](const Spec& p) {
         return Law::truncated_normal(p.number("mean"), p.number("std"), p.number("a"),
                                      p.number("b"));
       }>,
       .check = check_truncated,
       .least_rank = 1});
}

void add_variance_preserving(std::vector<Scheme>& all) {
  all.push_back(
      {.id = "xavier_uniform",
       .family = "xavier",
       .fields = gain_fields(),
       .formula = R"(w\sim\mathcal{U}(-b,\,b),\quad b=g\sqrt{\frac{6}{n_\text{in}+n_\text{out}}})",
       .substituted = R"(b=@gain\cdot\sqrt{\frac{6}{@fan_in+@fan_out}}=@bound)",
       .source = "Glorot and Bengio 2010, eq. 16",
       .code = {"init.xavier_uniform_(w, gain=@gain)",
                "keras.initializers.VarianceScaling(scale=@gain**2, mode='fan_avg', "
                "distribution='uniform', seed=@seed)",
                "jax.nn.initializers.variance_scaling(@gain**2, 'fan_avg', 'uniform')"},
       .law = [](const SchemeSpec& spec, const Fans& fans, Facts& facts) {
         const double std = xavier_std(spec, fans, facts);
         return centered_uniform(std::sqrt(3.0) * std, facts);
       }});
  all.push_back(
      {.id = "xavier_normal",
       .family = "xavier",
       .fields = gain_fields(),
       .formula =
           R"(w\sim\mathcal{N}(0,\,\sigma^2),\quad\sigma=g\sqrt{\frac{2}{n_\text{in}+n_\text{out}}})",
       .substituted = R"(\sigma=@gain\cdot\sqrt{\frac{2}{@fan_in+@fan_out}}=@std)",
       .source = "Glorot and Bengio 2010, eq. 12",
       .code = {"init.xavier_normal_(w, gain=@gain)",
                "keras.initializers.VarianceScaling(scale=@gain**2, mode='fan_avg', "
                "distribution='untruncated_normal', seed=@seed)",
                "jax.nn.initializers.variance_scaling(@gain**2, 'fan_avg', 'normal')"},
       .law = [](const SchemeSpec& spec, const Fans& fans, Facts& facts) {
         return centered_normal(xavier_std(spec, fans, facts), facts);
       }});
  all.push_back(
      {.id = "kaiming_uniform",
       .family = "kaiming",
       .fields = kaiming_fields(),
       .formula = R"(w\sim\mathcal{U}(-b,\,b),\quad b=g\sqrt{\frac{3}{n}})",
       .substituted = R"(b=@gain\cdot\sqrt{\frac{3}{@fan}}=@bound)",
       .source = "He et al. 2015, eq. 10 and 14",
       .code = {"init.kaiming_uniform_(w, a=@a, mode=@@mode, nonlinearity=@@nonlinearity)",
                "keras.initializers.VarianceScaling(scale=@gain**2, mode=@@mode, "
                "distribution='uniform', seed=@seed)",
                "jax.nn.initializers.variance_scaling(@gain**2, @@mode, 'uniform')"},
       .law = [](const SchemeSpec& spec, const Fans& fans, Facts& facts) {
         const double std = kaiming_std(spec, fans, facts);
         return centered_uniform(std::sqrt(3.0) * std, facts);
       }});
  all.push_back({.id = "kaiming_normal",
                 .family = "kaiming",
                 .fields = kaiming_fields(),
                 .formula = R"(w\sim\mathcal{N}(0,\,\sigma^2),\quad\sigma=\frac{g}{\sqrt{n}})",
                 .substituted = R"(\sigma=\frac{@gain}{\sqrt{@fan}}=@std)",
                 .source = "He et al. 2015, eq. 10 and 14",
                 .code = {"init.kaiming_normal_(w, a=@a, mode=@@mode, nonlinearity=@@nonlinearity)",
                          "keras.initializers.VarianceScaling(scale=@gain**2, mode=@@mode, "
                          "distribution='untruncated_normal', seed=@seed)",
                          "jax.nn.initializers.variance_scaling(@gain**2, @@mode, 'normal')"},
                 .law = [](const SchemeSpec& spec, const Fans& fans, Facts& facts) {
                   return centered_normal(kaiming_std(spec, fans, facts), facts);
                 }});
}

void add_structured(std::vector<Scheme>& all) {
  all.push_back(
      {.id = "orthogonal",
       .family = "orthogonal",
       .fields = {number_field("gain", 1, k_any, "g")},
       .formula = R"(W=g\,Q,\quad Q^\mathsf{T}Q=I\;\lor\;QQ^\mathsf{T}=I)",
       .substituted = R"(\operatorname{Var}(w)=\frac{@gain^2}{\max(@rows,\,@columns)}=@variance)",
       .source = "Saxe et al. 2013, section 3",
       .code = {"init.orthogonal_(w, gain=@gain)",
                "keras.initializers.Orthogonal(gain=@gain, seed=@seed)",
                "jax.nn.initializers.orthogonal(scale=@gain)"},
       .law =
           [](const SchemeSpec& spec, const Fans& fans, Facts& facts) {
             const double gain = spec.parameters.number("gain");
             const double n = std::max(fans.rows(), fans.columns());
             facts = {{"gain", gain},
                      {"rows", fans.rows()},
                      {"columns", fans.columns()},
                      {"variance", gain * gain / n}};
             return gain == 0 ? Law::atom(0) : Law::spherical(std::abs(gain), n);
           },
       .fits =
           [](const SchemeSpec&, const Fans& fans, const char* field, SpecReader& reader) {
             check_factoring(fans.rows(), fans.columns(), field, reader);
           },
       .draw =
           [](const SchemeSpec& spec, const Fans& fans, const Draw& draw,
              std::span<float> tensor) noexcept {
             draw_orthogonal(draw, whole(fans.rows()), whole(fans.columns()),
                             spec.parameters.number("gain"), tensor);
           },
       .scratch = matrix_scratch,
       .exact = false,
       .gaussian_sums = true});
  all.push_back(
      {.id = "sparse",
       .family = "orthogonal",
       .fields = {number_field("sparsity", 0.9, {0, 1}, "s"),
                  number_field("std", 0.01, k_not_negative, R"(\sigma)")},
       .formula =
           R"(w\sim\mathcal{N}(0,\,\sigma^2),\quad\lvert\{i:w_{ij}=0\}\rvert=\lceil s\,n_\text{out}\rceil)",
       .substituted =
           R"(\lvert\{i:w_{ij}=0\}\rvert=@zeros,\quad n_\text{out}=@fan_out,\quad\sigma=@std)",
       .source = "Martens 2010, section 5",
       .code = {"init.sparse_(w, sparsity=@sparsity, std=@std)"},
       .law =
           [](const SchemeSpec& spec, const Fans& fans, Facts& facts) {
             const double zeros = sparse_zeros(spec, fans), std = spec.parameters.number("std");
             facts = {{"zeros", zeros}, {"fan_out", fans.outputs}, {"std", std}};
             if (zeros == fans.outputs) return Law::atom(0);
             return Law::normal(0, std).with_zeros(zeros / fans.outputs);
           },
       .most_rank = 2,
       .warn =
           [](const SchemeSpec& spec, SpecReader& reader) {
             if (sparse_zeros(spec, spec.fans) == spec.fans.outputs)
               reader.note("scheme.sparsity", Reason::all_zero,
                           "ceil(sparsity * n_out) = n_out = " + to_text(spec.fans.outputs),
                           to_text(spec.parameters.number("sparsity")));
           },
       .draw = draw_sparse,
       // An order of all outputs, the words that make it, and the chosen ones.
       .scratch = [](const SchemeSpec&,
                     const Fans& fans) { return 3 * sizeof(std::uint32_t) * fans.outputs; },
       .gaussian_sums = true});
}

}  // namespace

void add_torch(std::vector<Scheme>& all) {
  add_torch_constants(all);
  add_random(all);
  add_variance_preserving(all);
  add_structured(all);
}

}  // namespace initscope::entries
