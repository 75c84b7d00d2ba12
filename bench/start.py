"""How long `kg` takes to start, as a multiple of what Python itself takes.

    python -m bench.start                    this checkout
    python bench/start.py --beside ../older  this and another checkout, side by side in one run

Every round runs bare Python and each command once, on a built copy of the first case, so that what
disturbs the machine disturbs both; a figure is the median over the rounds of the ratio in one
round. Counted is processor time (user and system). The last line is the wall time of what
`make run` starts, on a built workspace.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.table import Goal, Line
from bench.timing import Used, run_python, time_pair

ROOT = Path(__file__).resolve().parents[1]
TRANSFER = "collective-efficacy--sense-group-belief--ltc-personal-communities"
COMMANDS = (
    ("--help",),
    ("why", "--help"),
    ("query",),
    ("query", "settings-studied"),
    ("check",),
    ("carry",),
    ("why", "vassilev2019-u1"),
    ("why", TRANSFER),
)
FILES = ("graph.ttl", "graph.jsonld", "network.graphml", "nodes.csv", "edges.csv")
# What the installed command does.
KG = "import re, sys; from kg.cli import main; sys.exit(main())"
GOALS = {("--help",): 6, ("why", TRANSFER): 20, ("why", "vassilev2019-u1"): 20}


class Checkout:
    """One checkout, and a built copy of its first case."""

    def __init__(self, root: Path, place: Path) -> None:
        """Copy the case and build it."""
        self.name = root.name
        self._env = {**os.environ, "PYTHONPATH": str(root), "PYTHONSAFEPATH": "1"}
        self._case = place / f"case-{root.name}-{abs(hash(root))}"
        source = root / "data" / "collective-efficacy"
        shutil.copytree(source, self._case, ignore=shutil.ignore_patterns(".kg"))
        for _ in range(2):  # the second time everything is as it will be found
            self.measure("build")

    def measure(self, *args: str) -> Used:
        """Return what a command takes."""
        return run_python(["-c", KG, "-C", str(self._case), *args], self._env)

    def run(self) -> float:
        """Return the wall time of the commands that `make run` starts."""
        out = self._case.parent
        commands = (
            ("check",),
            ("carry",),
            ("--quiet", "carry", "-o", f"{out}/carried.json"),
            ("--quiet", "export", *(f"{out}/{name}" for name in FILES)),
            ("--quiet", "export", "--carried", "all", f"{out}/carried.trig"),
        )
        return sum(self.measure(*args).wall for args in commands)


def measure(rounds: int = 9) -> Iterator[Line]:
    """Yield what the commands of this checkout take beside bare Python, and `make run`."""
    with tempfile.TemporaryDirectory() as folder:
        checkout = Checkout(ROOT, Path(folder))
        for args in COMMANDS:
            ours, theirs, ratio = time_pair(
                lambda args=args: checkout.measure(*args).seconds,  # type: ignore[misc]
                lambda: run_python(["-c", "pass"]).seconds,
                rounds,
            )
            goal = Goal(GOALS[args], "of it") if args in GOALS else None
            yield Line(f"kg {' '.join(args)}"[:36], "first case", ours, "bare Python", theirs,
                       ratio, goal)  # fmt: skip
        wall = median(checkout.run() for _ in range(min(5, rounds)))
        yield Line("make run, from warm, wall", "first case", wall, goal=Goal(5, "s"))


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--beside", type=Path, action="append", default=[], metavar="DIR")
    parser.add_argument("--rounds", type=int, default=9)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        places = [p.resolve() for p in (*given.beside, ROOT)]
        checkouts = [Checkout(place, Path(folder)) for place in places]
        bare: list[float] = []
        used: dict[tuple[tuple[str, ...], int], list[float]] = {}
        for _ in range(given.rounds):
            bare.append(run_python(["-c", "pass"]).seconds)
            for args in COMMANDS:
                for number, checkout in enumerate(checkouts):
                    used.setdefault((args, number), []).append(checkout.measure(*args).seconds)
        walls = [[c.run() for c in checkouts] for _ in range(min(5, given.rounds))]
    print(f"bare Python: {1000 * median(bare):.0f} ms, {given.rounds} rounds\n")
    head = "".join(f"{c.name:>24}" for c in checkouts)
    print(f"{'kg':32}{head}{'goal':>8}")
    for args in COMMANDS:
        cells = ""
        for number in range(len(checkouts)):
            times = used[args, number]
            ratio = median(t / b for t, b in zip(times, bare, strict=True))
            cells += f"{1000 * median(times):>12.0f} ms {ratio:>6.1f} ×"
        print(f"{' '.join(args)[:30]:32}{cells}{GOALS.get(args, ''):>8}")
    cells = "".join(f"{median(wall):>22.2f} s" for wall in zip(*walls, strict=True))
    print(f"{'what make run starts, wall':32}{cells}{5:>8}")


if __name__ == "__main__":
    main()
