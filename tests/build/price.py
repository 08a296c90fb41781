# SPDX-License-Identifier: MIT
"""What a header drags in is part of its price: the number of headers of others that a compiler opens for it has a limit.

Our own headers are not counted: they are small, and to split one should cost nothing. The numbers do not depend on the
speed of the machine, but on the standard library: g++ 13 and later open more than g++ 12.
`price.py COMPILER` checks, `price.py COMPILER --print` shows the numbers.
"""
import re
import sys
from pathlib import Path

from shared import DEPENDENCY_FLAGS, INCLUDE, LIBRARY, compiler, end, run, side_by_side

# What a user includes, and how many headers of others may be opened for it: by g++ 12, by later ones.
LIMITS = [
    (["schemes/*.hpp"], 95, 110),
    (["providers/*.hpp"], 95, 110),
    (["providers/github.hpp", "verifier.hpp"], 280, 370),
    (["hookseal.hpp"], 330, 465),
]

# Not among what is opened for schemes and providers, even if the standard library's own headers come to open them.
CHEAP = ("hookseal/schemes/", "hookseal/providers/")
TOO_DEAR = re.compile(r"/(chrono|memory|functional|string)$|/openssl/")


def opened(name, included):
    """The headers of others that a compiler opens for these includes."""
    text = "".join(f"#include <{header}>\n" for header in included)
    command = [compiler(name), "-std=c++20", f"-I{INCLUDE}", *DEPENDENCY_FLAGS, "-E", "-H", "-o", "/dev/null", "-x", "c++", "-"]
    result = run(command, input=text)
    if result.returncode != 0:
        sys.exit(result.stdout)
    files = re.findall(r"^\.+ (.*)$", result.stdout, re.MULTILINE)
    return [file for file in files if not Path(file).is_relative_to(LIBRARY)]


def expand(patterns):
    """`providers/*.hpp` stands for each provider in turn; what has no pattern in it is one case of several includes."""
    if len(patterns) == 1 and "*" in patterns[0]:
        return [[f"hookseal/{path.relative_to(LIBRARY).as_posix()}"] for path in sorted(LIBRARY.glob(patterns[0]))]
    return [[f"hookseal/{pattern}" for pattern in patterns]]


def main(name, *options):
    if not compiler(name):
        end([], "nothing", f"there is no {name} here")
    later = int(run([name, "-dumpversion"]).stdout.split(".")[0]) > 12
    cases = [(case, limits[later]) for patterns, *limits in LIMITS for case in expand(patterns)]
    counts = side_by_side(lambda case: opened(name, case[0]), cases)
    faults = []
    for (case, limit), files in zip(cases, counts):
        what = " + ".join(case)
        if "--print" in options:
            print(f"{len(files):5} of {limit:4}  {what}")
        if len(files) > limit:
            faults.append(f"{what} opens {len(files)} headers of others, {limit} are allowed")
        if all(header.startswith(CHEAP) for header in case):
            faults += [f"{what} opens {file}" for file in files if TOO_DEAR.search(file)]
    end(faults, f"{len(cases)} cases")


main(*sys.argv[1:])
