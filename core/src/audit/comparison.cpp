#include "audit/comparison.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace initscope {
namespace {

/// As many equal values are no chance: 24 bits each, or down to 7 of a type of 16 bits.
constexpr std::size_t k_telling = 4, k_telling_rounded = 32;
/// Fewer values correlate too easily.
constexpr std::size_t k_least_correlated = 48;

double center_of(const LawDrawn& law) noexcept {
  return law.kind == LawDrawn::Kind::normal ? law.first : (law.first + law.second) / 2;
}

double scale_of(const LawDrawn& law) noexcept {
  return law.kind == LawDrawn::Kind::normal ? law.second : (law.second - law.first) / 2;
}

}  // namespace

Comparison compare(TorchStream& stream, std::uint64_t offset, const LawDrawn& law,
                   const LedgerTensor& tensor) {
  const auto sample = tensor.sample.first(std::min(tensor.sample.size(), k_ledger_sample));
  std::array<float, k_ledger_sample> drawn;
  const auto redrawn = std::span(drawn).first(sample.size());
  Redrawing(stream, offset, law, tensor.count).next(redrawn);
  Comparison comparison;
  std::size_t same = 0, other = 0;
  const double center = center_of(law);
  double product = 0, square = 0, drawn_square = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (sample[i] != 0) ++(sample[i] == rounded_to(tensor.precision, redrawn[i]) ? same : other);
    const double now = static_cast<double>(sample[i]) - center;
    const double then = static_cast<double>(redrawn[i]) - center;
    product += now * then;
    square += now * now;
    drawn_square += then * then;
  }
  comparison.same =
      other == 0 &&
      same >= (tensor.precision == Precision::float32 ? k_telling : k_telling_rounded);
  if (sample.size() < k_least_correlated || !(square > 0) || !(drawn_square > 0)) return comparison;
  comparison.deviations =
      product / std::sqrt(square * drawn_square) * std::sqrt(static_cast<double>(sample.size()));
  comparison.scale = product / drawn_square;
  return comparison;
}

std::size_t nearest_in_scale(std::span<const LawDrawn> laws, std::size_t law,
                             double scale) noexcept {
  const auto factor = [&](std::size_t i) {
    const double quotient = scale * scale_of(laws[law]) / scale_of(laws[i]);
    return std::max(quotient, 1 / quotient);
  };
  std::size_t nearest = law;
  for (std::size_t i = 0; i < laws.size(); ++i)
    if (laws[i].kind == laws[law].kind && can_be_drawn(laws[i]) && factor(i) < factor(nearest))
      nearest = i;
  return nearest;
}

}  // namespace initscope
