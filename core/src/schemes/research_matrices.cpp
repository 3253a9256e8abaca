// Schemes of papers that make a matrix as a whole.
#include <algorithm>
#include <bit>
#include <cmath>
#include <string>

#include "initscope/orthogonal.hpp"
#include "initscope/spectrum.hpp"
#include "schemes/research.hpp"

namespace initscope::entries {
namespace {

constexpr const char* k_looks_linear_positions[] = {"hidden", "first", "last"};
constexpr const char* k_parts[] = {"query", "key"};

/// ZerO's matrix: a part of the identity, or, where there are more outputs than inputs, of a
/// Hadamard matrix of this size.
std::uint64_t hadamard_size(const Fans& fans) {
  return fans.outputs > fans.inputs ? std::bit_ceil(static_cast<std::uint64_t>(fans.outputs)) : 0;
}

float zero_init_element(std::uint64_t size, std::uint64_t output, std::uint64_t input) {
  if (size == 0) return output == input ? 1.0F : 0.0F;
  const float scale = 1.0F / static_cast<float>(std::sqrt(static_cast<double>(size)));
  return std::popcount(output & input) % 2 == 0 ? scale : -scale;  // Sylvester's construction
}

Law zero_init_law(const SchemeSpec&, const Fans& fans, Facts& facts) {
  const std::uint64_t size = hadamard_size(fans);
  const auto outputs = static_cast<std::uint64_t>(fans.outputs),
             inputs = static_cast<std::uint64_t>(fans.inputs);
  const double all = std::max(1.0, fans.elements());
  facts = {{"size", static_cast<double>(size)}, {"rows", fans.outputs}, {"columns", fans.inputs}};
  if (size == 0) {
    const double ones = std::min(fans.outputs, fans.inputs) / all;
    return Law::atoms(std::array{Law::Atom{0, 1 - ones}, Law::Atom{1, ones}});
  }
  double positive = 0;
  for (std::uint64_t o = 0; o < outputs; ++o)
    for (std::uint64_t i = 0; i < inputs; ++i) positive += std::popcount(o & i) % 2 == 0 ? 1 : 0;
  const double value = static_cast<double>(zero_init_element(size, 0, 0));
  const double above = positive / all, below = (fans.outputs * fans.inputs - positive) / all;
  return Law::atoms(std::array{Law::Atom{-value, below}, Law::Atom{0, 1 - above - below},
                               Law::Atom{value, above}});
}

void draw_zero_init(const SchemeSpec&, const Fans& fans, const Draw&,
                    std::span<float> tensor) noexcept {
  std::fill(tensor.begin(), tensor.end(), 0.0F);
  const std::uint64_t size = hadamard_size(fans);
  for (std::size_t o = 0; o < whole(fans.outputs); ++o)
    for (std::size_t i = 0; i < whole(fans.inputs); ++i)
      tensor[fans.index(o, i, fans.center)] = zero_init_element(size, o, i);
}

constexpr const char* k_zero_init_torch =
    "rows, columns = w.shape[:2]\n"
    "hadamard = torch.ones(1, 1)\n"
    "while hadamard.shape[0] < rows:\n"
    "    upper = torch.cat([hadamard, hadamard], 1)\n"
    "    hadamard = torch.cat([upper, torch.cat([hadamard, -hadamard], 1)])\n"
    "matrix = hadamard[:rows, :columns] / math.sqrt(hadamard.shape[0])\n"
    "if rows <= columns:\n"
    "    matrix = torch.eye(rows, columns)\n"
    "w.zero_()\n"
    "w[(slice(None), slice(None), *(k // 2 for k in w.shape[2:]))] = matrix";

/// Extents of Omega: half of the outputs but in the last layer, half of the inputs but in the
/// first.
struct Halves {
  bool rows, columns;
  std::size_t height, width;
};

Halves halves(const SchemeSpec& spec, const Fans& fans) {
  const std::string_view where = position(spec, fans);
  const bool rows = where != "last", columns = where != "first";
  return {rows, columns, whole(fans.outputs) / (rows ? 2 : 1),
          whole(fans.inputs) / (columns ? 2 : 1)};
}

Law looks_linear_law(const SchemeSpec& spec, const Fans& fans, Facts& facts) {
  const Halves omega = halves(spec, fans);
  const double gain = spec.parameters.number("gain");
  const double n = static_cast<double>(std::max(omega.height, omega.width));
  facts = {{"gain", gain},
           {"height", static_cast<double>(omega.height)},
           {"width", static_cast<double>(omega.width)}};
  return Law::spherical(gain, std::max(1.0, n));
}

void fits_looks_linear(const SchemeSpec& spec, const Fans& fans, const char* field,
                       SpecReader& reader) {
  const Halves omega = halves(spec, fans);
  if (omega.rows && std::fmod(fans.outputs, 2) != 0)
    reader.note(field, Reason::not_divisible, "2 (n_out = " + to_text(fans.outputs) + ")");
  if (omega.columns && std::fmod(fans.inputs, 2) != 0)
    reader.note(field, Reason::not_divisible, "2 (n_in = " + to_text(fans.inputs) + ")");
  check_factoring(static_cast<double>(omega.height), static_cast<double>(omega.width), field,
                  reader);
}

void draw_looks_linear(const SchemeSpec& spec, const Fans& fans, const Draw& draw,
                       std::span<float> tensor) noexcept {
  const Halves omega = halves(spec, fans);
  std::vector<float> q(omega.height * omega.width);
  draw_orthogonal(draw, omega.height, omega.width, spec.parameters.number("gain"), q);
  for (std::size_t o = 0; o < whole(fans.outputs); ++o)
    for (std::size_t i = 0; i < whole(fans.inputs); ++i) {
      const float value = q[o % omega.height * omega.width + i % omega.width];
      const bool mirrored = (o >= omega.height) != (i >= omega.width);
      tensor[fans.index(o, i, 0)] = mirrored ? -value : value;
    }
}

/// Omega, and what makes it.
double looks_linear_scratch(const SchemeSpec& spec, const Fans& fans) {
  const Halves omega = halves(spec, fans);
  const auto height = static_cast<double>(omega.height), width = static_cast<double>(omega.width);
  return sizeof(float) * height * width + orthogonal_scratch(height, width);
}

constexpr const char* k_looks_linear_torch =
    "[position=hidden]omega = init.orthogonal_(w.new_empty(w.shape[0] // 2, w.shape[1] // 2), "
    "gain=@gain)\n"
    "[position=first]omega = init.orthogonal_(w.new_empty(w.shape[0] // 2, w.shape[1]), "
    "gain=@gain)\n"
    "[position=last]omega = init.orthogonal_(w.new_empty(w.shape[0], w.shape[1] // 2), "
    "gain=@gain)\n"
    "[position=hidden]omega = torch.cat([omega, -omega], 1)\n"
    "[position=last]w.copy_(torch.cat([omega, -omega], 1))\n"
    "[position=hidden]w.copy_(torch.cat([omega, -omega]))\n"
    "[position=first]w.copy_(torch.cat([omega, -omega]))";

/// Most model dimensions of a mimetic pair: a few seconds in a browser.
constexpr double k_most_mimetic = 512;

Law mimetic_law(const SchemeSpec& spec, const Fans& fans, Facts& facts) {
  const double alpha = spec.parameters.number("alpha"), beta = spec.parameters.number("beta");
  facts = {{"alpha", alpha}, {"beta", beta}, {"d", fans.inputs}, {"k", fans.outputs}};
  return Law::unknown(4 * std::sqrt((std::abs(alpha) + std::abs(beta)) / fans.inputs));
}

void fits_mimetic(const SchemeSpec&, const Fans& fans, const char* field, SpecReader& reader) {
  if (fans.outputs > fans.inputs)
    reader.note(field, Reason::too_many, "n_out = n_in = " + to_text(fans.inputs));
  else if (fans.inputs > k_most_mimetic)
    reader.note(field, Reason::too_many, "n_in = " + to_text(k_most_mimetic));
}

void draw_mimetic(const SchemeSpec& spec, const Fans& fans, const Draw& draw,
                  std::span<float> tensor) noexcept {
  const std::size_t d = whole(fans.inputs), k = whole(fans.outputs);
  std::vector<float> z(d * d);
  draw.fill(Law::normal(0, 1 / std::sqrt(fans.inputs)), z);
  std::vector<double> product(d * d);
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j < d; ++j)
      product[i * d + j] = spec.parameters.number("alpha") * static_cast<double>(z[i * d + j]) +
                           (i == j ? spec.parameters.number("beta") : 0);
  const SingularVectors factors = leading_singular_vectors(product, d, k);
  const bool query = spec.parameters.text("part") == "query";
  const std::vector<double>& vectors = query ? factors.left : factors.right;
  for (std::size_t j = 0; j < k; ++j) {
    // The pair's sign is free: the query's largest component is positive.
    double largest = 0;
    for (std::size_t i = 0; i < d; ++i)
      if (std::abs(factors.left[i * k + j]) > std::abs(largest)) largest = factors.left[i * k + j];
    const double scale = std::copysign(std::sqrt(factors.values[j]), largest);
    for (std::size_t i = 0; i < d; ++i)
      tensor[fans.index(j, i, 0)] = static_cast<float>(scale * vectors[i * k + j]);
  }
}

/// Z and the matrix; its Gram matrix, two that Eigen finds the vectors in, and what it packs of
/// them; both sides' vectors.
double mimetic_scratch(const SchemeSpec&, const Fans& fans) {
  const double d = fans.inputs, k = fans.outputs;
  constexpr double k_matrices = 4, k_pieces = 1048576;
  return sizeof(float) * d * d + sizeof(double) * (k_matrices * d * d + 2 * d * k) + k_pieces;
}

constexpr const char* k_mimetic_torch =
    "k, d = w.shape\n"
    "z = torch.empty(d, d).normal_(0, 1 / math.sqrt(d))\n"
    "u, s, vh = torch.linalg.svd(@alpha * z.double() + @beta * torch.eye(d).double())\n"
    "u = u[:, :k] * s[:k].sqrt()\n"
    "v = vh[:k].T * s[:k].sqrt()\n"
    "sign = u.gather(0, u.abs().argmax(0, keepdim=True)).sign()\n"
    "[part=query]w.copy_((u * sign).T)\n"
    "[part=key]w.copy_((v * sign).T)";

}  // namespace

