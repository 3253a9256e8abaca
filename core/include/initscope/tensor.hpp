// One tensor as a request describes it: which, by which scheme, from which generator.
#pragma once

#include <span>
#include <vector>

#include "initscope/schemes.hpp"

namespace initscope {

struct TensorSpec {
  SchemeSpec scheme;  ///< with the fans of the shape
  Shape shape;
  Generator generator = Generator::initscope;
  std::uint64_t seed = 0;
};

/// Most elements of one tensor: 2^25, which is 128 MB.
inline constexpr double k_most_elements = 33554432;

/// Bytes that `count` of its elements take, with what drawing them takes beside.
double drawing_memory(const TensorSpec& spec, double count) noexcept;

/// What `initialize` takes: a tensor, from which stream, and which part of it.
struct InitializeSpec : TensorSpec {
  StreamId stream;
  std::uint64_t first = 0;  ///< element to begin with, row-major
  std::size_t count = 0;    ///< elements from there on
};

/// Fields "scheme" with its parameters, "shape", "layout", "in_axis", "out_axis", "batch_axis",
/// "generator", "seed", "layer", "replicate", and "first" and "count" for a part of the tensor, so
/// that several workers can share it; a count of 0 means up to its end. The torch generator draws
/// the first tensor after torch.manual_seed(seed): it has no layers or replicates.
std::span<const Field> initialize_fields();

/// What is wrong with the spec; `out` is usable only if that is nothing.
Issues read(const Spec& spec, InitializeSpec& out);

/// What a tensor that is no mistake may still surprise by: it has no elements, so that nothing is
/// drawn, or no element that is not 0.
Issues warnings(const SchemeSpec& scheme, const Shape& shape);

/// Writes values [first, first + out.size()) of the tensor, row-major; `first` is the spec's. `out`
/// may have any alignment and any length that ends within the tensor, `count` or not; a longer one
/// is undefined. Same bits everywhere, however it is shared out, where the scheme is exact. The
/// torch generator counts off the words of what lies before the part.
void initialize(const InitializeSpec& spec, std::span<float> out) noexcept;

/// Draws the whole tensor, the generator's next one: calls one after the other on one generator, as
/// after one torch.manual_seed. `out` holds exactly the shape's elements, any alignment.
void initialize(const TensorSpec& spec, TorchGenerator& generator, std::span<float> out) noexcept;

}  // namespace initscope
