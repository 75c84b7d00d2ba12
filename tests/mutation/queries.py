"""Does a test fail for every part of every query? ``python -m tests.mutation.queries``

Each FILTER, MINUS, OPTIONAL and triple pattern of ``queries/questions`` and ``queries/carry`` is
deleted in turn. The query without it is asked what the tests ask: a question its answers on the
shipped case, on the case with one cell edited and on a small workspace; a stage of carrying the
carried claims on these, and then the case tables of tests/synthesis and tests/queries/carried.py.
A mutant is killed by the first case that comes out otherwise, by the parser, or by a limit on time
and memory.

What survives must stand in ``survivors.yaml`` with a reason. Exit 1 if something survives that is
not listed, or if something listed is killed or is no longer there.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

import yaml
from pyoxigraph import Store

from kg.query import list_queries, run_update
from kg.workspace.build import build
from tests.mutation.sparql import Mutant, find_mutants
from tests.queries.carried import find_misplaced, get_more
from tests.queries.questions import Case, ask, cases, failing, get_store
from tests.synthesis.books import BOOKS
from tests.synthesis.cases import Book, find_failing, look, open_copy
from tests.synthesis.table import add_table

__all__ = ["main"]

SURVIVORS = Path(__file__).with_name("survivors.yaml")
SECONDS, BYTES = 20, 2 * 1024**3  # of one mutant, on a processor of its own
FORK = multiprocessing.get_context("fork")  # a child starts with the stores of the parent

Key = tuple[str, str, str]  # query, kind, part
Stage = tuple[str, str]  # name, text
Check = Callable[[], str]  # what killed the mutant, "" if nothing did


@dataclass(frozen=True)
class Suspect:
    """A mutant of one query."""

    query: str
    mutant: Mutant

    @property
    def key(self) -> Key:
        """Return what the list of survivors knows it by."""
        return self.query, self.mutant.kind, self.mutant.part


def find_suspects(area: str) -> Iterator[Suspect]:
    """Yield every mutant of an area's queries, query by query."""
    for query in list_queries(area):
        for mutant in find_mutants(query.text):
            yield Suspect(f"{area}/{query.name}", mutant)


def parses(suspect: Suspect) -> bool:
    """Return whether the mutant is SPARQL at all."""
    store = Store()
    try:
        if suspect.query.startswith("carry/"):
            store.update(suspect.mutant.text)
        else:
            store.query(suspect.mutant.text)
    except SyntaxError:
        return False
    return True


# Questions


def question_checks(only: str) -> Iterator[tuple[Suspect, Check]]:
    """Yield the mutants of the questions, each with what is to be done with it."""
    for case in cases():
        get_store(case.store)  # built before the first fork
    failed = _in_child(failing)
    assert failed == [], f"without a mutant: {failed}"
    for suspect in find_suspects("questions"):
        if only in suspect.query:
            stem = suspect.query.partition("/")[2]
            yield suspect, partial(_first_failing, {stem: suspect.mutant.text})


def _shipped(area: str, name: str) -> str:
    return next(query.text for query in list_queries(area) if query.name == name)


def _first_failing(texts: dict[str, str]) -> str:
    return next(iter(failing(texts)), "")


# Stages of carrying


@dataclass(frozen=True)
class Court:
    """A store in memory and the cases that it decides once carrying has been done in it."""

    name: str
    store: Store
    fails: Callable[[], list[str]]  # carries, then returns the ids of the failing cases


def get_courts() -> list[Court]:
    """Return the stores on which a stage is judged, the quickest first."""
    courts = []
    for case in cases():
        if case.stem == "carried-claims":
            store = open_copy(get_store(case.store))
            courts.append(Court(case.id, store, partial(_claims_fail, store, case)))
    more = get_more()
    for book in (more, *sorted(_books(), key=lambda book: len(book.cases))):
        with TemporaryDirectory() as folder:
            store = open_copy(build(book.workspace.write(Path(folder) / "w")).store)
        fails = _more_fails if book is more else _book_fails
        courts.append(Court(f"{len(book.cases)} cases", store, partial(fails, store, book)))
    return courts


