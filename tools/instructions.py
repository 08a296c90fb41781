#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How many instructions of our own a delivery takes: instructions.py [--record]

Counts with valgrind's callgrind, case by case (bench/instructions/cases.cpp, g++ -O2), and compares with what was recorded
for this version of the compiler in bench/instructions/recorded.json: ends with 1 where a case takes 3 % more. OpenSSL's own
instructions follow the processor and are left out, as is all that comes before the first delivery. --record writes anew.
"""
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "bench/instructions/cases.cpp"
RECORD = ROOT / "bench/instructions/recorded.json"
FEW, MANY = 32, 288
ALLOWED = 1.03


def run(*command):
    result = subprocess.run(command, text=True, capture_output=True)
    if result.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{result.stdout}{result.stderr}")
    return result.stdout


def own_instructions(program, case, count, folder):
    """The instructions in the program itself, which is all that is compiled from our headers, and none in libraries."""
    out = folder / "callgrind.out"
    run("valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", program, case, str(count))
    total, inside, of_a_call, names = 0, False, False, {}
    for line in out.read_text().splitlines():
        if line.startswith(("ob=", "cob=")):
            called, number, name = re.fullmatch(r"(c?)ob=\((\d+)\)(?: (.*))?", line).groups()
            names[number] = name or names[number]  # a name is told once, then its number
            if not called:
                inside = names[number] == str(program)
        elif line.startswith("calls="):
            of_a_call = True
        elif re.match(r"[\d+*-]", line):
            if inside and not of_a_call:
                total += int(line.split()[1])
            of_a_call = False
    return total


def main(arguments):
    if arguments not in ([], ["--record"]):
        sys.exit(__doc__)
    if not shutil.which("valgrind") or not shutil.which("g++"):
        sys.exit("valgrind and g++ are needed")
    version = "g++ " + run("g++", "-dumpversion").strip().split(".")[0]
    recorded = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    before, now, worse = recorded.get(version, {}), {}, 0
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "cases"
        run("g++", "-std=c++20", "-O2", "-DNDEBUG", f"-I{ROOT / 'include'}", f"-I{ROOT / 'bench'}", CASES, "-o", program, "-lcrypto", "-lbenchmark")
        print(f"{'own instructions in a delivery':32}{'now':>8}{'recorded':>10}")
        for case in run(program).split():
            few, many = (own_instructions(program, case, count, Path(folder)) for count in (FEW, MANY))
            now[case] = round((many - few) / (MANY - FEW))
            is_worse = not arguments and case in before and now[case] > ALLOWED * before[case]
            worse += is_worse
            print(f"{case:32}{now[case]:8}{before.get(case, '-'):>10}{'  MORE' if is_worse else ''}", flush=True)
    if arguments:
        RECORD.write_text(json.dumps({**recorded, version: now}, indent=2) + "\n")
    elif not before:
        print(f"nothing is recorded for {version}")
    return 1 if worse else 0


sys.exit(main(sys.argv[1:]))
