#include <algorithm>
#include <array>
#include <cmath>

#include "initscope/ledger.hpp"

namespace initscope {
namespace {

constexpr std::size_t k_most_rows = 65536;

}  // namespace

DistanceFromInit::DistanceFromInit(TorchStream& stream, std::uint64_t offset, const LawDrawn& law,
                                   Precision precision, std::uint64_t count, std::uint64_t columns)
    : redrawing_(stream, offset, law, count),
      precision_(precision),
      columns_(std::max<std::uint64_t>(columns, 1)) {}

void DistanceFromInit::add(std::span<const float> values) {
  std::array<float, 1024> drawn;
  while (!values.empty()) {
    const std::size_t some = std::min(values.size(), drawn.size());
    redrawing_.next(std::span(drawn).first(some));
    for (std::size_t i = 0; i < some; ++i) {
      const float then = rounded_to(precision_, drawn[i]), now = values[i];
      if (now != then) {
        ++changed_;
        row_same_ = false;
      }
      if (std::isfinite(now) && std::isfinite(then)) {
        const double moved = static_cast<double>(now) - static_cast<double>(then);
        moved_ += moved * moved;
        drawn_ += static_cast<double>(then) * static_cast<double>(then);
      }
      if (++done_ % columns_ != 0) continue;
      if (row_same_) {
        ++same_rows_;
        if (rows_.size() < k_most_rows) rows_.push_back(done_ / columns_ - 1);
      }
      row_same_ = true;
    }
    values = values.subspan(some);
  }
}

double DistanceFromInit::relative() const noexcept {
  return drawn_ > 0 ? std::sqrt(moved_ / drawn_) : 0;
}

}  // namespace initscope
