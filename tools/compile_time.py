#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What it costs to compile each public header: compile_time.py [--short] [--all] [--json FILE] [COMPILER]

Compiles one line, `#include <…>`, several times in turns, and prints the least seconds (what else runs on the machine only
adds to them) and the preprocessed lines, each also as a multiple of `#include <string_view>` in the same run. Without --all,
providers and schemes show as the dearest of them.
Ends with 1 where one of these is over its limit: a provider 1.5, one with its verifier 6, everything (`hookseal.hpp`) 10.
"""
import argparse
import json
import re
import resource
import shlex
import subprocess
import sys
from pathlib import Path

INCLUDE = Path(__file__).resolve().parents[1] / "include"
BASE = "string_view"
PROVIDER_WITH_VERIFIER = "hookseal/providers/stripe.hpp + hookseal/verifier.hpp"
EVERYTHING = "hookseal/hookseal.hpp"
CATALOGUES = {"hookseal/providers/all.hpp", "hookseal/providers/catalog.hpp"}
STORES = {"hookseal/idempotency/lru_ttl_store.hpp", "hookseal/idempotency/callback_store.hpp"}


def limit(name):
    if name == PROVIDER_WITH_VERIFIER:
        return 6
    if name == EVERYTHING:
        return 10
    return 1.5 if name.startswith("hookseal/providers/") and name not in CATALOGUES else None


def one_of_each_shape(providers):
    """The last provider of each set of our headers that one includes: what a provider costs is what it includes."""
    included = {h: frozenset(re.findall(r"#include <(hookseal/.+)>", (INCLUDE / h).read_text())) for h in providers}
    return sorted({headers: provider for provider, headers in included.items()}.values())


def text_of(name):
    return "".join(f"#include <{header}>\n" for header in name.split(" + "))


def processor_time():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def compiled(command, name):
    """The compiler's seconds of processor time, or None where it fails."""
    before = processor_time()
    result = subprocess.run([*command, "-fsyntax-only"], input=text_of(name), text=True, capture_output=True)
    return None if result.returncode else processor_time() - before


def lines(command, name):
    result = subprocess.run([*command, "-E", "-P"], input=text_of(name), text=True, capture_output=True)
    return result.stdout.count("\n")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("compiler", nargs="?", default="g++")
    options.add_argument("--short", action="store_true", help="three rounds, and of providers one of each shape")
    options.add_argument("--all", action="store_true", help="a line for each header")
    options.add_argument("--json", type=Path, help="writes the numbers there")
    asked = options.parse_args()

    command = [*shlex.split(asked.compiler), "-std=c++20", "-O2", f"-I{INCLUDE}", "-x", "c++", "-"]
    headers = sorted(path.relative_to(INCLUDE).as_posix() for path in INCLUDE.rglob("*.hpp"))
    if asked.short:
        providers = [h for h in headers if h.startswith("hookseal/providers/") and h not in CATALOGUES]
        headers = [h for h in headers if h.count("/") == 1 or h in CATALOGUES or h in STORES] + one_of_each_shape(providers)
    names = [BASE, PROVIDER_WITH_VERIFIER, *headers]
    rounds = 3 if asked.short else 7

    taken = {name: [] for name in names}
    for i in range(rounds):
        print(f"\rround {i + 1} of {rounds}", end="", file=sys.stderr, flush=True)
        for count, name in enumerate(names):
            if taken[name] is None:
                continue
            seconds = compiled(command, name)
            # A header over a library that is not here cannot be compiled, and is left out.
            taken[name] = None if seconds is None else [*taken[name], seconds]
            if count % 8 == 7 and taken[BASE]:  # all are multiples of this one
                taken[BASE].append(compiled(command, BASE))
    print(file=sys.stderr)
    missing = [name for name in names if taken[name] is None]
    if BASE in missing or PROVIDER_WITH_VERIFIER in missing:
        sys.exit(f"{asked.compiler} compiles none of them")
    numbers = {n: {"seconds": min(taken[n]), "lines": lines(command, n)} for n in names if taken[n]}
    base = numbers[BASE]
    for each in numbers.values():
        each["x_seconds"] = each["seconds"] / base["seconds"]
        each["x_lines"] = each["lines"] / base["lines"]

    def shown(name):
        folder = name.rpartition("/")[0]
        same = [n for n in numbers if n.rpartition("/")[0] == folder and n not in CATALOGUES and " + " not in n]
        dearest = max(same, key=lambda n: numbers[n]["x_seconds"], default=None)
        return asked.all or folder not in ("hookseal/providers", "hookseal/schemes") or name in (dearest, *CATALOGUES)

    over = 0
    print(f"{'seconds':>8}{'x':>7}{'lines':>9}{'x':>7}{'at most':>9}")
    for name in sorted(numbers, key=lambda n: numbers[n]["seconds"]):
        if not shown(name) and name != PROVIDER_WITH_VERIFIER:
            continue
        each, most = numbers[name], limit(name)
        missed = most is not None and each["x_seconds"] > most
        over += missed
        print(f"{each['seconds']:8.3f}{each['x_seconds']:7.2f}{each['lines']:9}{each['x_lines']:7.2f}"
              f"{most if most else '':>9}  {name}{'  MISSED' if missed else ''}")
    for name in missing:
        print(f"not compiled, for want of a library: {name}")
    if asked.json:
        asked.json.write_text(json.dumps({"compiler": asked.compiler, "headers": numbers}, indent=2) + "\n")
    return 1 if over else 0


sys.exit(main())
