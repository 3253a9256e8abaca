#include "theory/unit_law.hpp"

#include <algorithm>
#include <cmath>

#include "theory/quadrature.hpp"

namespace initscope {
namespace {

/// Beyond this many std a Gaussian counts for nothing.
constexpr double k_far = 9;
constexpr std::size_t k_points = 2 * std::size(k_rule_16);

/// Calls f(i) for the points of the law within reach of a noise around `near`.
template <class Function>
void for_near(const UnitLaw& law, double near, double tau, Function f) {
  const std::size_t panels = law.at.size() / k_points;
  const auto panel_of = [&](double x) {
    return std::clamp(x / law.width, 0.0, static_cast<double>(panels));
  };
  const auto first = static_cast<std::size_t>(panel_of(near - k_far * tau)),
             last = static_cast<std::size_t>(std::ceil(panel_of(near + k_far * tau)));
  for (std::size_t i = first * k_points; i < last * k_points; ++i) f(i);
}

double density_at(const UnitLaw* from, double tau, double y) {
  const double at_zero = density(y / tau) / tau;
  if (from == nullptr) return at_zero;
  double sum = from->atom * at_zero;
  for_near(*from, y, tau,
           [&](std::size_t i) { sum += from->mass[i] * density((y - from->at[i]) / tau) / tau; });
  return sum;
}

double atom_of(const UnitLaw* from, double tau) {
  if (from == nullptr) return 0.5;
  double sum = from->atom * 0.5;
  for_near(*from, 0, tau,
           [&](std::size_t i) { sum += from->mass[i] * distribution(-from->at[i] / tau); });
  return sum;
}

}  // namespace

double UnitLaw::mean() const noexcept {
  double sum = 0;
  for (std::size_t i = 0; i < at.size(); ++i) sum += mass[i] * at[i];
  return sum;
}

double UnitLaw::second() const noexcept {
  double sum = 0;
  for (std::size_t i = 0; i < at.size(); ++i) sum += mass[i] * at[i] * at[i];
  return sum;
}

UnitLaw law_of(const UnitLaw* from, double tau, double width) {
  UnitLaw law;
  law.from = from;
  law.tau = tau;
  law.reach = tau * tau + (from == nullptr ? 0 : from->reach);
  const double end = k_far * std::sqrt(law.reach);
  const double panels = std::ceil(end / std::min(width, k_panel_stds * tau));
  if (!(panels <= k_most_law_panels)) return law;
  law.width = end / panels;
  law.atom = atom_of(from, tau);
  for (std::size_t i = 0; i < static_cast<std::size_t>(panels); ++i) {
    const double begin = static_cast<double>(i) * law.width;
    panel(k_rule_16, begin, begin + law.width, [&](double y, double weight) {
      law.at.push_back(y);
      law.weight.push_back(weight);
      law.mass.push_back(weight * density_at(from, tau, y));
    });
  }
  return law;
}

UnitProfile carried_back(const UnitProfile& of, const UnitLaw& from, double tau) {
  const auto at = [&](double x) {
    double sum = 0;
    for_near(*of.law, x, tau, [&](std::size_t i) {
      sum += of.law->weight[i] * of.values[i] * density((of.law->at[i] - x) / tau) / tau;
    });
    return sum;
  };
  UnitProfile back;
  back.law = &from;
  if (tau == 0) {
    back.values = of.values;
    return back;
  }
  for (const double x : from.at) back.values.push_back(at(x));
  return back;
}

}  // namespace initscope
