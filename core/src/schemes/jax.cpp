// jax.nn.initializers, where it differs from the others.
#include <algorithm>

#include "initscope/orthogonal.hpp"
#include "schemes/parts.hpp"

namespace initscope::entries {

void add_jax(std::vector<Scheme>& all) {
  const std::vector<const char*> both{"weight", "bias"};
  all.push_back(
      {.id = "jax_uniform",
       .family = "jax",
       .uses = both,
       .fields = {number_field("scale", 0.01, k_not_negative, "s")},
       .formula = R"(w\sim\mathcal{U}(0,\,s))",
       .substituted = R"(w\sim\mathcal{U}(0,\,@scale))",
       .source = "jax.nn.initializers.uniform",
       .code = {"init.uniform_(w, a=0.0, b=@scale)",
                "keras.initializers.RandomUniform(minval=0.0, maxval=@scale, seed=@seed)",
                "jax.nn.initializers.uniform(scale=@scale)"},
       .law = from_parameters<[](const Spec& p) { return Law::uniform(0, p.number("scale")); }>,
       .least_rank = 1});
  all.push_back(
      {.id = "jax_normal",
       .family = "jax",
       .uses = both,
       .fields = {number_field("stddev", 0.01, k_not_negative, R"(\sigma)")},
       .formula = R"(w\sim\mathcal{N}(0,\,\sigma^2))",
       .substituted = R"(w\sim\mathcal{N}(0,\,@stddev^2))",
       .source = "jax.nn.initializers.normal",
       .code = {"init.normal_(w, std=@stddev)",
                "keras.initializers.RandomNormal(mean=0.0, stddev=@stddev, seed=@seed)",
                "jax.nn.initializers.normal(stddev=@stddev)"},
       .law = from_parameters<[](const Spec& p) { return Law::normal(0, p.number("stddev")); }>,
       .least_rank = 1});
  all.push_back(
      {.id = "jax_truncated_normal",
       .family = "jax",
       .uses = both,
       .fields = {number_field("stddev", 0.01, k_positive, R"(\sigma)"),
                  number_field("lower", -2, k_any, "a"), number_field("upper", 2, k_any, "b")},
       .formula = R"(w=\sigma z,\quad z\sim\mathcal{N}(0,\,1)\mid z\in[a,\,b])",
       .substituted = R"(w\sim\mathcal{N}(0,\,@stddev^2)\mid w\in[@low,\,@high])",
       .source = "jax.nn.initializers.truncated_normal",
       .code = {"init.trunc_normal_(w, std=@stddev, a=@low, b=@high)", "",
                "jax.nn.initializers.truncated_normal(stddev=@stddev, lower=@lower, "
                "upper=@upper)"},
       .law =
           [](const SchemeSpec& spec, const Fans&, Facts& facts) {
             const double std = spec.parameters.number("stddev"),
                          low = std * spec.parameters.number("lower"),
                          high = std * spec.parameters.number("upper");
             facts = {{"stddev", std},
                      {"lower", low / std},
                      {"upper", high / std},
                      {"low", low},
                      {"high", high}};
             return Law::truncated_normal(0, std, low, high);
           },
       .check =
           [](const Spec& values, const std::string& prefix, SpecReader& reader) {
             check_below(values, "lower", "upper", prefix, reader);
             check_reach(values.number("lower"), values.number("upper"), prefix + "lower", reader);
           },
       .least_rank = 1});
  all.push_back(
      {.id = "delta_orthogonal",
       .family = "jax",
       .uses = {"kernel"},
       .fields = {number_field("scale", 1, k_any, "g")},
       .formula = R"(W_t=\delta_{t,\,\lfloor(k-1)/2\rfloor}\;g\,Q,\quad Q^\mathsf{T}Q=I)",
       .substituted = R"(g=@scale,\quad\operatorname{Var}(w)=@variance)",
       .source = "Xiao et al. 2018, section 4.3",
       .code = {"w.zero_()\nif w.ndim == 3:\n    center = w[:, :, (w.shape[2] - 1) // 2]\n"
                "elif w.ndim == 4:\n    center = w[:, :, (w.shape[2] - 1) // 2, (w.shape[3] - 1) "
                "// 2]\nelse:\n    center = w[:, :, (w.shape[2] - 1) // 2, (w.shape[3] - 1) // 2, "
                "(w.shape[4] - 1) // 2]\ninit.orthogonal_(center, gain=@scale)",
                "", "jax.nn.initializers.delta_orthogonal(scale=@scale)"},
       .law =
           [](const SchemeSpec& spec, const Fans& fans, Facts& facts) {
             const double gain = spec.parameters.number("scale");
             const double share = fans.elements() > 0 ? 1 / fans.receptive_field : 1;
             const Law law =
                 gain == 0 ? Law::atom(0)
                           : Law::spherical(std::abs(gain), fans.outputs).with_zeros(1 - share);
             facts = {{"scale", gain}, {"variance", law.variance()}};
             return law;
           },
       .least_rank = 3,
       .most_rank = 5,
       .fits =
           [](const SchemeSpec&, const Fans& fans, const char* field, SpecReader& reader) {
             if (fans.inputs > fans.outputs)
               reader.note(field, Reason::too_many, "n_in = n_out = " + to_text(fans.outputs));
             check_factoring(fans.outputs, fans.inputs, field, reader);
           },
       .draw =
           [](const SchemeSpec& spec, const Fans& fans, const Draw& draw,
              std::span<float> tensor) noexcept {
             const std::size_t outputs = whole(fans.outputs), inputs = whole(fans.inputs);
             std::vector<float> q(outputs * inputs);
             draw_orthogonal(draw, outputs, inputs, spec.parameters.number("scale"), q);
             std::fill(tensor.begin(), tensor.end(), 0.0F);
             for (std::size_t o = 0; o < outputs; ++o)
               for (std::size_t i = 0; i < inputs; ++i)
                 tensor[fans.index(o, i, fans.lower_center)] = q[o * inputs + i];
           },
       .scratch =
           [](const SchemeSpec&, const Fans& fans) {
             return sizeof(float) * fans.outputs * fans.inputs +
                    orthogonal_scratch(fans.outputs, fans.inputs);
           },
       .exact = false});
}

}  // namespace initscope::entries
