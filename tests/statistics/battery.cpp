#include "battery.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "initscope/statistics.hpp"

namespace initscope::test {
namespace {

int ones(std::uint32_t word) {
  int count = 0;
  for (; word != 0; word &= word - 1) ++count;
  return count;
}

/// Ones among all bits (NIST SP 800-22, 2.1).
Finding monobit(std::span<const std::uint32_t> words) {
  double count = 0;
  for (const auto word : words) count += ones(word);
  const double n = 32 * static_cast<double>(words.size());
  return {"monobit", p_of_normal((count - n / 2) / std::sqrt(n / 4))};
}

/// Ones at each place of a word.
Finding places(std::span<const std::uint32_t> words) {
  std::array<double, 32> counts{};
  for (const auto word : words)
    for (std::uint32_t place = 0; place < 32; ++place) counts[place] += word >> place & 1;
  const auto n = static_cast<double>(words.size());
  double chi = 0;
  for (const double count : counts) chi += (count - n / 2) * (count - n / 2) / (n / 4);
  return {"places", p_of_chi_square(chi, 32)};
}

/// Changes from one bit to the next (NIST SP 800-22, 2.3).
Finding runs(std::span<const std::uint32_t> words) {
  double changes = 0;
  std::uint32_t before = words[0] & 1;
  for (const auto word : words) {
    changes += ones(word ^ (word << 1 | before));
    before = word >> 31;
  }
  const double n = 32 * static_cast<double>(words.size()) - 1;
  return {"runs", p_of_normal((changes - n / 2) / std::sqrt(n / 4))};
}

/// Equal cells of values below `cells`.
template <class Values>
double chi_square(const Values& values, std::size_t cells) {
  std::vector<double> counts(cells);
  double n = 0;
  for (const auto value : values) {
    ++counts[value];
    ++n;
  }
  const double expected = n / static_cast<double>(cells);
  double chi = 0;
  for (const double count : counts) chi += (count - expected) * (count - expected) / expected;
  return chi;
}

/// Pairs of successive bytes, without overlap (Knuth, TAOCP 2, 3.3.2 B): the halves of words, and
/// bytes of successive words.
Finding serial(std::span<const std::uint32_t> words, std::uint32_t place) {
  std::vector<std::uint32_t> pairs;
  pairs.reserve(words.size() / 2);
  for (std::size_t i = 0; i + 1 < words.size(); i += 2)
    pairs.push_back((words[i] >> place & 0xFF) << 8 | (words[i + 1] >> place & 0xFF));
  return {"serial pairs at bit " + std::to_string(place),
          p_of_chi_square(chi_square(pairs, 65536), 65535)};
}

/// Marsaglia's birthday spacings (TAOCP 2, 3.3.2 J): 4096 birthdays in a year of 2^32 days have
/// Poisson(4) equal spacings; the groups' sum is nearly normal.
Finding birthdays(std::span<const std::uint32_t> words) {
  constexpr std::size_t k_birthdays = 4096;
  std::vector<std::uint32_t> days(k_birthdays);
  double equal = 0, groups = 0;
  for (std::size_t begin = 0; begin + k_birthdays <= words.size(); begin += k_birthdays, ++groups) {
    std::copy_n(words.begin() + static_cast<std::ptrdiff_t>(begin), k_birthdays, days.begin());
    std::sort(days.begin(), days.end());
    std::uint32_t last = days.back();
    for (auto& day : days) {
      const std::uint32_t spacing = day - last;
      last = day;
      day = spacing;
    }
    std::sort(days.begin(), days.end());
    for (std::size_t i = 1; i < k_birthdays; ++i) equal += days[i] == days[i - 1];
  }
  // n (1 - exp(-n^2 / 4d)) to first order: E = n^3 / 4d, less a part in 10^6 of it.
  const double expected = 4 * groups;
  return {"birthday spacings", p_of_normal((equal - expected) / std::sqrt(expected))};
}

/// Ranks of 32 x 32 matrices over GF(2), which linear generators get wrong (Marsaglia and Tsay
/// 1985): full rank 0.2888, one less 0.5776.
Finding ranks(std::span<const std::uint32_t> words) {
  constexpr double k_full = 0.2887880950866024, k_one_less = 0.5775761901732048;
  double full = 0, one_less = 0, matrices = 0;
  for (std::size_t begin = 0; begin + 32 <= words.size(); begin += 32, ++matrices) {
    std::array<std::uint32_t, 32> rows{};
    std::copy_n(words.begin() + static_cast<std::ptrdiff_t>(begin), 32, rows.begin());
    int rank = 0;
    for (std::uint32_t bit = 1u << 31; bit != 0; bit >>= 1) {
      const auto from = rows.begin() + rank;
      const auto pivot = std::find_if(from, rows.end(), [bit](auto row) { return row & bit; });
      if (pivot == rows.end()) continue;
      std::iter_swap(from, pivot);
      for (auto row = from + 1; row != rows.end(); ++row)
        if ((*row & bit) != 0) *row ^= *from;
      ++rank;
    }
    full += rank == 32;
    one_less += rank == 31;
  }
  const auto term = [matrices](double count, double probability) {
    const double expected = matrices * probability;
    return (count - expected) * (count - expected) / expected;
  };
  const double chi = term(full, k_full) + term(one_less, k_one_less) +
                     term(matrices - full - one_less, 1 - k_full - k_one_less);
  return {"matrix ranks", std::exp(-chi / 2)};  // two degrees of freedom
}

Finding moment(const char* name, double measured, double expected, double error) {
  return {name, p_of_normal((measured - expected) / error)};
}

}  // namespace

double p_of_normal(double z) { return std::erfc(std::abs(z) / std::numbers::sqrt2); }

double p_of_chi_square(double x, double k) {
  const double spread = 2 / (9 * k);
  return p_of_normal((std::cbrt(x / k) - (1 - spread)) / std::sqrt(spread));
}

double p_of_kolmogorov(double t) {
  double p = 0;
  for (int k = 1; k <= 20; ++k) p += (k % 2 == 1 ? 2 : -2) * std::exp(-2.0 * k * k * t * t);
  return t < 0.3 ? 1 : std::clamp(p, 0.0, 1.0);
}

double p_of_anderson_darling(double a) {
  if (a < 2) return 1;  // no evidence; the formula below is for larger values
  const double inner =
      1.0776 - (2.30695 - (0.43424 - (0.082433 - (0.008056 - 0.0003146 * a) * a) * a) * a) * a;
  return a < 12 ? 1 - std::exp(-std::exp(inner)) : std::exp(-a);
}

std::vector<Finding> test_words(std::span<const std::uint32_t> words) {
  std::vector<Finding> findings{monobit(words), places(words), runs(words), birthdays(words),
                                ranks(words)};
  for (const std::uint32_t place : {0u, 8u, 16u, 24u}) findings.push_back(serial(words, place));
  return findings;
}

Finding test_independence(std::string name, std::span<const std::uint32_t> a,
                          std::span<const std::uint32_t> b) {
  std::vector<std::uint32_t> both(a.begin(), a.end());
  for (std::size_t i = 0; i < both.size(); ++i) both[i] ^= b[i];
  return {std::move(name), std::min(monobit(both).p, places(both).p)};
}

std::vector<Finding> test_law(std::vector<float>& values, const Law& law) {
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  std::vector<Finding> findings{
      {"Kolmogorov-Smirnov", p_of_kolmogorov(std::sqrt(n) * kolmogorov_smirnov(values, law))}};

  constexpr std::size_t k_cells = 200;
  std::array<double, k_cells> cells{};
  double a2 = 0;
  constexpr double k_least = 1e-300;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double u = law.cdf(static_cast<double>(values[i]));
    const double v = law.cdf(static_cast<double>(values[values.size() - 1 - i]));
    a2 += (2 * static_cast<double>(i) + 1) *
          (std::log(std::max(u, k_least)) + std::log(std::max(1 - v, 0x1p-54)));
    ++cells[std::min(k_cells - 1, static_cast<std::size_t>(u * k_cells))];
  }
  findings.push_back({"Anderson-Darling", p_of_anderson_darling(-n - a2 / n)});
  double chi = 0;
  const double expected = n / k_cells;
  for (const double count : cells) chi += (count - expected) * (count - expected) / expected;
  findings.push_back({"chi-square", p_of_chi_square(chi, k_cells - 1)});

