"""How long carrying takes, leave-one-out, every shipped question, and the chain under a construct.

    python -m bench.generate build/2000 --studies 2000 --seed 7
    python -m bench.generate build/20000 --studies 20000 --seed 7
    python -m bench.carry build/2000 build/20000

Each folder is built first if it is not. Counted is processor time; of what takes less than a
second, the median of five. Statuses and what each study holds up are compared with what was
planted; a difference ends the run. The last column is the growth from the first folder to the last.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from kg.query import list_queries, run_query
from kg.store import NamedNode, RdfFormat, Store
from kg.synthesis import carry, explain, find_gaps, leave_one_out, read_transfers, statuses
from kg.synthesis.carry import infer_facts, infer_statuses
from kg.terms import QES, RDF_TYPE, WORKING_GRAPH, plain
from kg.workspace.build import build

GOALS = {"carry": 5.0, "question": 1.0, "why": 0.1}
LEAVE_ONE_OUT, GROWTH = 3, 12  # × carry, × from 1e5 to 1e6
AREAS = ("questions", "screening", "check", "export")
CHAINS = {"why third-order construct": "ThirdOrderConstruct", "why finding": "Finding"}


def measure(job: Callable[[], object]) -> float:
    """Return the seconds of processor time that a job takes."""
    taken = [_once(job)]
    while taken[0] < 1 and len(taken) < 5:
        taken.append(_once(job))
    return median(taken)


def _once(job: Callable[[], object]) -> float:
    start = time.process_time()
    job()
    return time.process_time() - start


def run(folder: Path) -> dict[str, float]:
    """Return job → seconds for one synthesis, its results compared with what was planted."""
    built = build(folder)
    base = built.review.base
    store = _copy(built.store)
    taken = {"statuses alone": _once(lambda: _decide(store)), "carry": _once(lambda: carry(store))}
    _compare(folder / "planted-statuses.csv", set(statuses(store).items()))
    before = statuses(store)
    found: set[tuple[str, ...]] = set()

    def leave() -> None:
        for removal in leave_one_out(store):
            found.update((removal.removed, *change) for change in removal.changed)
            found.update((removal.removed, i, before[i], "no basis") for i in removal.lost)

    taken["leave-one-out"] = _once(leave)
    _compare(folder / "planted-robustness.csv", found)
    for area in AREAS:
        for query in list_queries(area):
            taken[f"{area}/{query.name}"] = measure(partial(run_query, store, query.text))
    taken["why/gaps"] = measure(lambda: find_gaps(store))
    taken["why/transfers"] = measure(lambda: read_transfers(store))
    for name, kind in CHAINS.items():
        taken[name] = measure(partial(explain, store, _first(store, kind), base))
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


def _goal(job: str, taken: dict[str, float]) -> str:
    if job == "leave-one-out":
        return f"{LEAVE_ONE_OUT * taken['carry']:.1f} s"
    kind = "question" if job.startswith("questions/") else job.split()[0]
    return f"{GOALS[kind]} s" if kind in GOALS else ""


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+", metavar="DIR")
    folders = parser.parse_args().folders
    results = [run(folder) for folder in folders]
    print(f"{'':46}{''.join(f'{f.name:>14}' for f in folders)}{'goal':>10}{'growth':>10}")
    for job in results[-1]:
        cells = "".join(f"{result[job]:>12.3f} s" for result in results)
        growth = results[-1][job] / max(results[0][job], 0.001)
        bound = f" (≤ {GROWTH})" if job in ("carry", "leave-one-out") else ""
        print(f"{job:46}{cells}{_goal(job, results[-1]):>10}{growth:>8.1f} ×{bound}")
    print("statuses and leave-one-out: as planted")


if __name__ == "__main__":
    main()
