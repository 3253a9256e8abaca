# How our own code is compiled. Link to initscope_options privately.
add_library(initscope_options INTERFACE)
target_compile_features(initscope_options INTERFACE cxx_std_20)
target_compile_options(initscope_options INTERFACE
  # Multiply and add are never fused: bits would differ between machines.
  -ffp-contract=off
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align
  # GCC 12 sees overlaps in its own std::string that are not there (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<BOOL:${INITSCOPE_WERROR}>:-Werror>
  $<$<BOOL:${EMSCRIPTEN}>:-msimd128>)
if(NOT EMSCRIPTEN)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()
if(EMSCRIPTEN)
  # What em++ writes is CommonJS; without this, node would take the project's "module" for it.
  file(WRITE "${PROJECT_BINARY_DIR}/package.json" "{ \"type\": \"commonjs\" }\n")
endif()
# A build that checks, not one that is measured.
set(INITSCOPE_SANITIZED OFF)
if(CMAKE_CXX_FLAGS MATCHES "-fsanitize")
  set(INITSCOPE_SANITIZED ON)
endif()
