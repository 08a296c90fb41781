# SPDX-License-Identifier: MIT
# hookseal::sqlite, hookseal::postgres, hookseal::redis: hookseal with the library of a database, for the headers of that
# name. One is there where its library is; find_package(hookseal COMPONENTS sqlite) demands it.
set(HOOKSEAL_COMPONENTS sqlite postgres redis)

function(hookseal_component name)
    if(TARGET ${ARGV1} AND NOT TARGET hookseal::${name})
        add_library(hookseal::${name} INTERFACE IMPORTED GLOBAL)
        target_link_libraries(hookseal::${name} INTERFACE hookseal::hookseal ${ARGV1})
    endif()
endfunction()

find_package(SQLite3 3.35 QUIET)
hookseal_component(sqlite SQLite::SQLite3)

find_package(PostgreSQL QUIET)
hookseal_component(postgres PostgreSQL::PostgreSQL)

find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
    pkg_check_modules(hiredis QUIET IMPORTED_TARGET GLOBAL hiredis)
endif()
hookseal_component(redis PkgConfig::hiredis)
