#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What hookseal-conformance answers to files that are right, wrong and unusable: runner.sh HOOKSEAL-CONFORMANCE FOLDER
set -euo pipefail
runner=$1
mkdir -p "$2"
cd "$2"

vector() { # EXPECT PROVIDER SECRET: a delivery whose token is `t0ken`
    printf '{"id":"v","provider":"%s","request":{"headers":[["x-gitlab-token","t0ken"]],"body":""},' "$2"
    printf '"key":{"secrets":["%s"]},"now":null,"expect":"%s"}' "$3" "$1"
}
file() { (IFS=,; printf '{"vectors":[%s]}' "$*") >file.json; }
expect() { # STATUS LAST-LINE ARGUMENTS…
    local status=0 output last
    output=$("$runner" "${@:3}" 2>&1) || status=$?
    last=$(tail -n 1 <<<"$output")
    [[ $status = "$1" && $last = "$2" ]] && return
    printf 'expected status %s and "%s", got status %s and\n%s\n' "$1" "$2" "$status" "$output"
    exit 1
}

file "$(vector accept gitlab t0ken)" "$(vector reject gitlab other)" "$(vector config_error gitlab '')"
expect 0 "3 passed, 0 failed, 0 skipped" file.json
expect 0 "6 passed, 0 failed, 0 skipped" -v file.json file.json
file "$(vector config-error gitlab '')" "$(vector accept nobody t0ken)"
expect 0 "1 passed, 0 failed, 1 skipped" file.json

# Each verdict is none of the other two.
file "$(vector reject gitlab t0ken)" "$(vector config_error gitlab t0ken)"
expect 1 "0 passed, 2 failed, 0 skipped" file.json
file "$(vector accept gitlab other)" "$(vector config_error gitlab other)"
expect 1 "0 passed, 2 failed, 0 skipped" file.json
file "$(vector reject gitlab '')" "$(vector accept gitlab '')"
expect 1 "0 passed, 2 failed, 0 skipped" file.json

file "$(vector maybe gitlab t0ken)"
expect 2 "0 passed, 0 failed, 0 skipped" file.json
printf '{"vectors":[' >file.json
expect 2 "0 passed, 0 failed, 0 skipped" file.json
printf '{"id":"gitlab"}' >file.json
expect 2 "0 passed, 0 failed, 0 skipped" file.json
expect 2 "0 passed, 0 failed, 0 skipped" no-such-file.json
expect 2 "0 passed, 0 failed, 0 skipped"
