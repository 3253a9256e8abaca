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
  /// Tensor `number` among those of a stream that are drawn one after the other. The stream must
  /// outlive this.
  Draw(const Stream& stream, std::uint64_t number) noexcept : stream_(&stream), number_(number) {}
  /// The generator's next tensor. The generator must outlive this.
  explicit Draw(TorchGenerator& generator) noexcept : torch_(&generator) {}

  /// Writes independent values that follow the law; once for each tensor. `out` is the whole
  /// tensor, of any alignment: its size is what places the tensor in the stream, so that a part
  /// would begin elsewhere.
  void fill(const Law& law, std::span<float> out) const noexcept;

  /// Writes the first `chosen.size()` of 0 .. n - 1 in random order, n < 2^32 (2^32 / 20 for the
  /// torch generator); number `which` of `many` such choices for the tensor, asked for in order.
  /// `chosen` holds at most n elements, any alignment; more are undefined. Our own generator takes
  /// one word a choice: an index is more likely than another by at most n / 2^32. Allocates 4 n
  /// bytes.
  void choose(std::uint32_t n, std::uint64_t which, std::uint64_t many,
              std::span<std::uint32_t> chosen) const noexcept;

 private:
  const Stream* stream_ = nullptr;
  std::uint64_t number_ = 0;
  TorchGenerator* torch_ = nullptr;
};

}  // namespace initscope
