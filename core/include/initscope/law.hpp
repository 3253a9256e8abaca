// The law that one element of an initialized tensor follows.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "initscope/stream.hpp"
#include "initscope/torch_generator.hpp"

namespace initscope {

/// A probability law on the real line: one atom or a few, a uniform, a normal or a truncated normal
/// law, or that of one coordinate of a point on a sphere; and any of them with an atom at 0 beside
/// it. Unknown where no closed form is known: then mean, variance and probabilities are NaN.
class Law {
 public:
  enum class Kind : std::uint8_t {
    atom,
    uniform,
    normal,
    truncated_normal,
    spherical,
    atoms,
    unknown
  };

  /// A value and its probability.
  struct Atom {
    double value, mass;
  };
  static constexpr std::size_t k_most_atoms = 3;

  /// All mass at `value`, rounded to float32 as the samples are.
  static Law atom(double value) noexcept;
  /// U[a, b); an atom where a == b.
  static Law uniform(double a, double b) noexcept;
  /// N(mean, std); an atom where std is 0 as float32, which is what the samples use.
  static Law normal(double mean, double std) noexcept;
  /// N(mean, std) conditioned on [a, b], a <= b, std > 0; an atom where a == b.
  static Law truncated_normal(double mean, double std, double a, double b) noexcept;

  /// One coordinate of a point uniform on the sphere of this radius > 0 in n dimensions, n >= 1:
  /// what an element of a random orthogonal matrix follows. Density proportional to
  /// (1 - (x / radius)^2)^((n - 3) / 2); two atoms where n = 1.
  static Law spherical(double radius, double n) noexcept;

  /// Up to `k_most_atoms` atoms in ascending order, their values rounded to float32 and their
  /// masses adding up to 1. Those without mass are left out. `atoms` is copied; more of them are
  /// undefined.
  static Law atoms(std::span<const Atom> atoms) noexcept;

  /// A law without a closed form; `bound` is what a figure shows on either side of 0.
  static Law unknown(double bound) noexcept;

  /// The law of an element that is 0 with this probability, in [0, 1), and follows this law
  /// otherwise.
  Law with_zeros(double share) const noexcept;
  /// Probability of the atom at 0 beside the law.
  double zeros() const noexcept { return zeros_; }

  Kind kind() const noexcept { return kind_; }
  /// Whether it has a density, beside an atom at 0 if there is one.
  bool smooth() const noexcept {
    return kind_ != Kind::atom && kind_ != Kind::atoms && kind_ != Kind::unknown;
  }
  /// The atoms of a law of kind `atoms`, ascending: a view into this law, which must outlive it.
  std::span<const Atom> atoms() const noexcept { return std::span(atoms_).first(atom_count_); }
  double mean() const noexcept { return mean_; }
  double variance() const noexcept { return variance_; }
  double std() const noexcept;
  /// Ends of the support; infinite for a normal law.
  double lowest() const noexcept { return lowest_; }
  double highest() const noexcept { return highest_; }

  /// Density at x; 0 for atoms, and at the ends of a sphere's support, where it is infinite in two
  /// dimensions.
  double pdf(double x) const noexcept;
  /// P(X <= x).
  double cdf(double x) const noexcept;
  /// P(X < x).
  double cdf_below(double x) const noexcept;
  /// Smallest x with cdf(x) >= p, for p in (0, 1).
  double quantile(double p) const noexcept;

  /// The part of the line that a figure shows: the support, or four std around the centre.
  struct View {
    double from, to;
  };
  View view() const noexcept;

  /// Writes independent values [first, first + out.size()) drawn from the stream, under the
  /// contract of sampling.hpp: `out` of any length and alignment. A sphere's coordinate comes by
  /// its quantile function, 10 us each: it is matrices that are drawn. Undefined for an unknown law
  /// and for one with zeros beside it: from those only a scheme can draw.
  void fill(const Stream& stream, std::span<float> out, std::uint64_t first = 0) const noexcept;

  /// Writes one tensor as torch draws it: by uniform_, normal_ or trunc_normal_, whose words are
  /// used up even where the law is an atom. `out` is the whole tensor, any length and alignment.
  void fill(TorchGenerator& generator, std::span<float> out) const noexcept {
    fill(generator, out, {0, out.size()});
  }
  /// Writes a part of it, as many elements as `out` holds. What has no parts is drawn whole: see
  /// `torch_scratch`.
  void fill(TorchGenerator& generator, std::span<float> out, PartOfTensor part) const noexcept;

  /// Bytes that this takes at most beside `out`, a part of a tensor of so many elements or all.
  double torch_scratch(double count, bool part) const noexcept {
    if (drawn_as_ != Kind::truncated_normal) return 0;
    return count / 8 + 64 + (part ? count * sizeof(float) : 0);
  }

  /// How many tensors of `count` elements the torch generator draws for one, about: more than 1
  /// where trunc_normal_ rejects.
  double torch_rounds(double count) const noexcept {
    return drawn_as_ == Kind::truncated_normal
               ? truncated_normal_rounds(location_, scale_, lowest_, highest_, count)
               : 1;
  }

 private:
  double part_cdf(double x) const noexcept;  // without the zeros beside it
  double part_cdf_below(double x) const noexcept;

  Kind kind_ = Kind::atom;
  Kind drawn_as_ = Kind::atom;  // what it was before it shrank to an atom
  double zeros_ = 0;
  std::array<Atom, k_most_atoms> atoms_{};
  std::size_t atom_count_ = 0;
  double mean_ = 0, variance_ = 0, lowest_ = 0, highest_ = 0;
  double location_ = 0, scale_ = 0;  // mean and std of the normal law before truncation
  double dimension_ = 0, peak_ = 0;  // the sphere's, and the density of its unit sphere at 0
};

}  // namespace initscope
