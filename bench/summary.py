#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Puts the benchmarks' results together: summary.py FOLDER [--check]

Reads FOLDER/*.result.json as Google Benchmark wrote them, writes FOLDER/summary.json and prints a table. All ratios are
within one run of one program: to the limit in turns with it, of the repetitions that were disturbed least; else of times,
which are the median ones where threads get into each other's way. With --check it ends with 1 where a ratio
misses its limit.
"""
import json
import pathlib
import platform
import sys


def limit(name):
    """A benchmark's time divided by that of the bare work it cannot do without."""
    return lambda runs: runs[name]["x_limit"]


def compared(name, against):
    """By way of the limit that both have."""
    return lambda runs: runs[name]["x_limit"] / runs[against]["x_limit"]


def most_allocations(prefix):
    return lambda runs: max(run["allocations"] for name, run in runs.items() if name.startswith(prefix))


def passed(name, threads, against, threads_against):
    """How much more gets done in the same time. One thread's own time counts, several threads' is that which passes."""
    def of(runs, name):
        return runs[f"{name}/real_time/threads:{threads}"]

    def ratio(runs):
        if (threads, threads_against) == (1, 1):
            return of(runs, against)["cpu_time"] / of(runs, name)["cpu_time"]
        return runs[f"{against}/real_time/threads:{threads_against}"]["real_time"] / of(runs, name)["real_time"]

    return ratio


def shared_time(name, against):
    return lambda runs: 1 / passed(name, 1, against, 1)(runs)


def least(*prefixes):
    """The worst of several comparisons side by side."""
    return lambda runs: min(run["ratio"] for name, run in runs.items() if name.startswith(prefixes))


# key, how it is measured, limit, goal; the limit is 'at least' where the goal is more, and for AT_LEAST
RATIOS = [
    ("verify_64", limit("verify/64"), 2.6, 1.9),
    ("verify_256", limit("verify/256"), 1.8, 1.45),
    ("verify_1k", limit("verify/1024"), 1.25, 1.15),
    ("verify_4k", limit("verify/4096"), 1.08, 1.04),
    ("verify_16k", limit("verify/16384"), 1.03, 1.015),
    ("verify_1m", limit("verify/1048576"), 1.02, 1.005),
    ("incremental_16k", limit("verify_in_pieces_of_1024/16384"), 1.06, 1.03),
    ("verify_1k_vs_handwritten", compared("verify/1024", "verify_by_hand/1024"), 0.44, 0.39),
    ("rotation_3_1k", limit("verify_third_of_3_secrets/1024"), 1.22, 1.12),
    ("reject_unsigned", compared("refuse_unsigned/1024", "verify/1024"), 0.10, 0.05),
    ("ed25519_1k", limit("verify_telnyx/ed25519"), 1.05, 1.02),
    ("ecdsa_p256_1k", limit("verify_circle/ecdsa_p256"), 1.05, 1.02),
    ("rsa_2048_1k", limit("verify_wise/rsa_2048"), 1.05, 1.02),
    ("allocations_verify", most_allocations("verify/"), 0, 0),
    ("threads_2", passed("verify_shared/1024", 2, "verify_shared/1024", 1), 1.85, 1.95),
    ("claim_over_verify_1k", limit("verify_and_claim_new_1m/1024"), 1.5, 1.3),
    ("allocations_claim", most_allocations("new_1m/lru_ttl_store"), 0, 0),
    ("store_new_1t_vs_naive", passed("new_1m/lru_ttl_store", 1, "new_1m/naive", 1), 5, 8),
    ("store_new_2t_vs_naive", passed("new_1m/lru_ttl_store", 2, "new_1m/naive", 2), 6, 10),
    ("store_new_2t_vs_tbb", passed("new_1m/lru_ttl_store", 2, "new_1m/tbb_concurrent_lru_cache", 2), 20, 35),
    ("store_dup_64k_vs_naive", shared_time("duplicate_64k/lru_ttl_store", "duplicate_64k/naive"), 0.25, 0.25),
    ("store_bytes_per_entry", lambda runs: runs["resident_1m/lru_ttl_store"]["bytes_per_entry"], 44, 36),
    ("sqlite_group_commit_16t", least("sqlite_claim_16t/one_a_commit_store"), 5, 5),
    ("sqlite_group_commit_16t_1ms", least("sqlite_claim_16t_slow_disk/one_a_commit"), 5, 5),
    ("sqlite_4_processes_fairness", least("sqlite_4_processes/"), 1 / 3, 1 / 3),
    ("postgres_vs_bare", least("postgres_new/", "postgres_duplicate/"), 0.9, 0.9),
    ("postgres_duplicate_writes", lambda runs: runs["postgres_duplicate_writes/real_time/threads:1"]["log_bytes"], 0, 0),
    ("redis_vs_bare", least("redis_new/", "redis_duplicate/"), 0.9, 0.9),
]
AT_LEAST = {"sqlite_group_commit_16t", "sqlite_group_commit_16t_1ms", "sqlite_4_processes_fairness", "postgres_vs_bare",
            "redis_vs_bare"}
# What needs databases, which are not everywhere.
MAY_BE_MISSING = {key for key, *_ in RATIOS if key.startswith(("sqlite_", "postgres_", "redis_"))}


def read(folder):
    """All results by name, and what the programs say about where they ran."""
    runs, context = {}, {}
    for file in sorted(folder.glob("*.result.json")):
        result = json.loads(file.read_text())
        context = {**result["context"], **context}
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


def verdict(key, ratio, bound, goal):
    sign = -1 if goal > bound or key in AT_LEAST else 1
    if sign * ratio <= sign * goal:
        return "goal"
    return "ok" if sign * ratio <= sign * bound else "MISSED"


def main(folder, check):
    runs, context = read(folder)
    rows = []
    for key, measured, bound, goal in RATIOS:
        try:
            rows.append((key, measured(runs), bound, goal))
        except (KeyError, ValueError):
            if key in MAY_BE_MISSING:
                print(f"skipped: {key}, for want of its database")
                continue
            print(f"no result for {key}", file=sys.stderr)
            return 1
    summary = {
        "date": context["date"],
        "machine": machine(context),
        "load": context.get("load_avg", []),
        "compiler": context["compiler"],
        "openssl": context["openssl"],
        "hash": context["hash"],
        "file_system": context.get("file_system", "unknown"),
        "ratios": {key: round(ratio, 4) for key, ratio, _, _ in rows},
    }
    (folder / "summary.json").write_text(json.dumps(summary, indent=2) + "\n")

    for name in ("machine", "compiler", "openssl"):
        print(f"{name}: {summary[name]}")
    print(f"load before the run: {', '.join(f'{load:.1f}' for load in summary['load'])}\n")
    print(f"{'':28}{'ratio':>8}{'limit':>9}{'goal':>8}")
    for key, ratio, bound, goal in rows:
        print(f"{key:28}{ratio:8.3f}{bound:9.3g}{goal:8.3g}  {verdict(key, ratio, bound, goal)}")
    missed = any(verdict(key, ratio, bound, goal) == "MISSED" for key, ratio, bound, goal in rows)
    return 1 if check and missed else 0


if __name__ == "__main__":
    arguments = sys.argv[1:]
    wants_check = "--check" in arguments
    folders = [a for a in arguments if a != "--check"]
    if len(folders) != 1:
        sys.exit(__doc__)
    sys.exit(main(pathlib.Path(folders[0]), wants_check))
