# SPDX-License-Identifier: MIT
"""Each public header compiles alone, twice in a row, and without warnings: `self_contained.py COMPILER [FLAG...]`.

Once as C++20 and once as C++23 without exceptions and RTTI; all of them together as C++23 with them. Headers that include
the same need not be compiled one by one, see `batches`. With `--foreign` first, the headers that need a
framework or a database are checked instead of the others; those whose need is not on the machine are named.
"""
import sys

from shared import DEPENDENCY_FLAGS, INCLUDE, WARNINGS, compile_text, compiler, end, headers, includes, side_by_side, with_foreign_parts

ALONE = [["-std=c++20"], ["-std=c++2b", "-fno-exceptions", "-fno-rtti"]]
TOGETHER = ["-std=c++2b"]


def batches(chosen):
    """Lists of headers to compile in one go, such that each is checked as if it were compiled alone.

    Headers whose includes come to the same, with all that these include in turn, see the same declarations but for each
    other's. Such headers are compiled together, once forwards and once backwards: what one of them needs of another is
    missing in one of the two orders, for nothing can be defined by two headers.
    """
    own = {header: [name for _, name, _ in includes(header)] for header in headers()}

    def sees(header, seen):
        for name in own.get(header, []):
            if name not in seen:
                seen.add(name)
                sees(name, seen)
        return seen

    alike = {}
    for header in chosen:
        alike.setdefault(frozenset(sees(header, set())), []).append(header)
    for group in alike.values():
        twice = [each for header in group for each in (header, header)]
        yield twice
        if len(group) > 1:
            yield twice[::-1]


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
        what = "all headers" if included is chosen else " … ".join(dict.fromkeys([included[0], included[-1]]))
        return f"{what} with {' '.join([name, *flags, *mode])}:\n{result.stdout}" if result.returncode != 0 else None

    jobs = [(batch, mode) for batch in batches(chosen) for mode in ALONE]
    if chosen:
        jobs.append((chosen, TOGETHER))
    faults = [fault for fault in side_by_side(check, jobs) if fault]
    end(faults, f"{len(chosen)} headers", "; ".join(missing))


main(sys.argv[1:])
