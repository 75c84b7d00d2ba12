"""How long carrying takes, leave-one-out, every shipped question, and the chain under a construct.

    python -m bench.carry                        550 and 5,500 studies
    python -m bench.carry --studies 2000 --studies 20000

Counted is processor time; of what takes less than a second, the median of five. Statuses and what
each study holds up are compared with what was planted; a difference ends the run.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.generate import generate
from bench.plan import Size
from bench.table import HEAD, Goal, Line, show_line
from bench.timing import time_job
from kg.query import list_queries, run_query
from kg.store import NamedNode, RdfFormat, Store
from kg.synthesis import carry, explain, find_gaps, leave_one_out, read_transfers, statuses
from kg.synthesis.carry import infer_facts, infer_statuses
from kg.terms import QES, RDF_TYPE, WORKING_GRAPH, plain
from kg.workspace.build import build

AREAS = ("questions", "screening", "check", "export")
CHAINS = {"why third-order construct": "ThirdOrderConstruct", "why finding": "Finding"}


def time_often(job: Callable[[], object]) -> float:
    """Return the seconds of processor time that a job takes."""
    taken = [time_job(job)]
    while taken[0] < 1 and len(taken) < 5:
        taken.append(time_job(job))
    return median(taken)


def run(folder: Path) -> dict[str, float]:
    """Return job → seconds for one synthesis, its results compared with what was planted."""
    built = build(folder)
    base = built.review.base
    store = _copy(built.store)
    taken = {
        "statuses alone": time_job(lambda: _decide(store)),
        "carry": time_job(lambda: carry(store)),
    }
    _compare(folder / "planted-statuses.csv", set(statuses(store).items()))
    before = statuses(store)
    found: set[tuple[str, ...]] = set()

    def leave() -> None:
        for removal in leave_one_out(store):
            found.update((removal.removed, *change) for change in removal.changed)
            found.update((removal.removed, i, before[i], "no basis") for i in removal.lost)

    taken["leave-one-out"] = time_job(leave)
    _compare(folder / "planted-robustness.csv", found)
    for area in AREAS:
        for query in list_queries(area):
            taken[f"{area}/{query.name}"] = time_often(partial(run_query, store, query.text))
    taken["why/gaps"] = time_often(lambda: find_gaps(store))
    taken["why/transfers"] = time_often(lambda: read_transfers(store))
    for name, kind in CHAINS.items():
        taken[name] = time_often(partial(explain, store, _first(store, kind), base))
    return taken


def _copy(built: Store) -> Store:
    """Return a built store as it was before carrying, in memory."""
    store = Store()
    store.bulk_load(built.dump(format=RdfFormat.N_QUADS), format=RdfFormat.N_QUADS, lenient=True)
    for graph in list(store.named_graphs()):
        if plain(graph).endswith(("/carried", "/set-aside")):
            store.remove_graph(graph)
    store.optimize()
    return store


def _decide(store: Store) -> None:
    infer_facts(store)
    infer_statuses(store)
    store.remove_graph(NamedNode(WORKING_GRAPH))


def _first(store: Store, kind: str) -> NamedNode:
    quads = store.quads_for_pattern(None, NamedNode(RDF_TYPE), NamedNode(QES + kind))
    return NamedNode(min(plain(q.subject) for q in quads))


def _compare(planted: Path, found: set[tuple[str, ...]]) -> None:
    with planted.open(encoding="utf-8", newline="") as file:
        expected = {tuple(row) for row in list(csv.reader(file))[1:]}
    if found != expected:
        different = sorted(found ^ expected)
        sys.exit(f"{planted}: {len(different)} differ, the first: {different[0]}")


def measure(sizes: Sequence[int]) -> Iterator[Line]:
    """Yield what each job takes at the last size, and how carrying grows from the one before."""
    results: list[dict[str, float]] = []
    with TemporaryDirectory() as place:
        for studies in sizes:
            folder = Path(place, str(studies))
            generate(folder, Size(studies), 7)
            results.append(run(folder))
    last, size = results[-1], f"{sizes[-1]:,} studies"
    for job in ("statuses alone", "carry"):
        yield Line(job, size, last[job], goal=Goal(5, "s"))
    yield Line("leave-one-out", size, last["leave-one-out"], "carry", last["carry"],
               last["leave-one-out"] / last["carry"], Goal(3, "of it"))  # fmt: skip
    for job in ("carry", "leave-one-out") if len(sizes) > 1 else ():
        before = results[-2][job]
        yield Line(f"growth of {job}", size, last[job], f"at {sizes[-2]:,} studies", before,
                   last[job] / before, Goal(12, "of it"))  # fmt: skip
    for area in AREAS:
        slowest = max((j for j in last if j.startswith(f"{area}/")), key=lambda job: last[job])
        yield Line(f"slowest of {area}", size, last[slowest], goal=Goal(1, "s"))
    for job in CHAINS:
        yield Line(job, size, last[job], goal=Goal(0.1, "s"))


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--studies", type=int, action="append", default=[])
    print(show_line(HEAD))
    for line in measure(parser.parse_args().studies or [550, 5500]):
        print(show_line(line.cells()), flush=True)


if __name__ == "__main__":
    main()
