# Finds Emscripten's own toolchain file beside the em++ on the path, and runs what it builds
# with node. Node 20's fetch misleads Emscripten 3.1.6, hence --no-experimental-fetch.
find_program(INITSCOPE_EMXX em++ REQUIRED)
file(REAL_PATH "${INITSCOPE_EMXX}" emxx_path)
cmake_path(GET emxx_path PARENT_PATH emscripten_root)
include("${emscripten_root}/cmake/Modules/Platform/Emscripten.cmake")
find_program(INITSCOPE_NODE node REQUIRED)
set(CMAKE_CROSSCOMPILING_EMULATOR "${INITSCOPE_NODE};--no-experimental-fetch" CACHE STRING "" FORCE)
# Debian keeps acorn, which em++ needs at link time, where another vendor's node does not look.
if(EXISTS /usr/share/nodejs/acorn)
  set(CMAKE_CXX_LINKER_LAUNCHER "${CMAKE_COMMAND};-E;env;NODE_PATH=/usr/share/nodejs")
endif()
