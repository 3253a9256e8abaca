// The catalogue: right laws, fans and gains; every entry measured.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <set>

#include "initscope/catalogue.hpp"
#include "initscope/checked.hpp"
#include "instruction_sets.hpp"
#include "scheme_cases.hpp"

using namespace initscope;

namespace {

Spec tensor(std::string scheme) {
  return {{"scheme", std::move(scheme)}, {"shape", std::vector<double>{200, 500}}};
}

Law law_of(const Spec& spec) { return checked::parse<InitializeSpec>(spec).scheme.law(); }

bool near(double a, double b) { return std::abs(a - b) <= 1e-12 * std::max(1.0, std::abs(b)); }

}  // namespace

TEST_CASE("Fans are torch's for any shape of two or more dimensions") {
  const auto check = [](const Shape& shape, double in, double out) {
    const auto found = fans(shape);
    CHECK(found.in == in);
    CHECK(found.out == out);
  };
  check({3, 5}, 5, 3);
  check({3, 5, 2}, 10, 6);
  check({3, 5, 2, 4}, 40, 24);
  check({2, 3, 4, 5, 6}, 360, 240);
  check({4, 3, 3, 3}, 27, 36);  // a grouped convolution: torch's number, not the true one
}

TEST_CASE("Axes that are given are taken, empty lists too; those left out are the layout's") {
  const auto std_of = [](const std::vector<double>& shape, const Spec& axes) {
    Spec spec = axes;
    spec.set("scheme", "variance_scaling");
    spec.set("scheme.distribution", "untruncated_normal");
    spec.set("shape", shape);
    spec.set("layout", "keras");
    return law_of(spec).std();
  };
  // jax.nn.initializers.variance_scaling(1, "fan_in", "normal", in_axis=..., out_axis=...)
  CHECK(std::abs(std_of({2, 3}, {{"in_axis", 0}, {"out_axis", std::vector<double>{}}}) -
                 1 / std::sqrt(6)) < 1e-12);
  CHECK(std_of({2}, {{"in_axis", std::vector<double>{}}, {"out_axis", 0}}) == 1);
  CHECK(std::abs(std_of({2, 3}, {{"in_axis", 0}}) - 1 / std::sqrt(2)) < 1e-12);
  CHECK(std::abs(std_of({2, 3}, {}) - 1 / std::sqrt(2)) < 1e-12);
  CHECK(std::abs(std_of({2}, {}) - 1 / std::sqrt(2)) < 1e-12);
  // No batch axes are none, given or left out.
  CHECK(std_of({2, 3}, {{"batch_axis", std::vector<double>{}}}) == std_of({2, 3}, {}));
}

TEST_CASE("Keras's input and output axes are ours with all others as batch axes") {
  const auto fan_in = [](const std::vector<double>& shape, const Spec& axes) {
    Spec spec = axes;
    spec.set("scheme", "glorot_uniform");
    spec.set("shape", shape);
    spec.set("layout", "keras");
    return checked::parse<InitializeSpec>(spec).scheme.fans.in;
  };
  // keras: compute_fans(shape, input_axes, output_axes) leaves the others out; JAX multiplies by
  // them.
  CHECK(fan_in({3, 3, 16, 32}, {{"in_axis", 2}, {"out_axis", 3}, {"batch_axis", {0, 1}}}) == 16);
  CHECK(fan_in({3, 3, 16, 32}, {{"in_axis", 2}, {"out_axis", 3}}) == 144);
  CHECK(fan_in({512, 8, 64}, {{"in_axis", 0}, {"out_axis", 2}, {"batch_axis", 1}}) == 512);
  CHECK(fan_in({512, 8, 64}, {{"in_axis", 0}, {"out_axis", 2}}) == 4096);
}

