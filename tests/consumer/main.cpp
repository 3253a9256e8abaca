// Draws a few weights and prints them exactly: what an application does with the core.
#include <cstdio>
#include <exception>
#include <initscope/checked.hpp>

int main() {
  using initscope::Spec;
  const auto weights =
      initscope::checked::initialize(Spec{{"scheme", "kaiming_normal"}, {"shape", {2, 3}}});
  for (const float weight : weights) std::printf("%a\n", static_cast<double>(weight));
  try {
    initscope::checked::initialize(Spec{{"scheme", "normal"}, {"scheme.std", -1}});
  } catch (const std::exception& error) {
    std::puts(error.what());
  }
  return 0;
}
