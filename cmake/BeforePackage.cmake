# Run by cpack before it packs: the licences are there, and all files are as old as the source, not as the build.
file(GLOB_RECURSE licences "${CPACK_TEMPORARY_DIRECTORY}/copyright")
if(NOT licences)
  message(FATAL_ERROR "No licences in the package: see what CMake said of them when it configured")
endif()
if(DEFINED ENV{SOURCE_DATE_EPOCH})
  execute_process(COMMAND find "${CPACK_TEMPORARY_DIRECTORY}" -exec touch --no-dereference
    "--date=@$ENV{SOURCE_DATE_EPOCH}" {} + COMMAND_ERROR_IS_FATAL ANY)
endif()