TEST_CASE("Tensors without elements, or with zeros alone, are warned of") {
  const auto warned = [](const Spec& spec) {
    const auto tensor = checked::parse<InitializeSpec>(spec);
    const Issues all = warnings(tensor.scheme, tensor.shape);
    return all.empty() ? std::string() : describe(all[0]);
  };
  CHECK(warned({{"shape", {0, 3}}}) == "shape = 0,3 has no elements: initializing it is a no-op");
  CHECK(warned({{"scheme", "sparse"}, {"shape", {5, 3}}, {"scheme.sparsity", 0.9}}) ==
        "scheme.sparsity = 0.9 leaves no weight that is not 0: ceil(sparsity * n_out) = n_out = 5");
  CHECK(warned({{"scheme", "sparse"}, {"shape", {5, 3}}, {"scheme.sparsity", 0.8}}).empty());
  CHECK(warned({{"scheme", "zeros"}, {"shape", {5, 3}}}).empty());
}

TEST_CASE("Values of a spec are written as they are meant") {
  static_assert(!std::is_constructible_v<Value, bool>);
  const Spec spec{{"scheme", "kaiming_normal"}, {"shape", {4, 2}}, {"seed", 7u}, {"layer", 3}};
  const Spec spelled{{"scheme", std::string("kaiming_normal")},
                     {"shape", std::vector<double>{4, 2}},
                     {"seed", std::string("7")},
                     {"layer", 3.0}};
  CHECK(checked::initialize(spec) == checked::initialize(spelled));
}

TEST_CASE("Gains are torch's") {
  CHECK(calculate_gain("linear", 0.01) == 1);
  CHECK(calculate_gain("sigmoid", 0.01) == 1);
  CHECK(calculate_gain("tanh", 0.01) == 1.6666666666666667);
  CHECK(calculate_gain("relu", 0.01) == 1.4142135623730951);
  CHECK(calculate_gain("leaky_relu", 0.01) == 1.4141428569978354);
  CHECK(calculate_gain("leaky_relu", 0.2) == 1.3867504905630728);
  CHECK(calculate_gain("leaky_relu", -1) == 1);
  CHECK(calculate_gain("selu", 0.01) == 0.75);
  CHECK(calculate_gain("conv_transpose3d", 0.01) == 1);
  // torch raises an error for these, which are activations all the same.
  for (const char* name : {"gelu", "silu", "sin", "", "Tanh"}) {
    CHECK(!calculate_gain(name, 0.01));
    CHECK_THROWS_WITH(checked::calculate_gain(name),
                      Catch::Matchers::ContainsSubstring(name) &&
                          Catch::Matchers::ContainsSubstring("leaky_relu"));
  }
  CHECK(checked::calculate_gain("tanh") == 5.0 / 3);
}

TEST_CASE("Each scheme has its law") {
  const double fan_in = 500, fan_out = 200;
  const auto bounds = [](const Spec& spec, double a, double b) {
    const Law law = law_of(spec);
    CHECK(law.kind() == Law::Kind::uniform);
    CHECK(near(law.lowest(), a));
    CHECK(near(law.highest(), b));
  };
  const auto normal = [](const Spec& spec, double mean, double std) {
    const Law law = law_of(spec);
    CHECK(law.kind() == Law::Kind::normal);
    CHECK(near(law.mean(), mean));
    CHECK(near(law.std(), std));
  };
  CHECK(law_of(tensor("zeros")).mean() == 0);
  CHECK(law_of(tensor("ones")).mean() == 1);
  bounds(tensor("uniform"), 0, 1);
  normal(tensor("normal"), 0, 1);
  const double xavier = std::sqrt(6 / (fan_in + fan_out));
  bounds(tensor("xavier_uniform"), -xavier, xavier);
  normal(tensor("xavier_normal"), 0, std::sqrt(2 / (fan_in + fan_out)));
  // fan_in is the default mode.
  bounds(tensor("kaiming_uniform"), -std::sqrt(6 / fan_in), std::sqrt(6 / fan_in));
  normal(tensor("kaiming_normal"), 0, std::sqrt(2 / fan_in));
  bounds(tensor("torch_linear"), -1 / std::sqrt(fan_in), 1 / std::sqrt(fan_in));
  bounds(tensor("torch_linear_bias"), -1 / std::sqrt(fan_in), 1 / std::sqrt(fan_in));

  Spec out = tensor("kaiming_normal");
  out.set("scheme.mode", std::string("fan_out"));
  out.set("scheme.nonlinearity", std::string("tanh"));
  normal(out, 0, 5.0 / 3 / std::sqrt(fan_out));
  Spec leaky = tensor("kaiming_normal");
  leaky.set("scheme.a", 2.0);
  normal(leaky, 0, std::sqrt(2.0 / 5 / fan_in));
  Spec torch = tensor("kaiming_uniform");  // why nn.Linear says a = sqrt(5)
  torch.set("scheme.a", std::sqrt(5.0));
  bounds(torch, -1 / std::sqrt(fan_in), 1 / std::sqrt(fan_in));
  Spec gained = tensor("xavier_normal");
  gained.set("scheme.gain", 3.0);
  normal(gained, 0, 3 * std::sqrt(2 / (fan_in + fan_out)));
}

