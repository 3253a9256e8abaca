// keras.initializers.STFT: kernels that compute a short-time Fourier transform.
#include <algorithm>
#include <numbers>
#include <string_view>

#include "schemes/parts.hpp"

namespace initscope::entries {
namespace {

constexpr const char* k_sides[] = {"real", "imag"};
constexpr const char* k_windows[] = {"hann", "hamming", "none"};
constexpr const char* k_scalings[] = {"density", "spectrum", "none"};
constexpr const char* k_flags[] = {"false", "true"};

/// A symmetric Hann window of two taps is 0 in both. Keras divides that by its sum, and gets NaN.
bool is_nothing(const Spec& p, const Fans& fans) {
  return p.text("window") == "hann" && p.text("periodic") == "false" && fans.receptive_field == 2;
}

constexpr const char* k_nothing = "scheme.window = hann, which is 0 in both taps if not periodic";

/// A window of scipy.signal.get_window over the kernel's taps, divided by Keras's scaling.
std::vector<double> stft_window(const Spec& p, std::size_t taps) {
  const std::string_view name = p.text("window"), scaling = p.text("scaling");
  std::vector<double> window(taps, 1.0);
  if (name == "none") return window;  // and then there is no scaling either
  const double offset = name == "hann" ? 0.5 : 0.54;
  const double period = static_cast<double>(taps) - (p.text("periodic") == "true" ? 0 : 1);
  double sum = 0, squares = 0;
  for (std::size_t t = 0; t < taps; ++t) {
    if (taps > 1)
      window[t] =
          offset - (1 - offset) * std::cos(2 * std::numbers::pi * static_cast<double>(t) / period);
    sum += std::abs(window[t]);
    squares += window[t] * window[t];
  }
  const double scale = scaling == "density" ? std::sqrt(squares) : scaling == "spectrum" ? sum : 1;
  for (double& value : window) value /= scale;
  return window;
}

void draw_stft(const SchemeSpec& spec, const Fans& fans, const Draw&,
               std::span<float> tensor) noexcept {
  const Spec& p = spec.parameters;
  const std::size_t taps = whole(fans.receptive_field), bins = whole(fans.outputs);
  const std::vector<double> window = stft_window(p, taps);
  const double length = 2 * std::max(1.0, fans.outputs - 1);  // of the Fourier transform
  const bool real = p.text("side") == "real";
  for (std::size_t t = 0; t < taps; ++t)
    for (std::size_t f = 0; f < bins; ++f) {
      const double phase =
          -2 * std::numbers::pi * static_cast<double>(t) * static_cast<double>(f) / length;
      const double value = (real ? std::cos(phase) : std::sin(phase)) * window[t];
      for (std::size_t i = 0; i < whole(fans.inputs); ++i)
        tensor[fans.index(f, i, t)] = static_cast<float>(value);
    }
}

}  // namespace

void add_stft(std::vector<Scheme>& all) {
  all.push_back(
      {.id = "stft",
       .family = "keras",
       .uses = {"kernel"},
       .fields = {choice_field("side", "real", k_sides), choice_field("window", "hann", k_windows),
                  choice_field("scaling", "density", k_scalings),
                  choice_field("periodic", "false", k_flags)},
       .formula = R"(w_{tf}=\frac{h_t}{s}\cos\frac{-2\pi tf}{N},\quad N=2(n_\text{out}-1))",
       .substituted = R"(N=@length,\quad t<@taps)",
       .source = "keras.initializers.STFT",
       .code = {"",
                "keras.initializers.STFT(side=@@side, window=@@window, scaling=@@scaling, "
                "periodic=@@periodic)"},
       .law =
           [](const SchemeSpec& spec, const Fans& fans, Facts& facts) {
             facts = {
                 {"length", 2 * std::max(1.0, fans.outputs - 1)},
                 {"taps", fans.receptive_field},
             };
             const auto window = stft_window(spec.parameters, whole(fans.receptive_field));
             const double most =
                 window.empty() ? 1 : *std::max_element(window.begin(), window.end());
             return Law::unknown(most > 0 ? 1.1 * most : 1);
           },
       .least_rank = 3,
       .most_rank = 3,
       .fits =
           [](const SchemeSpec& spec, const Fans& fans, const char* field, SpecReader& reader) {
             if (is_nothing(spec.parameters, fans) && spec.parameters.text("scaling") != "none")
               reader.note(field, Reason::not_with, k_nothing);
           },
       .warn =
           [](const SchemeSpec& spec, SpecReader& reader) {
             if (is_nothing(spec.parameters, spec.fans))
               reader.note("shape", Reason::all_zero, k_nothing);
           },
       .draw = draw_stft,
       .scratch = [](const SchemeSpec&,
                     const Fans& fans) { return sizeof(double) * fans.receptive_field; },
       .exact = false});
}

}  // namespace initscope::entries
