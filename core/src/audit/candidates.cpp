#include <algorithm>
#include <cmath>
#include <limits>

#include "audit/laws.hpp"
#include "audit/text.hpp"
#include "initscope/shape.hpp"

namespace initscope {
namespace {

/// Std of a normal law cut at two std, in units of its own.
constexpr double k_truncated_std = 0.87962566103423978;
constexpr double k_root_2 = 1.4142135623730951, k_root_3 = 1.7320508075688772;

using Names = std::vector<std::string>;

/// Candidates so far; a formula that is there already gets the names.
class Candidates {
 public:
  void uniform(double bound, Rule rule, Names names, bool is_default = false) {
    add({LawShape::uniform, bound, rule, is_default, std::move(names)});
  }
  void normal(double std, Rule rule, Names names, bool is_default = false) {
    add({LawShape::normal, std, rule, is_default, std::move(names)});
  }
  /// `std` before it is cut.
  void truncated(double std, Rule rule, Names names, bool is_default = false) {
    add({LawShape::truncated_normal, std, rule, is_default, std::move(names)});
  }
  std::vector<Candidate> take() { return std::move(all_); }

 private:
  void add(Candidate candidate) {
    constexpr double k_same = 1e-12;
    if (!(candidate.scale > 0) || std::isinf(candidate.scale)) return;
    for (Candidate& other : all_) {
      if (other.shape != candidate.shape ||
          std::abs(other.scale - candidate.scale) > k_same * other.scale)
        continue;
      other.is_default |= candidate.is_default;
      if (other.rule == Rule::other || candidate.rule == Rule::fan_in) other.rule = candidate.rule;
      for (std::string& name : candidate.names)
        if (std::find(other.names.begin(), other.names.end(), name) == other.names.end())
          other.names.push_back(std::move(name));
      return;
    }
    all_.push_back(std::move(candidate));
  }

