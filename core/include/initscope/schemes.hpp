// The catalogue of initialization schemes: for each its parameters, law, formula and source.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "initscope/activation.hpp"
#include "initscope/draw.hpp"
#include "initscope/expression.hpp"
#include "initscope/law.hpp"
#include "initscope/shape.hpp"
#include "initscope/spec.hpp"

namespace initscope {

/// A scheme with its parameters, none missing, and the fans of the weight it belongs to.
struct SchemeSpec;

/// Numbers that a scheme's formula names: "fan_in", "gain", "std", ... A list that lives in place,
/// for laws are made anew for each layer of each request.
class Facts {
 public:
  using Fact = std::pair<const char*, double>;

  Facts() = default;
  Facts(std::initializer_list<Fact> facts) noexcept {
    for (const Fact& fact : facts) add(fact.first, fact.second);
  }
  /// Adds a number, of which there may be six; the name is not copied.
  void add(const char* name, double value) noexcept { facts_[size_++] = {name, value}; }
  auto begin() const noexcept { return facts_.begin(); }
  auto end() const noexcept { return facts_.begin() + static_cast<std::ptrdiff_t>(size_); }

 private:
  std::array<Fact, 6> facts_{};
  std::size_t size_ = 0;
};

/// Python that gives a scheme's initialization in other libraries; empty where they have nothing
/// that does. `@name` stands for a parameter or a fact, `@@name` for a parameter as Python writes
/// it; a line that begins with `[name=value]` stands there for that choice alone.
struct Code {
  const char* torch = "";  ///< statements that fill the tensor `w`
  const char* keras = "";  ///< an initializer
  const char* jax = "";    ///< an initializer
};

/// One scheme. Ids and parameter names are torch.nn.init's, without the trailing underscore, where
/// it has the scheme; Keras's and JAX's otherwise, and the papers' where those have none either.
struct Scheme {
  const char* id;
  const char* family;  ///< "constant", "random", "xavier", "kaiming", ...
  /// "weight", "bias", "kernel" (of a convolution), "network" (with data to measure).
  std::vector<const char*> uses{"weight"};
  std::vector<Field> fields{};  ///< its parameters
  const char* formula;          ///< TeX
  const char* substituted;      ///< TeX with @name for each fact
  const char* source;           ///< paper and equation, or library and function
  /// Activations that its derivation is for; none where it is for any or where a parameter (a gain,
  /// a nonlinearity, a scale) says which.
  std::vector<const char*> assumes{};
  Code code{};
  /// The law of one element, and the facts that its formula names.
  Law (*law)(const SchemeSpec&, const Fans&, Facts&);
  /// Notes what is wrong between parameters; null where nothing can be.
  void (*check)(const Spec& values, const std::string& prefix, SpecReader&) = nullptr;
  /// Extents that its tensors have.
  int least_rank = 2, most_rank = 8;
  /// Notes under the name `field` what is wrong with a tensor of a good rank; null where nothing
  /// can be.
  void (*fits)(const SchemeSpec&, const Fans&, const char* field, SpecReader&) = nullptr;
  /// Notes what a tensor that fits may still surprise by; null where nothing can.
  void (*warn)(const SchemeSpec&, SpecReader&) = nullptr;
  /// Writes a tensor as a whole, where elements depend on one another; null where each follows the
  /// law alone. `tensor` holds exactly the fans' elements, more than 0, row-major, any alignment.
  void (*draw)(const SchemeSpec&, const Fans&, const Draw&,
               std::span<float> tensor) noexcept = nullptr;
  /// Bytes that `draw` takes at most beside the tensor; null where that is none.
  double (*scratch)(const SchemeSpec&, const Fans&) = nullptr;
  /// Whether every machine draws the same bits; otherwise they agree within 2e-6 of the gain.
  bool exact = true;
  /// Whether, for a scheme with `draw`, sums over its weights become Gaussian in wide layers as
  /// those of independent weights do, so that mean-field theory holds.
  bool gaussian_sums = false;
  /// Whether weights are divided by the std of the pre-activations that they give, layer by layer,
  /// until that is within `k_measured_tolerance` of 1: it takes a network and data.
  bool measured = false;
};
inline constexpr double k_measured_tolerance = 0.1;
inline constexpr int k_most_measurements = 10;

struct SchemeSpec {
  const Scheme* scheme = nullptr;
  Spec parameters;
  Fans fans;

