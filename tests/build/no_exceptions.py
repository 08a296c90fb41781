# SPDX-License-Identifier: MIT
"""The consumer's program also works where exceptions and RTTI are switched off: `no_exceptions.py COMPILER`.

It is optimised, because compilers find more to warn of then.
"""
import sys
import tempfile

from shared import DEPENDENCY_FLAGS, INCLUDE, ROOT, WARNINGS, compiler, end, run


def main(name):
    if not compiler(name):
        end([], "nothing", f"there is no {name} here")
    with tempfile.TemporaryDirectory() as folder:
        program = f"{folder}/consumer"
        flags = ["-std=c++20", "-O2", "-fno-exceptions", "-fno-rtti", *WARNINGS, f"-I{INCLUDE}", *DEPENDENCY_FLAGS]
        steps = [run([compiler(name), *flags, f"{ROOT}/tests/build/consumer/main.cpp", "-lcrypto", "-o", program])]
        if steps[0].returncode == 0:
            steps.append(run([program]))
    end([step.stdout for step in steps if step.returncode], f"tests/build/consumer/main.cpp with {name}")


main(sys.argv[1])