std::string_view position(const SchemeSpec& spec, const Fans& fans) {
  if (fans.position == Position::alone) return spec.parameters.text("position");
  return fans.position == Position::first ? "first" : "hidden";
}

Scheme zero_init() {
  return {
      .id = "zero_init",
      .family = "research",
      .uses = {"weight", "kernel"},
      .formula =
          R"(W=I_{m\times n},\;m\le n;\quad W=2^{-k/2}\,(H_k)_{m\times n},\;k=\lceil\log_2 m\rceil,\;m>n)",
      .substituted = R"(m=@rows,\quad n=@columns,\quad 2^k=@size)",
      .source = "Zhao, Schaefer and Anandkumar 2022 (ZerO), algorithm 1",
      .code = {k_zero_init_torch},
      .law = zero_init_law,
      .most_rank = 5,
      .draw = draw_zero_init};
}

Scheme looks_linear() {
  return {
      .id = "looks_linear",
      .family = "research",
      .fields = {number_field("gain", 1, k_positive, "g"),
                 choice_field("position", "hidden", k_looks_linear_positions)},
      .formula =
          R"(W=g\begin{pmatrix}\Omega&-\Omega\\-\Omega&\Omega\end{pmatrix},\quad\Omega^\mathsf{T}\Omega=I)",
      .substituted = R"(g=@gain,\quad\Omega\in\mathbb{R}^{@height\times@width})",
      .source = "Balduzzi et al. 2017, section 4.1",
      .assumes = {"relu"},
      .code = {k_looks_linear_torch},
      .law = looks_linear_law,
      .most_rank = 2,
      .fits = fits_looks_linear,
      .draw = draw_looks_linear,
      .scratch = looks_linear_scratch,
      .exact = false};
}

Scheme mimetic() {
  return {
      .id = "mimetic",
      .family = "research",
      .fields = {number_field("alpha", 0.7, k_any, R"(\alpha)"),
                 number_field("beta", 0.7, k_any, R"(\beta)"),
                 choice_field("part", "query", k_parts)},
      .formula = R"(W_q^\mathsf{T}W_k\approx\alpha Z+\beta I,\quad Z_{ij}\sim\mathcal{N}(0,\,1/d))",
      .substituted = R"(\alpha=@alpha,\quad\beta=@beta,\quad d=@d,\quad k=@k)",
      .source = "Trockman and Kolter 2023, section 4",
      .code = {k_mimetic_torch},
      .law = mimetic_law,
      .most_rank = 2,
      .fits = fits_mimetic,
      .draw = draw_mimetic,
      .scratch = mimetic_scratch,
      .exact = false};
}

}  // namespace initscope::entries
