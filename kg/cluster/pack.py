"""Packing: a workspace cut into batches of studies, written one after the other.

`kg.cluster`. A batch holds whole units (a study with all that belongs to it) and never a part of
one. Units are kept together where a rule or a measure looks at both: studies of one sample, and a
person with the members and ties of the personal network. So all that the rules entail about a study
is entailed in its batch.

The workspace is read whole, as `kg build` reads it, and its text stays in memory until the last
batch is cut; each batch is written as soon as it is cut, and forgotten.
"""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.checks import Locator, Slices, cut_dissent, find_world, get_reach, mark_damaged
from kg.cluster.dataset import Batch, Dataset, Shared, may_replace, write_batch, write_shared
from kg.cluster.reading import keep_read, list_claim_names, list_fact_names
from kg.columns import STUDY
from kg.errors import CannotWrite, UsageError
from kg.schema import load_schema
from kg.sources import (
    Part,
    find_kinds,
    find_links,
    finish_writing,
    list_files,
    name_kinds,
    read_file,
    read_review,
    with_kinds,
)
from kg.terms import QES, RDF_TYPE

__all__ = ["LOOKED_UP", "SIZE", "pack"]

SIZE = 250
"""Studies in a batch: from a tenth of it on, starting a batch is what takes most of its time."""

LOOKED_UP = frozenset({"populations", "reports", "settings"})
"""Tables whose rows grow in number with the studies and belong to none of them. They have nothing
to say by themselves; a batch holds those that its studies name."""

_TOGETHER = tuple(QES + name for name in ("sharesSampleWith", "alterOf", "tieFrom", "tieTo"))
_OTHER_ROWS = 8  # rows of no study in a batch, for each study in one
_STUDY = f"> <{RDF_TYPE}> <{QES}Study> .".encode()


def pack(workspace: Path, folder: Path, size: int = SIZE) -> Dataset:
    """Write a workspace as a dataset, and return it.

    Args:
        workspace: Folder with ``review.yaml``.
        folder: Folder of the dataset; it must not exist, or hold an earlier one and nothing else.
        size: How many studies make a batch.

    Raises:
        NoWorkspace: There is no ``review.yaml``.
        DataFaults: ``review.yaml`` can't be read.
        UsageError: The folder holds something else.
        CannotWrite: The folder can't be written.
    """
    if not may_replace(folder):
        raise UsageError(f'"{folder}" holds something that is no dataset. Name a new folder.')
    review = read_review(workspace)
    finish_writing(workspace)
    parts = [p for f in list_files(workspace, review) for p in read_file(f, review, load_schema())]
    schema = with_kinds(load_schema(), find_kinds(parts, load_schema()))
    locator = Locator(name_kinds(parts, schema), schema)
    mark_damaged(locator)
    new = folder.with_name(f".{folder.name}.{os.getpid()}.new")
    try:
        new.mkdir(parents=True)
        cutter = _Cutter(locator)
        studied, number = [], 0
        for number, batch in enumerate(cutter.cut(size)):
            write_batch(new, number, batch)
            studied += [number] if batch.studies else []
        write_shared(new, cutter.share())
        quads = sum(part.text.count(b"\n") for part in locator.parts)
        dataset = Dataset(
            new, review, number + 1, tuple(studied), len(locator.rows), len(cutter.studies), quads
        )
        dataset.write()
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
    except OSError as error:
        raise CannotWrite(
            f'"{folder}" can\'t be written ({error.strerror}). Make it writable, or name another '
            "place."
        ) from None
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return replace(dataset, folder=folder.resolve())


@dataclass
class _Units:
    """Rows that stay together."""

    studies: int = 0
    rows: list[str] = field(default_factory=list)


