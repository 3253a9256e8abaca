// The seed of a tensor that PyTorch's CPU generator drew, and its place in the stream, by algebra
// on MT19937 or by trial; and the same tensor, drawn again.
//
// Every value of uniform_ shows the low 24 bits of one word, and every pair of normal_ those of two
// but for a few units. The recurrence of MT19937 gives the bits that are hidden; 16 equations too
// many a word prove that it is that generator. From the state one walks back to the array that
// seeding makes. Nothing is answered that was not drawn again and compared, bit by bit.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "initscope/torch_generator.hpp"

namespace initscope {

/// Where in a stream a tensor begins: torch.manual_seed(seed), and `offset` words of 32 bits drawn
/// before the first of the tensor.
struct StreamPlace {
  std::uint32_t seed = 0;
  std::uint64_t offset = 0;
  bool operator==(const StreamPlace&) const = default;
};

/// What torch drew: uniform_(from, to) or normal_(mean, std), in float32.
struct LawDrawn {
  enum class Kind : std::uint8_t { uniform, normal };
  Kind kind = Kind::uniform;
  double first = 0, second = 1;  ///< from and to, or mean and std
  static LawDrawn uniform(double from, double to) noexcept { return {Kind::uniform, from, to}; }
  static LawDrawn normal(double mean, double std) noexcept { return {Kind::normal, mean, std}; }
  bool operator==(const LawDrawn&) const = default;
};

/// Whether it can have been drawn: finite, from < to and their difference finite, or std > 0; in
/// float32.
bool can_be_drawn(const LawDrawn& law) noexcept;

/// What numbers were rounded to after they had been drawn in float32, to the nearest, ties to even.
enum class Precision : std::uint8_t { float32, float16, bfloat16 };
/// `value` rounded so; NaN remains NaN.
float rounded_to(Precision precision, float value) noexcept;

inline constexpr std::size_t k_least_uniform_values = 1247, k_least_normal_values = 1248;

/// How far back is walked at most, in words: 1 to 2 ns each natively.
inline constexpr std::uint64_t k_most_words_back = std::uint64_t{1} << 30;

/// The place of a tensor that uniform_(-bound, bound) drew with one rounding. `values`: the whole
/// tensor or its beginning, at least 1247 of them, row-major, all finite. Nothing where they are
/// fewer, where one is not on the lattice of that bound (`UniformLattice`), the generator is
/// another, or more than `most` words were drawn before. Bounds that are no positive finite
/// float32: nothing.
std::optional<StreamPlace> recover_uniform_seed(std::span<const float> values, double bound,
                                                std::uint64_t most = k_most_words_back);

/// The place of a tensor that normal_(mean, std) drew by blocks of 16. `values`: the whole tensor,
/// all finite, or its beginning, a multiple of 16 of them: 1248 at least, and 1264 where the tensor
/// is no multiple of 16. Zeros, such as those of the padding row of an embedding, are left out;
/// 1247 values in a row must be none. Found 12000 of 12000; where |mean| is much greater than std,
/// float32 holds too little of the words, and nothing is found.
std::optional<StreamPlace> recover_normal_seed(std::span<const float> values, double mean,
                                               double std, std::uint64_t most = k_most_words_back);

/// Words that torch takes to draw `count` values: one each; of a normal tensor of 16 or more that
/// is no multiple of 16, 16 more; of a smaller normal one 4 a pair, where no number waits in the
/// generator.
std::uint64_t words_of(const LawDrawn& law, std::uint64_t count) noexcept;

/// The stream of a seed, of which states are kept on the way, so that all places behind a first
/// look are near: 0.4 ns a word the first time, 0.8 ms at most afterwards in streams of 10^9 words.
/// Memory: 1.3 MB.
class TorchStream {
 public:
  explicit TorchStream(std::uint32_t seed);
  std::uint32_t seed() const noexcept { return seed_; }
  /// torch's generator when `offset` words have been drawn.
  TorchGenerator at(std::uint64_t offset);

 private:
  using State = std::array<std::uint32_t, 624>;
  std::uint32_t seed_;
  std::uint64_t interval_;
  std::vector<State> states_;  ///< at multiples of interval_
};

/// Draws a tensor again, piece by piece, in row-major order. The law can be drawn.
class Redrawing {
 public:
  /// `count`: values of the whole tensor; `offset`: words drawn before it.
  Redrawing(TorchStream& stream, std::uint64_t offset, const LawDrawn& law, std::uint64_t count);
  /// The next values; those behind the tensor's end are 0.
  void next(std::span<float> out);

 private:
  void next_normal(std::span<float> out);

  LawDrawn law_;
  TorchGenerator generator_;
  std::uint64_t count_, done_ = 0;
  std::uint64_t settled_;             ///< normal: values in front of those that are drawn again
  std::array<float, 16> block_ = {};  ///< normal: the block that `done_` lies in
  std::vector<float> last_;  ///< normal: what is drawn at the end, or all of a small tensor
};

/// The whole tensor, `out.size()` values, at once.
void redraw(const StreamPlace& place, const LawDrawn& law, std::span<float> out);

/// The seed of a tensor that is too small for algebra, or was rounded to 16 bits, by trying seeds
/// at an offset that is known. In bounded steps, so that a caller may show how far it is and stop.
/// Zeros of a normal tensor are left out, as by `recover_normal_seed`.
class SeedSearch {
 public:
  /// `values`: the whole tensor, or its beginning: of normal_ a multiple of 16 of them, as for
  /// `recover_normal_seed`. Tries the seeds first .. first + count - 1, count <= 2^32 - first.
  /// Values that are not finite, a law that cannot be drawn, or so few values that a wrong seed
  /// would be found (`enough`): nothing is tried.
  SeedSearch(const LawDrawn& law, Precision precision, std::span<const float> values,
             std::uint64_t offset, std::uint32_t first, std::uint64_t count);

  /// Whether the values tell `count` seeds apart: a wrong one would pass with probability < 1e-6.
  bool enough() const noexcept { return enough_; }
  /// Tries the next seeds, `most` at most: 0.1 us each where the offset is below 160, and behind it
  /// 1 us and 0.2 us for each 624 words of the offset. False when there is nothing left to try.
  bool advance(std::uint64_t most);
  std::uint64_t tried() const noexcept { return tried_; }
  /// The seeds found so far, ascending. Of a tensor that is as drawn, one.
  std::span<const std::uint32_t> found() const noexcept { return found_; }

 private:
  bool left_out(float value) const noexcept;
  bool draws_the_same(std::uint32_t seed) const;

  LawDrawn law_;
  Precision precision_;
  std::vector<float> values_;
  std::uint64_t offset_, end_, tried_ = 0;
  std::uint32_t first_;
  bool enough_ = false;
  std::uint64_t word_ = 0;            ///< the word that is looked at, from the stream's beginning
  std::uint32_t low_ = 0, high_ = 0;  ///< its low 24 bits, both ends included
  std::vector<std::uint32_t> found_;
};

}  // namespace initscope