def _claims_fail(store: Store, case: Case) -> list[str]:
    _carrying().carry(store)
    rows = ask(case, _shipped("questions", case.stem), store).rows
    return [*([] if rows == case.rows else [case.id]), *map(" ".join, find_misplaced(store))]


def _book_fails(store: Store, book: Book) -> list[str]:
    failed = find_failing(store, book.cases)
    seen = look(store)
    tables = (book.workspace.tables.get(name, {}) for name in ("concepts", "configurations"))
    topics = {row for rows in tables for row in rows}
    for id_, transfer in seen.transfers.items():
        # A left-out row that may name anything makes transfers of everything: undetermined ones.
        if transfer.concept not in topics and transfer.status != "undetermined":
            failed.append(f"{id_} is not asked for")
    failed += [f"{id_} stands twice" for id_ in seen.twice]
    return failed + [f"{name} is written" for name in seen.leaks]


def _more_fails(store: Store, book: Book) -> list[str]:
    return [*_book_fails(store, book), *map(" ".join, find_misplaced(store))]


def _books() -> Iterator[Book]:
    """Yield the workspaces of the case table, the large table apart: it is seldom needed."""
    for adds in BOOKS.values():
        for group in ([a for a in adds if a is not add_table], [a for a in adds if a is add_table]):
            book = Book()
            for add in group:
                add(book)
            if book.cases:
                yield book


def _carrying() -> ModuleType:
    return importlib.import_module("kg.synthesis.carry")  # kg.synthesis.carry is the function


def carry_checks(only: str) -> Iterator[tuple[Suspect, Check]]:
    """Yield the mutants of the stages, each with what is to be done with it.

    The stores go through the stages together with the queries: when the mutants of a stage are
    yielded, everything before it has been done.
    """
    courts = get_courts()
    stages = [(query.name, query.text) for query in list_queries("carry")]
    usual = _in_child(partial(_fails_by_court, courts, stages))
    assert isinstance(usual, dict), usual
    for name, failed in usual.items():
        if failed:
            print(f"{name}: {len(failed)} cases fail without a mutant and decide nothing")
    by_query: dict[str, list[Suspect]] = {}
    for suspect in find_suspects("carry"):
        by_query.setdefault(suspect.query, []).append(suspect)
    for number, query in enumerate(list_queries("carry")):
        for suspect in by_query.get(f"carry/{query.name}", ()):
            if only in suspect.query:
                rest = [(query.name, suspect.mutant.text), *stages[number + 1 :]]
                yield suspect, partial(_judge, courts, rest, usual)
        for court in courts:
            run_update(court.store, query.text)


def _fails_by_court(courts: list[Court], stages: list[Stage]) -> dict[str, list[str]]:
    _set_stages(stages)
    return {court.name: court.fails() for court in courts}


def _judge(courts: list[Court], stages: list[Stage], usual: dict[str, list[str]]) -> str:
    _set_stages(stages)
    for court in courts:
        if found := [case for case in court.fails() if case not in usual[court.name]]:
            return f"{found[0]} ({court.name}, {len(found)} cases)"
    return ""


def _set_stages(stages: list[Stage]) -> None:
    """Let carrying run these stages; only in a child, which ends with its mutant."""
    carrying = _carrying()

    def run_stages(store: Store, part: str) -> None:
        for name, text in stages:
            if name[0] in part:
                run_update(store, text)

    carrying._run_stages = run_stages
    carrying.infer_facts = partial(run_stages, part=carrying.FACTS)  # what is there stays there


# Children


