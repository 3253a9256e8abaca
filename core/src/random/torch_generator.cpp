#include "initscope/torch_generator.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <vector>

#include "initscope/special.hpp"
#include "random/mersenne.hpp"

namespace initscope {
namespace {

constexpr std::size_t k_block = 16, k_pairs = 8;

float f32(double x) noexcept { return static_cast<float>(x); }

/// a * b + c rounded once, in double, which holds the product exactly. Rounding the sum twice, to
/// double and to float, is wrong only where the double lies halfway between two floats, or may do
/// so because the float is subnormal: it is then not sure. Probability about 2^-29 a call.
struct QuickFused {
  std::uint64_t doubts = 0;

  bool sure() const noexcept { return doubts == 0; }
  float operator()(float a, float b, float c) noexcept {
    constexpr std::uint64_t k_below_float = 0x1FFFFFFF, k_halfway = 0x10000000;
    const double sum = static_cast<double>(a) * static_cast<double>(b) + static_cast<double>(c);
    std::uint64_t bits = 0;
    std::memcpy(&bits, &sum, sizeof bits);
    const bool halfway = (bits & k_below_float) == k_halfway;
    const bool subnormal = (std::abs(sum) < 0x1p-126) & (sum != 0);
    doubts |= static_cast<std::uint64_t>(halfway) | static_cast<std::uint64_t>(subnormal);
    return f32(sum);
  }
};

/// The same by the C library: exact, and slow where the processor has no such instruction.
struct ExactFused {
  static constexpr bool sure() noexcept { return true; }
  float operator()(float a, float b, float c) const noexcept { return std::fma(a, b, c); }
};

/// Natural logarithm of x in (0, 1], avx_mathfun.h's log256_ps.
template <class Fused>
float log_of(float x, Fused& fused) noexcept {
  constexpr float k_coefficients[] = {-1.1514610310E-1F, 1.1676998740E-1F,  -1.2420140846E-1F,
                                      1.4249322787E-1F,  -1.6668057665E-1F, 2.0000714765E-1F,
                                      -2.4999993993E-1F, 3.3333331174E-1F};
  std::uint32_t bits = 0;
  std::memcpy(&bits, &x, sizeof bits);
  float exponent = static_cast<float>(static_cast<std::int32_t>(bits >> 23) - 126);
  bits = (bits & 0x807fffffU) | 0x3f000000U;
  float mantissa = 0;
  std::memcpy(&mantissa, &bits, sizeof mantissa);
  const bool small = mantissa < 0.707106781186547524F;
  exponent = small ? exponent - 1 : exponent;
  const float reduced = (mantissa - 1) + (small ? mantissa : 0);
  const float z = reduced * reduced;
  float y = 7.0376836292E-2F;
  for (const float c : k_coefficients) y = fused(y, reduced, c);
  y = y * reduced;
  y = fused(y, z, exponent * -2.12194440e-4F);
  y = fused(-z, 0.5F, y);
  return fused(exponent, 0.693359375F, reduced + y);
}

struct SineAndCosine {
  float sine, cosine;
};

/// Sine and cosine of t >= 0, avx_mathfun.h's sincos256_ps.
template <class Fused>
SineAndCosine sine_and_cosine(float t, Fused& fused) noexcept {
  std::int32_t j = static_cast<std::int32_t>(t * 1.27323954473516F);
  j = (j + 1) & ~1;
  const float y = static_cast<float>(j);
  t = fused(y, -0.78515625F, t);
  t = fused(y, -2.4187564849853515625e-4F, t);
  t = fused(y, -3.77489497744594108e-8F, t);
  const float z = t * t;
  float c = fused(2.443315711809948e-5F, z, -1.388731625493765e-3F);
  c = fused(c, z, 4.166664568298827e-2F);
  c = c * z;
  c = fused(c, z, -(z * 0.5F));
  c = c + 1;
  float s = fused(-1.9515295891e-4F, z, 8.3321608736e-3F);
  s = fused(s, z, -1.6666654611e-1F);
  s = s * z;
  s = fused(s, t, t);
  const bool swapped = (j & 2) != 0;
  const float sine = swapped ? c : s, cosine = swapped ? s : c;
  return {(j & 4) != 0 ? -sine : sine, (~(j - 2) & 4) != 0 ? -cosine : cosine};
}

/// Box and Muller on a block of 16 uniform numbers, in place; false where `Fused` was not sure.
template <class Fused>
bool transform(float mean, float std, const float* uniform, float* out) noexcept {
  Fused fused;
  for (std::size_t j = 0; j < k_pairs; ++j) {
    const float radius = std::sqrt(-2.0F * log_of(1 - uniform[j], fused));
    const auto [sine, cosine] = sine_and_cosine(6.2831855F * uniform[j + k_pairs], fused);
    out[j] = fused(radius * cosine, std, mean);
    out[j + k_pairs] = fused(radius * sine, std, mean);
  }
  return fused.sure();
}

float uniform24(std::uint32_t word) noexcept {
  return static_cast<float>(word & 0xFFFFFFU) * 0x1p-24F;
}

/// uniform_(from, to): the number that a word gives.
struct UniformRange {
  float low, high, range;

