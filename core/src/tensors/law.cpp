#include "initscope/law.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "initscope/sampling.hpp"
#include "initscope/special.hpp"
#include "tensors/law_integrals.hpp"

namespace initscope {
namespace {

constexpr double k_infinity = std::numeric_limits<double>::infinity();
constexpr double k_view_std = 4;

}  // namespace

Law Law::atom(double value) noexcept {
  Law law;
  law.mean_ = law.lowest_ = law.highest_ = static_cast<float>(value);
  return law;
}

Law Law::uniform(double a, double b) noexcept {
  Law law = atom(a);
  law.drawn_as_ = Kind::uniform;
  if (static_cast<float>(a) == static_cast<float>(b)) return law;
  law.kind_ = Kind::uniform;
  law.lowest_ = a;
  law.highest_ = b;
  law.mean_ = 0.5 * (a + b);
  law.variance_ = (b - a) * (b - a) / 12;
  return law;
}

Law Law::normal(double mean, double std) noexcept {
  Law law = atom(mean);
  law.drawn_as_ = Kind::normal;
  law.location_ = mean;
  law.scale_ = std;
  if (static_cast<float>(std) == 0) return law;
  law.kind_ = Kind::normal;
  law.lowest_ = -k_infinity;
  law.highest_ = k_infinity;
  law.mean_ = mean;
  law.variance_ = std * std;
  return law;
}

Law Law::truncated_normal(double mean, double std, double a, double b) noexcept {
  Law law = atom(a);
  law.drawn_as_ = Kind::truncated_normal;
  law.lowest_ = a;
  law.highest_ = b;
  law.location_ = mean;
  law.scale_ = std;
  if (static_cast<float>(a) == static_cast<float>(b)) return law;
  law.kind_ = Kind::truncated_normal;
  const double alpha = (a - mean) / std, beta = (b - mean) / std;
  const MeanAndVariance moments = truncated_moments(alpha, beta);
  law.mean_ = mean + std * moments.mean;
  law.variance_ = std * std * moments.variance;
  return law;
}

Law Law::atoms(std::span<const Atom> atoms) noexcept {
  Law law;
  double second = 0;
  for (const Atom& atom : atoms) {
    if (atom.mass <= 0) continue;
    const auto value = static_cast<double>(static_cast<float>(atom.value));
    law.atoms_[law.atom_count_++] = {value, atom.mass};
    law.mean_ += atom.mass * value;
    second += atom.mass * value * value;
  }
  law.lowest_ = law.atoms_[0].value;
  law.highest_ = law.atoms_[law.atom_count_ - 1].value;
  if (law.atom_count_ == 1) return atom(law.lowest_);
  law.kind_ = law.drawn_as_ = Kind::atoms;
  law.variance_ = second - law.mean_ * law.mean_;
  return law;
}

Law Law::unknown(double bound) noexcept {
  Law law;
  law.kind_ = law.drawn_as_ = Kind::unknown;
  law.mean_ = law.variance_ = std::numeric_limits<double>::quiet_NaN();
  law.lowest_ = -bound;
  law.highest_ = bound;
  return law;
}

Law Law::with_zeros(double share) const noexcept {
  Law law = *this;
  law.zeros_ = share;
  law.mean_ = (1 - share) * mean_;
  law.variance_ = (1 - share) * (variance_ + mean_ * mean_) - law.mean_ * law.mean_;
  return law;
}

Law Law::spherical(double radius, double n) noexcept {
  Law law;
  law.kind_ = law.drawn_as_ = Kind::spherical;
  law.lowest_ = -radius;
  law.highest_ = radius;
  law.variance_ = radius * radius / n;
  law.dimension_ = n;
  if (n > 1) law.peak_ = sphere_peak(n);
  return law;
}

double Law::std() const noexcept { return std::sqrt(variance_); }

double Law::pdf(double x) const noexcept {
  if (atom_count_ > 0 || kind_ == Kind::atom || kind_ == Kind::unknown) return 0;
  if (x < lowest_ || x > highest_) return 0;
  const double share = 1 - zeros_;
  if (kind_ == Kind::uniform) return share / (highest_ - lowest_);
  if (kind_ == Kind::spherical) {
    const double t = x / highest_, depth = (1 - t) * (1 + t);
    if (dimension_ < 2 || !(depth > 0)) return 0;
    return share * peak_ / highest_ * portable_exp(0.5 * (dimension_ - 3) * portable_log(depth));
  }
  const double density = share * normal_pdf((x - location_) / scale_) / scale_;
  if (kind_ == Kind::normal) return density;
  return density / normal_mass((lowest_ - location_) / scale_, (highest_ - location_) / scale_);
}

double Law::part_cdf(double x) const noexcept {
  if (kind_ == Kind::atoms || kind_ == Kind::unknown)
    return part_cdf_below(std::nextafter(x, k_infinity));
  if (x >= highest_) return 1;
  if (x < lowest_ || kind_ == Kind::atom) return 0;
  if (kind_ == Kind::uniform) return (x - lowest_) / (highest_ - lowest_);
  if (kind_ == Kind::spherical) {
    const double t = x / highest_;
    if (dimension_ < 2 || t == 0) return 0.5;
    if (t <= -1) return 0;
    return t > 0 ? 0.5 + sphere_mass(t, dimension_, peak_)
                 : 0.5 - sphere_mass(-t, dimension_, peak_);
  }
  const double z = (x - location_) / scale_;
  if (kind_ == Kind::normal) return normal_cdf(z);
  const double alpha = (lowest_ - location_) / scale_, beta = (highest_ - location_) / scale_;
  return std::min(1.0, normal_mass(alpha, z) / normal_mass(alpha, beta));
}

double Law::part_cdf_below(double x) const noexcept {
  if (kind_ == Kind::unknown) return std::numeric_limits<double>::quiet_NaN();
  if (kind_ == Kind::atom) return x > mean_ ? 1 : 0;
  if (kind_ == Kind::atoms) {
    double mass = 0;
    for (std::size_t i = 0; i < atom_count_ && atoms_[i].value < x; ++i) mass += atoms_[i].mass;
    return std::min(1.0, mass);
  }
  if (kind_ == Kind::spherical && dimension_ < 2) return x > highest_ ? 1 : x > lowest_ ? 0.5 : 0;
  return part_cdf(x);
}

double Law::cdf(double x) const noexcept {
  return (1 - zeros_) * part_cdf(x) + (x >= 0 ? zeros_ : 0);
}

double Law::cdf_below(double x) const noexcept {
  return (1 - zeros_) * part_cdf_below(x) + (x > 0 ? zeros_ : 0);
}

double Law::quantile(double p) const noexcept {
  if (kind_ == Kind::unknown) return std::numeric_limits<double>::quiet_NaN();
  if (zeros_ > 0) {
    Law part = *this;
    part.zeros_ = 0;
    const double below = (1 - zeros_) * part_cdf_below(0);
    if (p > below && p <= below + zeros_) return 0;
    return part.quantile((p > below ? p - zeros_ : p) / (1 - zeros_));
  }
  if (kind_ == Kind::atom) return mean_;
  if (kind_ == Kind::atoms) {
    std::size_t i = 0;
    for (double mass = atoms_[0].mass; mass < p && i + 1 < atom_count_;) mass += atoms_[++i].mass;
    return atoms_[i].value;
  }
  if (kind_ == Kind::uniform) return lowest_ + p * (highest_ - lowest_);
  if (kind_ == Kind::normal) return location_ + scale_ * normal_quantile(p);
  if (kind_ == Kind::spherical) {
    double low = lowest_, high = highest_;
    for (int i = 0; i < 60; ++i) {
      const double middle = 0.5 * (low + high);
      (cdf(middle) < p ? low : high) = middle;
    }
    return high;
  }
  const double alpha = (lowest_ - location_) / scale_, beta = (highest_ - location_) / scale_;
  const double mass = normal_mass(alpha, beta);
  const double z = alpha > 0 ? -normal_quantile(normal_cdf(-alpha) - p * mass)
                             : normal_quantile(normal_cdf(alpha) + p * mass);
  return std::clamp(location_ + scale_ * z, lowest_, highest_);
}

Law::View Law::view() const noexcept {
  if (kind_ == Kind::atom) {
    const double margin = mean_ == 0 ? 1 : std::abs(mean_);
    return {mean_ - margin, mean_ + margin};
  }
  if (kind_ == Kind::uniform || kind_ == Kind::unknown) return {lowest_, highest_};
  if (kind_ == Kind::atoms) {
    const double margin = 0.25 * (highest_ - lowest_);
    return {lowest_ - margin, highest_ + margin};
  }
  // The law's own view, without the zeros beside it.
  const double scale = kind_ == Kind::spherical ? highest_ / std::sqrt(dimension_) : scale_;
  return {std::max(lowest_, mean_ - k_view_std * scale),
          std::min(highest_, mean_ + k_view_std * scale)};
}

void Law::fill(const Stream& stream, std::span<float> out, std::uint64_t first) const noexcept {
  const auto f32 = [](double x) { return static_cast<float>(x); };
  switch (kind_) {
    case Kind::atom:
      return std::fill(out.begin(), out.end(), f32(mean_));
    case Kind::uniform:
      return fill_uniform(stream, f32(lowest_), f32(highest_), out, first);
    case Kind::normal:
      return fill_normal(stream, f32(location_), f32(scale_), out, first);
    case Kind::truncated_normal:
      return fill_truncated_normal(stream, location_, scale_, lowest_, highest_, out, first);
    case Kind::atoms:
    case Kind::unknown:
    case Kind::spherical:
      fill_uniform(stream, 0, 1, out, first);
      for (float& value : out) value = f32(quantile(static_cast<double>(value)));
      return;
  }
}

void Law::fill(TorchGenerator& generator, std::span<float> out, PartOfTensor part) const noexcept {
  switch (drawn_as_) {
    case Kind::uniform:
      return generator.uniform(lowest_, highest_, out, part);
    case Kind::normal:
      return generator.normal(location_, scale_, out, part);
    case Kind::truncated_normal: {
      if (out.size() == part.total)
        return generator.truncated_normal(location_, scale_, lowest_, highest_, out);
      std::vector<float> whole(static_cast<std::size_t>(part.total));
      generator.truncated_normal(location_, scale_, lowest_, highest_, whole);
      std::copy_n(whole.begin() + static_cast<std::ptrdiff_t>(part.first), out.size(), out.begin());
      return;
    }
    case Kind::atom:
    case Kind::spherical:
    case Kind::atoms:
    case Kind::unknown:
      return std::fill(out.begin(), out.end(), static_cast<float>(mean_));
  }
}

}  // namespace initscope
