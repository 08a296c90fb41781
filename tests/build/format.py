# SPDX-License-Identifier: MIT
"""All C++ files are formatted as .clang-format says. Versions of clang-format differ, so only the one named here judges."""
import re
from difflib import unified_diff

from shared import ROOT, compiler, end, run, side_by_side

VERSION = "14"
FOLDERS = ("include", "tests", "bench", "tools", "docs")


def formatter():
    for name in (f"clang-format-{VERSION}", "clang-format"):
        if compiler(name) and re.search(rf"version {VERSION}\.", run([name, "--version"]).stdout):
            return name
    return None


def difference(file):
    # Not by --dry-run: it objects to the closing comments of inline namespaces, which it then leaves as they are.
    text = file.read_text().splitlines()
    formatted = run([formatter(), file]).stdout.splitlines()
    return "\n".join(unified_diff(text, formatted, str(file.relative_to(ROOT)), "clang-format", n=1, lineterm=""))


def main():
    if not formatter():
        end([], "nothing", f"there is no clang-format {VERSION} here")
    files = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*")) if path.suffix in (".hpp", ".cpp")]
    results = side_by_side(difference, files)
    end([difference for difference in results if difference], f"{len(files)} files")


main()
