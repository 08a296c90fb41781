#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs what hookseal's own programs need and what is not there yet: tools/setup.sh [demo|test|bench], test by default.
# Debian 12 and later (and what descends from it) are set up; elsewhere the needed things are named.
set -euo pipefail

build="build-essential cmake ninja-build pkgconf libssl-dev"
tools="libcpp-httplib-dev libcli11-dev nlohmann-json3-dev"
case "${1:-test}" in
demo)
    packages="$build $tools curl openssl ca-certificates procps"
    in_words="a C++20 compiler, CMake 3.23, Ninja, pkg-config, OpenSSL 3, cpp-httplib, CLI11, nlohmann-json; curl" ;;
test)
    packages="$build $tools catch2 libbenchmark-dev libtbb-dev clang libclang-rt-dev clang-format libc++-dev libc++abi-dev libsqlite3-dev libpq-dev libhiredis-dev postgresql redis-server valgrind python3 curl openssl ca-certificates procps"
    in_words="g++ and clang++ with C++20 and libFuzzer, libc++, clang-format 14, SQLite 3, libpq and PostgreSQL 13, hiredis and Redis 7, valgrind, CMake 3.23, Ninja, pkg-config, Python 3.9, OpenSSL 3, Catch2,
    Google Benchmark, oneTBB, cpp-httplib, CLI11, nlohmann-json; curl" ;;
bench)
    packages="$build libcpp-httplib-dev libbenchmark-dev libtbb-dev libsqlite3-dev libpq-dev libhiredis-dev postgresql redis-server python3 python3-matplotlib"
    in_words="a C++20 compiler, CMake 3.23, Ninja, pkg-config, Python 3.9 with Matplotlib, OpenSSL 3, Google Benchmark, oneTBB, cpp-httplib;
    SQLite 3, libpq and PostgreSQL 13, hiredis and Redis 7" ;;
*)
    echo "usage: tools/setup.sh [demo|test|bench]" >&2
    exit 2 ;;
esac

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    echo "tools/setup.sh installs packages on Debian only. This is needed here, please see to it yourself:" >&2
    echo "    $in_words" >&2
    echo "Going on with what there is." >&2
    exit 0
fi

missing=()
for package in $packages; do
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Please have an administrator install: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi

echo "Installing: ${missing[*]}"
apt_get() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@"
}
install() { apt_get install --no-install-recommends "${missing[@]}" >"$log" 2>&1; }

# Debian starts a database when it is installed, unless told otherwise as follows. The tests start their own.
log=$(mktemp)
policy=/usr/sbin/policy-rc.d
if [ -e $policy ] || [[ " ${missing[*]} " != *" postgresql "* && " ${missing[*]} " != *" redis-server "* ]]; then
    trap 'rm -f "$log"' EXIT
else
    trap 'rm -f "$log"; "${as_root[@]}" rm -f $policy' EXIT
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee $policy >/dev/null
    "${as_root[@]}" chmod 755 $policy
fi

# An old list of packages names versions that are no longer there: then, and only then, a new one is fetched.
if ! install && ! { apt_get update >"$log" 2>&1 && install; }; then
    cat "$log" >&2
    echo "This did not work; please have an administrator install: apt-get install ${missing[*]}" >&2
    exit 1
fi
