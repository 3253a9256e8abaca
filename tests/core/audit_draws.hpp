// Tensors for the tests of certificates and seeds: what torch draws, and what others draw.
#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "initscope/seed.hpp"

namespace initscope::test {

/// The tensor that TorchGenerator draws behind so many words, one by one.
inline std::vector<float> drawn(const StreamPlace& place, const LawDrawn& law, std::size_t count) {
  TorchGenerator generator(place.seed);
  for (std::uint64_t i = 0; i < place.offset; ++i) generator.random();
  std::vector<float> values(count);
  if (law.kind == LawDrawn::Kind::uniform)
    generator.uniform(law.first, law.second, values);
  else
    generator.normal(law.first, law.second, values);
  return values;
}

/// Numbers of another generator, whose bits do not depend on the library.
class Foreign {
 public:
  explicit Foreign(std::uint64_t seed) : engine_(seed) {}
  /// A whole number below 2^bits.
  std::uint64_t bits(int bits) { return engine_() >> (64 - bits); }
  /// In [0, 1), 53 bits.
  double unit() { return static_cast<double>(bits(53)) * 0x1p-53; }
  double uniform(double from, double to) { return from + (to - from) * unit(); }
  double normal() {
    const double radius = std::sqrt(-2 * std::log(1 - unit()));
    return radius * std::cos(6.283185307179586 * unit());
  }
  std::vector<float> normals(std::size_t count, double std) {
    std::vector<float> values(count);
    for (float& value : values) value = static_cast<float>(std * normal());
    return values;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace initscope::test
