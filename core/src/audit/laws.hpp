// The laws that libraries and papers draw a tensor of a shape from, and which of them fit.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "initscope/audit.hpp"
#include "initscope/law.hpp"

namespace initscope {

/// What a law's formula takes from the fans; what a finding says of it.
enum class Rule : std::uint8_t {
  other,
  fan_in,
  fan_out,
  fan_average,
  unscaled_truncation  ///< a formula's std cut at two of it and not made up for
};

/// A law that a tensor of this shape may have been drawn from.
struct Candidate {
  LawShape shape = LawShape::uniform;
  /// Bound of a uniform law; std of a normal one; of a truncated one that before it is cut at two.
  double scale = 1;
  Rule rule = Rule::other;
  bool is_default = false;         ///< of a layer of a library
  std::vector<std::string> names;  ///< all that have this formula, defaults first

  double std() const noexcept;
  double bound() const noexcept;  ///< infinite for a normal law
  Law law() const noexcept;
};

/// The candidates of a tensor's shape and layout, of its weight's where it is a vector; defaults
/// first, those of the layout's libraries before the others. None is twice in it.
std::vector<Candidate> candidates_of(const StoredTensor& tensor);

/// The bounds of the uniform ones.
std::vector<double> uniform_bounds(std::span<const Candidate> candidates);

/// What is known of a tensor's values, those that were drawn.
struct DrawnValues {
  double count = 0;          ///< of the tensor
  double largest = 0;        ///< magnitude
  double second_moment = 0;  ///< of the tensor
  StoredType type = StoredType::f32;
  std::span<const float> sorted;  ///< a sample, ascending
};

/// Whether the law may have drawn these values. Each test fails of 10^6 tensors that it did draw
/// about one: the largest magnitude, too large or too small for so many; the std; Kolmogorov and
/// Smirnov's distance. Of 16-bit values, laws are compared at the ends of the numbers' cells.
bool fits(const Candidate& candidate, const DrawnValues& values) noexcept;

/// Kolmogorov and Smirnov's distance as `fits` has it.
double distance_of(const Candidate& candidate, const DrawnValues& values) noexcept;

/// Log likelihood of all values; negative infinity where one is out of bounds.
double log_likelihood(const Candidate& candidate, const DrawnValues& values) noexcept;

/// The candidates that fit, defaults first and then by likelihood.
std::vector<Candidate> fitting(std::span<const Candidate> candidates, const DrawnValues& values);

/// What a report says of it.
FoundLaw found(const Candidate& candidate, const DrawnValues& values);

}  // namespace initscope