  UniformRange(double from, double to) noexcept
      : low(f32(from)), high(f32(to)), range(high - low) {}
  float at(std::uint32_t word) const noexcept;
};

double uniform53(std::uint64_t word) noexcept {
  return static_cast<double>(word & ((std::uint64_t{1} << 53) - 1)) * 0x1p-53;
}

float fused_multiply_add(float a, float b, float c) noexcept {
  QuickFused quick;
  const float value = quick(a, b, c);
  return quick.sure() ? value : std::fma(a, b, c);
}

float UniformRange::at(std::uint32_t word) const noexcept {
  const float x = fused_multiply_add(uniform24(word), range, low);
  return x == high ? low : x;
}

/// Share of N(mean, std) between a and b.
double mass_between(double mean, double std, double a, double b) noexcept {
  return a < b ? normal_mass((a - mean) / std, (b - mean) / std) : 0;
}

/// From this share on, trunc_normal_ draws normals again; below it, uniform numbers under the
/// density's peak.
constexpr double k_least_mass = 0.3;

double log_peak(double mean, double std, double a, double b) noexcept {
  const double z = (std::clamp(mean, a, b) - mean) / std;
  return -0.5 * z * z;
}

/// What std::mt19937 takes its state from, word by word: a seed sequence, but that nothing is
/// mixed.
class StateOf {
 public:
  using result_type = std::uint32_t;
  explicit StateOf(const mersenne::Window& window) noexcept : window_(window) {}
  template <class Out>
  void generate(Out first, Out last) const {
    for (std::size_t i = 0; first != last; ++first) *first = window_[i++];
  }

