// Tensors as files store them, and their audits.
#pragma once

#include <cstddef>
#include <cstring>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "initscope/audit.hpp"
#include "initscope/sampling.hpp"
#include "initscope/seed.hpp"
#include "initscope/torch_generator.hpp"

namespace initscope::test {

using Floats = std::vector<float>;

inline std::size_t values_of(const Shape& shape) {
  return static_cast<std::size_t>(element_count(shape));
}

/// What torch draws after torch.manual_seed(seed).
inline Floats torch_uniform(std::uint64_t seed, std::size_t count, double bound) {
  Floats values(count);
  TorchGenerator(seed).uniform(-bound, bound, values);
  return values;
}
inline Floats torch_normal(std::uint64_t seed, std::size_t count, double std) {
  Floats values(count);
  TorchGenerator(seed).normal(0, std, values);
  return values;
}

/// What another library draws: our own generator, by no lattice and no phase of torch's.
inline Floats own_uniform(std::uint64_t seed, std::size_t count, float bound) {
  Floats values(count);
  fill_uniform(Stream(seed, {}), -bound, bound, values);
  return values;
}
inline Floats own_normal(std::uint64_t seed, std::size_t count, float std) {
  Floats values(count);
  fill_normal(Stream(seed, {}), 0, std, values);
  return values;
}
/// Cut at two std, which is that before the cut.
inline Floats own_truncated(std::uint64_t seed, std::size_t count, double std) {
  Floats values(count);
  fill_truncated_normal(Stream(seed, {}), 0, std, -2 * std, 2 * std, values);
  return values;
}

/// The values as a file stores them.
inline std::vector<std::byte> stored(const Floats& values, StoredType type = StoredType::f32) {
  std::vector<std::byte> bytes(values.size() * stored_size(type));
  std::byte* out = bytes.data();
  for (const float value : values) {
    if (type == StoredType::f64) {
      const auto wide = static_cast<double>(value);
      std::memcpy(out, &wide, sizeof wide);
    } else if (type == StoredType::f16) {
      // The bits of a float32 that binary16 holds exactly, and its exponent 112 smaller.
      const float rounded = rounded_to(Precision::float16, value);
      const float shifted = rounded * 0x1p-112F;
      std::uint32_t bits;
      std::memcpy(&bits, &shifted, sizeof bits);
      const auto half = static_cast<std::uint16_t>((bits >> 13 & 0x7FFFu) | (bits >> 16 & 0x8000u));
      std::memcpy(out, &half, sizeof half);
    } else {
      const float rounded =
          type == StoredType::bf16 ? rounded_to(Precision::bfloat16, value) : value;
      std::byte bits[sizeof rounded];
      std::memcpy(bits, &rounded, sizeof rounded);
      std::memcpy(out, bits + (sizeof rounded - stored_size(type)), stored_size(type));
    }
    out += stored_size(type);
  }
  return bytes;
}

inline StoredTensor tensor_of(std::string name, Shape shape, StoredType type = StoredType::f32,
                              Layout layout = Layout::torch) {
  StoredTensor tensor;
  tensor.name = std::move(name);
  tensor.shape = std::move(shape);
  tensor.type = type;
  tensor.layout = layout;
  return tensor;
}

/// Audits the bytes in pieces, each of the size that `next` says.
inline TensorReport audit_bytes(const StoredTensor& tensor, std::span<const std::byte> bytes,
                                const std::function<std::size_t()>& next) {
  TensorAudit audit(tensor);
  while (!bytes.empty()) {
    const std::size_t length = std::min(bytes.size(), next());
    audit.add(bytes.first(length));
    bytes = bytes.subspan(length);
  }
  return audit.finish();
}

inline TensorReport audit(const StoredTensor& tensor, const Floats& values) {
  const std::vector<std::byte> bytes = stored(values, tensor.type);
  return audit_bytes(tensor, bytes, [&] { return bytes.size(); });
}

inline TensorReport audit(const Shape& shape, const Floats& values) {
  return audit(tensor_of("layer.weight", shape), values);
}

/// Whether a law of the report has this name.
inline bool has_law(const TensorReport& report, std::string_view name) {
  for (const FoundLaw& law : report.laws)
    for (const std::string& one : law.names)
      if (one == name) return true;
  return false;
}

/// The finding of a report, or null.
inline const Finding* finding(const TensorReport& report, std::string_view id) {
  for (const Finding& one : report.findings)
    if (one.id == id) return &one;
  return nullptr;
}

}  // namespace initscope::test
