// Negative control of the golden bits: the kernels once more, in a program of their own compiled so
// that multiplications and additions are fused. The words must still be golden, for they have no
// such pair, and everything else must not: if it were, the table would not protect anything.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>

#include "passes/panels.hpp"
#include "sha256.hpp"
#include "simd/activations.hpp"
#include "simd/aligned_buffer.hpp"
#include "simd/product.hpp"
#include "simd/random.hpp"

using namespace initscope;
using namespace initscope::simd;

float initscope::simd::reduce_large_angle(float x) noexcept { return x; }

int main() {
  if (!__builtin_cpu_supports("fma") || !__builtin_cpu_supports("avx2")) {
    std::puts("skipped: this machine has no fused multiply-add");
    return 77;
  }
  std::ifstream file(INITSCOPE_GOLDEN "/bits.txt");
  std::map<std::string, std::string> golden;
  for (std::string name, hash; file >> name >> hash;) golden[name] = hash;

  using Arch = xsimd::avx2;
  const Stream stream(2026, {Purpose::input, 1, 2});
  std::vector<std::uint32_t> words(1u << 16);
  for (std::size_t i = 0; i < words.size(); i += k_chunk)
    Random<Arch>::words(stream, i / k_chunk, k_chunk, words.data() + i);
  std::vector<float> z(1u << 16), h(z.size());
  for (std::size_t i = 0; i < z.size(); i += k_chunk)
    Random<Arch>::normal(Stream(1, {}), i / k_chunk, k_chunk, {0, 3}, z.data() + i);
  Activations<Arch>::activate({Activation::tanh, 0}, z.data(), h.data(), z.size());

  int failures = 0;
  const auto expect = [&](const char* name, const std::string& hash, bool same) {
    const bool passed = (golden.at(name) == hash) == same;
    std::printf("%s: %s is %sgolden\n", passed ? "ok" : "FAILED", name, same ? "" : "not ");
    failures += !passed;
  };
  expect("words", test::sha256_of(words), true);
  expect("activation/linear", test::sha256_of(z), false);  // the normal numbers themselves
  expect("activation/tanh", test::sha256_of(h), false);

  const PanelShape in{700, 70}, out{300, 70};
  AlignedBuffer a(in.units * out.units), b(in.size()), bias(out.units), c(out.size());
  const auto fill = [](std::uint64_t seed, std::span<float> to) {
    for (std::size_t i = 0; i < to.size(); i += k_chunk)
      Random<Arch>::normal(
          Stream(seed, {}), i / k_chunk,
          static_cast<std::uint32_t>(std::min<std::size_t>(k_chunk, to.size() - i)), {0, 1},
          to.data() + i);
  };
  fill(1, a.all());
  fill(2, b.all());
  fill(3, bias.all());
  Products<Arch>::multiply({a.data(), in.units, false, b.data(), bias.data(), c.data(), out.units,
                            in.units, in.panels()});
  expect("product", test::sha256_of(c.all()), false);
  return failures;
}
