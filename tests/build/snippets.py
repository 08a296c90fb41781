# SPDX-License-Identifier: MIT
"""The C++ in README.md and docs/*.md is code that compiles.

A block stands under a comment that names where it is from, `<!-- docs/examples/verify.cpp#request -->`, and equals that
region of the file: the lines between `// [request]` and `// [/request]`, indented less; without `#…`, the whole file.
A block that is not from a file says so: `<!-- not compiled: a fragment of another framework -->`.
`snippets.py --write` puts the files' text into the blocks.
"""
import re
import sys
import textwrap

from shared import ROOT, end

BLOCK = re.compile(r"(?:^<!-- (?P<source>[^\n]*) -->\n+)?^```cpp\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def region(source):
    """The text a block has to have, or None where there is no such file or region."""
    file, _, name = source.partition("#")
    if not (ROOT / file).is_file():
        return None
    text = (ROOT / file).read_text()
    if name:
        match = re.search(rf"^ *// \[{name}\]\n(.*?)^ *// \[/{name}\]$", text, re.MULTILINE | re.DOTALL)
        if not match:
            return None
        text = match[1]
    return textwrap.dedent(text)


def main(write):
    faults, blocks = [], 0
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        text = page.read_text() if page.exists() else ""

        def checked(match):
            nonlocal blocks
            blocks += 1
            at = f"{page.relative_to(ROOT)}:{text.count(chr(10), 0, match.start('text'))}"
            source = match["source"]
            if source is None:
                faults.append(f"{at}: the block does not say which file it is from")
            elif not source.startswith("not compiled: "):
                wanted = region(source)
                if wanted is None:
                    faults.append(f"{at}: there is no {source}")
                elif wanted != match["text"] and write:
                    return match[0].replace(f"```cpp\n{match['text']}", f"```cpp\n{wanted}")
                elif wanted != match["text"]:
                    faults.append(f"{at}: differs from {source}; 'snippets.py --write' brings it up to date")
            return match[0]

        renewed = BLOCK.sub(checked, text)
        if renewed != text:
            page.write_text(renewed)
    end(faults, f"{blocks} blocks")


main("--write" in sys.argv)
