// Typed activations as Python, as answers have them.
#pragma once

#include <optional>

#include "describe.hpp"
#include "initscope/python.hpp"

namespace initscope::binding {

template <>
struct Described<scope::PythonTexts> {
  static constexpr const char *k_name = "PythonTexts",
                              *k_about =
                                  "An expression of Python in z, a tensor, for each library.";
  template <class Member>
  static void list(Member member) {
    using Of = scope::PythonTexts;
    member("torch", &Of::torch);
    member("keras", &Of::keras);
    member("jax", &Of::jax, "With jnp for jax.numpy.");
  }
};

/// The activation that a request has typed; nothing where it has a name.
inline std::optional<scope::PythonTexts> typed_python(const scope::Expression& expression) {
  if (!expression) return std::nullopt;
  return scope::python_of(expression);
}

}  // namespace initscope::binding
