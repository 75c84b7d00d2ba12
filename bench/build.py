"""What building takes, beside what the engine takes to load the same quads in bulk.

    python -m bench.build                        2,000 studies
    python -m bench.build --studies 200 --studies 5500

*Tables to store* reads the tables, writes their lines as N-Quads and loads them into a new store on
disk, without judging them; the engine loads a file of exactly those quads. *Build* is all of
`kg build`, in a process of its own, beside loading all quads that it leaves. Both are measured in
turns; figures are processor seconds (user and system), medians over the rounds, and the ratio is
the median of the ratios of one round. *One cell* is `kg build` after one cell of a finding changed,
beside building all of it anew.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from statistics import median

from bench.generate import generate
from bench.plan import Size
from bench.table import HEAD, Goal, Line, show_line
from bench.timing import Used, run_python, time_job, time_pair
from kg.checks import Dissent, LeftOut, Locator
from kg.schema import load_schema
from kg.sources import list_files, read_file, read_review
from kg.store import RdfFormat, Store, load_quads
from kg.workspace.judged import Judged

ROUNDS, WHOLE = 5, 3  # of short jobs, and of `kg build`
LARGE = 5000  # studies from which on goals are meant


class Case:
    """A generated workspace, built once, and the quads that come of it as files."""

    def __init__(self, place: Path, studies: int) -> None:
        """Generate, build and dump it."""
        self.place, self.folder = place, place / "workspace"
        self._numbers = count()
        generate(self.folder, Size(studies=studies, faults=studies // 50), seed=7)
        self.peak = self.build().peak
        current = (self.folder / ".kg" / "current").read_text(encoding="ascii").strip()
        built = Store.read_only(str(self.folder / ".kg" / current))
        built.dump(str(place / "built.nq"), RdfFormat.N_QUADS)
        self.quads = len(built)
        self.load().dump(str(place / "tables.nq"), RdfFormat.N_QUADS)

    def build(self) -> Used:
        """Build from nothing, and return what that takes; the planted faults are no failure."""
        shutil.rmtree(self.folder / ".kg", ignore_errors=True)
        return run_python(["-m", "kg", "-C", str(self.folder), "build"], fine=(0, 1))

    def change(self) -> Used:
        """Change one cell of a finding, and return what building takes then."""
        file = self.folder / "tables" / "findings.csv"
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        place = next(n for n in range(len(lines) // 2, len(lines)) if ",asserted," in lines[n])
        lines[place] = lines[place].replace(",asserted,", ",hedged,")
        file.write_text("".join(lines), encoding="utf-8")
        return run_python(["-m", "kg", "-C", str(self.folder), "build"], fine=(0, 1))

    def load(self) -> Store:
        """Return a new store on disk with what the tables say."""
        review, schema = read_review(self.folder), load_schema()
        files = list_files(self.folder, review)
        parts = [part for file in files for part in read_file(file, review, schema)]
        locator = Locator(parts, schema)
        store = self._new()
        judged = Judged(locator, (), "", (), LeftOut(), Dissent((), locator))
        load_quads(store, judged.place(review.base))
        store.flush()
        return store

    def load_file(self, name: str) -> Store:
        """Return a new store on disk with the quads of a file."""
        store = self._new()
        store.bulk_load(path=self.place / name, format=RdfFormat.N_QUADS, lenient=True)
        store.flush()
        return store

    def _new(self) -> Store:
        return Store(str(self.place / f"store-{next(self._numbers)}"))


def measure(studies: int, rounds: int = ROUNDS) -> Iterator[Line]:
    """Yield what each of the three jobs takes."""
    with tempfile.TemporaryDirectory() as folder:
        case = Case(Path(folder), studies)
        large = studies >= LARGE
        quads = len(case.load_file("tables.nq"))
        ours, theirs, ratio = time_pair(
            lambda: time_job(case.load),
            lambda: time_job(lambda: case.load_file("tables.nq")),
            rounds,
        )
        yield Line("tables to store", f"{quads:,} quads", ours, "bulk load of these quads", theirs,
                   ratio, Goal(2, "of it") if large else None)  # fmt: skip
        ours, theirs, ratio = time_pair(
            lambda: case.build().seconds,
            lambda: time_job(lambda: case.load_file("built.nq")),
            min(rounds, WHOLE),
        )
        yield Line("kg build", f"{case.quads:,} quads", ours, "bulk load of these quads", theirs,
                   ratio, Goal(4, "of it") if large else None, case.peak >> 20)  # fmt: skip
        changed = median(case.change().seconds for _ in range(min(rounds, WHOLE)))
        yield Line("kg build after one cell", f"{case.quads:,} quads", changed, "kg build", ours,
                   changed / ours, Goal(2, "s") if large else None)  # fmt: skip


def main() -> None:
    """Print three lines a size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--studies", type=int, action="append", default=[])
    print(show_line(HEAD))
    for studies in parser.parse_args().studies or [2000]:
        for line in measure(studies):
            print(show_line(line.cells()), flush=True)


if __name__ == "__main__":
    main()
