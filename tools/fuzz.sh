#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Runs the fuzz targets of tests/fuzz for long: tools/fuzz.sh [TARGET|all [SECONDS]], each for 60 seconds by default. What
# they learn is kept in build/test/fuzz/ and built upon next time; an input under which something does not hold is left there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
target=${1:-all}
seconds=${2:-60}

tools/setup.sh test
cmake --preset test
cmake --build build/test --target hookseal_fuzz
[ "$target" != all ] || target=$(basename -s .cpp -a tests/fuzz/*.cpp)

failed=()
for name in $target; do
    learned=build/test/fuzz/$name
    mkdir -p "$learned"
    echo "$name:"
    build/test/tests/fuzz/"$name" -max_total_time="$seconds" -timeout=60 -malloc_limit_mb=16 -print_final_stats=1 \
        -artifact_prefix="$learned." "$learned" tests/fuzz/corpus/"$name" 2>"$learned.log" || failed+=("$name")
    grep -E '^(stat::number_of_executed_units|does not hold|.*(runtime error|ERROR):|Test unit written)' "$learned.log" || true
done
[ ${#failed[@]} -eq 0 ] || { echo "found something: ${failed[*]}" >&2; exit 1; }
