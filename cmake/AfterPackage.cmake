# Run by cpack after it has packed. CPack writes files in the order that they have on the disk, and counts
# folders into the size by what the disk takes for them; both differ from one file system to another. So
# everything is packed again, in the order of names.
set(ENV{LC_ALL} C)
if(DEFINED ENV{SOURCE_DATE_EPOCH})
  set(times "--mtime=@$ENV{SOURCE_DATE_EPOCH}")
endif()
foreach(package IN LISTS CPACK_PACKAGE_FILES)
  set(folder "${CPACK_TEMPORARY_DIRECTORY}.again")
  file(REMOVE_RECURSE "${folder}")
  if(package MATCHES "\\.deb$")
    execute_process(COMMAND dpkg-deb --raw-extract "${package}" "${folder}" COMMAND_ERROR_IS_FATAL ANY)
    set(sums "${folder}/DEBIAN/md5sums")
    execute_process(COMMAND sort --key=2 --output=${sums} ${sums} COMMAND_ERROR_IS_FATAL ANY)
    file(GLOB_RECURSE files "${folder}/usr/*")
    set(bytes 0)
    foreach(file IN LISTS files)
      file(SIZE "${file}" size)
      math(EXPR bytes "${bytes} + ${size}")
    endforeach()
    math(EXPR kib "(${bytes} + 1023) / 1024")
    file(READ "${folder}/DEBIAN/control" control)
    string(REGEX REPLACE "Installed-Size: [0-9]+" "Installed-Size: ${kib}" control "${control}")
    file(WRITE "${folder}/DEBIAN/control" "${control}")
    execute_process(COMMAND dpkg-deb --root-owner-group -Zgzip -z9 --build "${folder}" "${package}"
      OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
  else()
    file(MAKE_DIRECTORY "${folder}")
    execute_process(COMMAND tar --extract --same-permissions --gzip --file=${package} --directory=${folder}
      COMMAND_ERROR_IS_FATAL ANY)
    execute_process(COMMAND tar --create --sort=name --owner=0 --group=0 --numeric-owner ${times}
      "--use-compress-program=gzip --best --no-name" --file=${package} --directory=${folder} "${CPACK_PACKAGE_FILE_NAME}"
      COMMAND_ERROR_IS_FATAL ANY)
  endif()
  file(REMOVE_RECURSE "${folder}")
endforeach()
