# SPDX-License-Identifier: MIT
# What this repository's own programs (tests, benchmarks, tools, snippets) are built with. Users' builds see none of it.

get_property(is_multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
if(PROJECT_IS_TOP_LEVEL AND NOT is_multi_config AND NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Debug, Release, RelWithDebInfo" FORCE)
endif()
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)

set(HOOKSEAL_WARNINGS -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast)

# hookseal as its own programs see it: with every warning, and with the headers in plain sight (never as system headers).
add_library(hookseal_program INTERFACE)
target_link_libraries(hookseal_program INTERFACE hookseal::hookseal)
if(NOT MSVC)
    target_compile_options(hookseal_program INTERFACE ${HOOKSEAL_WARNINGS} $<$<BOOL:${HOOKSEAL_WERROR}>:-Werror>)
endif()
