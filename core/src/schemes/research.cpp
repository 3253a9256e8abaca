// Schemes of papers that no library has under a name of its own.
#include "schemes/research.hpp"

#include <algorithm>
#include <string_view>

#include "initscope/orthogonal.hpp"

namespace initscope::entries {
namespace {

constexpr const char* k_positions[] = {"hidden", "first"};
constexpr const char* k_projections[] = {"residual", "other"};

Law siren_law(const SchemeSpec& spec, const Fans& fans, Facts& facts) {
  const double omega = spec.parameters.number("omega_0");
  facts = {{"omega_0", omega}, {"fan_in", fans.in}};
  return centered_uniform(
      position(spec, fans) == "first" ? 1 / fans.in : std::sqrt(6 / fans.in) / omega, facts);
}

/// A net says how many branches there are, two a layer, and which weights end one.
Law gpt2_law(const SchemeSpec& spec, const Fans& fans, Facts& facts) {
  const bool placed = fans.branches > 0;
  const double std = spec.parameters.number("std"),
               layers = placed ? fans.branches / 2.0 : spec.parameters.number("n_layer");
  const bool residual =
      placed ? fans.ends_branch : spec.parameters.text("projection") == "residual";
  facts = {{"base", std}, {"n_layer", layers}};
  return centered_normal(residual ? std / std::sqrt(2 * layers) : std, facts);
}

Field for_use(const char* use, Field field) {
  field.use = use;
  return field;
}

Law edge_of_chaos_law(const SchemeSpec& spec, const Fans& fans, Facts& facts) {
  const double sigma_w = spec.parameters.number("sigma_w"),
               sigma_b = spec.parameters.number("sigma_b");
  facts = {{"sigma_w", sigma_w}, {"sigma_b", sigma_b}, {"fan_in", fans.in}};
  return centered_normal(fans.bias ? sigma_b : sigma_w / std::sqrt(fans.in), facts);
}

Law lsuv_law(const SchemeSpec&, const Fans& fans, Facts& facts) {
  const double n = std::max(fans.rows(), fans.columns());
  facts = {{"rows", fans.rows()}, {"columns", fans.columns()}};
  return Law::spherical(1, n);
}

}  // namespace

void add_research(std::vector<Scheme>& all) {
  all.push_back(
      {.id = "siren",
       .family = "research",
       .fields = {number_field("omega_0", 30, k_positive, R"(\omega_0)"),
                  choice_field("position", "hidden", k_positions)},
       .formula =
           R"(w\sim\mathcal{U}(-b,\,b),\quad b=\frac{1}{\omega_0}\sqrt{\frac{6}{n_\text{in}}};\quad b=\frac{1}{n_\text{in}}\;(l=1))",
       .substituted = R"(\omega_0=@omega_0,\quad n_\text{in}=@fan_in,\quad b=@bound)",
       .source = "Sitzmann et al. 2020, section 3.2 and supplement 1",
       .assumes = {"sin"},
       .code = k_centered_uniform_code,
       .law = siren_law});
  all.push_back(
      {.id = "gpt2",
       .family = "research",
       .fields = {number_field("std", 0.02, k_not_negative, R"(\sigma_0)"),
                  integer_field("n_layer", 12, {1, 1000}, "N"),
                  choice_field("projection", "residual", k_projections)},
       .formula =
           R"(w\sim\mathcal{N}(0,\,\sigma^2),\quad\sigma=\sigma_0;\quad\sigma_\text{res}=\frac{\sigma_0}{\sqrt{2N}})",
       .substituted = R"(\sigma_0=@base,\quad N=@n_layer,\quad\sigma=@std)",
       .source = "Radford et al. 2019, section 2.3",
       .code = k_centered_normal_code,
       .law = gpt2_law});
  all.push_back(zero_init());
  all.push_back(looks_linear());
  all.push_back(mimetic());
  all.push_back(
      {.id = "edge_of_chaos",
       .family = "research",
       .uses = {"weight", "bias"},
       .fields = {for_use("weight", number_field("sigma_w", 1.4142135623730951, k_not_negative,
                                                 R"(\sigma_w)")),
                  for_use("bias", number_field("sigma_b", 0, k_not_negative, R"(\sigma_b)"))},
       .formula =
           R"(w\sim\mathcal{N}\!\left(0,\,\frac{\sigma_w^2}{n_\text{in}}\right),\quad b\sim\mathcal{N}(0,\,\sigma_b^2))",
       .substituted = R"(\sigma_w=@sigma_w,\quad\sigma_b=@sigma_b,\quad\sigma=@std)",
       .source = "Schoenholz et al. 2017, eq. 1 and section 3",
       .code = k_centered_normal_code,
       .law = edge_of_chaos_law});
  all.push_back(
      {.id = "lsuv",
       .family = "research",
       .uses = {"network"},
       .formula =
           R"(W=Q,\quad Q^\mathsf{T}Q=I;\quad W\leftarrow\frac{W}{\sqrt{\operatorname{Var}(z)}},\quad\operatorname{Var}(z)\to1)",
       .substituted = R"(Q\in\mathbb{R}^{@rows\times@columns})",
       .source = "Mishkin and Matas 2016, algorithm 1",
       .law = lsuv_law,
       .draw =
           [](const SchemeSpec&, const Fans& fans, const Draw& draw,
              std::span<float> tensor) noexcept {
             draw_orthogonal(draw, whole(fans.rows()), whole(fans.columns()), 1, tensor);
           },
       .scratch = matrix_scratch,
       .exact = false,
       .measured = true});
}

}  // namespace initscope::entries
