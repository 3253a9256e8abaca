// How many bytes a call holds at most: every allocation of this program is counted, Eigen's too.
#pragma once

#include <cstddef>

namespace initscope::test {

/// Bytes in use, and the most since `begin_peak`.
std::size_t bytes_in_use() noexcept;
void begin_peak() noexcept;
std::size_t peak() noexcept;

/// The most bytes that a call has had beside those in use before it.
template <class Function>
std::size_t peak_of(Function call) {
  const std::size_t before = bytes_in_use();
  begin_peak();
  call();
  return peak() - before;
}

}  // namespace initscope::test
