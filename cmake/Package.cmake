# The library as a package of Debian's and as an archive: cpack in the build directory. With
# SOURCE_DATE_EPOCH in the environment the same sources give the same bytes.
install(FILES "${INITSCOPE_NOTICE}" DESTINATION share/doc/libinitscope-dev RENAME copyright OPTIONAL)
install(FILES "${PROJECT_SOURCE_DIR}/README.md" "${PROJECT_SOURCE_DIR}/docs/keys.md"
        DESTINATION share/doc/libinitscope-dev)

set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_NAME initscope)
set(CPACK_PACKAGE_VENDOR "the initscope authors")
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_PRE_BUILD_SCRIPTS "${PROJECT_SOURCE_DIR}/cmake/BeforePackage.cmake")
set(CPACK_POST_BUILD_SCRIPTS "${PROJECT_SOURCE_DIR}/cmake/AfterPackage.cmake")
set(CPACK_PACKAGE_FILE_NAME "initscope-${PROJECT_VERSION}-${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR}")
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_DEBIAN_PACKAGE_NAME libinitscope-dev)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "the initscope authors")
set(CPACK_DEBIAN_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libc6-dev, libstdc++-12-dev | libstdc++-dev")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "cmake, g++")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Draws the initial weights of neural networks as PyTorch, Keras and JAX do, propagates signals and
gradients through networks of them, and computes what mean-field theory says. Headers, a static
library and CMake's package files.")
include(CPack)
