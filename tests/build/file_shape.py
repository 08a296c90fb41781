# SPDX-License-Identifier: MIT
"""Each public header has the shape all of them have: licence line, guard, versioned namespace, no macros."""
import re

from shared import INCLUDE, LIBRARY, end, headers


def version():
    text = (LIBRARY / "version.hpp").read_text()
    return [re.search(rf"#define HOOKSEAL_VERSION_{part} (\d+)", text)[1] for part in ("MAJOR", "MINOR", "PATCH")]


def without_comments(lines):
    return [re.sub(r'"(\\.|[^"\\])*"|//.*', lambda match: '""' if match[0].startswith('"') else "", line) for line in lines]


def faults_of(header):
    major, minor, _ = version()
    namespace = f"namespace hookseal::inline v{major}_{minor}"
    guard = re.sub(r"[/.]", "_", header).upper()
    text = (INCLUDE / header).read_text()
    lines = text.splitlines()

    if re.fullmatch(r"hookseal(/[a-z0-9_]+)+\.hpp", header) is None:
        yield 1, "the name is not lower case with underscores"
    if lines[:3] != ["// SPDX-License-Identifier: MIT", f"#ifndef {guard}", f"#define {guard}"]:
        yield 1, f"does not begin with the licence line and the guard {guard}"
    if lines[-1] != "#endif" or not text.endswith("\n"):
        yield len(lines), "does not end with a plain #endif"

    code = without_comments(lines)
    declares_something = any(line.strip() and not line.lstrip().startswith("#") for line in code)
    if declares_something and not any(line.startswith(namespace) for line in code):
        yield 1, f"nothing is in {namespace}"
    for number, line in enumerate(code, 1):
        if re.match(r"\s*namespace\s+hookseal\b", line) and not re.match(rf"{namespace}(::[a-z_]+)* {{", line):
            yield number, f"a namespace that is not {namespace}"
        if re.match(r"\s*namespace\s*\{", line):
            yield number, "an unnamed namespace is another one in each translation unit"
        if re.search(r"\busing\s+namespace\b", line):
            yield number, "'using namespace'"
        macro = re.match(r"\s*#\s*(?:define|undef)\s+(\w+)", line)
        if macro and macro[1] != guard and not re.fullmatch(r"HOOKSEAL_VERSION_(MAJOR|MINOR|PATCH)", macro[1]):
            yield number, f"the macro {macro[1]}"
        if re.match(r"\s*#\s*(if|elif)", line) and "HOOKSEAL_" in line and number != 2:
            yield number, "depends on a macro of ours: two translation units might disagree about it"
        if re.match(r"\s*#\s*pragma\s+once\b", line):
            yield number, "'#pragma once' beside the guard"


def main():
    faults = [f"{header}:{number}: {what}" for header in headers() for number, what in faults_of(header)]
    end(faults, f"{len(headers())} headers")


main()
