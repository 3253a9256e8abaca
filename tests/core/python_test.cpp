// Typed activations as Python: what is written for a text. That torch computes the same from it is
// tests/python/expressions.py's to show.
#include "initscope/python.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>

using namespace initscope;

namespace {

PythonTexts texts_of(const std::string& text) {
  ExpressionFault fault;
  const Expression expression = Expression::read(text, fault);
  REQUIRE(expression);
  return python_of(expression);
}

}  // namespace

TEST_CASE("An expression is written with each library's functions") {
  const PythonTexts mish = texts_of("x*tanh(softplus(x))");
  CHECK(mish.torch == "z * torch.tanh(torch.nn.functional.softplus(z))");
  CHECK(mish.keras == "z * keras.ops.tanh(keras.ops.softplus(z))");
  CHECK(mish.jax == "z * jnp.tanh(jax.nn.softplus(z))");
  const PythonTexts selected = texts_of("where(z > 0, z, max(-1, 0.25*z))");
  CHECK(selected.torch ==
        "torch.where(z > 0.0, z, torch.maximum(torch.full_like(z, -1.0), 0.25 * z))");
  CHECK(selected.keras == "keras.ops.where(z > 0.0, z, keras.ops.maximum(-1.0, 0.25 * z))");
  CHECK(selected.jax == "jnp.where(z > 0.0, z, jnp.maximum(-1.0, 0.25 * z))");
}

TEST_CASE("What binds tighter in the text binds tighter in Python") {
  const std::pair<const char*, const char*> cases[] = {{"z", "z"},
                                                       {"-z^2", "-z ** 2"},
                                                       {"(-z)^2", "(-z) ** 2"},
                                                       {"z-(1-z)", "z - (1.0 - z)"},
                                                       {"z-1-z", "z - 1.0 - z"},
                                                       {"z/(2*z^2+1)", "z / (2.0 * z ** 2 + 1.0)"},
                                                       {"z/2/3", "z / 2.0 / 3.0"},
                                                       {"-(z+1)", "-(z + 1.0)"},
                                                       {"z*-z", "z * -z"},
                                                       {"2^z", "2.0 ** z"},
                                                       {"(z^2)^3", "(z ** 2) ** 3"},
                                                       {"(z^2+1)^0.5", "torch.sqrt(z ** 2 + 1.0)"},
                                                       {"(z^2+1)^-1", "(z ** 2 + 1.0) ** -1"},
                                                       {"(z^2+1)^0.3", "(z ** 2 + 1.0) ** 0.3"}};
  for (const auto& [text, python] : cases) CHECK(texts_of(text).torch == python);
}

TEST_CASE("What has no z in it is a number, or has z's shape where it is all") {
  CHECK(texts_of("z*exp(1)").torch == "z * 2.718281828459045");
  CHECK(texts_of("where(1<2,z,0)").torch == "z");
  CHECK(texts_of("0.5*z*(1+tanh(sqrt(2/pi)*(z+0.044715*z^3)))").torch ==
        "0.5 * z * (1.0 + torch.tanh(0.7978845608028654 * (z + 0.044715 * z ** 3)))");
  CHECK(texts_of("1").keras == "keras.ops.full_like(z, 1.0)");
  CHECK(texts_of("-1e-3").jax == "jnp.full_like(z, -0.001)");
  CHECK(python_of(Expression()).torch.empty());
}
