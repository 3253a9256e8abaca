// What the entries of the catalogue are made of.
#pragma once

#include <cmath>
#include <vector>

#include "initscope/schemes.hpp"
#include "requests/fields.hpp"

namespace initscope::entries {

/// Limits of a parameter that may be any number, or any that is not negative.
inline constexpr double k_most = 1e6;
inline constexpr Limits k_any{-k_most, k_most}, k_not_negative{0, k_most};
/// Smallest std of a truncated normal: a positive number, far below any that is useful.
inline constexpr double k_least_std = 1e-9;
inline constexpr Limits k_positive{k_least_std, k_most};

/// The std of N(0, 1) cut at two std: Keras, JAX and TensorFlow divide by it.
inline constexpr double k_truncated_std = .87962566103423978;

/// Source of what torch.nn.init has without a paper.
inline constexpr const char* k_torch_init = "torch.nn.init";

inline Law centered_uniform(double bound, Facts& facts) {
  facts.add("bound", bound);
  return Law::uniform(-bound, bound);
}

inline Law centered_normal(double std, Facts& facts) {
  facts.add("std", std);
  return Law::normal(0, std);
}

/// The programs of those two: a fact named bound, or std.
inline constexpr Code k_centered_uniform_code{
    "init.uniform_(w, a=-@bound, b=@bound)",
    "keras.initializers.RandomUniform(minval=-@bound, maxval=@bound, seed=@seed)",
    "lambda key, shape, dtype=jnp.float32: "
    "jax.random.uniform(key, shape, dtype, minval=-@bound, maxval=@bound)"};
inline constexpr Code k_centered_normal_code{
    "init.normal_(w, mean=0.0, std=@std)",
    "keras.initializers.RandomNormal(mean=0.0, stddev=@std, seed=@seed)",
    "jax.nn.initializers.normal(stddev=@std)"};

/// A law whose facts are its parameters.
template <auto Make>
Law from_parameters(const SchemeSpec& spec, const Fans&, Facts& facts) {
  for (const Field& field : spec.scheme->fields)
    facts.add(field.id, spec.parameters.number(field.id));
  return Make(spec.parameters);
}

/// Weights of which `ones` have this value and the others are 0.
Law diagonal_law(double ones, const Fans& fans, double value);
/// The matrix with this value on its diagonal.
void draw_diagonal(const Fans& fans, double value, std::span<float> tensor) noexcept;

/// Notes `low` where it is not below `high`.
void check_below(const Spec& values, const char* low, const char* high, const std::string& prefix,
                 SpecReader& reader);
/// Notes bounds, in std from the mean, that lie too far out for a law.
void check_reach(double alpha, double beta, const std::string& field, SpecReader& reader);

/// What an orthogonal matrix takes that is the whole tensor.
double matrix_scratch(const SchemeSpec&, const Fans& fans);
/// Notes a matrix whose factors would take too long.
void check_factoring(double rows, double columns, const char* field, SpecReader& reader);

inline std::size_t whole(double extent) { return static_cast<std::size_t>(extent); }

/// Families of entries, in the catalogue's order.
void add_torch(std::vector<Scheme>& all);
void add_torch_constants(std::vector<Scheme>& all);
void add_keras(std::vector<Scheme>& all);
void add_jax(std::vector<Scheme>& all);
void add_stft(std::vector<Scheme>& all);
void add_research(std::vector<Scheme>& all);
void add_residual(std::vector<Scheme>& all);
void add_layers(std::vector<Scheme>& all);

}  // namespace initscope::entries