def _work(check: Callable[[], object], pipe: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        pipe.send(check())
    except MemoryError:
        pipe.send("memory")
    except Exception as error:
        pipe.send(f"{type(error).__name__}: {error}")


def _in_child(check: Callable[[], object]) -> object:
    """Return what a check says in a child: within the limits, and with the parent's stores kept."""
    ours, theirs = FORK.Pipe(duplex=False)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    child = FORK.Process(target=_work, args=(check, theirs))
    child.start()
    theirs.close()
    answer = ours.recv()
    ours.close()
    child.join()
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    assert used < SECONDS / 2, f"{used:.0f} s without a mutant: the limit is too near"
    return answer


def judge_all(
    checks: Iterator[tuple[Suspect, Check]], jobs: int
) -> Iterator[tuple[Suspect, str, float]]:
    """Yield each mutant, what killed it ("" if nothing did) and the seconds it took."""
    running: dict[Connection, tuple[Suspect, multiprocessing.process.BaseProcess, float]] = {}
    ended = False
    while running or not ended:
        while not ended and len(running) < jobs:
            found = next(checks, None)
            if found is None:
                ended = True
                break
            suspect, check = found
            if not parses(suspect):
                yield suspect, "parser", 0.0
                continue
            ours, theirs = FORK.Pipe(duplex=False)
            child = FORK.Process(target=_work, args=(check, theirs), daemon=True)
            child.start()
            theirs.close()
            running[ours] = suspect, child, time.monotonic()
        for ready in wait(list(running), timeout=1):
            assert isinstance(ready, Connection)
            suspect, child, started = running.pop(ready)
            try:
                verdict = ready.recv()
            except EOFError:  # ended by a limit, without a word
                verdict = "limit"
            child.join()
            ready.close()
            yield suspect, verdict, time.monotonic() - started


# The list


def read_survivors() -> dict[Key, str]:
    """Return the mutants that are known to survive, each with the reason."""
    listed = yaml.safe_load(SURVIVORS.read_text(encoding="utf-8")) or []
    return {(s["query"], s["kind"], s["part"]): s["reason"] for s in listed}


def main(arguments: list[str] | None = None) -> int:
    """Run all mutants, print total / killed / listed, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation.queries")
    parser.add_argument("--only", default="", help="carry, questions, or a part of a query's name")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--verbose", action="store_true", help="say what killed each mutant")
    given = parser.parse_args(arguments)
    listed = read_survivors()
    by: Counter[str] = Counter()
    survived: set[Key] = set()
    wrong: list[str] = []
    total = 0
    for area, checks in (("questions", question_checks), ("carry", carry_checks)):
        if given.only in ("questions", "carry") and given.only != area:
            continue
        if not any(given.only in suspect.query for suspect in find_suspects(area)):
            continue
        for suspect, verdict, seconds in judge_all(checks(given.only), given.jobs):
            total += 1
            key = suspect.key
            if given.verbose:
                print(*key, verdict or "SURVIVED", f"{seconds:.1f} s", sep=" | ", flush=True)
            if verdict in ("parser", "limit", "memory"):
                by[f"by {verdict}"] += 1
            if verdict:
                by["killed"] += 1
                if key in listed:
                    wrong.append(f"listed and killed ({verdict}): {' | '.join(key)}")
            else:
                survived.add(key)
                if key not in listed:
                    wrong.append(f"survived and not listed: {' | '.join(key)}")
    gone = {key for key in listed if given.only in key[0]} - {
        suspect.key for area in ("questions", "carry") for suspect in find_suspects(area)
    }
    wrong += [f"listed and no longer there: {' | '.join(key)}" for key in sorted(gone)]
    for line in wrong:
        print(line)
    apart = ", ".join(f"{number} {how}" for how, number in sorted(by.items()) if how != "killed")
    print(
        f"mutants {total}, killed {by['killed']}{f' ({apart})' if apart else ''}, "
        f"listed {len(survived & set(listed))}, neither {len(survived - set(listed))}"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
