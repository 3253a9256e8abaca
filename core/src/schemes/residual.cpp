// Schemes of papers for residual networks: their scale depends on how many branches there are, on
// how long a weight's own branch is, and on whether it ends it. A net says so; for a tensor alone
// the parameters do.
#include <string>

#include "schemes/parts.hpp"

namespace initscope::entries {
namespace {

constexpr const char* k_projections[] = {"residual", "other"};

/// Where a weight stands in its residual network.
struct Branch {
  double branches, length;
  bool inside, ends;
};

Branch branch_of(const SchemeSpec& spec, const Fans& fans, double branches_a_layer) {
  constexpr double k_length = 2;
  if (fans.branches > 0)
    return {static_cast<double>(fans.branches), static_cast<double>(fans.branch_length),
            fans.branch_length > 0, fans.ends_branch};
  const bool ends = spec.parameters.find("projection") != nullptr &&
                    spec.parameters.text("projection") == "residual";
  const bool alone = fans.position == Position::alone;
  return {branches_a_layer * spec.parameters.number("n_layer"), k_length, alone, alone && ends};
}

/// value^(1 / degree) for value >= 1, by halves of an interval: the same bits everywhere.
double root(double value, double degree) {
  double low = 1, high = value;
  for (int halves = 0; halves < 64; ++halves) {
    const double middle = (low + high) / 2;
    double power = 1;
    for (double factor = 0; factor < degree && power <= value; ++factor) power *= middle;
    (power <= value ? low : high) = middle;
  }
  return low;
}

Law fixup_law(const SchemeSpec& spec, const Fans& fans, Facts& facts) {
  const Branch branch = branch_of(spec, fans, 1);
  facts = {{"fan_in", fans.in}, {"branches", branch.branches}, {"length", branch.length}};
  if (branch.inside && branch.ends) return centered_normal(0, facts);
  const double he = std::sqrt(2 / fans.in);
  const bool scaled = branch.inside && branch.length > 1;
  return centered_normal(scaled ? he / root(branch.branches, 2 * branch.length - 2) : he, facts);
}

/// Xavier's, within branches times a gain that falls with the fourth root of the layers.
Law deep_law(const SchemeSpec& spec, const Fans& fans, Facts& facts, double (*gain)(double)) {
  const Branch branch = branch_of(spec, fans, 2);
  const double beta = branch.inside ? gain(branch.branches / 2) : 1;
  facts = {{"gain", beta}, {"fan_in", fans.in}, {"fan_out", fans.out}};
  return centered_normal(beta * std::sqrt(2 / (fans.in + fans.out)), facts);
}

Law deepnorm_law(const SchemeSpec& spec, const Fans& fans, Facts& facts) {
  return deep_law(spec, fans, facts,
                  [](double layers) { return 1 / std::sqrt(std::sqrt(8 * layers)); });
}

Law t_fixup_law(const SchemeSpec& spec, const Fans& fans, Facts& facts) {
  return deep_law(spec, fans, facts,
                  [](double layers) { return 0.67 / std::sqrt(std::sqrt(layers)); });
}

}  // namespace

void add_residual(std::vector<Scheme>& all) {
  const Field layers = integer_field("n_layer", 12, {1, 1000}, "N");
  all.push_back(
      {.id = "fixup",
       .family = "research",
       .fields = {integer_field("n_layer", 12, {1, 1000}, "L"),
                  choice_field("projection", "other", k_projections)},
       .formula =
           R"(w\sim\mathcal{N}\!\left(0,\,\sigma^2\right),\quad\sigma=L^{-\frac{1}{2m-2}}\sqrt{\frac{2}{n_\text{in}}};\quad\sigma_\text{res}=0)",
       .substituted = R"(L=@branches,\quad m=@length,\quad n_\text{in}=@fan_in,\quad\sigma=@std)",
       .source = "Zhang, Dauphin and Ma 2019, section 3",
       .code = k_centered_normal_code,
       .law = fixup_law});
  all.push_back(
      {.id = "t_fixup",
       .family = "research",
       .fields = {layers},
       .formula =
           R"(w\sim\mathcal{N}\!\left(0,\,\tfrac{2\beta^2}{n_\text{in}+n_\text{out}}\right),\quad\beta=0.67\,N^{-\frac14})",
       .substituted =
           R"(\beta=@gain,\quad n_\text{in}=@fan_in,\quad n_\text{out}=@fan_out,\quad\sigma=@std)",
       .source = "Huang et al. 2020, section 3.2, encoder",
       .code = k_centered_normal_code,
       .law = t_fixup_law});
  all.push_back(
      {.id = "deepnorm",
       .family = "research",
       .fields = {layers},
       .formula =
           R"(w\sim\mathcal{N}\!\left(0,\,\tfrac{2\beta^2}{n_\text{in}+n_\text{out}}\right),\quad\beta=(8N)^{-\frac14})",
       .substituted =
           R"(\beta=@gain,\quad n_\text{in}=@fan_in,\quad n_\text{out}=@fan_out,\quad\sigma=@std)",
       .source = "Wang et al. 2022 (DeepNet), figure 2, encoder",
       .code = k_centered_normal_code,
       .law = deepnorm_law});
}

}  // namespace initscope::entries
