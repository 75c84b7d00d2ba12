"""Files in: what `kg import` does with each kind of file, into one draft that is written once.

Nothing is written before everything was read: a file that can't be taken leaves the tables, the
side files and the map as they are.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path

from kg.errors import CannotWrite, UnknownName, UsageError
from kg.imports.foreign import import_rows, name_headers
from kg.imports.graph import GRAPHS, read_graph
from kg.imports.mapping import ColumnMap, propose_map, read_map, write_map
from kg.imports.record import Record
from kg.imports.reference import (
    READERS,
    import_references,
    looks_like_references,
    read_references,
    read_rows,
)
from kg.imports.report import ADDED, THERE, Report
from kg.imports.spreadsheet import read_sheet
from kg.imports.upload import Upload, read_upload
from kg.schema import Schema, Table, load_schema
from kg.sources import Draft, Sheet, finish_writing, read_review
from kg.store import Cache, write_text
from kg.terms import slug
from kg.workspace.refi import import_refi, is_refi

__all__ = ["Choices", "Intake", "import_files"]

_MAP = "map.yaml"
_MAX_MAP = 1 << 20


@dataclass(frozen=True)
class Choices:
    """What the user chooses for an import.

    Attributes:
        table: Table that rows go to, "" for references.
        map_file: File that says what columns become, or "".
        sheet: Sheet of a workbook, or "".
        search: Id of the search that found the references, or "".
        skip_duplicates: Whether probable duplicates are left out.
        fill: Whether empty cells of rows that are there are filled.
        dry_run: Whether nothing is written.
    """

    table: str = ""
    map_file: str = ""
    sheet: str = ""
    search: str = ""
    skip_duplicates: bool = False
    fill: bool = False
    dry_run: bool = False


@dataclass
class Intake:
    """What an import did, or with ``dry_run`` would do.

    Attributes:
        reports: One per file.
        refi: Lines of the reports on REFI-QDA files.
        diff: The changes of the tables, one a line.
        maps: File → the map that was proposed for a table; nothing of that table is imported.
        written: Names of the files that were written, relative to the workspace.
    """

    reports: list[Report] = field(default_factory=list)
    refi: list[str] = field(default_factory=list)
    diff: str = ""
    maps: dict[str, str] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Return whether no record was rejected."""
        return not any(report.rejected for report in self.reports)

    def lines(self) -> list[str]:
        """Return the reports for people."""
        return [*(line for report in self.reports for line in report.lines()), *self.refi]


def import_files(folder: Path, files: list[str], choices: Choices) -> Intake:
    """Take files over into tables and side files, and return what was done.

    Args:
        folder: Folder of the workspace.
        files: Paths of the files.
        choices: What the user chooses.

    Raises:
        UsageError: A file can't be opened or is of no known kind, or a name is not known.
        DataFaults: A file, or a table of the workspace, can't be read.
        CannotWrite: The workspace can't be written.
    """
    review, schema = read_review(folder), load_schema()
    if choices.table and choices.table not in schema.tables:
        raise UnknownName("table", choices.table, schema.tables)
    codes = [name for name in files if is_refi(name)]
    if codes and len(files) > 1:
        raise UsageError(f'Import "{codes[0]}" by itself: a project brings texts of its own.')
    if codes:
        done = import_refi(folder, Path(codes[0]), dry_run=choices.dry_run)
        return Intake(refi=done.lines(), diff=done.diff, written=list(done.written))
    if not choices.dry_run:
        finish_writing(folder)
    job = _Job(folder, Draft(folder, review, schema), schema, choices)
    for name in files:
        job.take(read_upload(Path(name)), review.base)
    job.intake.diff = job.draft.diff()
    if not choices.dry_run:
        job.write()
    return job.intake