  Law law() const { return law(fans); }
  Law law(const Fans& of) const {
    Facts facts;
    return law(of, facts);
  }
  /// The law, with what the scheme's formula names. A tensor without elements has none of it, and
  /// an atom at 0 for a law.
  Law law(const Fans& of, Facts& facts) const {
    return of.elements() > 0 ? scheme->law(*this, of, facts) : Law::atom(0);
  }

  /// Writes values [first, first + out.size()) of the tensors of these fans, one after the other.
  /// `out` may have any length and alignment; tensors without elements take an empty one alone.
  /// Where elements depend on one another, a part of a tensor costs, and allocates, the whole one.
  void fill(const Fans& of, const Stream& stream, std::span<float> out,
            std::uint64_t first = 0) const noexcept;

  /// Writes the generator's next tensor. `tensor` holds exactly the fans' elements, any alignment.
  void fill(const Fans& of, TorchGenerator& generator, std::span<float> tensor) const noexcept {
    fill(of, generator, tensor, {0, tensor.size()});
  }
  /// Writes a part of it, as many elements as `out` holds.
  void fill(const Fans& of, TorchGenerator& generator, std::span<float> out,
            PartOfTensor part) const noexcept;

  /// Bytes that either takes at most beside `out`, which holds a part of one tensor or all of it.
  double scratch(const Fans& of, Generator generator, bool part) const noexcept;

  /// The stream its values come from: a scheme for biases alone draws from the biases' stream.
  Purpose purpose() const {
    return std::string_view(scheme->uses.front()) == "bias" ? Purpose::bias : Purpose::weight;
  }
};

/// Every scheme, grouped by family.
const std::vector<Scheme>& schemes();

/// The scheme with this id, or null.
const Scheme* find_scheme(std::string_view id);

/// torch.nn.init.calculate_gain for the names in `gain_names()`, and nothing for others, for which
/// torch raises an error; `a` is leaky_relu's slope.
std::optional<double> calculate_gain(std::string_view nonlinearity, double a) noexcept;
std::span<const char* const> gain_names() noexcept;

/// Reads a field that names a scheme, and its parameters, which are called "<field>.<parameter>".
/// The fans are left for the caller.
SchemeSpec read_scheme(SpecReader& reader, const Field& field);

/// Most work of a scheme that factors a matrix: smaller side squared times larger side. 2048 x 2048
/// is 0.4 s natively and a few seconds in a browser.
inline constexpr double k_most_factoring = 8589934592;

/// Most words that a torch generator is asked for in one tensor: a few seconds. Rejection, far out
/// in a normal law's tail, would take any time.
inline constexpr double k_most_torch_words = 134217728;

/// Most bytes that a request may hold at once. The WebAssembly module has 256 MB in all
/// (wasm/CMakeLists.txt), of which 32 MB may be what the last propagation left, and the rest is for
/// its stack, tables and what lies between blocks.
inline constexpr double k_most_memory = 201326592;

/// Notes a field that asks for more than that.
void check_memory(double bytes, const char* field, SpecReader& reader);

/// Notes, under the name `field`, a tensor that the scheme does not have or that would take too
/// long.
void check_tensor(const SchemeSpec& spec, const Fans& fans, Generator generator, const char* field,
                  SpecReader& reader);

/// "negative_slope", "omega_0" and "expression", in every request that names an activation.
const Field& negative_slope_field() noexcept;
const Field& omega_0_field() noexcept;
const Field& expression_field() noexcept;
/// Reads these and the field that names the activation; of a typed one, `expression` owns what the
/// result refers to.
ActivationSpec read_activation(SpecReader& reader, const Field& name, Expression& expression);

/// "generator", in every request that draws weights.
const Field& generator_field() noexcept;
Generator read_generator(SpecReader& reader);
/// Notes a field of which only our own generator's streams have more than 0: "layer", "replicate".
void check_stream_part(Generator generator, double value, const char* field, SpecReader& reader);

}  // namespace initscope