  // The law's own moments by quadrature over its quantiles, to the eighth: they give the standard
  // errors of the sample's first four.
  std::array<double, 9> central{};
  constexpr int k_nodes = 200000;
  for (int i = 0; i < k_nodes; ++i) {
    const double d = (law.quantile((i + 0.5) / k_nodes) - law.mean()) / law.std();
    double power = 1;
    for (double& sum : central) {
      sum += power / k_nodes;
      power *= d;
    }
  }
  Moments sample;
  sample.add(values);
  const auto error = [&](std::size_t k) {
    return std::sqrt((central[2 * k] - central[k] * central[k]) / n);
  };
  const double shift = (sample.mean() - law.mean()) / law.std();
  const double v = sample.variance() / (law.std() * law.std());
  findings.push_back(moment("mean", shift, 0, error(1)));
  findings.push_back(moment("variance", v, 1, error(2)));
  double third = 0, fourth = 0;
  for (const float value : values) {
    const double d = (static_cast<double>(value) - law.mean()) / law.std(), d2 = d * d;
    third += d2 * d;
    fourth += d2 * d2;
  }
  findings.push_back(moment("third moment", third / n, central[3], error(3)));
  findings.push_back(moment("fourth moment", fourth / n, central[4], error(4)));

  for (const double sigma : {3.0, 4.0, 5.0}) {
    const double low = law.mean() - sigma * law.std(), high = law.mean() + sigma * law.std();
    const double probability = law.cdf(low) + (1 - law.cdf(high));
    const double wanted = n * probability;
    const double found = static_cast<double>(
        std::lower_bound(values.begin(), values.end(), static_cast<float>(low)) - values.begin() +
        (values.end() - std::upper_bound(values.begin(), values.end(), static_cast<float>(high))));
    const std::string name = "beyond " + std::to_string(static_cast<int>(sigma)) + " std";
    // Poisson by its square root's normal approximation (Anscombe 1948); none may lie outside the
    // support, so zero is expected exactly.
    if (wanted < 1e-6)
      findings.push_back({name, found == 0 ? 1.0 : 0.0});
    else
      findings.push_back(
          {name, p_of_normal(2 * (std::sqrt(found + 0.375) - std::sqrt(wanted + 0.375)))});
  }
  return findings;
}

const Finding& worst(const std::vector<Finding>& findings) {
  return *std::min_element(findings.begin(), findings.end(),
                           [](const Finding& a, const Finding& b) { return a.p < b.p; });
}

}  // namespace initscope::test
