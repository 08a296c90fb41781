# SPDX-License-Identifier: MIT
"""Each check of this folder finds what it is there for: made-up headers with one fault each, in a repository of their own."""
import re
import shutil
import sys
import tempfile
from pathlib import Path

from shared import LIBRARY, ROOT, compiler, end, run, side_by_side

NAMESPACE = re.search(r"^namespace (hookseal::inline v\w+) {$", (LIBRARY / "version.hpp").read_text(), re.MULTILINE)[1]


def header(path, includes=(), body="", namespace=NAMESPACE):
    guard = re.sub(r"[/.]", "_", f"hookseal/{path}").upper()
    listed = "".join(f"#include <{name}>\n" for name in includes)
    parts = [f"// SPDX-License-Identifier: MIT\n#ifndef {guard}\n#define {guard}\n", listed, f"namespace {namespace} {{\n",
             f"{body}\n", f"}} // namespace {namespace}\n", "#endif\n"]
    return {f"include/hookseal/{path}": "\n".join(part for part in parts if part)}


GOOD = {
    **header("encoding/hex.hpp", ["string_view"], "inline std::string_view hex() { return {}; }"),
    **header("core/text.hpp", ["hookseal/encoding/hex.hpp", "string_view"], "inline std::string_view text() { return hex(); }"),
    **header("core/clock.hpp", ["chrono"], "inline std::chrono::seconds now() { return {}; }"),
    **header("crypto/equal.hpp", ["openssl/crypto.h"], "inline bool equal() { return CRYPTO_memcmp(\"\", \"\", 1) == 0; }"),
    **header("schemes/signed_scheme.hpp", ["hookseal/core/text.hpp"], "struct signed_scheme {};"),
    **header("providers/stripe.hpp", ["hookseal/schemes/signed_scheme.hpp"], "struct stripe {};"),
    **header("frameworks/other.hpp", ["hookseal/core/text.hpp", "not/here.hpp"], "struct other {};"),
    **header("providers/github.hpp", body="struct github {};"),
    **header("verifier.hpp", body="struct verifier {};"),
    **header("hookseal.hpp", body="struct all {};"),
    "docs/examples/use.cpp": "// [main]\nint main() {}\n// [/main]\n",
    "docs/use.md": "<!-- docs/examples/use.cpp#main -->\n```cpp\nint main() {}\n```\n",
    "tests/build/consumer/main.cpp": "#include <hookseal/core/text.hpp>\nint main() { return hookseal::text().empty() ? 0 : 1; }\n",
    "tests/compile_fail/case.cpp": "// expect: wanted\n#ifdef CONTROL\nint other;\n#else\nint other = wanted;\n#endif\n",
}


def fault(check, says, files):
    return check, says, files


