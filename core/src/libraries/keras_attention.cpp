// keras.layers: attention, and the products of tensors that it is made of (Keras 3.16).
#include "libraries/parts.hpp"

namespace initscope::layer_tables {
namespace {

constexpr const char* k_kernel = "glorot_uniform";

/// A kernel of which the first `inputs` axes are contracted. Since Keras 3.15 its fans are those of
/// the product, not of a convolution that has these extents.
void add_product(Parameters& all, const std::string& name, const Shape& kernel, std::size_t inputs,
                 const Shape& bias) {
  Axes axes;
  axes.in.emplace();
  axes.out.emplace();
  for (std::size_t i = 0; i < kernel.size(); ++i)
    (i < inputs ? axes.in : axes.out)->push_back(static_cast<int>(i));
  all.add(name + "kernel", kernel, axes, k_kernel);
  if (!bias.empty()) all.add(name + "bias", bias, "zeros");
}

/// Query, key, value and output; keys and values may have fewer heads.
void add_attention(Parameters& all, const Spec& a, std::int64_t heads, std::int64_t key_heads,
                   std::int64_t key, std::int64_t value) {
  const std::int64_t model = whole(a, "dim");
  const bool bias = is_set(a, "use_bias");
  const auto project = [&](const char* name, std::int64_t count, std::int64_t extent) {
    add_product(all, name, {model, count, extent}, 1, bias ? Shape{count, extent} : Shape{});
  };
  project("query/", heads, key);
  project("key/", key_heads, key);
  project("value/", key_heads, value);
  add_product(all, "attention_output/", {heads, value, model}, 2, bias ? Shape{model} : Shape{});
}

std::vector<LayerParameter> multi_head(const Spec& a) {
  const std::int64_t heads = whole(a, "num_heads");
  Parameters all(Layout::keras);
  add_attention(all, a, heads, heads, whole(a, "key_dim"), whole(a, "value_dim"));
  return all.list();
}

std::vector<LayerParameter> grouped_query(const Spec& a) {
  const std::int64_t head = whole(a, "head_dim");
  Parameters all(Layout::keras);
  add_attention(all, a, whole(a, "num_query_heads"), whole(a, "num_key_value_heads"), head, head);
  return all.list();
}

std::vector<LayerParameter> attention(const Spec& a) {
  Parameters all(Layout::keras);
  if (is_set(a, "use_scale")) all.add("scale", {}, "ones");
  if (a.text("score_mode") == "concat") all.add("concat_score_weight", {}, "ones");
  return all.list();
}

std::vector<LayerParameter> additive_attention(const Spec& a) {
  Parameters all(Layout::keras);
  if (is_set(a, "use_scale")) all.add("scale", {whole(a, "dim")}, k_kernel);
  return all.list();
}

/// "abc,cd->abd": labels of the input, the kernel and the output.
struct Equation {
  std::string input, kernel, output;

  explicit Equation(const Spec& a) {
    const std::string& text = a.text("equation");
    const std::size_t comma = text.find(','), arrow = text.find("->");
    input = text.substr(0, comma);
    kernel = text.substr(comma + 1, arrow - comma - 1);
    output = text.substr(arrow + 2);
  }
};

std::vector<LayerParameter> einsum(const Spec& a) {
  const Equation equation(a);
  // The first label of input and output is the batch, which the shapes leave out.
  const auto extent = [&](const std::string& labels, const char* shape, char label) {
    return static_cast<std::int64_t>(list_of(a, shape)[labels.find(label) - 1]);
  };
  Shape kernel, bias;
  std::size_t inputs = 0;
  for (const char label : equation.kernel) {
    const bool contracted = equation.input.find(label) != std::string::npos;
    if (contracted) ++inputs;
    kernel.push_back(contracted ? extent(equation.input, "input_shape", label)
                                : extent(equation.output, "output_shape", label));
  }
  const std::string& axes = a.text("bias_axes");
  // From its first axis on, the bias has an extent for each of the output's.
  for (const char label : equation.output) {
    const bool has = axes != "none" && axes.find(label) != std::string::npos;
    if (has)
      bias.push_back(extent(equation.output, "output_shape", label));
    else if (!bias.empty())
      bias.push_back(1);
  }
  Parameters all(Layout::keras);
  add_product(all, "", kernel, inputs, bias);
  return all.list();
}

void check_einsum(const Spec& a, SpecReader& reader) {
  const Equation equation(a);
  const std::string with = "equation = " + a.text("equation");
  const auto check_rank = [&](const char* id, const std::string& labels) {
    if (list_of(a, id).size() + 1 != labels.size())
      reader.note(id, Reason::not_with,
                  with + ", where it has " + std::to_string(labels.size() - 1) + " of them");
  };
  check_rank("input_shape", equation.input);
  check_rank("output_shape", equation.output);
  const std::string& axes = a.text("bias_axes");
  if (axes != "none" && axes.find_first_not_of(equation.output) != std::string::npos)
    reader.note("bias_axes", Reason::not_with, with);
}

void add_einsum(std::vector<LibraryLayer>& all) {
  static constexpr const char* k_equations[] = {"ab,bc->ac", "abc,cd->abd", "abc,cde->abde",
                                                "abcd,cde->abe"};
  static constexpr const char* k_axes[] = {"none", "c", "d", "e", "de"};
  const auto shape = [](const char* id, double extent) {
    return shape_field(id, {extent}, {1, k_most_units}, {1, 3});
  };
  all.push_back(
      {"EinsumDense",
       "keras",
       {choice_field("equation", k_equations[0], k_equations), shape("input_shape", 32),
        shape("output_shape", 64), choice_field("bias_axes", k_axes[0], k_axes)},
       einsum,
       check_einsum,
       "activation kernel_regularizer bias_regularizer kernel_constraint bias_constraint"});
}

}  // namespace

void add_keras_attention(std::vector<LibraryLayer>& all) {
  static constexpr const char* k_scores[] = {"dot", "concat"};
  const Field dim = size("dim", 16), bias = flag_field("use_bias", true);
  const std::string inert =
      "dropout flash_attention seed kernel_regularizer bias_regularizer kernel_constraint "
      "bias_constraint";
  const Field value = following(size("value_dim", 4), "key_dim");
  all.push_back({"MultiHeadAttention",
                 "keras",
                 {dim, size("num_heads", 4), size("key_dim", 4), value, bias},
                 multi_head,
                 nullptr,
                 inert + " attention_axes"});
  // Keras exports it under the first name; its class has the second.
  for (const char* id : {"GroupQueryAttention", "GroupedQueryAttention"})
    all.push_back({id,
                   "keras",
                   {dim, size("head_dim", 4), size("num_query_heads", 4),
                    size("num_key_value_heads", 2), bias},
                   grouped_query,
                   [](const Spec& a, SpecReader& reader) {
                     check_divisible(a, "num_query_heads", "num_key_value_heads", reader);
                   },
                   inert});
  all.push_back({"Attention",
                 "keras",
                 {flag_field("use_scale", false), choice_field("score_mode", "dot", k_scores)},
                 attention,
                 nullptr,
                 "dropout seed"});
  all.push_back({"AdditiveAttention",
                 "keras",
                 {dim, flag_field("use_scale", true)},
                 additive_attention,
                 nullptr,
                 "dropout seed"});
  add_einsum(all);
}

}  // namespace initscope::layer_tables
