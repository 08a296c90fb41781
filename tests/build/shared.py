# SPDX-License-Identifier: MIT
"""What the checks of this folder share: where things are, the compilers, and how a check ends.

A check prints one line for each fault and ends with 1, or with 77, which CTest shows as 'Skipped', when the machine
lacks something it needs. Every check is run from the repository it lies in and can be called by hand.
"""
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INCLUDE = ROOT / "include"
LIBRARY = INCLUDE / "hookseal"
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wsign-conversion", "-Wshadow", "-Wold-style-cast", "-Werror"]

# Where OpenSSL is, when it is not where compilers look by themselves (set by tests/build/CMakeLists.txt).
DEPENDENCY_FLAGS = [f"-I{folder}" for folder in os.environ.get("HOOKSEAL_DEPENDENCY_INCLUDES", "").split(":") if folder]


def headers():
    """All public headers, as users name them: `hookseal/core/bytes.hpp`."""
    return sorted(path.relative_to(INCLUDE).as_posix() for path in LIBRARY.rglob("*.hpp"))


def includes(header):
    """What a header of ours includes by name, in order, as (line number, name, in angle brackets)."""
    found = []
    for number, line in enumerate((INCLUDE / header).read_text().splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if match:
            found.append((number, match[2], match[1] == "<"))
    return found


def is_standard(name):
    """`string_view` is, `string.h`, `sys/types.h`, `boost/beast.hpp` and `QByteArray` are not."""
    return re.fullmatch(r"[a-z_0-9]+", name) is not None


# What one header of ours includes of the system, where the system has it: elsewhere that header does without.
OF_THE_SYSTEM = {"sched.h": "hookseal/core/yield.hpp", "sys/mman.h": "hookseal/idempotency/memory/arena.hpp"}


def is_foreign(name):
    """What a user may not have: a framework's, a database's, another operating system's."""
    return not is_standard(name) and name not in OF_THE_SYSTEM and not name.startswith(("hookseal/", "openssl/"))


def with_foreign_parts():
    """The headers that include something foreign, directly or through another header of ours, with what they need."""
    own = {header: [name for _, name, _ in includes(header)] for header in headers()}

    def needs(header, seen):
        if header in seen or header not in own:
            return set()
        seen.add(header)
        return {name for name in own[header] if is_foreign(name)}.union(*(needs(name, seen) for name in own[header]))

    return {header: sorted(needs(header, set())) for header in own if needs(header, set())}


def compiler(name):
    """The compiler of this name, or None where there is none."""
    return shutil.which(name)


def run(command, **more):
    """Runs a command; gives the finished process with everything it said as one text in `stdout`."""
    return subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)


def compile_text(command, text):
    """Has a compiler read a text as a C++ file; warnings about the main file being a header do not arise."""
    return run([*command, "-x", "c++", "-"], input=text, cwd=ROOT)


def side_by_side(function, items):
    """The results of a function for each of many items, as many at once as there are processors."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(function, items))


def end(faults, checked, skipped=""):
    """Ends the check: 1 with the faults, 77 when something could not be checked, else 0. `checked` says how much was."""
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(f"{len(faults)} fault(s); checked: {checked}")
    print(f"checked: {checked}")
    if skipped:
        print(f"skipped: {skipped}")
        sys.exit(77)
    sys.exit(0)
