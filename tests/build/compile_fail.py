# SPDX-License-Identifier: MIT
"""What must not compile does not, and says why: `compile_fail.py FILE COMPILER...`.

The first line of FILE is `// expect: <regular expression>`, which the compiler's words must match. With CONTROL defined
the same file holds the right way to write it and must compile, so that it cannot be refused for another reason.
"""
import re
import sys
from pathlib import Path

from shared import DEPENDENCY_FLAGS, INCLUDE, ROOT, compiler, end, run


def faults_of(file, name, expected):
    command = [compiler(name), "-std=c++20", "-fsyntax-only", f"-I{INCLUDE}", f"-I{ROOT}/tests", *DEPENDENCY_FLAGS, str(file)]
    wrong = run(command)
    if wrong.returncode == 0:
        yield f"{name} compiles it"
    elif not re.search(expected, wrong.stdout):
        yield f"{name} does not say '{expected}' but:\n{wrong.stdout}"
    control = run([*command, "-DCONTROL"])
    if control.returncode != 0:
        yield f"{name} refuses the control as well:\n{control.stdout}"


def main(path, *names):
    file = Path(path)
    text = file.read_text()
    expectation = re.match(r"// expect: (.+)\n", text)
    if not expectation:
        end([f"{file.name}: the first line is not '// expect: <regular expression>'"], "nothing")
    if not re.search(r"^#\s*(ifdef CONTROL|ifndef CONTROL|if.*defined\W+CONTROL)", text, re.MULTILINE):
        end([f"{file.name}: there is no form for CONTROL"], "nothing")

    present = [name for name in names if compiler(name)]
    absent = [name for name in names if not compiler(name)]
    faults = [f"{file.name}: {fault}" for name in present for fault in faults_of(file, name, expectation[1])]
    end(faults, f"{file.name} with {', '.join(present) or 'no compiler'}", f"no {', '.join(absent)} here" if absent else "")


main(*sys.argv[1:])
