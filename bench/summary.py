#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Puts the benchmarks' results together: summary.py FOLDER [--check]

Reads FOLDER/*.result.json as Google Benchmark wrote them, writes FOLDER/summary.json and prints a table. All ratios are of
medians of processor time within one run of one program. With --check it ends with 1 where a ratio misses its 'at most'.
"""
import json
import pathlib
import platform
import sys


def limit(name):
    """A benchmark's time divided by that of the bare work it cannot do without."""
    return lambda runs: runs[name]["x_limit"]


def time(name, against):
    return lambda runs: runs[name]["cpu_time"] / runs[against]["cpu_time"]


def most_allocations(prefix):
    return lambda runs: max(run["allocations"] for name, run in runs.items() if name.startswith(prefix))


# key, how it is measured, at most, goal
RATIOS = [
    ("verify_64", limit("verify/64"), 2.6, 1.9),
    ("verify_256", limit("verify/256"), 1.8, 1.45),
    ("verify_1k", limit("verify/1024"), 1.25, 1.15),
    ("verify_4k", limit("verify/4096"), 1.08, 1.04),
    ("verify_16k", limit("verify/16384"), 1.03, 1.015),
    ("verify_1m", limit("verify/1048576"), 1.02, 1.005),
    ("incremental_16k", limit("verify_in_pieces_of_1024/16384"), 1.06, 1.03),
    ("verify_1k_vs_handwritten", time("verify/1024", "verify_by_hand/1024"), 0.44, 0.39),
    ("rotation_3_1k", limit("verify_third_of_3_secrets/1024"), 1.22, 1.12),
    ("reject_unsigned", time("refuse_unsigned/1024", "verify/1024"), 0.10, 0.05),
    ("ed25519_1k", limit("verify_telnyx/ed25519"), 1.05, 1.02),
    ("ecdsa_p256_1k", limit("verify_circle/ecdsa_p256"), 1.05, 1.02),
    ("rsa_2048_1k", limit("verify_wise/rsa_2048"), 1.05, 1.02),
    ("allocations_verify", most_allocations("verify/"), 0, 0),
]


def read(folder):
    """All medians by name, and what the programs say about where they ran."""
    runs, context = {}, {}
    for file in sorted(folder.glob("*.result.json")):
        result = json.loads(file.read_text())
        context = context or result["context"]
        for run in result["benchmarks"]:
            runs[run["run_name"]] = run
    return runs, context


def machine(context):
    model, extensions = platform.processor() or platform.machine(), ""
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                model = value.strip()
            if name.strip() in ("flags", "Features") and {"sha_ni", "sha2"} & set(value.split()):
                extensions = ", SHA instructions"
    except OSError:
        pass
    return f"{model}, {context['num_cpus']} processors at {context['mhz_per_cpu']} MHz{extensions}"


def verdict(ratio, at_most, goal):
    if ratio <= goal:
        return "goal"
    return "ok" if ratio <= at_most else "MISSED"


def main(folder, check):
    runs, context = read(folder)
    rows = []
    for key, measured, at_most, goal in RATIOS:
        try:
            rows.append((key, measured(runs), at_most, goal))
        except (KeyError, ValueError):
            print(f"no result for {key}", file=sys.stderr)
            return 1
    summary = {
        "date": context["date"],
        "machine": machine(context),
        "load": context.get("load_avg", []),
        "compiler": context["compiler"],
        "openssl": context["openssl"],
        "hash": context["hash"],
        "ratios": {key: round(ratio, 4) for key, ratio, _, _ in rows},
    }
    (folder / "summary.json").write_text(json.dumps(summary, indent=2) + "\n")

    for name in ("machine", "compiler", "openssl"):
        print(f"{name}: {summary[name]}")
    print(f"load before the run: {', '.join(f'{load:.1f}' for load in summary['load'])}\n")
    print(f"{'':26}{'ratio':>8}{'at most':>9}{'goal':>8}")
    for key, ratio, at_most, goal in rows:
        print(f"{key:26}{ratio:8.3f}{at_most:9g}{goal:8g}  {verdict(ratio, at_most, goal)}")
    missed = any(ratio > at_most for _, ratio, at_most, _ in rows)
    return 1 if check and missed else 0


if __name__ == "__main__":
    arguments = sys.argv[1:]
    wants_check = "--check" in arguments
    folders = [a for a in arguments if a != "--check"]
    if len(folders) != 1:
        sys.exit(__doc__)
    sys.exit(main(pathlib.Path(folders[0]), wants_check))
