"""Quotations of a workspace: each found in the text of its report, and offsets filled in.

Tables and texts are read as they stand, without a store: what has faults can be mended here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from kg.errors import UnknownName, UsageError
from kg.schema import Column, Schema, Table, load_schema
from kg.sources import Draft, finish_writing, list_files, read_file, read_review
from kg.sources.passage import SourceText
from kg.sources.verdict import Verdict, judge_words
from kg.terms import QES, plain
from kg.workspace.quotation import Quotation

__all__ = ["Quotations"]

_VERIFIED = QES + "verification-verified-in-shipped-text"
_LAYOUT = _VERIFIED + "-layout-apart"
_OFFSETS = ("startOffset", "endOffset")
_CHECKS = {"exact": _VERIFIED, "layout apart": _LAYOUT}


class Quotations:
    """The quotations of a workspace, with the tables open for changes."""

    def __init__(self, folder: Path) -> None:
        """Read tables and texts.

        Raises:
            NoWorkspace: There is no ``review.yaml``.
            DataFaults: A table can't be read.
        """
        finish_writing(folder)
        review, self._schema = read_review(folder), load_schema()
        self.draft = Draft(folder, review, self._schema)
        self._texts = {
            Path(file.name).name: SourceText(plain(triple.object))
            for file in list_files(folder, review)
            if file.name.lower().endswith(".txt")
            for part in read_file(file, review, self._schema)
            for triple in part.triples
            if triple.predicate.value == QES + "content"
        }

    @cached_property
    def _files(self) -> dict[str, str]:
        """Return report → name of its text."""
        table = self._schema.tables["reports"]
        column = next(c.name for c in table.columns if c.path == QES + "sourceFile")
        rows = self.draft.rows("reports").values()
        return {r.get(table.id_column, ""): r.get(column, "") for r in rows}

    def read(self, ids: Iterable[str] = ()) -> list[Quotation]:
        """Return the quotations by table and row, all or those of the rows named.

        Raises:
            UnknownName: A row has no quotation, or there is none with this id.
        """
        found = [
            self._judge(table, columns, number, row)
            for table, columns in _tables(self._schema)
            for number, row in self.draft.rows(table.name).items()
            if row.get(columns["exact"].name)
        ]
        for name in ids:
            if name not in {q.id for q in found}:
                raise UnknownName("quotation", name, (q.id for q in found))
        return [q for q in found if not ids or q.id in set(ids)]

    def _judge(
        self, table: Table, columns: dict[str, Column], number: int, row: Mapping[str, str]
    ) -> Quotation:
        cell = {name: row.get(column.name, "") for name, column in columns.items()}
        words, file = cell["exact"], self._files.get(cell["quotedFrom"], "")
        text = self._texts.get(file)
        start = _number(cell["startOffset"])
        verdict = judge_words(text, words, start=start, locator=cell["locator"]) if text else None
        wanted = _wanted(verdict, columns, cell)
        changes = {columns[n].name: v for n, v in wanted.items() if cell[n] != v}
        offsets = cell["startOffset"] or cell["endOffset"]
        claimed = _choice(columns["hasVerification"], cell["hasVerification"])
        right = bool(wanted) and not changes
        wrong = bool(offsets or claimed in _CHECKS.values()) and not right and verdict is not None
        first = verdict.passages[0].start if verdict and verdict.passages else None
        return Quotation(
            table=table.name,
            row=number,
            id=row.get(table.id_column, ""),
            words=words,
            report=cell["quotedFrom"],
            file=file,
            verdict=verdict,
            page=text.page(first) if text and first is not None else None,
            given="right" if right else "wrong" if wrong else "",
            changes=changes,
            moved=bool(offsets) and any(columns[n].name in changes for n in _OFFSETS),
            elsewhere=() if file else tuple(n for n, t in self._texts.items() if t.find(words)),
        )

    def fill(self, quotations: Iterable[Quotation], *, correct: bool = False) -> int:
        """Change the draft so that found words are verified, and return how many rows change.

        Args:
            quotations: What :meth:`read` returned.
            correct: Whether to change offsets that are there and wrong, too; else only rows
                without offsets, or with right ones, are changed.
        """
        done = 0
        for quotation in quotations:
            if quotation.changes and (correct or not quotation.moved):
                for column, value in quotation.changes.items():
                    self.draft.set(quotation.table, quotation.row, column, value)
                done += 1
        return done

    def split(self, quotation: Quotation) -> None:
        """Change the draft so that each part of a quotation is a quotation of its own.

        The first part takes the row's place; each other one becomes a row of ``quotations``.

        Raises:
            UsageError: The parts don't stand in the text one after another, word for word.
        """
        parts = self.parts(quotation)
        if not parts:
            raise UsageError(
                f"{quotation.id} can't be split: its parts do not stand in the text in one way "
                "only, word for word."
            )
        columns = _columns(self._schema.tables[quotation.table])
        for name in ("exact", "startOffset", "endOffset", "hasVerification"):
            self.draft.set(quotation.table, quotation.row, columns[name].name, parts[0][name])
        own = self._schema.tables["quotations"]
        headers = {n: c.name for n, c in _columns(own).items()}
        row = self.draft.rows(quotation.table)[quotation.row]
        about = quotation.id if quotation.table != own.name else row.get(headers["quotedFor"], "")
        for number, part in enumerate(parts[1:], start=2):
            cells = {headers[n]: v for n, v in part.items()}
            cells[headers["quotedFrom"]], cells[headers["quotedFor"]] = quotation.report, about
            cells[headers["locator"]] = row.get(columns["locator"].name, "")
            self.draft.add(own.name, {own.id_column: self._new_id(quotation.id, number), **cells})

    def parts(self, quotation: Quotation) -> list[dict[str, str]]:
        """Return the cells, by property, of each part of a split quotation; empty if none is."""
        verdict, text = quotation.verdict, self._texts.get(quotation.file)
        if verdict is None or text is None or verdict.status != "split":
            return []
        column = _columns(self._schema.tables["quotations"])["hasVerification"]
        found = []
        for words, passage in zip(verdict.parts, verdict.passages, strict=True):
            if passage not in text.find(words):
                return []
            seen = text.content[passage.start : passage.end]
            status = "exact" if seen == words else "layout apart"
            found.append(_cells(words, passage.start, passage.end, _label(column, status)))
        return found

    def _new_id(self, row_id: str, number: int) -> str:
        taken = {
            row.get(table.id_column)
            for table in self._schema.tables.values()
            for row in self.draft.rows(table.name).values()
        }
        while (name := f"{row_id}-{number}") in taken:
            number += 1
        return name


def _columns(table: Table) -> dict[str, Column]:
    """Return local name of a property → the column of a quotation in this table."""
    through = "" if table.cls == QES + "Quotation" else QES + "hasQuotation"
    return {c.path.removeprefix(QES): c for c in table.columns if c.through == through}


def _tables(schema: Schema) -> Iterator[tuple[Table, dict[str, Column]]]:
    for table in schema.tables.values():
        if table.cls == QES + "Quotation" or any(
            c.through == QES + "hasQuotation" for c in table.columns
        ):
            yield table, _columns(table)


def _wanted(
    verdict: Verdict | None, columns: dict[str, Column], cell: Mapping[str, str]
) -> dict[str, str]:
    """Return the cells that would verify the words, empty if no span does."""
    if verdict is None or verdict.passage is None:
        return {}
    column, passage = columns["hasVerification"], verdict.passage
    check = _label(column, verdict.status)
    if _choice(column, cell["hasVerification"]) in (_LAYOUT, _CHECKS[verdict.status]):
        check = cell["hasVerification"]  # who claims less than is so is not wrong
    wanted = _cells("", passage.start, passage.end, check)
    del wanted["exact"]
    for name in _OFFSETS:
        if _number(cell[name]) == int(wanted[name]):
            wanted[name] = cell[name]
    return wanted


def _cells(words: str, start: int, end: int, check: str) -> dict[str, str]:
    return {
        "exact": words,
        "startOffset": str(start),
        "endOffset": str(end),
        "hasVerification": check,
    }


def _choice(column: Column, cell: str) -> str:
    return column.choices.get(" ".join(cell.split()).lower(), "")


def _label(column: Column, status: str) -> str:
    return next(x for x in column.labels if column.choices[x.lower()] == _CHECKS[status])


def _number(cell: str) -> int | None:
    return int(cell) if cell.isascii() and cell.isdigit() and len(cell) < 10 else None
