// Typed activations as Python, for programs that a reader takes home.
#pragma once

#include <string>

#include "initscope/expression.hpp"

namespace initscope {

/// An expression in `z`, a tensor of floats, with the library's functions by their full names:
/// `z * torch.tanh(torch.nn.functional.softplus(z))`. `jax` takes `jax`, and `jnp` for jax.numpy.
struct PythonTexts {
  std::string torch, keras, jax;
};

/// What the expression computes, to float32's last places; parts without z are numbers. Empty texts
/// for an empty expression.
PythonTexts python_of(const Expression& expression);

}  // namespace initscope
