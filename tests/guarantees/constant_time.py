# SPDX-License-Identifier: MIT
"""No branch and no address depends on a secret: `constant_time.py COMPILER...`, see constant_time.cpp.

The program is built with each compiler, without and with optimisation, which may put a branch where there was none, and
run under valgrind's memcheck. Then it is built to compare carelessly, and memcheck must object.
"""
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "build"))
from shared import DEPENDENCY_FLAGS, INCLUDE, ROOT, compile_text, compiler, end, run  # noqa: E402

SOURCE = ROOT / "tests" / "guarantees" / "constant_time.cpp"
LEVELS = ("-O0", "-O2")
FOUND = 99


def faults_of(name, level, folder):
    program = str(Path(folder) / f"constant_time_{name}{level}")

    def verdict(*more):
        build = run([name, "-std=c++20", level, "-g", "-gdwarf-4", f"-I{INCLUDE}", f"-I{ROOT}/tests", *DEPENDENCY_FLAGS, *more,
                     str(SOURCE), "-o", program, "-lcrypto", "-ldl"])
        if build.returncode != 0:
            return build
        return run(["valgrind", "-q", f"--error-exitcode={FOUND}", "--leak-check=no", program])

    checked = verdict()
    if checked.returncode != 0:
        yield f"{name} {level}: {checked.stdout}"
    control = verdict("-DHOOKSEAL_TESTS_LEAK")
    if control.returncode != FOUND or "depends on uninitialised value" not in control.stdout:
        yield f"{name} {level}: the careless comparison is not found: {control.stdout}"


def main(*names):
    if not compiler("valgrind"):
        end([], "nothing", "there is no valgrind here")
    present = [name for name in names if compiler(name)]
    for name in present:
        if compile_text([name, "-fsyntax-only"], "#include <valgrind/memcheck.h>\n").returncode != 0:
            end([], "nothing", "there is no valgrind/memcheck.h here")
    with tempfile.TemporaryDirectory() as folder:
        faults = [fault for name in present for level in LEVELS for fault in faults_of(name, level, folder)]
    absent = [name for name in names if not compiler(name)]
    end(faults, f"{', '.join(present)} with {', '.join(LEVELS)}", f"no {', '.join(absent)} here" if absent else "")


main(*sys.argv[1:])
