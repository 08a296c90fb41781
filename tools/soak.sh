#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Has two threads use stores in memory for long: tools/soak.sh [CALLS], 10^9 by default, which is some minutes of two
# processors. Ends with a failure as soon as an answer contradicts an earlier one, or if the process has grown.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tools/setup.sh test
cmake --preset release
cmake --build build/release --target hookseal_soak
exec build/release/tests/soak/hookseal_soak "${1:-1000000000}"
