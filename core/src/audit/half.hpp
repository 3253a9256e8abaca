// Stored bytes as float32.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "initscope/audit.hpp"

namespace initscope {

/// The value of a binary16 number, exactly; NaN keeps its payload.
float from_f16(std::uint16_t bits) noexcept;
/// The value of a bfloat16 number, exactly.
float from_bf16(std::uint16_t bits) noexcept;

/// Decodes `out.size()` values from as many times `stored_size(type)` bytes, little-endian, of any
/// alignment. Of binary64 the nearest float32; what is finite and beyond float32 becomes its
/// largest number.
void decode(StoredType type, const std::byte* bytes, std::span<float> out) noexcept;

}  // namespace initscope
