"""How fast a synthesis is checked, beside bare `shacl` and pySHACL on the same triples.

    python -m bench.check                          5,500 studies, about 1e6 quads in the store
    python -m bench.check --studies 20000 --pyshacl 0

Ours is end to end, from tables to faults with their cells; bare `shacl` parses the same N-Triples
and judges them by the same shape files as they stand. Each is a process of its own, and figures are
processor time (user and system); the two are measured in turns, and a ratio is the median over the
rounds. pySHACL is asked once, at a size of its own, by the shapes of columns alone and by all of
them (ours by all of them both times), and stopped when its time is over. Sizes are counted in
triples: most stand in two graphs of the store, so that a store has three times as many quads.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from statistics import median

from bench.generate import generate
from bench.plan import Size
from bench.table import HEAD, Goal, Line, show_line
from kg.checks import (
    Change,
    Locator,
    Slices,
    duplicate_faults,
    judge,
    judge_slice,
    recheck,
    validate,
)
from kg.schema import load_schema, ontology_triples, shape_quads
from kg.sources import (
    find_kinds,
    list_files,
    name_kinds,
    read_file,
    read_review,
    with_kinds,
    write_lines,
)
from kg.terms import SH

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 240
ROUNDS = 5


@dataclass(frozen=True)
class Used:
    """What a process used: seconds of processor time, MiB at most, and whether it ended."""

    seconds: float
    memory: int
    said: dict[str, float]
    ended: bool = True


def run(job: str, *args: str, limit: int = SECONDS) -> Used:
    """Run a job of this file in a process of its own, and return what it used."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bench.check", "--job", job, *args]
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, env=env, cwd=ROOT)
        end = time.monotonic() + limit
        while not (found := os.wait4(process.pid, os.WNOHANG))[0] and time.monotonic() < end:
            time.sleep(0.05)
        if not found[0]:
            process.kill()
            found = os.wait4(process.pid, 0)
        _, status, used = found
        seconds, memory = used.ru_utime + used.ru_stime, used.ru_maxrss // 1024
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode == -signal.SIGKILL:
            return Used(seconds, memory, {}, ended=False)
        if process.returncode:
            raise SystemExit(f"{job} ended with {process.returncode}")
        out.seek(0)
        said = json.loads(out.read() or b"{}")
    return Used(seconds, memory, said)


def check_tables(folder: Path) -> dict[str, float]:
    """Read the tables of a workspace, judge them, and find the cells of all faults."""
    locator = _locate(folder)
    text = _write(locator)
    results, _ = validate(text)
    faults, _ = judge(results, locator, locator.parts)
    return {"results": len(results), "faults": len(faults) + len(duplicate_faults(locator))}


def check_bare(file: Path, shapes: Path) -> dict[str, float]:
    """Judge N-Triples by shape files, with nothing around the engine."""
    import shacl

    text = file.read_text(encoding="utf-8")
    compiled = shacl.Shapes.from_text(shapes.read_text(encoding="utf-8"), format="ntriples")
    return {"results": len(compiled.validate_text(text, format="ntriples").results)}


def check_by_pyshacl(file: Path, shapes: Path) -> dict[str, float]:
    """Judge N-Triples by shape files, as pySHACL's own documentation does."""
    import pyshacl
    import rdflib

    data, rules = rdflib.Graph().parse(file, format="nt"), rdflib.Graph().parse(shapes, format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=rules, advanced=False)
    kind = rdflib.RDF.type, rdflib.SH.ValidationResult
    return {"results": len(list(report.subjects(*kind)))}


def check_again(folder: Path) -> dict[str, float]:
    """Change one cell and then delete one row of one study, and judge what that touches."""
    old = _locate(folder)
    results, _ = validate(_write(old))
    said: dict[str, float] = {}
    for name, edit in (("cell", _hedge), ("row", _delete)):
        _edit(folder, edit)
        new = _locate(folder)
        start = time.process_time()
        found = recheck(results, Change(old, new))
        said[f"{name}, all together"] = time.process_time() - start
        if found != validate(_write(new))[0]:
            raise SystemExit("judging again gives something else")
        slices = Slices(new)
        unit = slices.unit_of(_middle(new.rows))
        judge_slice(slices.cut(unit))
        start = time.process_time()
        judge_slice(slices.cut(unit))
        said[f"{name}, local shapes"] = time.process_time() - start
        old, results = new, found
    return said


