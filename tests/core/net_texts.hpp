// Texts of nets that nobody would write: by the grammar, with what is too large and too deep among
// them, and of its characters in any order.
#pragma once

#include <random>
#include <string>

namespace initscope::test {

inline std::size_t below(std::mt19937& engine, std::size_t n) { return engine() % n; }

template <std::size_t kSize>
std::string one_of(std::mt19937& engine, const char* const (&texts)[kSize]) {
  return texts[below(engine, kSize)];
}

inline std::string net_by_grammar(std::mt19937& engine, int depth = 0) {
  static constexpr const char* k_blocks[] = {"dense",
                                             "dense",
                                             "phi",
                                             "phi",
                                             "ln",
                                             "rms",
                                             "bn",
                                             "gn;groups:2",
                                             "scale;value:0",
                                             "scale;value:-1e3",
                                             "dropout",
                                             "dense;out:2x",
                                             "dense;out:width",
                                             "dense;out:3",
                                             "dense;weight:normal[std:0.02];bias:ones",
                                             "dense;weight:library",
                                             "dense;weight:orthogonal",
                                             "phi;activation:sin;omega_0:30",
                                             "phi;activation:none",
                                             "ln;eps:0",
                                             "dense;out:1e9",
                                             "conv"};
  static constexpr const char* k_counts[] = {"2", "depth", "3", "2000", "0", "999999999999"};
  static constexpr const char* k_scales[] = {"", "", ";scale:1/sqrt(depth)", ";scale:0",
                                             ";scale:nan"};
  std::string text;
  for (std::size_t left = 1 + below(engine, 3); left > 0; --left) {
    if (!text.empty()) text += ',';
    const std::size_t kind = depth < 10 ? below(engine, 8) : 7;
    if (kind == 0)
      text += one_of(engine, k_counts) + "*(" + net_by_grammar(engine, depth + 1) + ')';
    else if (kind == 1)
      text += "res" + one_of(engine, k_scales) + '(' + net_by_grammar(engine, depth + 1) +
              (below(engine, 4) == 0 ? '|' + net_by_grammar(engine, depth + 1) : "") + ')';
    else
      text += one_of(engine, k_blocks);
  }
  return text;
}

inline std::string net_of_noise(std::mt19937& engine) {
  static constexpr const char* k_parts[] = {
      "(",  ")",       ",",     ";",           ":",     "|",       "[",           "]",
      "*",  "3",       "depth", "res",         "dense", "phi",     "ln",          "out",
      "4x", "1/sqrt(", " ",     "weight",      "scale", "nan",     "1e999",       "-0",
      "\n", "\xff",    "x",     "99999999999", "**",    "std:0.1", "\xe6\x9d\x83"};
  std::string text;
  for (std::size_t left = below(engine, 30); left > 0; --left) text += one_of(engine, k_parts);
  return text;
}

}  // namespace initscope::test
