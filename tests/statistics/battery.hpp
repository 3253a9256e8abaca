// Tests of random words and of samples. Each returns how improbable its finding is: the probability
// that a perfect generator does worse. The statistics are standard; sources beside each.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "initscope/law.hpp"

namespace initscope::test {

/// A finding is rejected below this; pre-registered, for every test of the suite. The seeds are
/// fixed, so a test that passes passes always; for a fresh seed each fails with this probability.
inline constexpr double k_reject = 1e-5;

/// The suite's seed: 2026, or INITSCOPE_SEED, with which `scripts/test --deep` sets a fresh one.
inline std::uint64_t seed() {
  const char* text = std::getenv("INITSCOPE_SEED");
  return text == nullptr ? 2026 : std::strtoull(text, nullptr, 10);
}

struct Finding {
  std::string test;
  double p;
};

/// Two-sided probability of |Z| >= |z|, Z standard normal.
double p_of_normal(double z);
/// P(X >= x), X chi-square with k >= 30 degrees of freedom, two-sided (Wilson and Hilferty 1931).
double p_of_chi_square(double x, double k);
/// P(sqrt(n) D >= t) (Kolmogorov 1933).
double p_of_kolmogorov(double t);
/// P(A^2 >= a) (Marsaglia and Marsaglia, "Evaluating the Anderson-Darling distribution", 2004).
double p_of_anderson_darling(double a);

/// The battery of bits, on 2^20 words or more.
std::vector<Finding> test_words(std::span<const std::uint32_t> words);

/// Whether two sequences of words, bit by bit, are independent: the bits of their exclusive or.
Finding test_independence(std::string name, std::span<const std::uint32_t> a,
                          std::span<const std::uint32_t> b);

/// The battery of laws, on independent values: Kolmogorov-Smirnov, Anderson-Darling, chi-square,
/// moments 1 to 4, tails beyond 3, 4 and 5 std. Sorts the values.
std::vector<Finding> test_law(std::vector<float>& values, const Law& law);

/// The least probable of the findings.
const Finding& worst(const std::vector<Finding>& findings);

}  // namespace initscope::test
