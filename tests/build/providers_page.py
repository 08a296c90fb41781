# SPDX-License-Identifier: MIT
"""docs/providers.md shows what `hookseal providers` prints; `providers_page.py PROGRAM --write` brings it up to date."""
import re
import subprocess
import sys

from shared import ROOT, end

PAGE = ROOT / "docs" / "providers.md"
BLOCK = re.compile(r"(<!-- printed by hookseal providers -->\n```text\n)(.*?)(```)", re.DOTALL)

printed = subprocess.run([sys.argv[1], "providers"], check=True, capture_output=True, text=True).stdout
printed = "".join(line.rstrip() + "\n" for line in printed.splitlines())
text = PAGE.read_text()
renewed, blocks = BLOCK.subn(lambda block: block[1] + printed + block[3], text)
if "--write" in sys.argv:
    PAGE.write_text(renewed)
    text = renewed
faults = [] if blocks == 1 and renewed == text else [f"{PAGE.name} is not what 'hookseal providers' prints"]
end(faults, "1 page")
