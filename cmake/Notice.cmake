# NOTICE.txt: our licence, and the licences of the libraries whose headers are compiled into ours. The
# page's notice begins with it (web/scripts/notice.mjs). Where a text is not found there is no notice, and
# without it neither a package nor a page is made.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/LICENSE")
file(READ "${PROJECT_SOURCE_DIR}/LICENSE" notice)
string(PREPEND notice "initscope ${PROJECT_VERSION}\n\n")
set(unlicensed)

# add_to_notice(NAME HOME FILE...): a section with the first file that is there; else NAME is unlicensed.
function(add_to_notice name home)
  foreach(file IN LISTS ARGN)
    if(EXISTS "${file}" AND NOT IS_DIRECTORY "${file}")
      file(READ "${file}" text)
      string(REPEAT "=" 78 rule)
      set(notice "${notice}\n${rule}\n${name}\n${home}\n${rule}\n\n${text}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  string(TOUPPER "INITSCOPE_${name}_LICENCE" variable)
  message(STATUS "No licence text of ${name}, so no package can be made; -D${variable}=FILE says where it is")
  set(unlicensed ${unlicensed} ${name} PARENT_SCOPE)
endfunction()

# A project that takes us in writes its own notices.
if(PROJECT_IS_TOP_LEVEL)
  add_to_notice(xsimd https://github.com/xtensor-stack/xsimd
    "${INITSCOPE_XSIMD_LICENCE}" "${xsimd_SOURCE_DIR}/LICENSE"
    "${INITSCOPE_DEPS}/xsimd/share/doc/libxsimd-dev/copyright" /usr/share/doc/libxsimd-dev/copyright)
  # The Mozilla licence wants it said where the source is: there.
  add_to_notice(Eigen https://gitlab.com/libeigen/eigen
    "${INITSCOPE_EIGEN_LICENCE}" "${eigen_source_SOURCE_DIR}/COPYING.MPL2" /usr/share/doc/libeigen3-dev/copyright)
  set(INITSCOPE_NOTICE "${PROJECT_BINARY_DIR}/NOTICE.txt")
  if(unlicensed)
    file(REMOVE "${INITSCOPE_NOTICE}")
  else()
    file(WRITE "${INITSCOPE_NOTICE}" "${notice}")
  endif()
endif()
