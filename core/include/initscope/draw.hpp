// Where one tensor's numbers come from: its part of a stream, or a torch generator.
#pragma once

#include <cstdint>
#include <span>

#include "initscope/law.hpp"

namespace initscope {

/// Which generator draws: ours, or PyTorch's.
enum class Generator : std::uint8_t { initscope, torch };

/// A scheme asks for what it needs in a fixed order, and so the two generators serve it alike.
class Draw {
 public:
  /// Tensor `number` among those of a stream that are drawn one after the other.
  Draw(const Stream& stream, std::uint64_t number) noexcept : stream_(&stream), number_(number) {}
  /// The generator's next tensor.
  explicit Draw(TorchGenerator& generator) noexcept : torch_(&generator) {}

  /// Independent values; once for each tensor.
  void fill(const Law& law, std::span<float> out) const noexcept;

  /// The first `chosen.size()` of 0 .. n - 1 in random order, n < 2^32; number `which` of `many`
  /// such choices for the tensor, asked for in order. Of our own generator, one word a choice: an
  /// index is more likely than another by at most n / 2^32.
  void choose(std::uint32_t n, std::uint64_t which, std::uint64_t many,
              std::span<std::uint32_t> chosen) const noexcept;

 private:
  const Stream* stream_ = nullptr;
  std::uint64_t number_ = 0;
  TorchGenerator* torch_ = nullptr;
};

}  // namespace initscope
