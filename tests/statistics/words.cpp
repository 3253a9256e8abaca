// Writes a stream's raw words to the standard output without end, for dieharder and its kind.
// Usage: initscope_words [SEED] | dieharder -a -g 200
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "initscope/sampling.hpp"

int main(int argc, char** argv) {
  const std::uint64_t seed = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 0;
  const initscope::Stream stream(seed, {});
  std::vector<std::uint32_t> words(std::size_t{1} << 16);
  for (std::uint64_t first = 0;; first += words.size()) {
    initscope::fill_words(stream, words, first);
    if (std::fwrite(words.data(), sizeof words[0], words.size(), stdout) < words.size()) return 0;
  }
}
