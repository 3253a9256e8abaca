# Run by cpack before it packs: nothing is packed without its licences.
file(GLOB_RECURSE licences "${CPACK_TEMPORARY_DIRECTORY}/copyright")
if(NOT licences)
  message(FATAL_ERROR "No licences in the package: see what CMake said of them when it configured")
endif()
