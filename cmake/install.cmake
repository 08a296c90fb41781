# SPDX-License-Identifier: MIT
# `cmake --install`: the headers, a CMake package and a pkg-config file, all of them free of the machine's architecture.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_DATADIR}/cmake/hookseal)

install(TARGETS hookseal EXPORT hookseal-targets FILE_SET HEADERS)
install(EXPORT hookseal-targets NAMESPACE hookseal:: DESTINATION ${package_dir})

configure_package_config_file(cmake/hookseal-config.cmake.in hookseal-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(hookseal-config-version.cmake COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES
    ${CMAKE_CURRENT_BINARY_DIR}/hookseal-config.cmake
    ${CMAKE_CURRENT_BINARY_DIR}/hookseal-config-version.cmake
    cmake/components.cmake
    DESTINATION ${package_dir})

# The way from share/pkgconfig to the headers: relative, so that the installed tree can be moved.
set(pkgconfig_dir ${CMAKE_INSTALL_DATADIR}/pkgconfig)
file(RELATIVE_PATH pkgconfig_includedir ${CMAKE_INSTALL_FULL_DATADIR}/pkgconfig ${CMAKE_INSTALL_FULL_INCLUDEDIR})
configure_file(cmake/hookseal.pc.in hookseal.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/hookseal.pc DESTINATION ${pkgconfig_dir})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/hookseal)