 private:
  const mersenne::Window& window_;
};

std::mt19937 engine_of(const mersenne::Window& window) {
  StateOf state(window);
  return std::mt19937(state);
}

}  // namespace

TorchGenerator::TorchGenerator(const std::array<std::uint32_t, 624>& state)
    : engine_(engine_of(state)) {}

std::uint64_t TorchGenerator::random64() {
  const std::uint64_t high = random();
  return high << 32 | random();
}

void TorchGenerator::uniform(double from, double to, std::span<float> out, PartOfTensor part) {
  const UniformRange range(from, to);
  engine_.discard(part.first);
  for (float& value : out) value = range.at(random());
  engine_.discard(part.total - part.first - out.size());
}

double TorchGenerator::normal_double() {
  constexpr double k_two_pi = 6.283185307179586;
  if (cached_) {
    const double second = *cached_;
    cached_.reset();
    return second;
  }
  const double u1 = uniform53(random64()), u2 = uniform53(random64());
  const double radius = std::sqrt(-2 * std::log1p(-u2));
  cached_ = radius * std::sin(k_two_pi * u1);
  return radius * std::cos(k_two_pi * u1);
}

template <class See>
void TorchGenerator::normal_blocks(float mean, float std, std::uint64_t first, std::uint64_t end,
                                   std::uint64_t total, See see) {
  const std::uint64_t rest = total % k_block;
  // Where a tensor is no multiple of 16, its last 16 are drawn again, behind all others.
  const std::uint64_t settled = rest == 0 ? total : total - k_block;
  const auto draw_block = [&](std::uint64_t place, std::uint64_t from, std::uint64_t to) {
    from = std::max(from, place);
    to = std::min(to, place + k_block);
    if (from >= to) return engine_.discard(k_block);
    float uniforms[k_block], block[k_block];
    for (float& u : uniforms) u = uniform24(random());
    if (!transform<QuickFused>(mean, std, uniforms, block))
      transform<ExactFused>(mean, std, uniforms, block);
    see(from, std::span<const float>(block + static_cast<std::size_t>(from - place),
                                     static_cast<std::size_t>(to - from)));
  };
  for (std::uint64_t place = 0; place + k_block <= total; place += k_block)
    draw_block(place, first, std::min(end, settled));
  if (rest == 0) return;
  engine_.discard(rest);
  draw_block(settled, first, end);
}

void TorchGenerator::normal(double mean, double std, std::span<float> out, PartOfTensor part) {
  const std::uint64_t end = part.first + out.size();
  if (part.total < k_block) {
    for (std::uint64_t i = 0; i < part.total; ++i) {
      const float value = f32(std::fma(normal_double(), std, mean));
      if (i >= part.first && i < end) out[static_cast<std::size_t>(i - part.first)] = value;
    }
    return;
  }
  normal_blocks(f32(mean), f32(std), part.first, end, part.total,
                [&](std::uint64_t place, std::span<const float> values) {
                  std::copy(values.begin(), values.end(),
                            out.begin() + static_cast<std::ptrdiff_t>(place - part.first));
                });
}

void TorchGenerator::truncated_normal(double mean, double std, double a, double b,
                                      std::span<float> out) {
  if (out.empty()) return;
  if (mass_between(mean, std, a, b) > k_least_mass) {
    const float low = f32(a), high = f32(b);
    const auto outside = [=](float x) { return x < low || x > high; };
    const auto draw_again = [&](std::size_t place, float value) {
      if (outside(out[place])) out[place] = value;
    };
    normal(mean, std, out);
    while (std::any_of(out.begin(), out.end(), outside)) {
      if (out.size() < k_block) {
        for (std::size_t i = 0; i < out.size(); ++i)
          draw_again(i, f32(std::fma(normal_double(), std, mean)));
        continue;
      }
      normal_blocks(f32(mean), f32(std), 0, out.size(), out.size(),
                    [&](std::uint64_t place, std::span<const float> values) {
                      for (std::size_t i = 0; i < values.size(); ++i)
                        draw_again(static_cast<std::size_t>(place) + i, values[i]);
                    });
    }
    return;
  }
  const float center = f32(mean), scale = f32(std), peak = f32(log_peak(mean, std, a, b));
  const auto refused = [&](float x, float chance) {
    const float z = (x - center) / scale;
    const float log_density = z * z * -0.5F - peak;
    return f32(portable_log(static_cast<double>(chance))) > log_density;
  };
  // Each round draws a whole tensor, and then a chance for each of its elements.
  const UniformRange range(a, b);
  std::vector<bool> pending(out.size(), true);
  for (std::size_t left = out.size(); left > 0;) {
    for (std::size_t i = 0; i < out.size(); ++i) {
      const float value = range.at(random());
      if (pending[i]) out[i] = value;
    }
    left = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
      const float chance = uniform24(random());
      if (!pending[i]) continue;
      pending[i] = refused(out[i], chance);
      if (pending[i]) ++left;
    }
  }
}

void TorchGenerator::permutation(std::span<std::uint32_t> order) {
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  for (std::size_t i = 0; i + 1 < order.size(); ++i)
    std::swap(order[i], order[i + random() % (order.size() - i)]);
}

double truncated_normal_rounds(double mean, double std, double a, double b, double count) noexcept {
  constexpr double k_sqrt_two_pi = 2.5066282746310002;
  if (!(a < b)) return 1;
  const double mass = mass_between(mean, std, a, b);
  const double acceptance =
      mass > k_least_mass
          ? mass
          : mass * std * k_sqrt_two_pi / ((b - a) * portable_exp(log_peak(mean, std, a, b)));
  return acceptance >= 1 ? 1 : (portable_log(std::max(count, 1.0)) + 1) / acceptance;
}

}  // namespace initscope
