"""Everything that is timed, in one table: ours, peers on the same data in the same run, growth.

    python -m bench                    print the table
    python -m bench --write            and write it to bench/RESULTS.md
    BIG=1 python -m bench              the largest size, too (hours)

Seconds are processor time (user and system) where nothing else is said. Sizes count triples, quads
of the store (most triples stand in two graphs), or studies; 5,500 studies are nearly 1e6 quads.
"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from bench import build, carry, check, columns, networks, peers, start
from bench.table import HEAD, Line, show_line, show_markdown

RESULTS = Path(__file__).with_name("RESULTS.md")
PACKAGES = ("duckdb", "networkx", "numpy", "owlrl", "polars", "pyoxigraph", "pyshacl", "rdflib",
            "shacl")  # fmt: skip
SMALL, MIDDLE, LARGE, BIG = 100, 550, 5_500, 62_000


def measure(big: bool) -> Iterator[Line]:
    """Yield everything that is timed."""
    yield from start.measure()
    yield from peers.measure(SMALL)
    yield from check.measure_pyshacl(MIDDLE)
    yield from check.measure(LARGE)
    for studies in (SMALL, MIDDLE, LARGE, *([BIG] if big else [])):
        yield from build.measure(studies, rounds=5 if studies < BIG else 1)
    yield from carry.measure((MIDDLE, LARGE, *([BIG] if big else [])))
    yield from columns.measure(LARGE, times=11)
    yield from networks.measure()


def describe_machine() -> str:
    """Return what the figures depend on: processors, memory, and versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{os.cpu_count()} processors ({platform.machine()}), {memory:.0f} GiB, "
        f"{platform.system()}, Python {platform.python_version()}; {packages}"
    )


def main() -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name}")
    given = parser.parse_args()
    lines: list[Line] = []
    print(show_line(HEAD))
    for line in measure(os.environ.get("BIG") == "1"):
        lines.append(line)
        print(show_line(line.cells()), flush=True)
        if given.write:
            RESULTS.write_text("\n".join(render(lines)), encoding="utf-8")


def render(lines: list[Line]) -> list[str]:
    """Return the lines of the file."""
    about = (__doc__ or "").strip().rpartition("\n\n")[2]
    machine = f"{describe_machine()}; processors may have been shared"
    return ["# What it takes", "", about, "", f"`make bench`, on {machine}.", "",
            *show_markdown(lines), ""]  # fmt: skip


if __name__ == "__main__":
    main()
