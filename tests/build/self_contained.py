# SPDX-License-Identifier: MIT
"""Each public header compiles alone, twice in a row, and without warnings: `self_contained.py COMPILER [FLAG...]`.

Once as C++20 and once as C++23 without exceptions and RTTI; all of them together as C++23 with them. With `--foreign` first, the headers that need a
framework or a database are checked instead of the others; those whose need is not on the machine are named.
"""
import sys

from shared import DEPENDENCY_FLAGS, INCLUDE, WARNINGS, compile_text, compiler, end, headers, side_by_side, with_foreign_parts

ALONE = [["-std=c++20"], ["-std=c++2b", "-fno-exceptions", "-fno-rtti"]]
TOGETHER = ["-std=c++2b"]


def main(arguments):
    foreign_only = arguments[0] == "--foreign"
    name, *flags = arguments[1:] if foreign_only else arguments
    if not compiler(name):
        end([], "nothing", f"there is no {name} here")
    command = [compiler(name), *flags, "-fsyntax-only", f"-I{INCLUDE}", *DEPENDENCY_FLAGS]
    probe = compile_text([*command, "-std=c++20"], "#include <version>\n")
    if probe.returncode != 0:
        end([], "nothing", f"{' '.join([name, *flags])} does not work here: {probe.stdout.strip()}")

    needs = with_foreign_parts()
    chosen = [header for header in headers() if (header in needs) == foreign_only]

    missing = []
    for header in [header for header in chosen if header in needs]:
        asked = "".join(f"#if !__has_include(<{need}>)\n#error {need}\n#endif\n" for need in needs[header])
        if compile_text([*command, "-std=c++20"], asked).returncode != 0:
            missing.append(f"{header} (needs {', '.join(needs[header])})")
            chosen.remove(header)

    def check(job):
        included, mode = job
        text = "".join(f"#include <{header}>\n" for header in included) + "int main() {}\n"
        result = compile_text([*command, *mode, *WARNINGS], text)
        what = included[0] if included[0] == included[-1] else "all headers"
        return f"{what} with {' '.join([name, *flags, *mode])}:\n{result.stdout}" if result.returncode != 0 else None

    jobs = [([header, header], mode) for header in chosen for mode in ALONE]
    if chosen:
        jobs.append((chosen, TOGETHER))
    faults = [fault for fault in side_by_side(check, jobs) if fault]
    end(faults, f"{len(chosen)} headers", "; ".join(missing))


main(sys.argv[1:])
