// Reads lines "CASE SET" from the standard input and answers each with the nanoseconds that one run
// took, the mean of as many runs as fill 20 ms; bench/native.mjs takes medians, in turn with the
// peers. `--list` prints the instruction sets of this machine.
#include <chrono>
#include <iostream>

#include "cases.hpp"
#include "initscope/simd.hpp"

namespace {

double measure(const bench::Run& run) {
  using Clock = std::chrono::steady_clock;
  constexpr double k_enough = 2e7;
  const auto start = Clock::now();
  double elapsed = 0;
  int runs = 0;
  do {
    run();
    ++runs;
    elapsed = std::chrono::duration<double, std::nano>(Clock::now() - start).count();
  } while (elapsed < k_enough);
  return elapsed / runs;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string(argv[1]) == "--list") {
    for (const auto set : initscope::instruction_sets()) std::cout << set << '\n';
    return 0;
  }
  for (std::string name, set; std::cin >> name >> set;) {
    const bench::Run* run = bench::find_case(name);
    if (run == nullptr || !initscope::use_instruction_set(set)) {
      std::cerr << "no case '" << name << "' or no instruction set '" << set << "'\n";
      return 2;
    }
    std::cout << measure(*run) << std::endl;
  }
}