def _middle(rows: dict[str, list[tuple[str, int]]]) -> str:
    studies = [row for row, places in rows.items() if places[0][0] == "studies"]
    return studies[len(studies) // 2]


def _edit(folder: Path, edit: Callable[[list[str]], None]) -> None:
    file = folder / "tables" / "findings.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    edit(lines)
    file.write_text("".join(lines), encoding="utf-8")


def _hedge(lines: list[str]) -> None:
    place = next(n for n in range(len(lines) // 2, len(lines)) if ",asserted," in lines[n])
    lines[place] = lines[place].replace(",asserted,", ",hedged,")


def _delete(lines: list[str]) -> None:
    del lines[len(lines) // 2]


def _locate(folder: Path) -> Locator:
    review = read_review(folder)
    files = list_files(folder, review)
    parts = [part for file in files for part in read_file(file, review, load_schema())]
    schema = with_kinds(load_schema(), find_kinds(parts, load_schema()))
    return Locator(name_kinds(parts, schema), schema)


def _write(locator: Locator) -> bytes:
    return b"".join([write_lines(ontology_triples()), *(p.text for p in locator.parts)])


def _write_shapes(folder: Path) -> tuple[Path, Path, int]:
    """Write all shapes, and those without rules; return both files and the number of rules."""
    triples = [quad.triple for quad in shape_quads()]
    rules = {t.subject for t in triples if t.predicate.value == SH + "sparql"}
    everything, core = folder / "all.nt", folder / "core.nt"
    everything.write_bytes(write_lines(triples))
    core.write_bytes(write_lines(t for t in triples if t.subject not in rules))
    return everything, core, len(rules)


JOBS: dict[str, Callable[..., dict[str, float]]] = {
    "again": check_again,
    "bare": check_bare,
    "ours": check_tables,
    "pyshacl": check_by_pyshacl,
}


def measure(studies: int, rounds: int = ROUNDS) -> Iterator[Line]:
    """Yield ours beside bare `shacl`, and what a change to one study costs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shapes, _, _ = _write_shapes(folder)
        tables, file, size = _write_case(folder, Size(studies, faults=studies // 100))
        pairs = [
            (run("ours", str(tables)), run("bare", str(file), str(shapes))) for _ in range(rounds)
        ]
        whole = median(ours.seconds for ours, _ in pairs)
        yield Line(
            "check, tables to faults", size, whole, "bare shacl, same triples",
            median(bare.seconds for _, bare in pairs),
            median(ours.seconds / bare.seconds for ours, bare in pairs),
            Goal(2.5, "of it"), max(ours.memory for ours, _ in pairs),
        )  # fmt: skip
        for name, took in run("again", str(tables)).said.items():
            goal = Goal(0.1, "s") if "local" in name else Goal(20, "faster")
            yield Line(f"check after one {name}", size, took, "check, tables to faults", whole,
                       took / whole, goal)  # fmt: skip


def measure_pyshacl(studies: int) -> Iterator[Line]:
    """Yield ours beside pySHACL, by the shapes of columns and by all of them.

    Ours judges by all of them both times.
    """
    with tempfile.TemporaryDirectory() as name:
        everything, core, rules = _write_shapes(Path(name))
        tables, file, size = _write_case(Path(name), Size(studies))
        ours = run("ours", str(tables))
        for kind, shapes, bound in (
            ("shapes of columns", core, 15), (f"all shapes, {rules} in SPARQL", everything, 50),
        ):  # fmt: skip
            used = run("pyshacl", str(file), str(shapes))
            yield Line(f"check, {kind}", size, ours.seconds, "pySHACL", used.seconds,
                       ours.seconds / used.seconds, Goal(bound, "faster"), ours.memory,
                       used.ended)  # fmt: skip


def _write_case(folder: Path, size: Size) -> tuple[Path, Path, str]:
    """Return the folder of a synthesis, a file of its triples, and how many these are."""
    tables, file = folder / "tables-of-it", folder / "triples.nt"
    generate(tables, size, 7)
    text = _write(_locate(tables))
    file.write_bytes(text)
    return tables, file, f"{text.count(bytes([10])):,} triples"


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--studies", type=int, default=5500)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--pyshacl", type=int, default=550, metavar="STUDIES", help="0: leave out")
    parser.add_argument("--job", choices=JOBS, help=argparse.SUPPRESS)
    parser.add_argument("paths", nargs="*", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.job:
        print(json.dumps(JOBS[given.job](*given.paths)))
        return
    print(show_line(HEAD))
    beside = measure_pyshacl(given.pyshacl) if given.pyshacl else ()
    for line in chain(measure(given.studies, given.rounds), beside):
        print(show_line(line.cells()), flush=True)


if __name__ == "__main__":
    main()
