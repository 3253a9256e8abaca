// The ledger of a stream: which tensors of a model were drawn where, and how far each has come
// since.
//
// Once the place of one tensor is known, that of the others follows: torch draws tensor after
// tensor, and a tensor takes as many words as it has values. The ledger tries the places beside
// those that are taken, draws there what a tensor would have been, and compares.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "initscope/seed.hpp"

namespace initscope {

/// What the ledger looks at of a tensor at most: its first values.
inline constexpr std::size_t k_ledger_sample = 4096;

/// What the ledger is told of a tensor.
struct LedgerTensor {
  std::uint64_t count = 0;                   ///< values of the whole tensor
  Precision precision = Precision::float32;  ///< what they were rounded to
  /// What may have drawn it: the certified law alone, or those that its shape and library allow,
  /// the default first. None: it was not drawn, and took no words.
  std::vector<LawDrawn> laws;
  std::span<const float> sample;     ///< its first values, row-major: all, or 4096 at least
  bool certified = false;            ///< as drawn, by a certificate of float32
  std::optional<StreamPlace> place;  ///< where it is known, by the first of `laws`
};

/// What the ledger says of a tensor.
struct LedgerEntry {
  enum class Evidence : std::uint8_t {
    none,        ///< not found
    recovered,   ///< its place was given
    same,        ///< what is drawn there is the sample, every value
    correlated,  ///< what is drawn there correlates with the sample: it was trained since
    fits,  ///< the words between its neighbours in the file are as many as it takes: no value tells
  };
  Evidence evidence = Evidence::none;
  StreamPlace place;  ///< 0 where there is no evidence
  std::size_t law =
      0;  ///< which of the tensor's laws drew it: of `correlated`, the one nearest in scale
  double deviations = 0;  ///< of `correlated`: the correlation, in standard deviations of chance
};

/// Correlations that are told, in standard deviations: above 6.5 by chance once in 10^10 places.
inline constexpr double k_least_deviations = 6.5;

/// Finds the tensors in the streams of those whose place is known; an entry each, in their order.
/// `tensors`: in the order of the file, which is mostly that in which they were drawn; one that is
/// tied to an earlier one is left out by the caller. Laws that cannot be drawn are passed over, and
/// samples with NaN or infinities are found by their size alone. Looks at the places beside those
/// that are taken, at those that the order of the file foretells, at those of tensors of the same
/// size (layers that were copied before they were trained), and for certified tensors that are
/// still missing in the whole stream up to 2^28 words.
std::vector<LedgerEntry> keep_ledger(std::span<const LedgerTensor> tensors);

/// Words of all tensors in front of this one: its offset, where a model was built in the order of
/// its file and nothing was drawn beside. Where to search for the seed of one that is too small for
/// algebra.
std::uint64_t offset_by_order(std::span<const LedgerTensor> tensors, std::size_t index) noexcept;

/// The entries that have a place, by seed and offset: the order in which the model was built.
std::vector<std::size_t> order_of_drawing(std::span<const LedgerEntry> entries);

/// How far a tensor has come from where it was drawn.
class DistanceFromInit {
 public:
  /// The tensor was drawn by `law`, which can be drawn, at `offset` of the stream, and then
  /// rounded. `columns`: values of a row, which is all that belongs to one index of the first
  /// dimension; 0 counts as 1.
  DistanceFromInit(TorchStream& stream, std::uint64_t offset, const LawDrawn& law,
                   Precision precision, std::uint64_t count, std::uint64_t columns);

  /// The next values, row-major, in pieces of any length, `count` in all.
  void add(std::span<const float> values);

  /// |w - w0| / |w0| over what was added, w0 being what was drawn; 0 before anything was, or where
  /// all of it was 0. Values that are not finite count as changed and are left out of the sums, as
  /// are those that 16 bits could not hold when they were drawn.
  double relative() const noexcept;
  /// Values, and whole rows, that are not what was drawn, and that are.
  std::uint64_t changed_values() const noexcept { return changed_; }
  std::uint64_t same_rows() const noexcept { return same_rows_; }
  /// The first 65536 rows that are what was drawn, ascending: of an embedding, what was never seen.
  std::span<const std::uint64_t> rows_as_drawn() const noexcept { return rows_; }

 private:
  Redrawing redrawing_;
  Precision precision_;
  std::uint64_t columns_, done_ = 0, changed_ = 0, same_rows_ = 0;
  bool row_same_ = true;
  double moved_ = 0, drawn_ = 0;  ///< sums of squares
  std::vector<std::uint64_t> rows_;
};

}  // namespace initscope