  std::vector<Candidate> all_;
};

std::string dimensions(int rank) { return std::to_string(rank - 2) + (rank > 2 ? "d" : ""); }
std::string keras_conv(int rank) {
  return "keras.layers.Conv"_text + std::to_string(rank - 2) + "D";
}

bool is_conv(const Fans& fans) { return fans.rank >= 3 && fans.rank <= 5; }

/// torch.nn.Linear, Conv and ConvTranspose draw weight and bias by the fan_in that
/// torch.nn.init counts, and a bilinear layer by the extent of its first inputs.
void torch_layers(const Fans& fans, Candidates& out) {
  Names names;
  if (fans.rank == 2) names = {"torch.nn.Linear"_text};
  if (is_conv(fans))
    names = {"torch.nn.Conv"_text + dimensions(fans.rank),
             "torch.nn.ConvTranspose"_text + dimensions(fans.rank)};
  if (names.empty()) names = {"kaiming_uniform_(a=sqrt(5))"_text};
  out.uniform(1 / std::sqrt(fans.in), Rule::fan_in, names, true);
  if (fans.rank == 3)
    out.uniform(1 / std::sqrt(fans.inputs), Rule::other, {"torch.nn.Bilinear"_text}, true);
}

/// Recurrent layers: by the hidden size, which is `rows` by the number of gates.
void torch_recurrent(double rows, Candidates& out) {
  const auto layer = [&](double gates, std::string name) {
    if (std::fmod(rows, gates) == 0)
      out.uniform(1 / std::sqrt(rows / gates), Rule::other, {std::move(name)}, true);
  };
  layer(1, "torch.nn.RNN"_text);
  layer(3, "torch.nn.GRU"_text);
  layer(4, "torch.nn.LSTM"_text);
}

void torch_defaults(const Fans& fans, Candidates& out) {
  torch_layers(fans, out);
  if (fans.rank != 2) return;
  if (fans.layout == Layout::torch) torch_recurrent(fans.outputs, out);
  if (fans.outputs == 3 * fans.inputs)
    out.uniform(std::sqrt(6 / (fans.in + fans.out)), Rule::fan_average,
                {"torch.nn.MultiheadAttention"_text}, true);
  out.normal(1, Rule::other, {"torch.nn.Embedding"_text}, true);
}

void keras_defaults(const Fans& fans, Candidates& out) {
  const double glorot = std::sqrt(6 / (fans.in + fans.out));
  if (fans.rank == 2) {
    out.uniform(glorot, Rule::fan_average, {"keras.layers.Dense"_text}, true);
    out.uniform(0.05, Rule::other, {"keras.layers.Embedding"_text}, true);
  } else if (is_conv(fans)) {
    out.uniform(glorot, Rule::fan_average, {keras_conv(fans.rank)}, true);
  }
}

void flax_defaults(const Fans& fans, double last, Candidates& out) {
  const double lecun = 1 / (k_truncated_std * std::sqrt(fans.in));
  if (fans.rank == 2) {
    out.truncated(lecun, Rule::fan_in, {"flax.linen.Dense"_text}, true);
    out.normal(1 / std::sqrt(last), Rule::other, {"flax.linen.Embed"_text}, true);
  } else if (is_conv(fans)) {
    out.truncated(lecun, Rule::fan_in, {"flax.linen.Conv"_text}, true);
  }
}

/// A gain by its nonlinearity, as torch.nn.init.calculate_gain has it.
struct Gain {
  double gain;
  const char* name;
};
constexpr Gain k_gains[] = {{1, "'linear'"},
                            {k_root_2, "'relu'"},
                            {5.0 / 3, "'tanh'"},
                            {0.75, "'selu'"},
                            {1.3867504905630728, "'leaky_relu', 0.2"},
                            {1.4141428569978354, "'leaky_relu', 0.01"}};

std::string with_gain(const std::string& function, const Gain& gain) {
  const std::string name = "torch.nn.init."_text + function;
  return gain.gain == 1 ? name : name + "(gain=calculate_gain("_text + gain.name + "))";
}

void xavier(const Fans& fans, Candidates& out) {
  const double average = (fans.in + fans.out) / 2;
  for (const Gain& gain : k_gains) {
    const double std = gain.gain / std::sqrt(average);
    out.uniform(k_root_3 * std, Rule::fan_average, {with_gain("xavier_uniform_"_text, gain)});
    out.normal(std, Rule::fan_average, {with_gain("xavier_normal_"_text, gain)});
  }
  const double std = 1 / std::sqrt(average);
  out.uniform(k_root_3 * std, Rule::fan_average,
              {"keras.initializers.GlorotUniform"_text, "jax.nn.initializers.glorot_uniform"_text});
  out.truncated(std / k_truncated_std, Rule::fan_average,
                {"keras.initializers.GlorotNormal"_text, "jax.nn.initializers.glorot_normal"_text});
  out.truncated(std, Rule::unscaled_truncation,
                {"truncated_normal(sqrt(2 / (fan_in + fan_out)))"_text});
}

void kaiming(double fan, bool in, Candidates& out) {
  const Rule rule = in ? Rule::fan_in : Rule::fan_out;
  const std::string mode = in ? std::string() : "mode='fan_out', "_text;
  for (const Gain& gain : k_gains) {
    const double std = gain.gain / std::sqrt(fan);
    const std::string arguments = "(" + mode + "nonlinearity="_text + gain.name + ")";
    out.uniform(k_root_3 * std, rule, {"torch.nn.init.kaiming_uniform_"_text + arguments});
    out.normal(std, rule, {"torch.nn.init.kaiming_normal_"_text + arguments});
  }
  if (!in) {
    const double std = k_root_2 / std::sqrt(fan);
    out.truncated(std / k_truncated_std, rule,
                  {"keras.initializers.VarianceScaling(2, 'fan_out', 'truncated_normal')"_text});
    return;
  }
  const double he = k_root_2 / std::sqrt(fan), lecun = 1 / std::sqrt(fan);
  out.uniform(k_root_3 * he, rule,
              {"keras.initializers.HeUniform"_text, "jax.nn.initializers.he_uniform"_text});
  out.uniform(k_root_3 * lecun, rule,
              {"keras.initializers.LecunUniform"_text, "jax.nn.initializers.lecun_uniform"_text});
  out.truncated(he / k_truncated_std, rule,
                {"keras.initializers.HeNormal"_text, "jax.nn.initializers.he_normal"_text});
  out.truncated(lecun / k_truncated_std, rule,
                {"keras.initializers.LecunNormal"_text, "jax.nn.initializers.lecun_normal"_text});
  out.truncated(he, Rule::unscaled_truncation, {"truncated_normal(sqrt(2 / fan_in))"_text});
  out.truncated(lecun, Rule::unscaled_truncation, {"truncated_normal(sqrt(1 / fan_in))"_text});
}

void papers(const Fans& fans, Candidates& out) {
  out.uniform(1 / fans.in, Rule::other, {"SIREN, first layer"_text});
  out.uniform(std::sqrt(6 / fans.in) / 30, Rule::other, {"SIREN, further layers"_text});
  if (fans.rank != 2) return;
  out.normal(std::sqrt(2 / (5 * fans.in)), Rule::other, {"GPT-NeoX, small init"_text});
  for (const double layers : {6, 12, 24, 36, 48})
    out.normal(0.02 / std::sqrt(2 * layers), Rule::other,
               {"GPT-2, residual projections of "_text + std::to_string(static_cast<int>(layers)) +
                " layers"});
}

/// What no shape changes.
void fixed_laws(Candidates& out) {
  out.normal(1, Rule::other, {"torch.nn.init.normal_"_text});
  out.normal(0.05, Rule::other, {"keras.initializers.RandomNormal"_text});
  out.normal(0.02, Rule::other, {"normal_(std=0.02)"_text});
  out.normal(0.01, Rule::other, {"normal_(std=0.01)"_text, "jax.nn.initializers.normal"_text});
  out.normal(0.001, Rule::other, {"normal_(std=0.001)"_text});
  out.normal(0.1, Rule::other, {"normal_(std=0.1)"_text});
  out.uniform(0.05, Rule::other, {"keras.initializers.RandomUniform"_text});
  out.uniform(0.1, Rule::other, {"uniform_(-0.1, 0.1)"_text});
  out.uniform(0.08, Rule::other, {"uniform_(-0.08, 0.08)"_text});
  out.uniform(0.07, Rule::other, {"uniform_(-0.07, 0.07)"_text});
  out.uniform(0.5, Rule::other, {"uniform_(-0.5, 0.5)"_text});
  out.uniform(1, Rule::other, {"uniform_(-1, 1)"_text});
  out.truncated(0.02, Rule::other, {"trunc_normal_(std=0.02, a=-0.04, b=0.04)"_text});
  out.truncated(0.05, Rule::other, {"keras.initializers.TruncatedNormal"_text});
  out.truncated(0.01, Rule::other, {"jax.nn.initializers.truncated_normal"_text});
}

}  // namespace

double Candidate::std() const noexcept {
  switch (shape) {
    case LawShape::uniform:
      return scale / k_root_3;
    case LawShape::truncated_normal:
      return k_truncated_std * scale;
    case LawShape::normal:
    case LawShape::orthogonal:
      break;
  }
  return scale;
}

double Candidate::bound() const noexcept {
  switch (shape) {
    case LawShape::uniform:
      return scale;
    case LawShape::truncated_normal:
      return 2 * scale;
    case LawShape::normal:
    case LawShape::orthogonal:
      break;
  }
  return std::numeric_limits<double>::infinity();
}

Law Candidate::law() const noexcept {
  switch (shape) {
    case LawShape::uniform:
      return Law::uniform(-scale, scale);
    case LawShape::truncated_normal:
      return Law::truncated_normal(0, scale, -2 * scale, 2 * scale);
    case LawShape::normal:
    case LawShape::orthogonal:
      break;
  }
  return Law::normal(0, scale);
}

std::vector<Candidate> candidates_of(const StoredTensor& tensor) {
  Candidates out;
  const bool vector = tensor.shape.size() < 2;
  if (!vector || tensor.weight) {
    const Shape& shape = vector ? *tensor.weight : tensor.shape;
    const Fans fans = initscope::fans(shape, tensor.layout);
    if (vector) {
      torch_layers(fans, out);
    } else if (tensor.layout == Layout::torch) {
      torch_defaults(fans, out);
      keras_defaults(fans, out);
      flax_defaults(fans, static_cast<double>(shape.back()), out);
    } else {
      keras_defaults(fans, out);
      flax_defaults(fans, static_cast<double>(shape.back()), out);
      torch_defaults(fans, out);
    }
    if (!vector) {
      xavier(fans, out);
      kaiming(fans.in, true, out);
      kaiming(fans.out, false, out);
      papers(fans, out);
    }
  }
  if (vector && !tensor.shape.empty()) torch_recurrent(static_cast<double>(tensor.shape[0]), out);
  fixed_laws(out);
  std::vector<Candidate> all = out.take();
  std::stable_partition(all.begin(), all.end(),
                        [](const Candidate& one) { return one.is_default; });
  return all;
}

std::vector<double> uniform_bounds(std::span<const Candidate> candidates) {
  std::vector<double> bounds;
  for (const Candidate& one : candidates)
    if (one.shape == LawShape::uniform) bounds.push_back(one.scale);
  return bounds;
}

}  // namespace initscope
