// From bytes to specs: what a fuzzer changes are choices among the catalogue's keys and values, and
// among values that nobody should send.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include "initscope/spec.hpp"

namespace initscope::fuzz {

/// Bytes as choices, one after the other; beyond their end all are 0.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : bytes_(data, size) {}

  std::uint8_t next() noexcept;
  /// 0 .. n - 1, n <= 65536; n = 0 gives 0.
  std::size_t below(std::size_t n) noexcept;
  /// One of the numbers that programs trip over: NaN, infinities, -0, denormal, huge, halves.
  double hostile_number() noexcept;
  /// Any float32.
  float any_float() noexcept;

 private:
  std::span<const std::uint8_t> bytes_;
};

/// A field that sets how much work a request is: it is always given, mostly as a whole number from
/// its least value up to this one.
struct Small {
  const char* id;
  double most;
};

/// A spec of these fields, some of them left out, some with values of the wrong kind, now and then
/// with a key that there is not.
Spec spec_of(Bytes& bytes, std::span<const Field> fields, std::initializer_list<Small> small = {});

/// A value for the field, right or wrong.
Value value_of(Bytes& bytes, const Field& field, double most = 8);

}  // namespace initscope::fuzz
