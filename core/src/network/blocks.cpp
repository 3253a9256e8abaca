#include <cmath>

#include "network/amount.hpp"
#include "network/lowering.hpp"
#include "requests/fields.hpp"

namespace initscope {
namespace {

constexpr Limits k_eps{0, 1};

Field eps_field() { return number_field("eps", 1e-5, k_eps, R"(\epsilon)"); }

float eps_of(const NetItem& item) { return static_cast<float>(item.options.number("eps")); }

const SchemeSpec* own(const SchemeSpec& scheme) {
  return scheme.scheme == nullptr ? nullptr : &scheme;
}

/// "" (as many as arrive), "width", "4x" (as many times those that arrive), or a number.
double outputs_of(const std::string& text, const Lowering& lowering) {
  const auto arriving = static_cast<double>(lowering.units());
  if (text.empty()) return arriving;
  if (text == "width") return static_cast<double>(lowering.spec().field_width);
  const auto amount = amount_of(text);
  if (!amount) return 0;
  return amount->times ? amount->number * arriving : amount->number;
}

void lower_dense(const NetItem& item, Lowering& lowering) {
  const double outputs = outputs_of(item.options.text("out"), lowering);
  if (!(outputs >= 1 && outputs <= k_most_units && outputs == std::floor(outputs)))
    return lowering.refuse("out:1.." + to_text(k_most_units) + ", out:width, out:2x");
  lowering.product(static_cast<std::size_t>(outputs), own(item.weight), own(item.bias));
}

constexpr const char* k_requested = "request";

void lower_phi(const NetItem& item, Lowering& lowering) {
  ActivationSpec activation = lowering.spec().activation;
  const std::string& name = item.options.text("activation");
  for (const ActivationInfo& info : activations())
    if (name == info.name)
      activation = {info.id, static_cast<float>(item.options.number("negative_slope")),
                    static_cast<float>(item.options.number("omega_0"))};
  lowering.activate(activation);
}

/// Rules of a branch's factor: 1 / sqrt(times depth).
struct BranchRule {
  const char* text;
  double times;
};
constexpr BranchRule k_branch_rules[] = {{"1/sqrt(depth)", 1}, {"1/sqrt(2depth)", 2}};

/// The branch's factor: a number, or by a rule.
double scale_of(const std::string& text, std::size_t depth) {
  for (const BranchRule& rule : k_branch_rules)
    if (text == rule.text) return 1 / std::sqrt(rule.times * static_cast<double>(depth));
  return decimal_number(text).value_or(std::nan(""));
}

void lower_residual(const NetItem& item, Lowering& lowering) {
  const double scale = scale_of(item.options.text("scale"), lowering.spec().depth());
  if (!(std::abs(scale) <= 1e6)) {
    std::string allowed = "scale:1";
    for (const BranchRule& rule : k_branch_rules) allowed += std::string(", scale:") + rule.text;
    return lowering.refuse(allowed);
  }
  lowering.residual(item, static_cast<float>(scale));
}

void lower_groups(const NetItem& item, Lowering& lowering) {
  const auto groups = static_cast<std::size_t>(item.options.number("groups"));
  if (lowering.units() % groups != 0)
    return lowering.refuse("groups:1.." + std::to_string(lowering.units()) + " (" +
                           std::to_string(lowering.units()) + " / groups)");
  lowering.normalize(groups, true, eps_of(item));
}

/// Of a typed activation there is one, that of the request.
std::vector<const char*> names_of_activations() {
  std::vector<const char*> names{k_requested};
  for (const ActivationInfo& info : activations()) names.push_back(info.name);
  return names;
}

std::vector<BlockInfo> make_blocks() {
  static const std::vector<const char*> activation_choices = names_of_activations();
  static constexpr const char* k_weight[] = {"weight"};
  static constexpr const char* k_bias[] = {"bias"};
  return {
      {"dense",
       {text_field("out", "", 16, "n"),
        following(scheme_field("weight", "kaiming_normal", k_weight, "W"), "scheme"),
        following(scheme_field("bias", "zeros", k_bias, "b"), "bias")},
       "Linear",
       "Dense",
       R"(y=Wx+b)",
       lower_dense},
      {"phi",
       {choice_field("activation", k_requested, activation_choices, R"(\phi)"),
        negative_slope_field(), omega_0_field()},
       "",
       "Activation",
       R"(y=\phi(x))",
       lower_phi},
      {"res",
       {text_field("scale", "1", 24, R"(\alpha)")},
       "",
       "Add",
       R"(y=x+\alpha f(x))",
       lower_residual},
      {"ln",
       {eps_field()},
       "LayerNorm",
       "LayerNormalization",
       R"(y=\frac{x-\overline{x}}{\sqrt{\operatorname{Var}x+\epsilon}})",
       [](const NetItem& item, Lowering& lowering) { lowering.normalize(1, true, eps_of(item)); }},
      {"rms",
       {eps_field()},
       "RMSNorm",
       "RMSNormalization",
       R"(y=\frac{x}{\sqrt{\overline{x^2}+\epsilon}})",
       [](const NetItem& item, Lowering& lowering) { lowering.normalize(1, false, eps_of(item)); }},
      {"gn",
       {integer_field("groups", 1, {1, k_most_units}, "G"), eps_field()},
       "GroupNorm",
       "GroupNormalization",
       R"(y_g=\frac{x_g-\overline{x_g}}{\sqrt{\operatorname{Var}x_g+\epsilon}})",
       lower_groups},
      {"bn",
       {eps_field()},
       "BatchNorm1d",
       "BatchNormalization",
       R"(y_i=\frac{x_i-\operatorname{E}_m x_i}{\sqrt{\operatorname{Var}_m x_i+\epsilon}})",
       [](const NetItem& item, Lowering& lowering) {
         if (lowering.spec().batch < 2) return lowering.refuse("batch 2..");
         lowering.standardize(eps_of(item));
       }},
      {"scale",
       {number_field("value", 1, {-1e6, 1e6}, R"(\lambda)")},
       "",
       "",
       R"(y=\lambda x)",
       [](const NetItem& item, Lowering& lowering) {
         lowering.scale(static_cast<float>(item.options.number("value")));
       }},
      {"dropout",
       {number_field("p", 0.5, {0, 0.99}, "p")},
       "Dropout",
       "Dropout",
       R"(y=x;\quad\text{train:}\;y=\frac{mx}{1-p},\;m\sim\mathcal{B}(1-p),\;\operatorname{E}y^2=\frac{\operatorname{E}x^2}{1-p})",
       [](const NetItem&, Lowering&) {}},
  };
}

}  // namespace

const std::vector<BlockInfo>& blocks() {
  static const std::vector<BlockInfo> all = make_blocks();
  return all;
}

const BlockInfo* find_block(std::string_view id) {
  for (const BlockInfo& block : blocks())
    if (id == block.id) return &block;
  return nullptr;
}

double depths_under_root(const NetItem& item) noexcept {
  const Value* scale = item.options.find("scale");
  for (const BranchRule& rule : k_branch_rules)
    if (scale != nullptr && *scale == Value(std::string(rule.text))) return rule.times;
  return 0;
}

double growth_in_training(const NetItem& item) noexcept {
  if (item.block == nullptr || std::string_view(item.block->id) != "dropout") return 1;
  return 1 / (1 - item.options.number("p"));
}

}  // namespace initscope
