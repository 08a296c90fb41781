#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Sets up, builds and runs the benchmarks, and compares them with their targets: tools/bench.sh [--short] [--check]
#   --short   fewer repetitions, and of stores neither mixtures nor eight million events: three minutes instead of fifteen
#   --check   ends with 1 where a ratio misses its limit
# All numbers are in build/bench: summary.json, a *.result.json of each program, and plots as SVG and PNG.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Many short repetitions, of which those count that were disturbed least. Within each, a benchmark takes turns with its limit.
how=(--benchmark_repetitions=301 --benchmark_min_time=0.0005)
several=(--benchmark_repetitions=601 --benchmark_min_time=0.002) # of what several threads do
# Of stores the median of longer ones: what one finds in the caches takes a while to be what it is when nothing else runs.
stores=(--benchmark_repetitions=21 --benchmark_min_time=0.2)
left_out=verify_ # of the stores: what a claim adds to a verification is measured apart from all that fills the memory
turns=(--benchmark_repetitions=7 --benchmark_min_time=1) # of the durable ones, whose sides take turns within each
check=()
for argument in "$@"; do
    case "$argument" in
    --short)
        how=(--benchmark_repetitions=41 --benchmark_min_time=0.0005)
        several=(--benchmark_repetitions=151 --benchmark_min_time=0.002)
        stores=(--benchmark_repetitions=5 --benchmark_min_time=0.1)
        left_out="verify_|new_8m|mix_"
        turns=(--benchmark_repetitions=3 --benchmark_min_time=0.6) ;;
    --check) check=(--check) ;;
    *)
        echo "usage: tools/bench.sh [--short] [--check]" >&2
        exit 2 ;;
    esac
done

tools/setup.sh bench
# -O2, as most programs are built; CMake's own Release would be -O3.
cmake -S . -B build/bench -G Ninja -DCMAKE_BUILD_TYPE=Release "-DCMAKE_CXX_FLAGS_RELEASE=-O2 -DNDEBUG" \
    -DHOOKSEAL_BUILD_TESTS=OFF -DHOOKSEAL_BUILD_TOOLS=OFF >/dev/null
cmake --build build/bench --parallel 2

# One processor, and not the one that most interrupts go to.
pinned=()
if command -v taskset >/dev/null; then
    pinned=(taskset -c "$(($(nproc) - 1))")
fi
rm -f build/bench/*.result.json
# measure RESULT ARGUMENT...: with `program`, `on` and `rounds`
measure() {
    echo
    echo "== $1: results when all ${rounds[0]#*=} rounds are done"
    "${on[@]}" "build/bench/bench/$program" "${rounds[@]}" "${@:2}" \
        --benchmark_out="build/bench/$1.result.json" --benchmark_out_format=json
}
for source in bench/*.cpp; do
    program=$(basename "$source" .cpp)
    on=("${pinned[@]}")
    rounds=("${how[@]}")
    case "$program" in
    threads | server)
        on=() rounds=("${several[@]}") # two threads want two processors
        measure "$program" ;;
    stores)
        measure claims --benchmark_filter=^verify_
        on=() rounds=("${stores[@]}")
        measure "$program" "--benchmark_filter=-$left_out" ;;
    durable)
        on=(python3 -B tests/servers/with_servers.py --if-installed postgres redis --)
        rounds=("${turns[@]}")
        measure "$program" ;;
    *) measure "$program" ;;
    esac
done
echo
# Matplotlib is Debian's, and so is the Python that has it: another one may come first.
for python in python3 /usr/bin/python3 ""; do
    if [ -z "$python" ]; then
        echo "no plots: there is no Matplotlib here"
    elif "$python" -c "import matplotlib" 2>/dev/null; then
        "$python" bench/plots.py build/bench
        break
    fi
done
python3 bench/summary.py build/bench "${check[@]}"
