// The law that one element of an initialized tensor follows.
#pragma once

#include <cstdint>
#include <span>

#include "initscope/stream.hpp"

namespace initscope {

/// A probability law on the real line: an atom, a uniform, a normal or a truncated normal law, or
/// that of one coordinate of a point on a sphere.
class Law {
 public:
  enum class Kind : std::uint8_t { atom, uniform, normal, truncated_normal, spherical };

  /// All mass at `value`, rounded to float32 as the samples are.
  static Law atom(double value) noexcept;
  /// U[a, b); an atom where a == b.
  static Law uniform(double a, double b) noexcept;
  /// N(mean, std); an atom where std is 0 as float32, which is what the samples use.
  static Law normal(double mean, double std) noexcept;
  /// N(mean, std) conditioned on [a, b], a < b, std > 0.
  static Law truncated_normal(double mean, double std, double a, double b) noexcept;

  /// One coordinate of a point uniform on the sphere of this radius > 0 in n dimensions, n >= 1:
  /// what an element of a random orthogonal matrix follows. Density proportional to
  /// (1 - (x / radius)^2)^((n - 3) / 2); two atoms where n = 1.
  static Law spherical(double radius, double n) noexcept;

  Kind kind() const noexcept { return kind_; }
  double mean() const noexcept { return mean_; }
  double variance() const noexcept { return variance_; }
  double std() const noexcept;
  /// Ends of the support; infinite for a normal law.
  double lowest() const noexcept { return lowest_; }
  double highest() const noexcept { return highest_; }

  /// Density at x; 0 for an atom, whose mass is at `mean()`, and at the ends of a sphere's support,
  /// where it is infinite in two dimensions.
  double pdf(double x) const noexcept;
  /// P(X <= x).
  double cdf(double x) const noexcept;
  /// P(X < x).
  double cdf_below(double x) const noexcept;
  /// Smallest x with cdf(x) >= p, for p in (0, 1).
  double quantile(double p) const noexcept;

  /// The part of the line that a figure shows: the support, or four std around the centre.
  struct Range {
    double from, to;
  };
  Range view() const noexcept;

  /// Independent values [first, first + out.size()) drawn from the stream; see sampling.hpp. Those
  /// of a sphere's coordinate by its quantile function, 10 us each: it is matrices that are drawn.
  void fill(const Stream& stream, std::span<float> out, std::uint64_t first = 0) const noexcept;

 private:
  Kind kind_ = Kind::atom;
  double mean_ = 0, variance_ = 0, lowest_ = 0, highest_ = 0;
  double location_ = 0, scale_ = 0;  // of the normal law before truncation
  double dimension_ = 0, peak_ = 0;  // of the sphere; the density of its unit sphere at 0
};

}  // namespace initscope
