#include "audit/trivial.hpp"

#include <algorithm>
#include <cmath>

#include "initscope/shape.hpp"

namespace initscope {
namespace {

/// Whether a matrix is g on its main diagonal and 0 elsewhere, which holds of every value.
bool is_identity(std::span<const float> values, MatrixSize size, float gain) noexcept {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool diagonal = i / size.columns == i % size.columns;
    if (values[i] != (diagonal ? gain : 0)) return false;
  }
  return true;
}

/// Whether a kernel passes inputs on: at one tap next to the middle, output o of a group the input
/// o of it (torch.nn.init.dirac_), and 0 elsewhere.
bool is_dirac(std::span<const float> values, const Fans& fans, float gain) noexcept {
  const auto outputs = static_cast<std::size_t>(fans.outputs);
  const auto inputs = static_cast<std::size_t>(fans.inputs);
  for (std::size_t groups = 1; groups <= outputs; ++groups) {
    if (outputs % groups != 0) continue;
    const std::size_t each = outputs / groups;
    std::vector<float> expected(values.size());
    for (std::size_t o = 0; o < outputs; ++o)
      if (o % each < inputs) expected[fans.index(o, o % each, fans.center)] = gain;
    if (std::equal(values.begin(), values.end(), expected.begin())) return true;
  }
  return false;
}

/// Ones in the block of a recurrent bias that lets an LSTM remember, 0 elsewhere: the second of
/// four, the order of input, forget, cell and output gates in PyTorch and Keras.
bool is_forget_gate(std::span<const float> values) noexcept {
  const std::size_t quarter = values.size() / 4;
  if (quarter == 0 || values.size() % 4 != 0) return false;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i] != (i / quarter == 1 ? 1.0F : 0.0F)) return false;
  return true;
}

Why constant_content(double value) noexcept {
  return value == 0 ? Why::zeros : value == 1 ? Why::ones : Why::constant;
}

}  // namespace

std::optional<Why> trivial_content(const Gathered& gathered) {
  constexpr std::size_t k_each = 8;  // values for each level, below which levels may be chance
  const std::vector<double> atoms = gathered.counts.atoms();
  if (gathered.counts.count() == 0) return Why::empty;
  if (atoms.empty()) return std::nullopt;
  if (atoms.size() == 1) {
    const bool drawn = gathered.counts.count() == 1 && atoms[0] != 0 && atoms[0] != 1;
    return drawn ? std::nullopt : std::optional(constant_content(atoms[0]));
  }
  const bool two = atoms.size() == 2 && (atoms[0] == 0 || atoms[1] == 0);
  if (two && gathered.all_rows) {
    const auto gain = static_cast<float>(atoms[0] == 0 ? atoms[1] : atoms[0]);
    const Fans fans = initscope::fans(gathered.tensor.shape, gathered.tensor.layout);
    if (fans.rank == 1 && is_forget_gate(gathered.first_rows)) return Why::forget_gate;
    if (fans.rank == 2 && is_identity(gathered.first_rows, gathered.sums.size(), gain))
      return Why::identity;
    if (fans.rank >= 3 && gathered.counts.statistics().zeros < gathered.counts.count() &&
        is_dirac(gathered.first_rows, fans, gain))
      return Why::dirac;
  }
  if (gathered.counts.count() >= k_each * atoms.size()) return Why::atoms;
  return std::nullopt;
}

std::optional<double> orthogonal_gain(std::span<const float> matrix, MatrixSize size) {
  constexpr std::size_t k_most = 32;
  constexpr double k_tolerance = 1e-4;
  const bool by_rows = size.rows <= size.columns;
  const auto lines = static_cast<std::size_t>(by_rows ? size.rows : size.columns);
  const auto length = static_cast<std::size_t>(by_rows ? size.columns : size.rows);
  if (lines < 2) return std::nullopt;
  const std::size_t step = by_rows ? 1 : lines, stride = by_rows ? length : 1;
  const auto product = [&](std::size_t a, std::size_t b) {
    double sum = 0;
    for (std::size_t i = 0; i < length; ++i)
      sum += static_cast<double>(matrix[a * stride + i * step]) *
             static_cast<double>(matrix[b * stride + i * step]);
    return sum;
  };
  const std::size_t looked = std::min(lines, k_most);
  const double square = product(0, 0);
  for (std::size_t a = 0; a < looked; ++a)
    for (std::size_t b = 0; b <= a; ++b)
      if (std::abs(product(a, b) - (a == b ? square : 0)) > k_tolerance * square)
        return std::nullopt;
  return square > 0 ? std::optional(std::sqrt(square)) : std::nullopt;
}

}  // namespace initscope
