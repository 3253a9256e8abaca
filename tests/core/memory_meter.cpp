#include "memory_meter.hpp"

#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>

// The linker gives calls of malloc and its like to these (--wrap).
extern "C" {
void* __real_malloc(std::size_t size);
void* __real_calloc(std::size_t count, std::size_t size);
void* __real_realloc(void* memory, std::size_t size);
void __real_free(void* memory);
}

namespace {

// What the C library allocated for itself may be freed here, and is then missing.
std::atomic<std::ptrdiff_t> in_use = 0, most = 0;

void* counted(void* memory) noexcept {
  if (memory == nullptr) return memory;
  const std::ptrdiff_t now = in_use += static_cast<std::ptrdiff_t>(malloc_usable_size(memory));
  most = std::max<std::ptrdiff_t>(most, now);
  return memory;
}

void* must_have(void* memory) noexcept {
  if (memory == nullptr) std::abort();
  return counted(memory);
}

void taken_back(void* memory) noexcept {
  if (memory != nullptr) in_use -= static_cast<std::ptrdiff_t>(malloc_usable_size(memory));
}

void give_back(void* memory) noexcept {
  taken_back(memory);
  __real_free(memory);
}

}  // namespace

extern "C" {
void* __wrap_malloc(std::size_t size) { return counted(__real_malloc(size)); }
// Compilers make it of malloc and memset.
void* __wrap_calloc(std::size_t count, std::size_t size) {
  return counted(__real_calloc(count, size));
}
void* __wrap_realloc(void* memory, std::size_t size) {
  taken_back(memory);
  return counted(__real_realloc(memory, size));
}
void __wrap_free(void* memory) { give_back(memory); }
}

void* operator new(std::size_t size) { return must_have(__real_malloc(size)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  const auto unit = static_cast<std::size_t>(alignment);
  return must_have(std::aligned_alloc(unit, (size + unit - 1) / unit * unit));
}
void operator delete(void* memory) noexcept { give_back(memory); }
void operator delete(void* memory, std::size_t) noexcept { give_back(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { give_back(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { give_back(memory); }

namespace initscope::test {

std::size_t bytes_in_use() noexcept {
  return static_cast<std::size_t>(std::max<std::ptrdiff_t>(in_use, 0));
}
void begin_peak() noexcept { most = in_use.load(); }
std::size_t peak() noexcept { return static_cast<std::size_t>(std::max<std::ptrdiff_t>(most, 0)); }

}  // namespace initscope::test
