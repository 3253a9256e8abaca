#include "training/digits.hpp"

#include <algorithm>
#include <cmath>

#include "initscope/dataset.hpp"
#include "initscope/special.hpp"

namespace initscope {
namespace {

struct Point {
  double x, y;
};

/// A digit as one line through points of the unit square, y downwards.
constexpr std::size_t k_most_points = 17;
struct Glyph {
  std::size_t count;
  Point points[k_most_points];
};

constexpr Glyph k_glyphs[] = {
    {13,
     {{0.5, 0.1},
      {0.67, 0.15},
      {0.76, 0.32},
      {0.78, 0.5},
      {0.76, 0.68},
      {0.67, 0.85},
      {0.5, 0.9},
      {0.33, 0.85},
      {0.24, 0.68},
      {0.22, 0.5},
      {0.24, 0.32},
      {0.33, 0.15},
      {0.5, 0.1}}},
    {3, {{0.35, 0.28}, {0.55, 0.1}, {0.55, 0.9}}},
    {8,
     {{0.24, 0.3},
      {0.32, 0.15},
      {0.5, 0.1},
      {0.68, 0.16},
      {0.74, 0.31},
      {0.65, 0.47},
      {0.24, 0.89},
      {0.78, 0.89}}},
    {9,
     {{0.27, 0.17},
      {0.5, 0.1},
      {0.7, 0.2},
      {0.69, 0.37},
      {0.46, 0.47},
      {0.72, 0.58},
      {0.74, 0.78},
      {0.52, 0.9},
      {0.25, 0.82}}},
    {4, {{0.82, 0.64}, {0.2, 0.64}, {0.62, 0.1}, {0.62, 0.9}}},
    {8,
     {{0.74, 0.11},
      {0.32, 0.11},
      {0.28, 0.47},
      {0.5, 0.4},
      {0.72, 0.5},
      {0.75, 0.69},
      {0.58, 0.88},
      {0.25, 0.85}}},
    {10,
     {{0.68, 0.11},
      {0.42, 0.3},
      {0.27, 0.6},
      {0.33, 0.83},
      {0.5, 0.9},
      {0.69, 0.82},
      {0.74, 0.66},
      {0.63, 0.52},
      {0.46, 0.49},
      {0.29, 0.62}}},
    {3, {{0.22, 0.13}, {0.78, 0.13}, {0.42, 0.9}}},
    {17,
     {{0.5, 0.48},
      {0.33, 0.41},
      {0.29, 0.26},
      {0.37, 0.13},
      {0.5, 0.1},
      {0.63, 0.13},
      {0.71, 0.26},
      {0.67, 0.41},
      {0.5, 0.48},
      {0.3, 0.57},
      {0.25, 0.71},
      {0.33, 0.85},
      {0.5, 0.9},
      {0.67, 0.85},
      {0.75, 0.71},
      {0.7, 0.57},
      {0.5, 0.48}}},
    {10,
     {{0.32, 0.89},
      {0.58, 0.7},
      {0.73, 0.4},
      {0.67, 0.17},
      {0.5, 0.1},
      {0.31, 0.18},
      {0.26, 0.34},
      {0.37, 0.48},
      {0.54, 0.51},
      {0.71, 0.38}}},
};

double squared_distance(Point p, Point a, Point b) noexcept {
  const double dx = b.x - a.x, dy = b.y - a.y;
  const double along = ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy);
  const double t = std::min(1.0, std::max(0.0, along));
  const double x = p.x - a.x - t * dx, y = p.y - a.y - t * dy;
  return x * x + y * y;
}

}  // namespace

void draw_digit(std::size_t digit, std::span<const float> jitter,
                std::span<float> pixels) noexcept {
  // Mean and std of a pixel over many digits.
  constexpr double k_mean = 0.19, k_std = 0.35, k_softness = 0.04;
  const Glyph& glyph = k_glyphs[digit];
  const auto random = [&](std::size_t i) { return static_cast<double>(jitter[i]); };
  const double angle = 0.2 * random(0), slant = 0.25 * random(1);
  const double wide = 0.92 + 0.14 * random(2), high = 0.92 + 0.1 * random(3);
  const double thickness = 0.06 + 0.015 * random(6);
  const double sine = portable_sin(angle), cosine = portable_cos(angle);
  Point points[k_most_points];
  for (std::size_t i = 0; i < glyph.count; ++i) {
    const double y = high * (glyph.points[i].y - 0.5 + 0.025 * random(9 + 2 * i));
    const double x = wide * (glyph.points[i].x - 0.5 + 0.025 * random(8 + 2 * i)) - slant * y;
    points[i] = {0.5 + 0.06 * random(4) + cosine * x - sine * y,
                 0.5 + 0.06 * random(5) + sine * x + cosine * y};
  }
  constexpr auto k_side = static_cast<double>(k_digit_side);
  for (std::size_t row = 0; row < k_digit_side; ++row)
    for (std::size_t column = 0; column < k_digit_side; ++column) {
      const Point p{(static_cast<double>(column) + 0.5) / k_side,
                    (static_cast<double>(row) + 0.5) / k_side};
      double nearest = 2;
      for (std::size_t i = 0; i + 1 < glyph.count; ++i)
        nearest = std::min(nearest, squared_distance(p, points[i], points[i + 1]));
      const double within = (thickness + k_softness - std::sqrt(nearest)) / (2 * k_softness);
      const double ink = std::min(1.0, std::max(0.0, within));
      pixels[row * k_digit_side + column] = static_cast<float>((ink - k_mean) / k_std);
    }
}

}  // namespace initscope
