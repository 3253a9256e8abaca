// The cases as a WebAssembly module of their own, for the benchmark alone.
#include <emscripten/bind.h>

#include "cases.hpp"

namespace {

/// Runs a case so many times; false where there is none of this name.
bool run(const std::string& name, int times) {
  const bench::Run* found = bench::find_case(name);
  for (int i = 0; found != nullptr && i < times; ++i) (*found)();
  return found != nullptr;
}

}  // namespace

EMSCRIPTEN_BINDINGS(initscope_bench) { emscripten::function("run", &run); }
