// Audit of a stored tensor: whether it is as an initializer drew it, by which law, and what is
// wrong with it. Values come in pieces, in their stored bytes, and no tensor is held as a whole.
//
// What may be said is a ladder: a trivial content; a certificate, which alone says "untouched"; a
// law that the values are consistent with; their independence, which refutes one. None of the
// decisions turns on the last bit of a function of the C library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "initscope/shape.hpp"

namespace initscope {

/// How the bytes of a piece store their values, little-endian: IEEE 754 binary32, binary16,
/// bfloat16, binary64.
enum class StoredType : std::uint8_t { f32, f16, bf16, f64 };
/// Bytes of one value.
std::size_t stored_size(StoredType type) noexcept;

/// How a file's numbers came to be those that are handed over.
enum class Storage : std::uint8_t {
  floats,    ///< they are the file's own
  integers,  ///< whole numbers or booleans: not judged
  quantized  ///< decoded from fewer bits: not judged
};

/// A tensor as its file lists it, before its values come.
struct StoredTensor {
  std::string name;                    ///< with the path of its module: "encoder.0.weight"
  Shape shape;                         ///< extents >= 0; their product below 2^53
  StoredType type = StoredType::f32;   ///< of the pieces
  Layout layout = Layout::torch;       ///< order of the extents
  std::string dtype;                   ///< what the file calls its type; only reported
  Storage storage = Storage::floats;   ///< whether the pieces hold what the file stores
  std::optional<Shape> weight;         ///< of a vector: shape of the weight that it belongs to
  std::optional<std::size_t> tied_to;  ///< the earlier tensor of the model whose values these are
};

/// Fills in `weight` of every vector whose weight is among the tensors: the tensor of the same
/// module and role ("a.weight" for "a.bias", "a.weight_ih_l0" for "a.bias_ih_l0",
/// "a.in_proj_weight" for "a.in_proj_bias", "a/kernel" for "a/bias"). What has one already keeps
/// it.
void find_weights(std::span<StoredTensor> tensors);

/// What certifies that values are as torch drew them (audit/certificate.hpp).
enum class Certificate : std::uint8_t {
  none,
  lattice,  ///< every value is a point of torch's uniform_(-b, b)
  phase,    ///< pairs of values keep the angles of torch's normal_
  stream    ///< all values are what a seed that other tensors gave away draws at this place
};
enum class Verdict : std::uint8_t {
  untouched,    ///< certified
  consistent,   ///< with the laws that the report lists
  not_at_init,  ///< no law, or entries that are not independent
  trivial,      ///< a constant, an identity, a few atoms
  not_judged    ///< not a number drawn, or too little of it
};
/// "none", "lattice", "phase", "stream".
std::string_view name_of(Certificate certificate) noexcept;
/// "untouched", "consistent", "not_at_init", "trivial", "not_judged".
std::string_view name_of(Verdict verdict) noexcept;

/// Why a verdict is what it is. With `untouched`: lattice, phase, stream. With `consistent`:
/// sixteen_bits, few_values (below 16,384), no_certificate. With `not_at_init`: no_law, structure,
/// rows_trained, moved (its place in the stream draws other values), nonfinite. With `trivial`:
/// empty, zeros, ones, constant, identity, dirac, forget_gate, atoms. With `not_judged`: integers,
/// quantized, optimizer_state, running_statistics, incomplete, tied.
enum class Why : std::uint8_t {
  lattice,
  phase,
  stream,
  sixteen_bits,
  few_values,
  no_certificate,
  no_law,
  structure,
  rows_trained,
  moved,
  nonfinite,
  empty,
  zeros,
  ones,
  constant,
  identity,
  dirac,
  forget_gate,
  atoms,
  integers,
  quantized,
  optimizer_state,
  running_statistics,
  incomplete,
  tied
};
/// The identifier, as it is written here.
std::string_view name_of(Why why) noexcept;

/// What is computed of all values in one pass. Mean, std, extrema and kurtosis are those of the
/// finite values; NaN and infinite where there is none, as in `Moments`.
struct TensorStatistics {
  double mean = 0, std = 0, min = 0, max = 0, excess_kurtosis = 0;
  std::uint64_t zeros = 0, nan = 0, inf = 0;
  std::optional<std::uint64_t> first_nonfinite;  ///< row-major index of the first NaN or infinity
  /// Shares of the values that are subnormal in binary16, below 2^-14 and not 0 there, and that are
  /// 0 there though they are not 0, at or below 2^-25. Of a tensor in binary16 the second is 0.
  double subnormal_f16 = 0, underflow_f16 = 0;
};

enum class LawShape : std::uint8_t { uniform, normal, truncated_normal, orthogonal };
/// "uniform", "normal", "truncated_normal", "orthogonal".
std::string_view name_of(LawShape shape) noexcept;

/// A law that the values are consistent with, and all that is known to draw from it.
struct FoundLaw {
  std::vector<std::string> names;  ///< of initializers, defaults of libraries first
  LawShape shape = LawShape::uniform;
  double std = 0;       ///< of an element
  double bound = 0;     ///< largest magnitude; 0 where there is none
  double distance = 0;  ///< Kolmogorov and Smirnov's, of the values looked at
};

/// Where in torch's stream a tensor was drawn.
struct StreamSeed {
  std::uint32_t seed = 0;    ///< of torch.manual_seed, its lower 32 bits
  std::uint64_t offset = 0;  ///< words drawn before
};

/// Statistics of independence, each about N(0, 1) at initialization, `edge` in units of Tracy and
/// Widom's law; beyond 4 they refute. None where the matrix is too thin for it.
struct Structure {
  std::optional<double> rows, columns, row_sums, column_sums, neighbours, mean, edge;
};

enum class Severity : std::uint8_t { note, warning, error };
/// "note", "warning", "error".
std::string_view name_of(Severity severity) noexcept;

/// What is wrong, or worth knowing. Of a tensor: nonfinite (count; index), zeros (count), constant
/// (value), dead_rows (count; first row), duplicate_rows (count; the two first rows), wrong_fan
/// (ratio of the std drawn to the one of fan_in; law), truncation (std over the formula's; law),
/// underflow_f16 (share), subnormal_f16 (share), not_judged. Across tensors: copied (count; the
/// earlier tensor), symmetric (count of units; the next tensor), never_trained (share of rows, or
/// 1), wrong_fan_all.
struct Finding {
  std::string id;
  Severity severity = Severity::note;
  double number = 0;
  std::string place;
};

/// Counts of the finite values in bins of equal width over [from, to].
struct AuditHistogram {
  double from = 0, to = 0;
  std::vector<std::uint64_t> counts;  ///< 64 to 128 bins; none where no value is finite
};

/// What a model's audit needs of a tensor after its values have gone: at most 16 kB and 8 bytes for
/// each of 65,536 rows.
struct KeptValues {
  std::vector<float> first;               ///< values from the tensor's first on, at most 4096
  std::vector<std::uint64_t> row_hashes;  ///< of every row; none where there are more than 65,536
  /// Places of units whose weights are equal, and of inputs whose weights are, at most 16 pairs
  /// each.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> equal_units, equal_inputs;
  std::uint64_t hash = 0;  ///< of all values in their order
  StoredType type = StoredType::f32;
  Layout layout = Layout::torch;
  std::optional<Shape> weight;
  Storage storage = Storage::floats;
  std::optional<std::size_t> tied_to;
};

/// All that is said of one tensor.
struct TensorReport {
  std::string name;
  Shape shape;
  std::string dtype;
  std::uint64_t count = 0;  ///< values that came
  TensorStatistics statistics;
  Certificate certificate = Certificate::none;
  Verdict verdict = Verdict::not_judged;
  Why why = Why::incomplete;
  std::vector<FoundLaw> laws;
  std::optional<StreamSeed> seed;  ///< by `ModelAudit::conclude`
  std::optional<double> distance;  ///< |w - w0| / |w0| by the seed; of the values kept
  Structure structure;
  AuditHistogram histogram;
  /// Euclidean norms of rows [0], [step], [2 step] ..., at most 1024 of them.
  std::vector<float> row_norms;
  std::uint64_t row_step = 1;
  double fan_in = 1, fan_out = 1;  ///< a vector's are its weight's
  std::vector<Finding> findings;   ///< in order of harm
  KeptValues kept;                 ///< not for readers
};

/// Audits one tensor whose values stream by. Memory: 4 bytes for each of the first 2^22 values and
/// of a strided sample of 2^20, 24 bytes a row and a column up to 2^18 of each.
class TensorAudit {
 public:
  explicit TensorAudit(StoredTensor tensor);
  TensorAudit(TensorAudit&&) noexcept;
  TensorAudit& operator=(TensorAudit&&) noexcept;
  ~TensorAudit();

