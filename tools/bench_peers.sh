#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Measures what other languages' users have, on the same bodies: tools/bench_peers.sh
# Needs Node.js and npm, and fetches stripe, standardwebhooks and @octokit/webhooks-methods into a temporary folder.
# As context for who chooses a stack: their runtime is in their times. Writes build/bench/peers.json.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "skipped: there is no Node.js here"
    exit 0
fi
verify=build/bench/bench/verify
if [ ! -x "$verify" ]; then
    echo "run tools/bench.sh first: hookseal is measured in the same minute" >&2
    exit 1
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp bench/peers.mjs "$folder/"
(cd "$folder" && npm install --silent --no-audit --no-fund stripe standardwebhooks @octokit/webhooks-methods >/dev/null)
node "$folder/peers.mjs" >"$folder/peers.json"
"build/bench/bench/providers" --benchmark_repetitions=9 --benchmark_filter='verify_(stripe|github|standard_webhooks)' \
    --benchmark_out="$folder/ours.json" --benchmark_out_format=json >/dev/null 2>&1
python3 - "$folder/peers.json" "$folder/ours.json" build/bench/peers.json <<'END'
import json, sys
peers, ours = (json.load(open(file)) for file in sys.argv[1:3])
times = {run["run_name"].partition("/")[0].removeprefix("verify_"): run["cpu_time"] for run in ours["benchmarks"]}
print(f"{'1 KiB body, one core':44}{'ns a delivery':>15}{'x hookseal':>12}")
for peer in peers["peers"]:
    own = times[peer["provider"]]
    peer["x_hookseal"] = peer["ns"] / own
    print(f"{'hookseal, ' + peer['provider']:44}{own:15.0f}{1:12.1f}")
    print(f"{peer['package'] + ' ' + peer['version']:44}{peer['ns']:15.0f}{peer['x_hookseal']:12.1f}")
json.dump({**peers, "hookseal": times}, open(sys.argv[3], "w"), indent=2)
END