FAULTS = [
    fault("layers.py", "'core' must not see 'crypto'", header("core/text.hpp", ["hookseal/crypto/equal.hpp"])),
    fault("layers.py", "'encoding' must not see 'core'", header("encoding/hex.hpp", ["hookseal/core/clock.hpp"])),
    fault("layers.py", "signed_scheme.hpp sees <chrono>", header("schemes/signed_scheme.hpp", ["hookseal/core/clock.hpp"])),
    fault("layers.py", "stripe.hpp sees <memory>.*text.hpp -> memory", header("core/text.hpp", ["memory"])),
    fault("layers.py", "outside crypto/", header("core/text.hpp", ["openssl/evp.h"])),
    fault("layers.py", "neither ours nor", header("core/text.hpp", ["sys/types.h"])),
    fault("layers.py", "neither ours nor", header("core/text.hpp", ["string.h"])),
    fault("layers.py", "no place in a public header", header("core/text.hpp", ["iostream"])),
    fault("layers.py", "does not exist", header("core/text.hpp", ["hookseal/core/nowhere.hpp"])),
    fault("layers.py", "includes itself", header("core/clock.hpp", ["hookseal/core/text.hpp"]) | header("core/text.hpp", ["hookseal/core/clock.hpp"])),
    fault("layers.py", "must not see 'hookseal'", header("hookseal.hpp") | header("verifier.hpp", ["hookseal/hookseal.hpp"])),
    fault("layers.py", "must not see 'testing'", header("testing.hpp") | header("hookseal.hpp", ["hookseal/testing.hpp"])),
    fault("layers.py", "hookseal.hpp needs <sqlite3.h>", header("idempotency/sqlite_store.hpp", ["sqlite3.h"]) | header("hookseal.hpp", ["hookseal/idempotency/sqlite_store.hpp"])),
    fault("layers.py", "has no line", header("helpers.hpp")),
    fault("file_shape.py", "licence line and the guard", {"include/hookseal/core/text.hpp": "#ifndef X\n#define X\n#endif\n"}),
    fault("file_shape.py", "licence line and the guard", {"include/hookseal/core/text.hpp": GOOD["include/hookseal/core/clock.hpp"]}),
    fault("file_shape.py", "a namespace that is not", header("core/text.hpp", namespace="hookseal")),
    fault("file_shape.py", "a namespace that is not", header("core/text.hpp", namespace="hookseal::inline v9_9")),
    fault("file_shape.py", "nothing is in", header("core/text.hpp", namespace="other")),
    fault("file_shape.py", "unnamed namespace", header("core/text.hpp", body="namespace {}")),
    fault("file_shape.py", "'using namespace'", header("core/text.hpp", body="using namespace std;")),
    fault("file_shape.py", "the macro HOOKSEAL_FAST", header("core/text.hpp", body="#define HOOKSEAL_FAST")),
    fault("file_shape.py", "depends on a macro of ours", header("core/text.hpp", body="#ifdef HOOKSEAL_FAST\n#endif")),
    fault("file_shape.py", "lower case", header("core/Text.hpp")),
    fault("price.py g++", "opens .*/chrono", header("core/text.hpp", ["chrono"])),
    fault("price.py g++", "headers of others", header("core/text.hpp", ["algorithm", "vector", "unordered_map", "map", "variant"])),
    fault("price.py g++", "opens .*/openssl/", header("core/text.hpp", ["openssl/types.h"])),
    fault("self_contained.py g++", "core/text.hpp", header("core/text.hpp", body="inline std::string_view text();")),
    fault("self_contained.py clang++", "Wshadow", header("core/text.hpp", body="inline int text(int n) { { int n = 1; return n; } }")),
    fault("self_contained.py g++", "redefinition", {"include/hookseal/core/text.hpp": "struct text {};\n"}),
    fault("self_contained.py g++", "fno-exceptions", header("core/text.hpp", body="inline void text() { throw 1; }")),
    fault("self_contained.py clang++", "all headers with .*\n.*\n?.*redefinition", header("core/text.hpp", body="struct twice {};") | header("core/clock.hpp", body="struct twice {};")),
    fault("self_contained.py g++", "github. does not name a type", header("providers/gitlab.hpp", body="struct gitlab { github own; };")),
    fault("self_contained.py g++", "gitlab. does not name a type", header("providers/github.hpp", body="struct github { gitlab own; };") | header("providers/gitlab.hpp", body="struct gitlab {};")),
    fault("self_contained.py --foreign g++", "^skipped: .*needs not/here.hpp", {}),
    fault("self_contained.py --foreign g++", "frameworks/own.hpp", header("frameworks/own.hpp", ["openssl_not/../stdio.h"]) | header("frameworks/own.hpp", ["stdio.h"], "int x")),
    fault("odr.py g++", "multiple definition", header("core/text.hpp", body="int text() { return 1; }")),
    fault("odr.py clang++", "multiple definition", header("core/text.hpp", body="int text_;")),
    fault("no_exceptions.py g++", "exception", header("core/text.hpp", ["string_view"], "inline std::string_view text() { throw 1; }")),
    fault("no_exceptions.py clang++", "typeid|rtti", header("core/text.hpp", ["string_view", "typeinfo"], "inline std::string_view text() { return typeid(int).name(); }")),
    fault("compile_fail.py tests/compile_fail/case.cpp g++ clang++", "g\\+\\+ compiles it[^$]*clang\\+\\+ compiles it", {"tests/compile_fail/case.cpp": "// expect: x\n#ifdef CONTROL\n#endif\nint i;\n"}),
    fault("compile_fail.py tests/compile_fail/case.cpp g++", "does not say 'wanted'", {"tests/compile_fail/case.cpp": "// expect: wanted\n#ifndef CONTROL\nint i\n#endif\n"}),
    fault("compile_fail.py tests/compile_fail/case.cpp g++", "refuses the control", {"tests/compile_fail/case.cpp": "// expect: error\n#ifdef CONTROL\n#endif\nint i\n"}),
    fault("compile_fail.py tests/compile_fail/case.cpp g++", "no form for CONTROL", {"tests/compile_fail/case.cpp": "// expect: error\nint i\n"}),
    fault("compile_fail.py tests/compile_fail/case.cpp g++", "first line", {"tests/compile_fail/case.cpp": "int i\n"}),
    fault("snippets.py", "differs from", {"docs/use.md": GOOD["docs/use.md"].replace("{}", "{ return 1; }")}),
    fault("snippets.py", "which file it is from", {"docs/use.md": "```cpp\nint i;\n```\n"}),
    fault("snippets.py", "there is no docs/examples/other.cpp", {"docs/use.md": "<!-- docs/examples/other.cpp -->\n```cpp\nint i;\n```\n"}),
    fault("format.py", r"^-struct   text", header("core/text.hpp", body="struct   text {};")),
]


def outcome(check, files):
    """A check's exit code and words in a repository of these files alone."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(ROOT / "tests/build", root / "tests/build")
        for name in (".clang-format", "include/hookseal/version.hpp"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        script, *arguments = check.split()
        result = run([sys.executable, "-B", f"tests/build/{script}", *arguments], cwd=root)
        return result.returncode, result.stdout


def is_missed(case):
    check, says, files = case
    code, words = outcome(check, GOOD | files)
    if code == 77 and not says.startswith("^skipped"):
        return None
    return None if code != 0 and re.search(says, words, re.MULTILINE) else f"{check} misses '{says}', ends with {code}:\n{words}"


def is_found_for_nothing(check):
    code, words = outcome(check, GOOD)
    return None if code in (0, 77) else f"{check} finds a fault where none is:\n{words}"


def main():
    checks = sorted({check for check, _, _ in FAULTS})
    faults = [fault for fault in side_by_side(is_missed, FAULTS) + side_by_side(is_found_for_nothing, checks) if fault]
    absent = [name for name in ("g++", "clang++") if not compiler(name)]
    end(faults, f"{len(FAULTS)} faults are found", f"no {', '.join(absent)} here" if absent else "")


main()