class _Cutter:
    """Cuts what was read into batches."""

    def __init__(self, locator: Locator) -> None:
        self._locator = locator
        self._slices = Slices(locator)
        self._by_name: defaultdict[str, list[int]] = defaultdict(list)
        self._said: defaultdict[str, dict[int, list[bytes]]] = defaultdict(dict)
        for place, part in enumerate(locator.parts):
            self._by_name[part.name].append(place)
            for line in () if part.rows else part.text.splitlines(keepends=True):
                node = locator.row_of(line.partition(b"> ")[0][1:].decode())
                self._said[node].setdefault(place, []).append(line)
        owners = get_reach().owners
        self._belongs = {f"> <{owners[t]}> ".encode() for t in STUDY if t in owners}
        self.studies = {row for row, at in locator.rows.items() if ("studies" in dict(at))}
        self.studies |= {n for n, said in self._slices.beside.items() if _STUDY in said}
        self._evidence: set[str] = set()

    def cut(self, size: int) -> Iterator[Batch]:
        """Yield all batches: those with studies first, what the ontology ships last."""
        joined = list(self._join())
        studied = [units for units in joined if units.studies]
        rest = [units for units in joined if not units.studies]
        most = (size, size * _OTHER_ROWS)
        for units in (*_fill(studied, *most), *_fill(rest, *most)):
            yield self._cut(units)
        yield Batch(0, tuple(sorted(self._slices.cut_rest().rows)), [], [], [], [])

    def _join(self) -> Iterator[_Units]:
        """Yield units, those that are looked at together as one; find what is evidence."""
        units: list[list[str]] = []
        unit_of: dict[str, int] = {}
        for unit in self._slices.units():
            unit_of.update(dict.fromkeys(unit, len(units)))
            units.append(unit)
        first = list(range(len(units)))

        def find(number: int) -> int:
            while first[number] != number:
                first[number] = number = first[first[number]]
            return number

        for path in _TOGETHER:
            for part in self._locator.parts:
                for ends in find_links(part.text, path):
                    one, other = (unit_of.get(self._locator.row_of(e)) for e in ends)
                    if one is not None and other is not None:
                        low, high = sorted((find(one), find(other)))
                        first[high] = low
        found: dict[int, _Units] = {}
        for number, unit in enumerate(units):
            studies = len(self.studies.intersection(unit))
            if studies:
                self._evidence.update(row for row in unit if self._is_evidence(row))
            joined = found.setdefault(find(number), _Units())
            joined.studies += studies
            joined.rows += unit
        yield from found.values()

    def _is_evidence(self, row: str) -> bool:
        """Return whether a row in the unit of a study is the study, or speaks for it."""
        tables = {name for name, _ in self._locator.rows.get(row, ())}
        if tables:
            return not tables.isdisjoint(STUDY) and tables.isdisjoint(LOOKED_UP)
        said = self._slices.beside.get(row, b"")
        return row in self.studies or any(path in said for path in self._belongs)

    def _cut(self, units: _Units) -> Batch:
        own = list(dict.fromkeys(units.rows))
        near = self._slices.find_near(own)
        return Batch(
            units.studies,
            tuple(own),
            self._cut_rows(row for row in own if row in self._evidence),
            self._cut_rows(row for row in own if row not in self._evidence),
            self._cut_rows(row for row in near if self._is_looked_up(row)),
            self._cut_rows(row for row in near if not self._is_looked_up(row)),
        )

    def _is_looked_up(self, row: str) -> bool:
        tables = {name for name, _ in self._locator.rows.get(row, ())}
        return not tables.isdisjoint(LOOKED_UP) and row not in self._evidence

    def _cut_rows(self, rows: Iterable[str]) -> list[Part]:
        """Return the parts cut down to some rows, with what side files say of these."""
        picked: defaultdict[int, list[str]] = defaultdict(list)
        said: defaultdict[int, list[bytes]] = defaultdict(list)
        for row in rows:
            for name in dict.fromkeys(name for name, _ in self._locator.rows.get(row, ())):
                for place in self._by_name[name]:
                    if row in self._locator.parts[place].rows:
                        picked[place].append(row)
            for place, lines in self._said.get(row, {}).items():
                said[place] += lines
        parts = self._locator.parts
        found = [parts[place].cut(some) for place, some in sorted(picked.items())]
        return found + [
            Part(parts[place].name, parts[place].file, b"".join(lines))
            for place, lines in sorted(said.items())
        ]

    def share(self) -> Shared:
        """Return what all batches share; call it when all are cut."""
        index = [
            replace(part, text=b"" if part.rows or part.name.endswith(".txt") else part.text,
                    spans={})
            for part in self._locator.parts
        ]  # fmt: skip
        return Shared(
            index,
            self._slices.shared,
            find_world(self._locator),
            self._share_common(),
            cut_dissent(self._locator.parts),
        )

    def _share_common(self) -> list[Part]:
        """Return the rows that are no evidence, with the rows looked up from there."""
        names = list_fact_names() | list_claim_names()
        rows = [
            row
            for row in (*self._locator.rows, *self._slices.beside)
            if row and row not in self._evidence and not self._is_looked_up(row)
        ]
        common = self._keep(dict.fromkeys(rows), names)
        taken: dict[str, None] = {}
        more = common
        while more:
            named = {self._locator.row_of(t) for p in more for _, t in find_links(p.text)}
            wanted = sorted(n for n in named if n not in taken and self._is_looked_up(n))
            taken |= dict.fromkeys(wanted)
            more = self._keep(wanted, names)
        return common + self._keep(taken, names)

    def _keep(self, rows: Iterable[str], names: frozenset[str]) -> list[Part]:
        """Return rows cut down to the lines that are read.

        What side files say is kept whole, and so are the rows of which they say it: one may be
        taken for a claim, of which every line is told.
        """
        return [
            keep_read(part, names, self._said) if part.rows else part
            for part in self._cut_rows(rows)
            if not part.name.endswith(".txt")
        ]


def _fill(units: list[_Units], studies: int, rows: int) -> Iterator[_Units]:
    """Yield units put together until they hold so many studies, or so many rows."""
    batch = _Units()
    for one in units:
        batch.studies += one.studies
        batch.rows += one.rows
        if batch.studies >= studies or (not batch.studies and len(batch.rows) >= rows):
            yield batch
            batch = _Units()
    if batch.rows:
        yield batch
