// torch.nn.init's schemes that draw nothing.
#include <algorithm>

#include "schemes/parts.hpp"

namespace initscope::entries {
namespace {

Law eye_law(const SchemeSpec&, const Fans& fans, Facts& facts) {
  const double n = std::min(fans.rows(), fans.columns());
  facts = {{"rows", fans.rows()}, {"columns", fans.columns()}, {"n", n}};
  return diagonal_law(n, fans, 1);
}

/// Inputs that each group of a dirac kernel passes on.
double dirac_passed(const SchemeSpec& spec, const Fans& fans) {
  return std::min(fans.outputs / spec.parameters.number("groups"), fans.inputs);
}

void draw_dirac(const SchemeSpec& spec, const Fans& fans, const Draw&,
                std::span<float> tensor) noexcept {
  const std::size_t groups = whole(spec.parameters.number("groups"));
  const std::size_t per_group = whole(fans.outputs) / groups;
  std::fill(tensor.begin(), tensor.end(), 0.0F);
  for (std::size_t group = 0; group < groups; ++group)
    for (std::size_t i = 0; i < whole(dirac_passed(spec, fans)); ++i)
      tensor[fans.index(group * per_group + i, i, fans.center)] = 1;
}

}  // namespace

void add_torch_constants(std::vector<Scheme>& all) {
  const std::vector<const char*> both{"weight", "bias"};
  all.push_back(
      {.id = "zeros",
       .family = "constant",
       .uses = both,
       .formula = R"(w=0)",
       .substituted = R"(w=0)",
       .source = k_torch_init,
       .code = {"init.zeros_(w)", "keras.initializers.Zeros()", "jax.nn.initializers.zeros"},
       .law = [](const SchemeSpec&, const Fans&, Facts&) { return Law::atom(0); },
       .least_rank = 1});
  all.push_back({.id = "ones",
                 .family = "constant",
                 .uses = both,
                 .formula = R"(w=1)",
                 .substituted = R"(w=1)",
                 .source = k_torch_init,
                 .code = {"init.ones_(w)", "keras.initializers.Ones()", "jax.nn.initializers.ones"},
                 .law = [](const SchemeSpec&, const Fans&, Facts&) { return Law::atom(1); },
                 .least_rank = 0});
  all.push_back({.id = "constant",
                 .family = "constant",
                 .uses = both,
                 .fields = {number_field("val", 0.1, k_any, "c")},
                 .formula = R"(w=c)",
                 .substituted = R"(w=@val)",
                 .source = k_torch_init,
                 .code = {"init.constant_(w, @val)", "keras.initializers.Constant(value=@val)",
                          "jax.nn.initializers.constant(@val)"},
                 .law = from_parameters<[](const Spec& p) { return Law::atom(p.number("val")); }>,
                 .least_rank = 1});
  all.push_back(
      {.id = "eye",
       .family = "constant",
       .formula = R"(W_{ij}=\delta_{ij})",
       .substituted = R"(W\in\mathbb{R}^{@rows\times@columns},\quad\operatorname{rank}W=@n)",
       .source = k_torch_init,
       .code = {"init.eye_(w)", "keras.initializers.Identity()"},
       .law = eye_law,
       .most_rank = 2,
       .draw = [](const SchemeSpec&, const Fans& fans, const Draw&,
                  std::span<float> tensor) noexcept { draw_diagonal(fans, 1, tensor); }});
  all.push_back(
      {.id = "dirac",
       .family = "constant",
       .uses = {"kernel"},
       .fields = {integer_field("groups", 1, {1, k_most_extent}, "G")},
       .formula = R"(W_{odt}=\delta_{o\bmod(n_\text{out}/G),\,d}\;\delta_{t,\,\lfloor k/2\rfloor})",
       .substituted = R"(G=@groups,\quad\frac{1}{N}\sum w=\frac{@ones}{@elements})",
       .source = k_torch_init,
       .code = {"init.dirac_(w, groups=@groups)"},
       .law =
           [](const SchemeSpec& spec, const Fans& fans, Facts& facts) {
             const double groups = spec.parameters.number("groups");
             const double ones = groups * dirac_passed(spec, fans);
             facts = {{"groups", groups}, {"ones", ones}, {"elements", fans.elements()}};
             return diagonal_law(ones, fans, 1);
           },
       .least_rank = 3,
       .most_rank = 5,
       .fits =
           [](const SchemeSpec& spec, const Fans& fans, const char* field, SpecReader& reader) {
             const double groups = spec.parameters.number("groups");
             if (std::fmod(fans.outputs, groups) != 0)
               reader.note(
                   field, Reason::not_divisible,
                   "groups = " + to_text(groups) + " (n_out = " + to_text(fans.outputs) + ")");
           },
       .draw = draw_dirac});
}

}  // namespace initscope::entries
