# SPDX-License-Identifier: MIT
# cpp-httplib, asked of pkg-config: a packaged library is compiled with options that its header has to be read with too.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(httplib REQUIRED IMPORTED_TARGET GLOBAL cpp-httplib)
target_link_libraries(PkgConfig::httplib INTERFACE Threads::Threads)