@dataclass
class _Job:
    """One call: every file goes into the same draft."""

    folder: Path
    draft: Draft
    schema: Schema
    choices: Choices
    intake: Intake = field(default_factory=Intake)
    sides: dict[str, bytes] = field(default_factory=dict)

    def take(self, upload: Upload, base: str) -> None:
        """Take one file, by its kind."""
        if upload.kind in GRAPHS:
            name, content, report = _read_side(self.folder, upload, base)
            if self.sides.setdefault(name, content) != content:
                raise UsageError(f'Two files would become "{name}". Import them one by one.')
            self.intake.reports.append(report)
        elif upload.kind in READERS:
            if self.choices.table not in ("", "reports", "studies"):
                raise UsageError(f'"{upload.name}" holds references. Leave out --table.')
            self._take_records(upload, *read_references(upload))
        elif upload.kind in ("csv", "ods", "xlsx"):
            self._take_table(upload)
        else:
            raise UsageError(f'"{upload.name}" is {upload.kind}. Rename it to .{upload.kind}.')

    def _take_records(self, upload: Upload, records: list[Record], notes: list[str]) -> None:
        report = Report(upload.name, notes=notes)
        self.intake.reports.append(
            import_references(
                self.draft,
                self.schema,
                records,
                report,
                search=self.choices.search,
                skip=self.choices.skip_duplicates,
                fill=self.choices.fill,
            )
        )

    def _take_table(self, upload: Upload) -> None:
        mapping = _find_map(self.folder, self.choices, self.schema)
        table = self.schema.tables.get(mapping.table if mapping else self.choices.table)
        sheet = read_sheet(upload, table.name if table else "reports", self.choices.sheet)
        if table:
            self._take_rows(upload, sheet, table, mapping)
        elif looks_like_references(sheet):
            self._take_records(upload, *read_rows(upload, sheet))
        else:
            raise UsageError(f'For which table is "{upload.name}"? Name it with --table; `kg '
                             "schema` lists the tables.")  # fmt: skip

    def _take_rows(
        self, upload: Upload, sheet: Sheet, table: Table, mapping: ColumnMap | None
    ) -> None:
        """Take rows by a map; without one, by their headers or a map that is only proposed."""
        headers = name_headers(sheet)
        if mapping is None:
            mapping = propose_map(table, headers)
            if any(h.lower() not in table.header for h in headers):
                text = write_map(mapping, table)
                self.intake.maps[_free_name(self.folder, table, text, self.intake)] = text
                if not self.choices.dry_run:
                    return
        report = Report(upload.name, "row", notes=[n for n in (upload.note,) if n])
        report.notes += map(str, sheet.faults)
        import_rows(self.draft, self.schema, sheet, mapping, report, fill=self.choices.fill)
        self.intake.reports.append(report)

    def write(self) -> None:
        """Write maps, side files and tables."""
        for name, text in self.intake.maps.items():
            _write_new(self.folder, name, text.encode(), self.intake)
        if self.sides:
            with Cache(self.folder / ".kg").writing():
                for name, content in self.sides.items():
                    _write_new(self.folder, name, content, self.intake)
        self.intake.written += self.draft.write()


def _find_map(folder: Path, choices: Choices, schema: Schema) -> ColumnMap | None:
    if not choices.map_file:
        return None
    places = [Path(choices.map_file), folder / choices.map_file]
    path = next((p for p in places if p.is_file()), None)
    if path is None:
        raise UsageError(f'There is no map "{choices.map_file}". Leave out --map, and one is made.')
    try:
        data = path.read_bytes() if path.stat().st_size <= _MAX_MAP else b""
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UsageError(f'"{path}" can\'t be read as UTF-8. Save it as UTF-8.') from None
    if not text:
        raise UsageError(f'"{path}" is empty, or too big for a map. Delete it.')
    return read_map(path.name, text, schema.tables.get(choices.table), schema.tables)


def _free_name(folder: Path, table: Table, text: str, intake: Intake) -> str:
    """Return a name for a map that is free, or that of a file that says the same."""
    numbers = (f"map-{table.name}-{n}.yaml" for n in count(2))
    for name in chain((_MAP, f"map-{table.name}.yaml"), numbers):
        path = folder / name
        there = os.path.lexists(path)
        same = there and path.is_file() and path.read_bytes() == text.encode()
        if name not in intake.maps and (not there or same):
            break
    return name


def _read_side(folder: Path, upload: Upload, base: str) -> tuple[str, bytes, Report]:
    """Return name and content of a side file, which may be there if it says the same."""
    stem = slug(Path(upload.name).stem) or "graph"
    name = f"more/{stem}.ttl"
    content, report = read_graph(upload, base, stem)
    path = folder / name
    _insist_inside(folder, path.parent)
    if os.path.lexists(path):
        if path.is_symlink() or not path.is_file() or path.read_bytes() != content:
            raise UsageError(
                f'"{path}" is there and says something else. Rename "{upload.name}", or delete '
                "the side file."
            )
        report.bulk[THERE] += report.bulk.pop(ADDED, 0)
    return name, content, report


def _insist_inside(folder: Path, place: Path) -> None:
    if not Path(os.path.realpath(place)).is_relative_to(os.path.realpath(folder)):
        raise CannotWrite(f'"{place}" is a link that leads out of the workspace. Make it a folder.')


def _write_new(folder: Path, name: str, content: bytes, intake: Intake) -> None:
    """Write a file that is not there yet; one that says the same stays."""
    path = folder / name
    if not os.path.lexists(path):
        try:
            path.parent.mkdir(exist_ok=True)
        except OSError as error:
            raise CannotWrite(
                f'"{path.parent}" can\'t be written ({error.strerror}). Make it writable.'
            ) from None
        write_text(path, content)
        intake.written.append(name)
