"""How long each verb takes on Spark with one worker and with more, and in one process.

    python -m bench.cluster --studies 2000,20000 --workers 1,2

It needs PySpark and Java. Generated studies are packed, a cluster of workers with one core each is
started on this machine, and each verb is run in a session that is there already; what it finds is
compared with what one process finds, and a difference ends the run. Each figure stands as seconds
on the clock, and as processor seconds on the longest way: those of the driver and of the busiest
worker. Only the second is worth comparing on a machine that others use, too.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bench.generate import generate
from bench.plan import Size
from bench.standalone import Standalone
from kg import Workspace
from kg.networks import find_co_occurrence
from kg.workspace.cluster import VERBS, Found, Spark, pack, run
from kg.workspace.network import find_personal

__all__ = ["main"]


@dataclass(frozen=True)
class Taken:
    """Seconds on the clock, and processor seconds on the longest way."""

    wall: float
    way: float

    def __str__(self) -> str:
        """Return both, for a cell of the table."""
        return f"{self.wall:.1f} ({self.way:.1f})"


def _time(job: Callable[[], Any]) -> tuple[Taken, Any]:
    wall, own = time.perf_counter(), time.process_time()
    found = job()
    return Taken(time.perf_counter() - wall, time.process_time() - own), found


def run_alone(workspace: Path) -> tuple[dict[str, Taken], dict[str, object]]:
    """Return how long one process takes for each verb, building included, and what it finds."""
    alone = Workspace(workspace)
    build, _ = _time(lambda: alone.built)
    found: dict[str, object] = {"check": list(alone.built.faults)}
    taken = {"check": build}

    def add(verb: str, job: Callable[[], object]) -> None:
        more, found[verb] = _time(job)
        taken[verb] = Taken(build.wall + more.wall, build.way + more.way)

    add("carry", lambda: [t.as_dict() for t in alone.carry()])
    add("robustness", lambda: [r.as_dict() for r in alone.robustness()])
    add("measures", lambda: _measure(alone))
    return taken, found


def _measure(alone: Workspace) -> dict[str, object]:
    built = alone.built
    find_personal(built)
    edges = find_co_occurrence(built.store, built.columns).edges()
    return {
        "gaps": alone.gaps().rows,
        "facets": alone.facets().rows,
        "reliance": alone.reliance().rows,
        "co-occurrence": tuple((e.source, e.target, str(e.data["weight"])) for e in edges),
    }


def _show(verb: str, found: Found) -> object:
    """Return what a verb found on Spark in the form of :func:`run_alone`."""
    if verb == "check":
        return found.faults
    if verb == "carry":
        return [t.as_dict() for t in found.transfers]
    if verb == "robustness":
        return [r.as_dict() for r in found.removals]
    tables = {n: tuple(f.rows()) for n, f in found.tables.items() if n != "personal"}
    tables["co-occurrence"] = tuple(row[:3] for row in tables["co-occurrence"])
    return tables


def run_cluster(
    dataset: Path, workers: int, folder: Path, expected: dict[str, object]
) -> dict[str, Taken]:
    """Return how long each verb takes with so many workers, its answer compared."""
    taken = {}
    with Standalone(folder, workers) as cluster, Spark(cluster.url) as spark:
        run("carry", dataset, spark)  # the processes of the workers have loaded everything then
        for verb in VERBS:
            before = cluster.count_seconds()
            one, found = _time(partial(run, verb, dataset, spark))
            busiest = max(b - a for a, b in zip(before, cluster.count_seconds(), strict=True))
            taken[verb] = Taken(one.wall, one.way + busiest)
            if expected and _show(verb, found) != expected[verb]:
                sys.exit(f"{verb}, {workers} workers: another answer than in one process")
    return taken


def measure(studies: int, workers: list[int], folder: Path, *, alone: bool) -> None:
    """Print the figures for so many studies."""
    generate(folder / "w", Size(studies), 7)
    packing, _ = _time(lambda: pack(folder / "w", folder / "d"))
    size = sum(p.stat().st_size for p in (folder / "d").rglob("*") if p.is_file())
    print(f"{studies} studies: packing {packing} s, {size / 1e6:.1f} MB", flush=True)
    single, expected = run_alone(folder / "w") if alone else ({}, {})
    found = {n: run_cluster(folder / "d", n, folder / f"c{n}", expected) for n in workers}
    first, last = found[workers[0]], found[workers[-1]]
    heads = [*(f"{n} workers" for n in workers), "gain", *(["one process"] if alone else [])]
    print(f"{'':12}{''.join(f'{head:>18}' for head in heads)}")
    for verb in VERBS:
        cells = [str(found[n][verb]) for n in workers]
        cells.append(f"{first[verb].way / last[verb].way:.2f} ×")
        cells += [str(single[verb])] if alone else []
        print(f"{verb:12}{''.join(f'{cell:>18}' for cell in cells)}", flush=True)
    print("the same answers" if alone else "answers not compared")


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--studies", default="2000")
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--only-cluster", action="store_true", help="compare nothing")
    args = parser.parse_args()
    workers = [int(n) for n in args.workers.split(",")]
    for studies in (int(n) for n in args.studies.split(",")):
        with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
            measure(studies, workers, Path(folder), alone=not args.only_cluster)


if __name__ == "__main__":
    main()
