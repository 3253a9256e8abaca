#include "initscope/shape.hpp"

namespace initscope {

Fans fans(const Shape& shape) noexcept {
  double receptive_field = 1;
  for (std::size_t i = 2; i < shape.size(); ++i) receptive_field *= static_cast<double>(shape[i]);
  return {static_cast<double>(shape[1]) * receptive_field,
          static_cast<double>(shape[0]) * receptive_field, receptive_field};
}

std::int64_t element_count(const Shape& shape) noexcept {
  std::int64_t count = 1;
  for (const auto extent : shape) count *= extent;
  return count;
}

}  // namespace initscope
