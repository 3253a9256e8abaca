// Rules that layers follow by default, where no initializer has their name.
#include "schemes/parts.hpp"
#include "schemes/torch_default.hpp"

namespace initscope::entries {
namespace {

/// kaiming_uniform with the default slope, in torch's order of operations.
Law linear_weight(const SchemeSpec&, const Fans& fans, Facts& facts) {
  facts = {{"fan_in", fans.in}};
  const double gain = *calculate_gain("leaky_relu", k_torch_default_slope);
  return centered_uniform(std::sqrt(3.0) * (gain / std::sqrt(fans.in)), facts);
}

Law linear_bias(const SchemeSpec&, const Fans& fans, Facts& facts) {
  facts = {{"fan_in", fans.in}};
  return centered_uniform(torch_default_bound(fans), facts);
}

}  // namespace

void add_layers(std::vector<Scheme>& all) {
  all.push_back({.id = "torch_linear",
                 .family = "layer",
                 .formula = R"(w\sim\mathcal{U}(-b,\,b),\quad b=\frac{1}{\sqrt{n_\text{in}}})",
                 .substituted = R"(b=\frac{1}{\sqrt{@fan_in}}=@bound)",
                 .source = "torch.nn.Linear.reset_parameters: kaiming_uniform with a = sqrt(5)",
                 .code = {"init.kaiming_uniform_(w, a=math.sqrt(5))",
                          "keras.initializers.VarianceScaling(scale=1/3, mode='fan_in', "
                          "distribution='uniform', seed=@seed)",
                          "jax.nn.initializers.variance_scaling(1/3, 'fan_in', 'uniform')"},
                 .law = linear_weight});
  all.push_back({.id = "torch_linear_bias",
                 .family = "layer",
                 .uses = {"bias"},
                 .formula = R"(b_i\sim\mathcal{U}(-b,\,b),\quad b=\frac{1}{\sqrt{n_\text{in}}})",
                 .substituted = R"(b=\frac{1}{\sqrt{@fan_in}}=@bound)",
                 .source = "torch.nn.Linear.reset_parameters",
                 .code = k_centered_uniform_code,
                 .law = linear_bias});
  all.push_back({.id = "library",
                 .family = "layer",
                 .uses = {"weight", "bias"},
                 .formula = R"(w,\,b\sim\mathcal{U}(-a,\,a),\quad a=\frac{1}{\sqrt{n_\text{in}}})",
                 .substituted = R"(a=\frac{1}{\sqrt{@fan_in}}=@bound)",
                 .source = "torch.nn: what a block's layer does by default",
                 .code = k_centered_uniform_code,
                 .law = [](const SchemeSpec& spec, const Fans& fans, Facts& facts) {
                   return fans.bias ? linear_bias(spec, fans, facts)
                                    : linear_weight(spec, fans, facts);
                 }});
}

}  // namespace initscope::entries
