// How far a function's results lie from the exact ones, in units in the last place (ULP).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>
#include <vector>

namespace initscope::test {

/// The distance between neighbouring numbers of this type about `value`, the smallest normal
/// number's for those below it.
template <class Real, class Exact>
Exact ulp(Exact value) {
  using Limits = std::numeric_limits<Real>;
  if (value == 0) return static_cast<Exact>(Limits::denorm_min());
  const int exponent = std::max(std::ilogb(value), Limits::min_exponent - 1);
  return std::ldexp(Exact{1}, exponent - (Limits::digits - 1));
}

/// Numbers from -infinity to infinity as integers in the same order, neighbours one apart.
template <class Real>
std::int64_t place_of(Real x) {
  using Bits = std::conditional_t<sizeof(Real) == 4, std::int32_t, std::int64_t>;
  Bits bits = 0;
  std::memcpy(&bits, &x, sizeof x);
  return bits < 0 ? -static_cast<std::int64_t>(bits & std::numeric_limits<Bits>::max())
                  : static_cast<std::int64_t>(bits);
}
template <class Real>
Real at_place(std::int64_t place) {
  using Bits = std::conditional_t<sizeof(Real) == 4, std::int32_t, std::int64_t>;
  const auto bits = static_cast<Bits>(place < 0 ? -place : place);
  Real x = 0;
  std::memcpy(&x, &bits, sizeof x);
  return place < 0 ? -x : x;
}

/// `count` numbers of [from, to], both ends among them: half of them at equal distances, and half
/// at equal numbers of bit patterns, so that every exponent is there with many mantissas.
template <class Real>
std::vector<Real> spread(double from, double to, std::size_t count) {
  std::vector<Real> x(count);
  const std::size_t last = count / 2 - 1;
  const auto first_place = static_cast<std::uint64_t>(place_of(static_cast<Real>(from)));
  const std::uint64_t places =
      static_cast<std::uint64_t>(place_of(static_cast<Real>(to))) - first_place;
  for (std::size_t i = 0; i <= last; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(last);
    x[2 * i] = static_cast<Real>(i == last ? to : from + share * (to - from));
    // i places / last, which would overflow.
    const std::uint64_t passed = places / last * i + places % last * i / last;
    x[2 * i + 1] = at_place<Real>(static_cast<std::int64_t>(first_place + passed));
  }
  return x;
}

}  // namespace initscope::test
