"""Workbooks that are written again: the same bytes, the right sheet, and no table passed over."""

import time
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from kg.errors import UsageError
from kg.schema import load_schema
from kg.sources import FAULTS_NAME, Change, Draft, open_book, read_review, read_workbook, save_book
from tests.sources.files import workbook

TABLES = frozenset(load_schema().tables)
ROWS = [["id", "Nmae", "note"], ["a", "Ann", "=1+1"]]


def draft(path: Path, name: str, data: bytes) -> Draft:
    (path / "tables").mkdir(exist_ok=True)
    (path / "review.yaml").write_text("title: T\nbase: https://example.org/t/\n")
    (path / "tables" / name).write_bytes(data)
    return Draft(path, read_review(path), load_schema())


def listed(title: str) -> bytes:
    """Return a workbook in which the first sheet, of this title, is marked as a list of faults."""

    def change(book: Workbook) -> None:
        name = DefinedName(FAULTS_NAME, attr_text=f"'{title}'!$A$1")
        book.defined_names[FAULTS_NAME] = name

    return workbook({title: [["id", "x"], ["q", "y"]], "Sheet1": [ROWS[0], ["a", "Ann"]]}, change)


def test_the_same_change_gives_the_same_bytes(tmp_path: Path) -> None:
    data = workbook({"people": [["id", "name"], ["a", "Ann"]]})
    found = set()
    for _ in range(2):
        changes = draft(tmp_path, "people.xlsx", data)
        changes.set("people", 2, "name", "Anna")
        changes.write()
        found.add((tmp_path / "tables/people.xlsx").read_bytes())
        time.sleep(1.1)  # the clock of a file counts seconds
    assert len(found) == 1
    assert save_book(open_book(data)) == save_book(open_book(data))


def test_a_list_of_faults_is_no_table_and_is_not_written_into(tmp_path: Path) -> None:
    data = listed("Faults")
    (sheet,) = read_workbook("tables/people.xlsx", data, TABLES)
    assert (sheet.table, sheet.rows, sheet.faults) == ("people", [(2, ["a", "Ann", ""])], [])
    changes = draft(tmp_path, "people.xlsx", data)
    changes.set("people", 2, "note", "new")
    changes.write()
    book = openpyxl.load_workbook(tmp_path / "tables/people.xlsx")
    assert book["Sheet1"]["C2"].value == "new"
    assert [[c.value for c in row] for row in book["Faults"].iter_rows()] == [
        ["id", "x"], ["q", "y"]
    ]  # fmt: skip


def test_a_table_is_read_whatever_marks_it() -> None:
    """The mark alone must not keep rows out of sight."""
    first, second = read_workbook("tables/b.xlsx", listed("people"), TABLES)
    assert (first.table, first.rows) == ("people", [(2, ["q", "y"])])
    assert [f.rule for f in second.faults] == ["table-unknown"]


def test_a_workbook_with_nothing_but_a_list_of_faults_is_a_fault() -> None:
    def change(book: Workbook) -> None:
        book.defined_names[FAULTS_NAME] = DefinedName(FAULTS_NAME, attr_text="'Faults'!$A$1")

    (sheet,) = read_workbook("tables/people.xlsx", workbook({"Faults": ROWS}, change), TABLES)
    assert [(f.rule, f.severity) for f in sheet.faults] == [("table-unknown", "error")]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_header_is_renamed(tmp_path: Path, suffix: str) -> None:
    text = b"id; Nmae ;note\na;Ann;x\n"
    data = text if suffix == "csv" else workbook({"people": [["id", "Nmae", "note"], ["a", "Ann"]]})
    changes = draft(tmp_path, f"people.{suffix}", data)
    changes.rename("people", "nmae", "name")
    changes.set("people", 2, "name", "Anna")
    assert changes.changes == (
        Change("people", 1, "nmae", "nmae", "name"), Change("people", 2, "name", "Ann", "Anna")
    )  # fmt: skip
    assert changes.diff().splitlines()[0] == 'people row 1, nmae: "nmae" becomes "name"'
    changes.write()
    path = tmp_path / f"tables/people.{suffix}"
    if suffix == "csv":
        assert path.read_bytes() == b"id;name;note\na;Anna;x\n"
    else:
        sheet = openpyxl.load_workbook(path)["people"]
        assert [c.value for c in sheet[1]] == ["id", "name", "note"]


def test_a_header_that_is_not_there_is_not_renamed(tmp_path: Path) -> None:
    changes = draft(tmp_path, "people.csv", b"id,nmae\na,Ann\n")
    for table, before, after in (
        ("people", "other", "name"), ("people", "nmae", "nonsense"), ("memos", "nmae", "note")
    ):  # fmt: skip
        with pytest.raises(UsageError):
            changes.rename(table, before, after)
    assert changes.changes == ()
