# SPDX-License-Identifier: MIT
"""Another project can use hookseal: `consumer.py find_package|add_subdirectory|pkg_config CMAKE COMPILER`.

find_package: installed, moved elsewhere, found by its version; a version that promises something else is refused.
add_subdirectory: the library's source inside the other project, which gets the library and nothing besides.
pkg_config: installed, found by pkg-config.
All of it in folders with spaces in their names.
"""
import re
import shlex
import sys
import tempfile
from pathlib import Path

from shared import LIBRARY, ROOT, compiler, end, run

CONSUMER = ROOT / "tests/build/consumer"


def must(command, **more):
    result = run([str(part) for part in command], **more)
    if result.returncode != 0:
        end([f"{shlex.join(map(str, command))}\n{result.stdout}"], "up to there")
    return result.stdout


def install(cmake, cxx, folder):
    """hookseal in a folder other than the one it was installed to."""
    options = ["TESTS", "BENCHMARKS", "TOOLS"]
    must([cmake, "-S", ROOT, "-B", folder / "build", f"-DCMAKE_CXX_COMPILER={cxx}", f"-DCMAKE_INSTALL_PREFIX={folder}/first place",
          *(f"-DHOOKSEAL_BUILD_{option}=OFF" for option in options)])
    must([cmake, "--install", folder / "build"])
    (folder / "first place").rename(folder / "final place")
    installed = {path.name for path in (folder / "final place").rglob("*.hpp")}
    absent = {path.name for path in LIBRARY.rglob("*.hpp")} - installed
    if absent:
        end([f"not installed: {', '.join(sorted(absent))}"], "the installed files")
    return folder / "final place"


def versions():
    text = (LIBRARY / "version.hpp").read_text()
    major, minor, patch = (int(number) for number in re.findall(r"#define HOOKSEAL_VERSION_[A-Z]+ (\d+)", text))
    accepted = [f"{major}.{minor}", f"{major}.{minor}.{patch}"]
    refused = [f"{major}.99", f"{major}.{minor + 1}", f"{major}.{minor}.{patch + 1}", f"{major + 1}.0"]
    return accepted, refused


def build_and_run(cmake, cxx, folder, *options):
    must([cmake, "-S", CONSUMER, "-B", folder, f"-DCMAKE_CXX_COMPILER={cxx}", *options])
    must([cmake, "--build", folder])
    must([folder / "consumer"])


def by_find_package(cmake, cxx, folder):
    prefix = install(cmake, cxx, folder)
    accepted, refused = versions()
    for version in accepted:
        build_and_run(cmake, cxx, folder / version, f"-DCMAKE_PREFIX_PATH={prefix}", f"-DREQUEST={version}")
    for version in refused:
        result = run([cmake, "-S", CONSUMER, "-B", folder / version, f"-DCMAKE_CXX_COMPILER={cxx}",
                      f"-DCMAKE_PREFIX_PATH={prefix}", f"-DREQUEST={version}"])
        if result.returncode == 0 or "compatible with requested version" not in " ".join(result.stdout.split()):
            end([f"version {version} is not refused for its number:\n{result.stdout}"], "up to there")
    return f"versions {', '.join(accepted)} work, {', '.join(refused)} are refused"


def by_add_subdirectory(cmake, cxx, folder):
    build_and_run(cmake, cxx, folder / "build", f"-DHOOKSEAL_SOURCE={ROOT}")
    return "the source as a subdirectory"


def by_pkg_config(cmake, cxx, folder):
    if not compiler("pkg-config"):
        end([], "nothing", "there is no pkg-config here")
    prefix = install(cmake, cxx, folder)
    asked = ["env", f"PKG_CONFIG_PATH={prefix}/share/pkgconfig", "pkg-config"]
    version = must([*asked, "--modversion", "hookseal"]).strip()
    if version != versions()[0][1]:
        end([f"pkg-config says version {version}"], "the version")
    flags = shlex.split(must([*asked, "--cflags", "--libs", "hookseal"]))
    must([cxx, "-std=c++20", CONSUMER / "main.cpp", *flags, "-o", folder / "consumer"])
    must([folder / "consumer"])
    return f"version {version} by pkg-config"


def main(way, cmake, cxx):
    ways = {"find_package": by_find_package, "add_subdirectory": by_add_subdirectory, "pkg_config": by_pkg_config}
    with tempfile.TemporaryDirectory(prefix="hookseal consumer ") as folder:
        end([], ways[way](cmake, cxx, Path(folder)))


main(*sys.argv[1:])
