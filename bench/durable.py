#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints what bench/durable.cpp measured as a table in Markdown: durable.py FOLDER"""
import json
import pathlib
import sys

from summary import machine

ROWS = [
    *((f"SQLite, 16 threads claim, groups share commits{where}", f"sqlite_claim_16t{key}", [
        ("one_a_commit_bare", "bare loop, a commit each"),
        ("one_a_commit_store", "16 threads, a commit each"),
        ("16_a_commit_bare", "bare loop, 16 a commit"),
    ]) for where, key in (("", ""), ("; a flush takes 1 ms more", "_slow_disk"))),
    *((f"{name}, {words}", f"{name.lower()}_{what}",
       [(threads, f"bare loop{'s' if threads > 1 else ''}, {threads} at once") for threads in (1, 4, 16)])
      for name in ("PostgreSQL", "Redis")
      for what, words in (("new", "claim and complete a new event"), ("duplicate", "claim a duplicate"))),
]
PREFIX = {"postgresql": "postgres"}


def main(folder):
    result = json.loads((folder / "durable.result.json").read_text())
    runs = {run["run_name"].removesuffix("/real_time/threads:1"): run for run in result["benchmarks"]}
    context = result["context"]
    print(f"{machine(context)}; {context['compiler']}; {context['file_system']}; load {context['load_avg'][0]:.1f}\n")
    print("| | against | a second | theirs | ratio |\n|---|---|---|---|---|")
    for title, key, against in ROWS:
        first, _, rest = key.partition("_")
        for other, words in against:
            run = runs.get(f"{PREFIX.get(first, first)}_{rest}/{other}")
            if run:
                print(f"| {title} | {words} | {run['ours_per_s']:,.0f} | {run['theirs_per_s']:,.0f} | {run['ratio']:.2f} |")
    fair = runs["sqlite_4_processes"]
    print(f"| SQLite, the slowest of four processes on one file | the fastest | {fair['ratio'] * fair['fastest_per_s']:,.0f} "
          f"| {fair['fastest_per_s']:,.0f} | {fair['ratio']:.2f} |")
    if "postgres_duplicate_writes" in runs:
        print(f"\nA thousand duplicates put {runs['postgres_duplicate_writes']['log_bytes']:.0f} bytes into PostgreSQL's log.")


if len(sys.argv) != 2:
    sys.exit(__doc__)
main(pathlib.Path(sys.argv[1]))
