// Texts that are made by code and lie in no data. In WebAssembly all data is in the first part of
// the module, which every page loads, and the code of an audit in the second (wasm/CMakeLists.txt).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

namespace initscope {

/// The letters of a literal, as an argument of a template.
template <std::size_t kSize>
struct Letters {
  char of[kSize];
  consteval Letters(const char (&text)[kSize]) {
    for (std::size_t i = 0; i < kSize; ++i) of[i] = text[i];
  }
  /// Eight of them as a number, as the machine stores it; 0 behind the end.
  consteval std::uint64_t word(std::size_t place) const {
    std::uint64_t word = 0;
    for (std::size_t i = 8; i-- > 0;)
      word =
          word << 8 | (8 * place + i < kSize ? static_cast<unsigned char>(of[8 * place + i]) : 0u);
    return word;
  }
};

/// "relu"_text is std::string("relu"). The machine stores numbers with their low byte first.
template <Letters kText>
[[gnu::noinline]] std::string operator""_text() {
  constexpr std::size_t k_words = (sizeof(kText.of) + 7) / 8;
  return []<std::size_t... kPlaces>(std::index_sequence<kPlaces...>) {
    std::uint64_t words[k_words];
    ((words[kPlaces] = std::integral_constant<std::uint64_t, kText.word(kPlaces)>::value), ...);
    std::string text(sizeof(kText.of) - 1, '\0');
    std::memcpy(text.data(), words, text.size());
    return text;
  }
  (std::make_index_sequence<k_words>{});
}

}  // namespace initscope
