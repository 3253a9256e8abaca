#include "initscope/sampling.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "initscope/special.hpp"
#include "simd/kernels.hpp"

namespace initscope {
namespace {

/// Writes values [first, first + out.size()), chunk by chunk: `fill(chunk, count, to)` writes the
/// first `count` of a chunk. A chunk that begins before `first` goes through a buffer.
template <class Value, class Fill>
void by_chunks(std::span<Value> out, std::uint64_t first, Fill fill) noexcept {
  while (!out.empty()) {
    const std::uint64_t chunk = first / k_chunk;
    const auto skip = static_cast<std::uint32_t>(first % k_chunk);
    const auto count =
        static_cast<std::uint32_t>(std::min<std::uint64_t>(k_chunk - skip, out.size()));
    if (skip == 0) {
      fill(chunk, count, out.data());
    } else {
      Value buffer[k_chunk];
      fill(chunk, skip + count, buffer);
      std::copy_n(buffer + skip, count, out.data());
    }
    out = out.subspan(count);
    first += count;
  }
}

/// A truncated normal both of whose bounds are on one side, more than 2 std from the mean: from a
/// word to the tail's probability to the quantile, in double, mirrored into the lower tail.
class TailSampler {
 public:
  TailSampler(double mean, double std, double alpha, double beta) noexcept
      : mean_(mean),
        signed_std_(alpha > 0 ? -std : std),
        low_(normal_cdf(alpha > 0 ? -beta : alpha)),
        high_(normal_cdf(alpha > 0 ? -alpha : beta)) {}

  double operator()(std::uint32_t word) const noexcept {
    const double u = (word + 0.5) * 0x1p-32;
    return mean_ + signed_std_ * normal_quantile_lower_tail(low_ + u * (high_ - low_));
  }

 private:
  double mean_, signed_std_, low_, high_;
};

}  // namespace

void fill_words(const Stream& stream, std::span<std::uint32_t> out, std::uint64_t first) noexcept {
  by_chunks(out, first, [&stream](std::uint64_t chunk, std::uint32_t count, std::uint32_t* to) {
    simd::kernels().words(stream, chunk, count, to);
  });
}

void fill_uniform(const Stream& stream, float a, float b, std::span<float> out,
                  std::uint64_t first) noexcept {
  if (a == b) return std::fill(out.begin(), out.end(), a);
  const double center = 0.5 * (static_cast<double>(a) + b);
  const double half = 0.5 * (static_cast<double>(b) - a);
  const simd::UniformParameters p{static_cast<float>(center), static_cast<float>(half), a,
                                  std::nextafter(b, a)};
  by_chunks(out, first, [&](std::uint64_t chunk, std::uint32_t count, float* to) {
    simd::kernels().uniform(stream, chunk, count, p, to);
  });
}

void fill_normal(const Stream& stream, float mean, float std, std::span<float> out,
                 std::uint64_t first) noexcept {
  by_chunks(out, first, [&](std::uint64_t chunk, std::uint32_t count, float* to) {
    simd::kernels().normal(stream, chunk, count, {mean, std}, to);
  });
}

void fill_truncated_normal(const Stream& stream, double mean, double std, double a, double b,
                           std::span<float> out, std::uint64_t first) noexcept {
  const double alpha = (a - mean) / std, beta = (b - mean) / std;
  // The outermost floats inside the bounds, which need not be floats themselves.
  auto lowest = static_cast<float>(a), highest = static_cast<float>(b);
  if (lowest < a) lowest = std::nextafter(lowest, highest);
  if (highest > b) highest = std::nextafter(highest, lowest);
  constexpr double k_tail = 2;
  if (alpha > k_tail || beta < -k_tail) {
    const TailSampler sample(mean, std, alpha, beta);
    return by_chunks(out, first, [&](std::uint64_t chunk, std::uint32_t count, float* to) {
      std::uint32_t words[k_chunk];
      simd::kernels().words(stream, chunk, count, words);
      std::transform(words, words + count, to, [&](std::uint32_t word) {
        return std::clamp(static_cast<float>(sample(word)), lowest, highest);
      });
    });
  }
  // x = 2 p - 1 runs over [2 Phi(alpha) - 1, 2 Phi(beta) - 1].
  const double low = normal_cdf(alpha), mass = normal_mass(alpha, beta);
  const simd::TruncatedParameters p{static_cast<float>(2 * low - 1 + mass),
                                    static_cast<float>(mass),
                                    static_cast<float>(mean),
                                    static_cast<float>(std),
                                    lowest,
                                    highest};
  by_chunks(out, first, [&](std::uint64_t chunk, std::uint32_t count, float* to) {
    simd::kernels().truncated(stream, chunk, count, p, to);
  });
}

}  // namespace initscope
