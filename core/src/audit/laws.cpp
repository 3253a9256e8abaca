#include "audit/laws.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "initscope/seed.hpp"
#include "initscope/special.hpp"
#include "initscope/statistics.hpp"

namespace initscope {
namespace {

/// -ln of the false alarm of what is exponential: 8e-7.
constexpr double k_most_exponents = 14;
constexpr double k_most_distance = 2.8;  ///< times sqrt n: 3e-7
constexpr double k_rounding = 1e-6;      ///< relative, of a bound as float32
constexpr double k_log_2pi = 1.8378770664093453, k_two_std_mass = 0.95449973610364158;

bool is_half(StoredType type) noexcept {
  return type == StoredType::f16 || type == StoredType::bf16;
}

/// `value` as the type stores it.
double stored(double value, StoredType type) noexcept {
  const auto narrow = static_cast<float>(value);
  if (type == StoredType::f16) return static_cast<double>(rounded_to(Precision::float16, narrow));
  if (type == StoredType::bf16) return static_cast<double>(rounded_to(Precision::bfloat16, narrow));
  return static_cast<double>(narrow);
}

/// Half the distances from a magnitude to its neighbours in the type.
struct Cell {
  double inwards, outwards;
};
Cell cell_of(double magnitude, StoredType type) noexcept {
  const int bits = type == StoredType::f16 ? 11 : 8;
  const double least = type == StoredType::f16 ? 0x1p-24 : 0x1p-133;
  if (magnitude == 0) return {0.5 * least, 0.5 * least};
  int exponent = 0;
  const bool power_of_two = std::frexp(magnitude, &exponent) == 0.5;
  const double step = std::ldexp(1.0, exponent - bits);
  return {0.5 * std::max(power_of_two ? 0.5 * step : step, least), 0.5 * std::max(step, least)};
}

/// sup |F_n - F| at the ends of the cells that a 16-bit number stands for.
double distance_at_cells(const Law& law, const DrawnValues& values) noexcept {
  const std::span<const float> sorted = values.sorted;
  const auto n = static_cast<double>(sorted.size());
  double distance = 0;
  for (std::size_t i = 0; i < sorted.size();) {
    std::size_t end = i + 1;
    while (end < sorted.size() && sorted[end] == sorted[i]) ++end;
    const auto x = static_cast<double>(sorted[i]);
    const Cell cell = cell_of(std::abs(x), values.type);
    const double low = x - (x > 0 ? cell.inwards : cell.outwards);
    const double high = x + (x < 0 ? cell.inwards : cell.outwards);
    distance = std::max(distance, std::abs(law.cdf(low) - static_cast<double>(i) / n));
    distance = std::max(distance, std::abs(law.cdf(high) - static_cast<double>(end) / n));
    i = end;
  }
  return distance;
}

/// Probability that one magnitude is beyond x.
double beyond(const Candidate& candidate, double x) noexcept {
  const double tail = 2 * normal_cdf(-x / candidate.scale);
  if (candidate.shape == LawShape::normal) return tail;
  return std::max(0.0, (tail - (1 - k_two_std_mass)) / k_two_std_mass);
}

/// Whether so large a magnitude is the largest of so many, neither too large nor too small.
bool fits_largest(const Candidate& candidate, const DrawnValues& values) noexcept {
  const bool half = is_half(values.type);
  const double slack = half ? 2 * cell_of(values.largest, values.type).outwards : 0;
  const double bound = candidate.bound();
  if (!std::isinf(bound)) {
    const double most = half ? stored(bound, values.type) : bound * (1 + k_rounding);
    if (values.largest > most) return false;
  }
  const double largest = values.largest + slack;
  if (candidate.shape == LawShape::uniform)
    return values.count * (1 - largest / bound) < k_most_exponents;
  if (values.count * beyond(candidate, largest) > k_most_exponents) return false;
  // Of 10^6 tensors that a normal law drew, one has so large a value.
  constexpr double k_rare = 1e-6;
  return candidate.shape != LawShape::normal ||
         values.count * beyond(candidate, std::max(0.0, values.largest - slack)) > k_rare;
}

/// Whether the std is within five of its own errors.
bool fits_std(const Candidate& candidate, const DrawnValues& values) noexcept {
  if (candidate.shape == LawShape::uniform) return true;
  const double error = candidate.shape == LawShape::normal ? 0.7072 : 0.586;
  const double ratio = std::sqrt(values.second_moment) / candidate.std();
  if (!(ratio > 0)) return false;
  return std::abs(portable_log(ratio)) < 5 * error / std::sqrt(values.count) + 12 / values.count;
}

}  // namespace

double distance_of(const Candidate& candidate, const DrawnValues& values) noexcept {
  const Law law = candidate.law();
  return is_half(values.type) ? distance_at_cells(law, values)
                              : kolmogorov_smirnov(values.sorted, law);
}

bool fits(const Candidate& candidate, const DrawnValues& values) noexcept {
  return fits_std(candidate, values) && fits_largest(candidate, values) &&
         distance_of(candidate, values) * std::sqrt(static_cast<double>(values.sorted.size())) <
             k_most_distance;
}

double log_likelihood(const Candidate& candidate, const DrawnValues& values) noexcept {
  const double n = values.count, s = candidate.scale;
  const bool half = is_half(values.type);
  const double most =
      half ? stored(candidate.bound(), values.type) : candidate.bound() * (1 + k_rounding);
  if (values.largest > most) return -std::numeric_limits<double>::infinity();
  if (candidate.shape == LawShape::uniform) return -n * portable_log(2 * s);
  const double normal =
      -n * (portable_log(s) + 0.5 * k_log_2pi) - n * values.second_moment / (2 * s * s);
  return candidate.shape == LawShape::normal ? normal : normal - n * portable_log(k_two_std_mass);
}

std::vector<Candidate> fitting(std::span<const Candidate> candidates, const DrawnValues& values) {
  std::vector<std::pair<double, const Candidate*>> kept;
  for (const Candidate& one : candidates)
    if (fits(one, values)) kept.emplace_back(log_likelihood(one, values), &one);
  std::stable_sort(kept.begin(), kept.end(), [](const auto& a, const auto& b) {
    if (a.second->is_default != b.second->is_default) return a.second->is_default;
    return a.first > b.first;
  });
  std::vector<Candidate> out;
  out.reserve(kept.size());
  for (const auto& [likelihood, one] : kept) out.push_back(*one);
  return out;
}

FoundLaw found(const Candidate& candidate, const DrawnValues& values) {
  const double bound = candidate.bound();
  return {candidate.names, candidate.shape, candidate.std(), std::isinf(bound) ? 0 : bound,
          distance_of(candidate, values)};
}

}  // namespace initscope