TEST_CASE("Every entry draws its law on every instruction set") {
  for (const Scheme& scheme : schemes())
    test::on_each_instruction_set([&] {
      if (!test::draws_tensors(scheme)) return;
      INFO(scheme.id);
      const Spec spec = test::tensor_of(scheme, 200, 500);
      auto values = checked::initialize(spec);
      const Law law = law_of(spec);
      if (law.kind() == Law::Kind::unknown) return;
      std::sort(values.begin(), values.end());
      // P(sqrt(n) D > 2.23) = 1e-4. Four elements of a mirrored matrix are one.
      const double repeated = std::string_view(scheme.id) == "looks_linear" ? 4 : 1;
      const double n = static_cast<double>(values.size()) / repeated;
      CHECK(kolmogorov_smirnov(values, law) < 2.23 / std::sqrt(n));
    });
}

TEST_CASE("Constants do not break symmetry, random schemes do") {
  for (const Scheme& scheme : schemes()) {
    INFO(scheme.id);
    if (!test::draws_tensors(scheme)) continue;
    const Spec spec = test::tensor_of(scheme, 200, 500);
    const auto values = checked::initialize(spec);
    const std::set<std::vector<float>> rows = [&] {
      std::set<std::vector<float>> all;
      for (std::size_t row = 0; row < 200; ++row)
        all.insert({values.begin() + static_cast<std::ptrdiff_t>(row * 500),
                    values.begin() + static_cast<std::ptrdiff_t>(row * 500 + 500)});
      return all;
    }();
    const bool dirac = std::string_view(scheme.id) == "dirac";  // 20 inputs; the rest is 0
    CHECK(rows.size() == (law_of(spec).kind() == Law::Kind::atom ? 1 : dirac ? 21 : 200));
  }
}

TEST_CASE("Catalogue and reasons are consistent") {
  for (std::size_t i = 0; i < reasons().size(); ++i)
    CHECK(static_cast<std::size_t>(reasons()[i].reason) == i);
  for (std::size_t i = 0; i < activations().size(); ++i)
    CHECK(static_cast<std::size_t>(activations()[i].id) == i);
  const std::string json = catalogue_json();
  for (const Scheme& scheme : schemes())
    CHECK(json.find('"' + std::string(scheme.id) + '"') != std::string::npos);
  // The typed activation comes after those that have a formula, and needs a text.
  CHECK(info_of(Activation::typed).name == std::string("typed"));
  CHECK(activation_names().back() == std::string("typed"));
  CHECK(activation_names().size() == activations().size() + 1);
  CHECK(json.find(R"("needs":"expression")") != std::string::npos);
  CHECK(json.find("\"id\":\"expression\",\"kind\":\"text\"") != std::string::npos);
}

TEST_CASE("A tensor without elements has no facts, whatever its scheme") {
  std::size_t empty = 0;
  for (const Scheme& scheme : schemes())
    for (const std::vector<double>& shape :
         {std::vector<double>{0, 4}, {4, 0}, {0, 0}, {0, 4, 2}, {4, 0, 2}, {4, 4, 0}})
      for (const char* layout : {"torch", "keras"}) {
        InitializeSpec spec;
        if (!test::draws_tensors(scheme) ||
            !read({{"scheme", scheme.id}, {"shape", shape}, {"layout", layout}}, spec).empty())
          continue;
        INFO(scheme.id);
        Facts facts;
        const Law law = spec.scheme.law(spec.scheme.fans, facts);
        CHECK(facts.begin() == facts.end());
        CHECK(law.kind() == Law::Kind::atom);
        ++empty;
      }
  CHECK(empty > 100);
}
