#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draws the benchmarks' results: plots.py FOLDER [TO]

Reads what summary.py reads, and writes body_size, providers and stores as SVG and PNG to TO (FOLDER by default).
"""
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

from summary import machine, read  # noqa: E402

OURS, OTHERS, LIMIT = "#1b6ca8", "#b0b7bf", "#222222"


def save(figure, to, name, where):
    figure.text(0.01, 0.01, where, fontsize=6, color="#666666")
    figure.tight_layout(rect=(0, 0.03, 1, 1))
    for form in ("svg", "png"):
        metadata = {"Date": None} if form == "svg" else {}
        figure.savefig(to / f"{name}.{form}", dpi=150, metadata=metadata)
    plt.close(figure)


def bare_hash(size, prefix=len("v0:1767225600:")):
    return f"limit/sha256_blocks_{(prefix + size + 9 + 63) // 64 + 1}"


def body_size(runs, to, where):
    sizes = sorted(int(name.rpartition("/")[2]) for name in runs if name.startswith("verify/"))
    figure, axes = plt.subplots(figsize=(7, 4.2))
    for prefix, label, style in (
        ("verify_by_hand", "what people paste: HMAC(), hex, compare", {"color": OTHERS, "marker": "s"}),
        ("verify_through_evp", "hookseal through EVP (FIPS)", {"color": OURS, "marker": "^", "linestyle": ":"}),
        ("verify", "hookseal: the whole of verify", {"color": OURS, "marker": "o"}),
    ):
        axes.plot(sizes, [runs[f"{prefix}/{size}"]["cpu_time"] for size in sizes], label=label, **style)
    axes.plot(sizes, [runs[bare_hash(size)]["cpu_time"] for size in sizes], "--", color=LIMIT,
              label="the limit: hashing the body once, SHA-256 alone")
    axes.set_xscale("log", base=2)
    axes.set_yscale("log")
    axes.set_xticks(sizes, [f"{size // 2**20} MiB" if size >= 2**20 else f"{size // 1024} KiB" if size >= 1024 else f"{size} B"
                            for size in sizes])
    axes.set_xlabel("body")
    axes.set_ylabel("nanoseconds a delivery")
    axes.set_title("Verifying a Slack delivery among twelve headers")
    axes.grid(True, which="major", alpha=0.3)
    axes.legend(frameon=False, fontsize=8)
    save(figure, to, "body_size", where)


def bars(axes, rows, unit):
    names, values, colours = zip(*rows)
    at = range(len(rows))
    axes.barh(at, values, color=colours)
    axes.set_yticks(at, names, fontsize=8)
    axes.invert_yaxis()
    axes.set_xlabel(unit)
    for y, value in zip(at, values):
        axes.annotate(f" {value:.3g}", (value, y), va="center", fontsize=7)
    axes.margins(x=0.12)
    axes.spines[["top", "right"]].set_visible(False)


def providers(runs, to, where):
    rows = []
    for name, run in runs.items():
        what, _, kind = name.partition("/")
        if what.startswith("verify_") and kind and not kind.replace("real_time", "").strip("/").isdigit() and "threads:" not in kind:
            rows.append((f"{what.removeprefix('verify_')} ({kind.replace('_', ' ')})", 1e6 / run["cpu_time"], OURS))
    rows.sort(key=lambda row: -row[1])
    figure, axes = plt.subplots(figsize=(7, 0.32 * len(rows) + 1.3))
    bars(axes, rows, "thousand verifications a second and core, 1 KiB body")
    axes.set_xscale("log")
    axes.set_title("By provider")
    save(figure, to, "providers", where)


def stores(runs, to, where):
    figure, both = plt.subplots(1, 2, figsize=(9, 2.9), sharey=True)
    for axes, threads in zip(both, (1, 2)):
        end = f"/real_time/threads:{threads}"
        rows = [(name.removeprefix("new_1m/").removesuffix(end).replace("_", " "), 1e3 / run["real_time"],
                 OURS if "lru_ttl_store" in name else OTHERS)
                for name, run in runs.items() if name.startswith("new_1m/") and name.endswith(end)]
        rows.sort(key=lambda row: row[0])
        bars(axes, rows, "million new events a second")
        axes.set_title(f"{threads} thread{'s' if threads > 1 else ''}", fontsize=10)
    figure.suptitle("Claiming and completing a new event, one million remembered", fontsize=11)
    save(figure, to, "stores", where)


def main(arguments):
    if len(arguments) not in (1, 2):
        sys.exit(__doc__)
    folder, to = pathlib.Path(arguments[0]), pathlib.Path(arguments[-1])
    runs, context = read(folder)
    to.mkdir(parents=True, exist_ok=True)
    where = f"{machine(context)}; {context['compiler']}, {context['openssl'].partition(' (')[0]}; {context['date'][:10]}"
    for draw in (body_size, providers, stores):
        draw(runs, to, where)
    print(f"plots: {', '.join(str(to / f'{draw.__name__}.svg') for draw in (body_size, providers, stores))}, and as .png")


main(sys.argv[1:])
