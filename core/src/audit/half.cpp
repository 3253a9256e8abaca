#include "audit/half.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace initscope {
namespace {

float float_of(std::uint32_t bits) noexcept {
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

template <class Bits, float from(Bits)>
void decode_bits(const std::byte* bytes, std::span<float> out) noexcept {
  for (float& value : out) {
    Bits bits;
    std::memcpy(&bits, bytes, sizeof bits);
    bytes += sizeof bits;
    value = from(bits);
  }
}

}  // namespace

float from_f16(std::uint16_t bits) noexcept {
  const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000u) << 16;
  const std::uint32_t magnitude = static_cast<std::uint32_t>(bits & 0x7FFFu) << 13;
  if ((bits & 0x7C00u) == 0x7C00u) return float_of(sign | magnitude | 0x7F800000u);
  // As float32 the exponent is 112 too small, subnormal numbers among these; a power of two is
  // exact.
  const float value = float_of(magnitude) * 0x1p112F;
  return sign == 0 ? value : -value;
}

float from_bf16(std::uint16_t bits) noexcept {
  return float_of(static_cast<std::uint32_t>(bits) << 16);
}

void decode(StoredType type, const std::byte* bytes, std::span<float> out) noexcept {
  constexpr double k_most = std::numeric_limits<float>::max();
  switch (type) {
    case StoredType::f32:
      std::memcpy(out.data(), bytes, out.size_bytes());
      return;
    case StoredType::f16:
      return decode_bits<std::uint16_t, from_f16>(bytes, out);
    case StoredType::bf16:
      return decode_bits<std::uint16_t, from_bf16>(bytes, out);
    case StoredType::f64:
      break;
  }
  for (float& value : out) {
    double wide;
    std::memcpy(&wide, bytes, sizeof wide);
    bytes += sizeof wide;
    value = static_cast<float>(std::isfinite(wide) ? std::clamp(wide, -k_most, k_most) : wide);
  }
}

}  // namespace initscope
