// Which kernels run, and that a request after the first allocates nothing.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <cstdlib>
#include <new>

#include "initscope/checked.hpp"
#include "instruction_sets.hpp"
#include "targets.hpp"

using namespace initscope;

namespace {

std::size_t allocations = 0;

std::vector<std::string> built_sets() {
#define INITSCOPE_NAME(set) #set,
  return {INITSCOPE_TARGETS(INITSCOPE_NAME)};
#undef INITSCOPE_NAME
}

void* counted(std::size_t size, std::size_t alignment) {
  ++allocations;
  void* memory = alignment > alignof(std::max_align_t)
                     ? std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment)
                     : std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

// All of the program's allocations go through here.
void* operator new(std::size_t size) { return counted(size, 1); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<std::size_t>(alignment));
}
// By which the standard library asks for room to sort in: a sanitizer has one of its own else.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  try {
    return counted(size, 1);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

TEST_CASE("Every instruction set of this build runs here, or is skipped by name") {
  const auto name = GENERATE(from_range(built_sets()));
  const auto here = instruction_sets();
  if (std::find(here.begin(), here.end(), name) == here.end()) SKIP("this machine has no " << name);
  const std::string before(instruction_set());
  CHECK(use_instruction_set(name));
  CHECK(instruction_set() == name);
  CHECK(use_instruction_set(before));
}

TEST_CASE("An unknown instruction set is refused, and nothing changes") {
  const std::string before(instruction_set());
  CHECK_FALSE(use_instruction_set("mmx"));
  CHECK_FALSE(use_instruction_set(""));
  CHECK(instruction_set() == before);
}

TEST_CASE("The last of the list is in use, unless INITSCOPE_SIMD says otherwise") {
  const char* wanted = std::getenv("INITSCOPE_SIMD");
  CHECK(instruction_set() == (wanted != nullptr ? wanted : instruction_sets().back()));
}

TEST_CASE("Propagations after the first allocate nothing") {
  const auto read_spec = [](double depth, double width, double batch) {
    return checked::parse<NetworkSpec>({{"depth", depth},
                                        {"width", width},
                                        {"batch", batch},
                                        {"activation", std::string("tanh")},
                                        {"bias", std::string("normal")}});
  };
  const auto large = read_spec(12, 80, 100);
  const auto small = read_spec(5, 33, 7);
  PropagationJob job(large);
  const auto run = [&job] {
    while (job.advance()) {
    }
  };
  run();
  const double first = job.result().back().activation.variance();
  job.restart(small);
  run();
  const std::size_t before = allocations;
  for (int i = 0; i < 3; ++i) {
    job.restart(large);
    run();
  }
  const std::size_t after = allocations;
  CHECK(after == before);
  // The memory of the request before leaves no trace.
  CHECK(job.result().back().activation.variance() == first);
  job.restart(small);
  run();
  PropagationJob fresh(small);
  while (fresh.advance()) {
  }
  CHECK(job.result().size() == fresh.result().size());
  CHECK(job.result().back().gradient.variance() == fresh.result().back().gradient.variance());
  // Negative control: the counter counts.
  const std::size_t counted_before = allocations;
  const std::vector<float> memory(1000);
  CHECK(memory.size() == 1000);
  CHECK(allocations > counted_before);
}
