#include "functions/decimal.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace initscope {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// digits 10^exponent, the power as the sum of two doubles, so that every machine has the same one.
double scaled(std::uint64_t digits, int exponent) noexcept {
  double power = 1, rest = 0;
  for (int i = 0; i < std::abs(exponent); ++i) {
    const double next = power * 10, lost = std::fma(power, 10, -next);
    const double tail = rest * 10 + lost;
    power = next + tail;
    rest = tail - (power - next);
  }
  const auto high = static_cast<double>(digits >> 11 << 11),
             low = static_cast<double>(digits & 0x7FF);
  if (exponent >= 0) {
    const double product = high * power;
    return product + (std::fma(high, power, -product) + (high * rest + low * power));
  }
  const double ratio = high / power;
  return ratio + ((std::fma(-ratio, power, high) - ratio * rest) + low) / power;
}

/// The digits up to an exponent, as many as count, and where the point stands.
struct Digits {
  std::uint64_t digits = 0;
  int exponent = 0, significant = 0;
  std::size_t length = 0;
  bool any = false;
};
Digits read_digits(std::string_view text) noexcept {
  constexpr int k_most_digits = 18;
  Digits read;
  bool point = false;
  for (; read.length < text.size(); ++read.length) {
    const char c = text[read.length];
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (!is_digit(c)) break;
    read.any = true;
    if (read.significant < k_most_digits) {
      read.digits = read.digits * 10 + static_cast<std::uint64_t>(c - '0');
      if (read.digits != 0) ++read.significant;
      if (point) --read.exponent;
    } else if (!point) {
      ++read.exponent;
    }
  }
  return read;
}

}  // namespace

Decimal read_decimal(std::string_view text) noexcept {
  constexpr int k_most_power = 40, k_most_exponent = 1000;
  const Digits read = read_digits(text);
  Decimal decimal;
  if (!read.any) return decimal;
  decimal.length = read.length;
  int exponent = read.exponent;
  if (read.length < text.size() && (text[read.length] == 'e' || text[read.length] == 'E')) {
    std::size_t at = read.length + 1;
    const bool negative = at < text.size() && text[at] == '-';
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    int given = 0;
    for (; at < text.size() && is_digit(text[at]); ++at) {
      given = std::min(given * 10 + (text[at] - '0'), k_most_exponent);
      decimal.length = at + 1;
    }
    exponent += negative ? -given : given;
  }
  if (read.digits == 0) return decimal;
  decimal.in_range = std::abs(read.significant + exponent) <= k_most_power;
  if (decimal.in_range) decimal.value = scaled(read.digits, exponent);
  return decimal;
}

}  // namespace initscope
