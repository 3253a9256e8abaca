// The audit of a model as the engine calls it: tensors listed, then read one after the other.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "audit.hpp"
#include "objects.hpp"

namespace initscope::binding {

/// A tensor as the engine lists it: {name, shape, dtype, layout, storage, tiedTo}. `storage` is
/// "floats", "integers" or "quantized", `tiedTo` a place in the list or null.
inline scope::StoredTensor to_stored(const val& listed) {
  scope::StoredTensor tensor;
  tensor.name = listed["name"].as<std::string>();
  for (const double extent : emscripten::convertJSArrayToNumberVector<double>(listed["shape"]))
    tensor.shape.push_back(static_cast<std::int64_t>(extent));
  tensor.dtype = listed["dtype"].as<std::string>();
  if (listed["layout"].as<std::string>() == "keras") tensor.layout = scope::Layout::keras;
  const auto storage = listed["storage"].as<std::string>();
  if (storage == "integers") tensor.storage = scope::Storage::integers;
  if (storage == "quantized") tensor.storage = scope::Storage::quantized;
  if (!listed["tiedTo"].isNull()) tensor.tied_to = listed["tiedTo"].as<std::size_t>();
  return tensor;
}

/// The type of pieces by its name: "f32", "f16", "bf16", "f64".
inline scope::StoredType stored_type(const std::string& kind) {
  constexpr std::array<const char*, 4> k_kinds = {"f32", "f16", "bf16", "f64"};
  const auto found = std::find(k_kinds.begin(), k_kinds.end(), kind);
  return static_cast<scope::StoredType>(found - k_kinds.begin());
}

/// Calls come in this order: `begin` and `finish` once a tensor, as they are listed, `add` between
/// them as often as there are pieces, `conclude` at the end, after which nothing is kept.
class Auditing {
 public:
  explicit Auditing(const val& listed) {
    for (unsigned i = 0; i < listed["length"].as<unsigned>(); ++i)
      listed_.push_back(to_stored(listed[i]));
    scope::find_weights(listed_);
  }

  /// The next tensor, whose pieces will be of this kind.
  void begin(const std::string& kind) {
    scope::StoredTensor& tensor = listed_[next_++];
    tensor.type = stored_type(kind);
    tensor_.emplace(std::move(tensor));
  }
  /// The next bytes, a Uint8Array, copied into memory that is kept for the next ones.
  void add(const val& bytes) {
    piece_.resize(bytes["length"].as<std::size_t>());
    const emscripten::memory_view<unsigned char> view(
        piece_.size(), reinterpret_cast<const unsigned char*>(piece_.data()));
    val(view).call<void>("set", bytes);
    tensor_->add(piece_);
  }
  /// The tensor's report, which `conclude` completes.
  val finish() {
    scope::TensorReport report = tensor_->finish();
    tensor_.reset();
    val object = object_of(report);
    model_.add(std::move(report));
    return object;
  }
  /// The model's report, with those of all tensors in their order.
  val conclude() {
    piece_ = {};
    listed_ = {};
    return object_of(model_.conclude());
  }

 private:
  std::vector<scope::StoredTensor> listed_;
  std::size_t next_ = 0;
  std::optional<scope::TensorAudit> tensor_;
  scope::ModelAudit model_;
  std::vector<std::byte> piece_;
};

}  // namespace initscope::binding
