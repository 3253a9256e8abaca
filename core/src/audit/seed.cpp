#include "initscope/seed.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "audit/equations.hpp"
#include "audit/readings.hpp"
#include "audit/walk.hpp"
#include "initscope/certificate.hpp"

namespace initscope {
namespace {

/// Readings that are held against a state; more would find nothing that drawing again does not.
constexpr std::size_t k_compared_readings = 2 * k_settling_readings;
/// Places where the algebra of a normal tensor begins, until one is without a word that is further
/// off.
constexpr std::size_t k_most_windows = 4096;

bool all_finite(std::span<const float> values) noexcept {
  return std::all_of(values.begin(), values.end(), [](float x) { return std::isfinite(x); });
}

/// Whether all that is not 0, at least as much as the algebra needs, is what is drawn there.
bool draws(const StreamPlace& place, const LawDrawn& law, std::span<const float> values) {
  std::array<float, 1024> drawn;
  TorchStream stream(place.seed);
  Redrawing redrawing(stream, place.offset, law, values.size());
  std::size_t same = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t at = i % drawn.size();
    if (at == 0) redrawing.next(std::span(drawn).first(std::min(drawn.size(), values.size() - i)));
    if (values[i] == drawn[at])
      ++same;
    else if (values[i] != 0)
      return false;
  }
  return same >= k_settling_readings;
}

}  // namespace

bool can_be_drawn(const LawDrawn& law) noexcept {
  constexpr double k_most = std::numeric_limits<float>::max();
  // Written so that NaN fails.
  if (!(std::abs(law.first) <= k_most && std::abs(law.second) <= k_most)) return false;
  const float first = static_cast<float>(law.first), second = static_cast<float>(law.second);
  if (law.kind == LawDrawn::Kind::normal) return second > 0;
  return first < second && std::isfinite(second - first);
}

std::optional<StreamPlace> recover_uniform_seed(std::span<const float> values, double bound,
                                                std::uint64_t most) {
  if (values.size() < k_least_uniform_values || !TorchLattice::usable(bound)) return std::nullopt;
  const auto some = values.first(std::min(values.size(), k_compared_readings));
  const auto readings = uniform_readings(some, static_cast<float>(bound));
  if (!readings) return std::nullopt;
  const auto state = state_of(*readings);
  if (!state) return std::nullopt;
  const auto place = walk_back(*state, most);
  if (!place || !draws(*place, LawDrawn::uniform(-bound, bound), values)) return std::nullopt;
  return place;
}

std::optional<StreamPlace> recover_normal_seed(std::span<const float> values, double mean,
                                               double std, std::uint64_t most) {
  const LawDrawn law = LawDrawn::normal(mean, std);
  if (!can_be_drawn(law) || !all_finite(values)) return std::nullopt;
  const std::size_t settled = std::min(settled_normals(values.size()), k_most_windows * 4);
  if (settled < k_least_normal_values) return std::nullopt;
  const auto readings =
      normal_readings(values.first(settled), static_cast<float>(mean), static_cast<float>(std));
  const std::size_t windows = std::min(k_most_windows, settled - k_settling_readings + 1);
  for (std::size_t at = 0; at < windows; ++at) {
    const auto some = std::span(readings).subspan(at);
    const auto state = state_of(some.first(std::min(some.size(), k_compared_readings)));
    if (!state) continue;
    auto place =
        walk_back(*state, most < std::numeric_limits<std::uint64_t>::max() - at ? most + at : most);
    if (!place || place->offset < at) return std::nullopt;
    place->offset -= at;
    if (!draws(*place, law, values)) return std::nullopt;
    return place;
  }
  return std::nullopt;
}

}  // namespace initscope