  /// Takes the next bytes, row-major, in pieces of any size: a piece may end within a value. What
  /// comes beyond the shape's values is left aside, and the tensor is then `incomplete`, as one of
  /// which bytes lack. How the bytes are parted changes no bit of the report.
  void add(std::span<const std::byte> bytes);
  /// Judges what came. The audit is used up.
  TensorReport finish();

 private:
  class State;
  std::unique_ptr<State> state_;
};

/// One draw of a model's stream.
struct StreamEntry {
  std::size_t tensor = 0;    ///< place of its report
  std::uint32_t seed = 0;    ///< of its stream
  std::uint64_t offset = 0;  ///< words drawn before
  std::uint64_t words = 0;   ///< that it took
  bool proved = false;       ///< its values are certified to be these; else predicted by its place
};

/// What is said of a model.
struct ModelReport {
  std::vector<TensorReport> tensors;  ///< in the order added
  std::vector<Finding> findings;      ///< across tensors, in order of harm
  std::optional<std::uint32_t> seed;  ///< of most of its tensors
  std::vector<StreamEntry> ledger;    ///< by offset: the order in which the model was built
};

/// Completes the reports of a model's tensors by what they say of one another.
class ModelAudit {
 public:
  void add(TensorReport report);
  /// Recovers seeds, places tensors in the stream, and compares. The audit is used up.
  ModelReport conclude();

 private:
  std::vector<TensorReport> reports_;
};

}  // namespace initscope
