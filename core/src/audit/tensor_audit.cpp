#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "audit/findings.hpp"
#include "audit/gathered.hpp"
#include "audit/half.hpp"
#include "audit/keeper.hpp"
#include "audit/ladder.hpp"

namespace initscope {
namespace {

constexpr std::size_t k_block = 4096;  ///< values that are handled at once, always the same
constexpr std::uint64_t k_most_values = std::uint64_t{1} << 53;
constexpr std::size_t k_kept_values = 4096;
constexpr std::uint64_t k_kept_rows = 65536;

/// Values of a shape; none where an extent is negative or the product too large.
std::optional<std::uint64_t> checked_count(const Shape& shape) noexcept {
  if (std::any_of(shape.begin(), shape.end(), [](auto extent) { return extent < 0; }))
    return std::nullopt;
  if (std::find(shape.begin(), shape.end(), 0) != shape.end()) return 0;
  std::uint64_t count = 1;
  for (const auto extent : shape) {
    if (static_cast<std::uint64_t>(extent) > k_most_values / count) return std::nullopt;
    count *= static_cast<std::uint64_t>(extent);
  }
  return count;
}

/// Of a tensor without values, or of which none can come, a matrix of none.
MatrixSize checked_size(const StoredTensor& tensor, std::uint64_t count) noexcept {
  return count == 0 ? MatrixSize{0, 0} : matrix_size(tensor.shape, tensor.layout);
}

std::vector<double> bounds_of(const StoredTensor& tensor, bool valid) {
  const bool drawn = tensor.storage == Storage::floats &&
                     (tensor.type == StoredType::f32 || tensor.type == StoredType::f64);
  return valid && drawn ? uniform_bounds(candidates_of(tensor)) : std::vector<double>();
}

}  // namespace

class TensorAudit::State {
 public:
  explicit State(StoredTensor tensor)
      : tensor_(std::move(tensor)),
        valid_(checked_count(tensor_.shape).has_value()),
        expected_(checked_count(tensor_.shape).value_or(0)),
        value_size_(stored_size(tensor_.type)),
        sums_(checked_size(tensor_, expected_)),
        keeper_(checked_size(tensor_, expected_), expected_),
        lattice_(bounds_of(tensor_, expected_ > 0)) {}

  void add(std::span<const std::byte> bytes) {
    const std::size_t block_bytes = k_block * value_size_;
    while (!bytes.empty()) {
      if (waiting_ == 0 && bytes.size() >= block_bytes) {
        take(bytes.first(block_bytes));
        bytes = bytes.subspan(block_bytes);
        continue;
      }
      const std::size_t length = std::min(bytes.size(), block_bytes - waiting_);
      std::memcpy(buffer_ + waiting_, bytes.data(), length);
      waiting_ += length;
      bytes = bytes.subspan(length);
      if (waiting_ < block_bytes) continue;
      waiting_ = 0;
      take({buffer_, block_bytes});
    }
  }

  TensorReport finish() {
    const std::size_t rest = waiting_ % value_size_;
    take({buffer_, waiting_ - rest});
    const bool complete = valid_ && rest == 0 && !surplus_ && counts_.count() == expected_;
    TensorReport report = describe();
    std::vector<float> sorted = sort_sample();
    const Gathered gathered{tensor_,
                            expected_,
                            complete,
                            exact_,
                            counts_,
                            sums_,
                            lattice_.verdict(),
                            keeper_.first_rows(),
                            complete && keeper_.all_rows(),
                            sorted,
                            keeper_.stretches()};
    const std::vector<Candidate> left = judge(gathered, report);
    find(gathered, left, report);
    return report;
  }

 private:
  /// Handles whole values, as many as the shape has left.
  void take(std::span<const std::byte> bytes) {
    const std::uint64_t room = expected_ - counts_.count();
    auto count = bytes.size() / value_size_;
    if (count > room) {
      surplus_ = true;
      count = static_cast<std::size_t>(room);
    }
    if (count == 0) return;
    float values[k_block];
    const std::span<float> block(values, count);
    decode(tensor_.type, bytes.data(), block);
    if (tensor_.type == StoredType::f64)
      add_wide(bytes, block);
    else
      counts_.add(std::span<const float>(block));
    lattice_.add(block);
    keep_first(block);
    keeper_.add(block);
    for (float& value : block) value = std::isfinite(value) ? value : 0;
    sums_.add(block);
    if (keeper_.stride() > 1) histogram_.add(block);
  }

  void add_wide(std::span<const std::byte> bytes, std::span<const float> narrow) {
    double wide[k_block];
    std::memcpy(wide, bytes.data(), narrow.size() * sizeof(double));
    counts_.add(std::span<const double>(wide, narrow.size()));
    for (std::size_t i = 0; i < narrow.size(); ++i)
      exact_ = exact_ && wide[i] == static_cast<double>(narrow[i]);
  }

  void keep_first(std::span<const float> values) {
    const std::size_t length = std::min(values.size(), k_kept_values - first_.size());
    first_.insert(first_.end(), values.begin(),
                  values.begin() + static_cast<std::ptrdiff_t>(length));
  }

  std::vector<float> sort_sample() {
    RadixSort sort(std::move(keeper_.sample()));
    while (sort.advance(std::numeric_limits<std::size_t>::max() / 2)) {
    }
    return {sort.values().begin(), sort.values().end()};
  }

  TensorReport describe() {
    TensorReport report;
    report.name = tensor_.name;
    report.shape = tensor_.shape;
    report.dtype = tensor_.dtype;
    report.count = counts_.count();
    report.statistics = counts_.statistics();
    if (keeper_.stride() == 1)
      report.histogram = histogram_of(keeper_.sample());
    else if (counts_.finite() > 0)
      report.histogram = histogram_.cropped(report.statistics.min, report.statistics.max);
    report.row_norms = sums_.norms();
    report.row_step = sums_.norm_step();
    const bool vector = tensor_.shape.size() < 2 && tensor_.weight;
    const Fans fans = initscope::fans(vector ? *tensor_.weight : tensor_.shape, tensor_.layout);
    report.fan_in = fans.in;
    report.fan_out = fans.out;
    report.kept.first = std::move(first_);
    report.kept.row_hashes = sums_.row_hashes(k_kept_rows);
    report.kept.hash = sums_.hash();
    report.kept.type = tensor_.type;
    report.kept.storage = tensor_.storage;
    report.kept.layout = tensor_.layout;
    report.kept.weight = tensor_.weight;
    report.kept.tied_to = tensor_.tied_to;
    return report;
  }

  StoredTensor tensor_;
  bool valid_;
  std::uint64_t expected_;
  std::size_t value_size_;
  std::byte buffer_[k_block * sizeof(double)];
  std::size_t waiting_ = 0;  ///< bytes in the buffer
  bool surplus_ = false, exact_ = true;
  ValueCounts counts_;
  RowSums sums_;
  Keeper keeper_;
  UniformLattice lattice_;
  GrowingHistogram histogram_;
  std::vector<float> first_;
};

TensorAudit::TensorAudit(StoredTensor tensor)
    : state_(std::make_unique<State>(std::move(tensor))) {}
TensorAudit::TensorAudit(TensorAudit&&) noexcept = default;
TensorAudit& TensorAudit::operator=(TensorAudit&&) noexcept = default;
TensorAudit::~TensorAudit() = default;

void TensorAudit::add(std::span<const std::byte> bytes) { state_->add(bytes); }

TensorReport TensorAudit::finish() { return state_->finish(); }

}  // namespace initscope
