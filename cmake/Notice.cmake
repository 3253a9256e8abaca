# NOTICE.txt: our licence, and the licences of the libraries whose headers are compiled into ours. The
# page's notice begins with it (web/scripts/notice.mjs).
set(INITSCOPE_NOTICE "${PROJECT_BINARY_DIR}/NOTICE.txt")
file(READ "${PROJECT_SOURCE_DIR}/LICENSE" notice)
string(PREPEND notice "initscope ${PROJECT_VERSION}\n\n")

# add_to_notice(NAME HOME FILE...): a section with the first file that is there.
function(add_to_notice name home)
  foreach(file IN LISTS ARGN)
    if(EXISTS "${file}")
      file(READ "${file}" text)
      string(REPEAT "=" 78 rule)
      string(APPEND notice "\n${rule}\n${name}\n${home}\n${rule}\n\n${text}")
      set(notice "${notice}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  list(JOIN ARGN ", " places)
  string(TOUPPER "INITSCOPE_${name}_LICENCE" variable)
  message(FATAL_ERROR "No licence text of ${name}, without which nothing that holds it may be given on. "
    "Looked for: ${places}. -D${variable}=FILE says where it is")
endfunction()

# A project that takes us in writes its own notices.
if(PROJECT_IS_TOP_LEVEL)
  add_to_notice(xsimd https://github.com/xtensor-stack/xsimd
    "${INITSCOPE_XSIMD_LICENCE}" "${xsimd_SOURCE_DIR}/LICENSE"
    "${INITSCOPE_DEPS}/xsimd/share/doc/libxsimd-dev/copyright" /usr/share/doc/libxsimd-dev/copyright)
  # The Mozilla licence wants it said where the source is: there.
  add_to_notice(Eigen https://gitlab.com/libeigen/eigen
    "${INITSCOPE_EIGEN_LICENCE}" "${eigen_source_SOURCE_DIR}/COPYING.MPL2" /usr/share/doc/libeigen3-dev/copyright)
  file(WRITE "${INITSCOPE_NOTICE}" "${notice}")
endif()
