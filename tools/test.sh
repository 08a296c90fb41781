#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Sets up, builds and runs all tests: tools/test.sh [PRESET [ARGUMENT OF CTEST...]], a preset of CMakePresets.json;
# `tools/test.sh asan -LE build` runs the tests of the code under sanitizers, without the checks of the source tree.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
preset=${1:-test}
shift $(($# > 0))
processors=$(getconf _NPROCESSORS_ONLN)

tools/setup.sh test
cmake --preset "$preset"
cmake --build "build/$preset" --parallel "$processors"
ctest --test-dir "build/$preset" --parallel "$processors" --output-on-failure --no-tests=error --no-label-summary "$@"
