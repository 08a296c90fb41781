# SPDX-License-Identifier: MIT
"""Two translation units may include everything: `odr.py COMPILER`.

All public headers that need no framework or database are included in two translation units, in opposite orders, and
linked into one program; a function that is not inline, or a variable, would be there twice.
"""
import sys
import tempfile
from pathlib import Path

from shared import DEPENDENCY_FLAGS, INCLUDE, compiler, end, headers, run, side_by_side, with_foreign_parts


def main(name):
    if not compiler(name):
        end([], "nothing", f"there is no {name} here")
    chosen = [header for header in headers() if header not in with_foreign_parts()]
    listed = [f"#include <{header}>\n" for header in chosen]
    sources = {
        "forwards": "".join(listed) + "int backwards();\nint main() { return backwards(); }\n",
        "backwards": "".join(reversed(listed)) + "int backwards();\nint backwards() { return hookseal::version.major * 0; }\n",
    }
    with tempfile.TemporaryDirectory() as folder:
        for source, text in sources.items():
            Path(folder, f"{source}.cpp").write_text(text)
        flags = ["-std=c++20", f"-I{INCLUDE}", *DEPENDENCY_FLAGS]
        steps = side_by_side(lambda source: run([compiler(name), *flags, "-c", f"{source}.cpp"], cwd=folder), sources)
        if not any(step.returncode for step in steps):
            steps = [run([compiler(name), "forwards.o", "backwards.o", "-lcrypto", "-o", "both"], cwd=folder)]
        if not any(step.returncode for step in steps):
            steps = [run(["./both"], cwd=folder)]
    end([step.stdout for step in steps if step.returncode], f"{len(chosen)} headers with {name}")


main(sys.argv[1])
