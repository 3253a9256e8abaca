// One tensor as a request describes it: which, by which scheme, from which generator.
#pragma once

#include <initializer_list>
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

/// Fields of a request about a tensor: "scheme" with its parameters, "shape", "layout", "in_axis",
/// "out_axis", "batch_axis", "generator", "seed", and those of the request's own.
std::vector<Field> tensor_fields(double least_extent, std::initializer_list<Field> own);
/// How many fields of a tensor stand before a request's own.
inline constexpr std::size_t k_tensor_fields = 8;

/// Reads them. Notes axes that the shape does not have, or that are given for a scheme which
/// depends on more of the shape than its fans; a layout that is not torch's for the torch
/// generator; and what `check_tensor` finds.
void read_tensor(SpecReader& reader, std::span<const Field> fields, double most_elements,
                 TensorSpec& out);

/// What `initialize` takes: a tensor, from which stream, and which part of it.
struct InitializeSpec : TensorSpec {
  StreamId stream;
  std::uint64_t first = 0;  ///< element to begin with, row-major
  std::size_t count = 0;    ///< elements from there on
};

/// A tensor's fields, "layer", "replicate", and "first" and "count" for a part of the tensor, so
/// that several workers can share it; a count of 0 means up to its end. The torch generator draws
/// the first tensor after torch.manual_seed(seed): it has no layers or replicates.
std::span<const Field> initialize_fields();

/// What is wrong with the spec; `out` is usable only if that is nothing.
Issues read(const Spec& spec, InitializeSpec& out);

/// What a tensor that is no mistake may still surprise by: it has no elements, so that nothing is
/// drawn, or no element that is not 0.
Issues warnings(const SchemeSpec& scheme, const Shape& shape);

/// Writes values [first, first + out.size()) of the tensor, row-major. Same bits everywhere,
/// however it is shared out, where the scheme is exact. The torch generator counts off the words of
/// what lies before the part.
void initialize(const InitializeSpec& spec, std::span<float> out) noexcept;

/// Draws the whole tensor, the generator's next one: calls one after the other on one generator, as
/// after one torch.manual_seed.
void initialize(const TensorSpec& spec, TorchGenerator& generator, std::span<float> out) noexcept;

}  // namespace initscope
