// Every scheme in one list, and what its entries share.
#include <algorithm>
#include <array>

#include "initscope/orthogonal.hpp"
#include "initscope/sampling.hpp"
#include "schemes/parts.hpp"

namespace initscope {

namespace entries {

Law diagonal_law(double ones, const Fans& fans, double value) {
  const double share = fans.elements() > 0 ? ones / fans.elements() : 1;
  const Law::Atom zero{0, 1 - share}, one{value, share};
  if (value == 0) return Law::atom(0);
  return value < 0 ? Law::atoms(std::array{one, zero}) : Law::atoms(std::array{zero, one});
}

void draw_diagonal(const Fans& fans, double value, std::span<float> tensor) noexcept {
  std::fill(tensor.begin(), tensor.end(), 0.0F);
  const std::size_t columns = whole(fans.columns());
  for (std::size_t i = 0; i < std::min(whole(fans.rows()), columns); ++i)
    tensor[i * columns + i] = static_cast<float>(value);
}

void check_below(const Spec& values, const char* low, const char* high, const std::string& prefix,
                 SpecReader& reader) {
  const double a = values.number(low), b = values.number(high);
  if (static_cast<float>(a) > static_cast<float>(b))
    reader.note(prefix + low, Reason::not_below, prefix + high + " = " + to_text(b));
}

void check_reach(double alpha, double beta, const std::string& field, SpecReader& reader) {
  if (std::max(alpha, -beta) > k_truncation_reach)
    reader.note(field, Reason::out_of_reach,
                "at most " + to_text(k_truncation_reach) + " std from the mean");
}

double matrix_scratch(const SchemeSpec&, const Fans& fans) {
  return orthogonal_scratch(fans.rows(), fans.columns());
}

void check_factoring(double rows, double columns, const char* field, SpecReader& reader) {
  const double small = std::min(rows, columns), large = std::max(rows, columns);
  if (small * small * large > k_most_factoring)
    reader.note(field, Reason::too_many,
                to_text(k_most_factoring) + " for rows times columns times the fewer of them");
}

}  // namespace entries

const std::vector<Scheme>& schemes() {
  static const std::vector<Scheme> all = [] {
    std::vector<Scheme> entries;
    entries::add_torch(entries);
    entries::add_keras(entries);
    entries::add_stft(entries);
    entries::add_jax(entries);
    entries::add_research(entries);
    entries::add_residual(entries);
    entries::add_layers(entries);
    return entries;
  }();
  return all;
}

const Scheme* find_scheme(std::string_view id) {
  for (const Scheme& scheme : schemes())
    if (scheme.id == id) return &scheme;
  return nullptr;
}

std::span<const char* const> gain_names() noexcept {
  static constexpr const char* k_names[] = {"linear",
                                            "sigmoid",
                                            "tanh",
                                            "relu",
                                            "leaky_relu",
                                            "selu",
                                            "conv1d",
                                            "conv2d",
                                            "conv3d",
                                            "conv_transpose1d",
                                            "conv_transpose2d",
                                            "conv_transpose3d"};
  return k_names;
}

std::optional<double> calculate_gain(std::string_view nonlinearity, double a) noexcept {
  if (nonlinearity == "tanh") return 5.0 / 3;
  if (nonlinearity == "relu") return std::sqrt(2.0);
  if (nonlinearity == "leaky_relu") return std::sqrt(2.0 / (1 + a * a));
  if (nonlinearity == "selu") return 0.75;
  const auto names = gain_names();
  if (std::find(names.begin(), names.end(), nonlinearity) == names.end()) return {};
  return 1;
}

}  // namespace initscope
