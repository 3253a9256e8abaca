# What the core and its tests are built on: an installed package first, then what
# scripts/bootstrap put into .deps/, then the upstream release. The sums of the releases are those of
# Debian 13's signed source packages (xsimd 13.2.0-1, eigen3 3.4.0-5, catch2 3.7.1-0.5), which are the
# same archives; conan-center-index has the same for xsimd and Eigen.
include(FetchContent)

set(INITSCOPE_DEPS "${PROJECT_SOURCE_DIR}/.deps" CACHE PATH "Where scripts/bootstrap puts packages")

# xsimd 11.2 is the first with a WebAssembly backend. Header only, used by the core's sources
# alone: an installed initscope does not need it.
if(NOT EMSCRIPTEN)
  find_package(xsimd 13 QUIET)
endif()
if(NOT TARGET xsimd AND EXISTS "${INITSCOPE_DEPS}/xsimd/include/xsimd/xsimd.hpp")
  add_library(xsimd INTERFACE IMPORTED)
  target_include_directories(xsimd INTERFACE "${INITSCOPE_DEPS}/xsimd/include")
endif()
if(NOT TARGET xsimd)
  FetchContent_Declare(xsimd SYSTEM
    URL https://github.com/xtensor-stack/xsimd/archive/refs/tags/13.2.0.tar.gz
    URL_HASH SHA256=edd8cd3d548c185adc70321c53c36df41abe64c1fe2c67bc6d93c3ecda82447a)
  FetchContent_MakeAvailable(xsimd)
endif()

# Eigen, header only and used by one source, for QR decompositions.
if(NOT EMSCRIPTEN)
  find_package(Eigen3 3.4 QUIET NO_MODULE)
endif()
add_library(eigen INTERFACE)
if(TARGET Eigen3::Eigen)
  target_link_libraries(eigen INTERFACE Eigen3::Eigen)
else()
  set(eigen_include "${INITSCOPE_DEPS}/eigen/include")
  if(NOT EXISTS "${eigen_include}/Eigen/QR")
    FetchContent_Declare(eigen_source
      URL https://gitlab.com/libeigen/eigen/-/archive/3.4.0/eigen-3.4.0.tar.bz2
      URL_HASH SHA256=b4c198460eba6f28d34894e3a5710998818515104d6e74e5cc331ce31e46e626
      SOURCE_SUBDIR none)  # its headers alone, not its build
    FetchContent_MakeAvailable(eigen_source)
    set(eigen_include "${eigen_source_SOURCE_DIR}")
  endif()
  target_include_directories(eigen SYSTEM INTERFACE "${eigen_include}")
endif()

if(INITSCOPE_TESTS)
  if(EMSCRIPTEN)
    set(catch2_prefix "${INITSCOPE_DEPS}/catch2-wasm")
  elseif(CMAKE_CROSSCOMPILING)
    set(catch2_prefix "${INITSCOPE_DEPS}/catch2-${CMAKE_SYSTEM_PROCESSOR}")
  else()
    set(catch2_prefix "${INITSCOPE_DEPS}/catch2-native")
  endif()
  find_package(Catch2 3 QUIET HINTS "${catch2_prefix}" NO_CMAKE_FIND_ROOT_PATH)
  if(NOT Catch2_FOUND)
    FetchContent_Declare(Catch2 SYSTEM
      URL https://github.com/catchorg/Catch2/archive/refs/tags/v3.7.1.tar.gz
      URL_HASH SHA256=c991b247a1a0d7bb9c39aa35faf0fe9e19764213f28ffba3109388e62ee0269c)
    FetchContent_MakeAvailable(Catch2)
    list(APPEND CMAKE_MODULE_PATH "${catch2_SOURCE_DIR}/extras")
  endif()
endif()
