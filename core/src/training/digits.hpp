// Digits drawn with strokes: what `DataSet::digits` is made of.
#pragma once

#include <span>

namespace initscope {

/// Numbers in (-1, 1) that one digit takes.
inline constexpr std::size_t k_digit_words = 64;

/// Writes k_digit_side^2 pixels of about zero mean and unit variance, bright on dark; `jitter`
/// moves the strokes and their points.
void draw_digit(std::size_t digit, std::span<const float> jitter, std::span<float> pixels) noexcept;

}  // namespace initscope
