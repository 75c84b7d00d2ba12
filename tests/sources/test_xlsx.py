"""XLSX workbooks: the same rows as from CSV, and faults where a cell has no value to rely on."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from tests.sources.files import (
    BASE,
    ids,
    read,
    read_all,
    rewrite,
    seen,
    values,
    workbook,
    write_workbooks,
)
from tests.workspace.memory import build_in_memory
from tests.workspaces import minimal

PEOPLE = [["id", "name", "note"], ["coder", "Müller", 'says "I\'m in" 🙂']]


def test_values_are_what_a_person_would_type_into_csv() -> None:
    header = ["id", "year", "title", "authors"]
    rows = [
        [2014, 1998, date(2020, 5, 1), True],
        [2015.0, 2001.5, datetime(2020, 5, 1, 9, 30), False],
        ["a", "1998", " x ", None],
    ]
    part = read(workbook({"reports": [header, *rows]}), "reports", "xlsx")
    typed = (
        "id,year,title,authors\n2014,1998,2020-05-01,true\n2015,2001.5,2020-05-01T09:30:00,false\n"
        "a,1998,x,\n"
    )
    assert set(part.triples) == set(read(typed.encode(), "reports").triples)
    assert part.canonical == read(typed.encode(), "reports").canonical


def test_a_date_is_the_same_moment_in_both() -> None:
    header = ["id", "about", "date", "text", "by"]
    part = read(workbook({"memos": [header, ["m", "s", date(2026, 5, 1), "x", "c"]]}), "memos",
                "xlsx")  # fmt: skip
    typed = read(b"id,about,date,text,by\nm,s,2026-05-01,x,c\n", "memos")
    assert values(part, "m", "date") == ["2026-05-01T00:00:00"]
    assert part.canonical == typed.canonical


def test_row_is_the_record_number_as_in_csv() -> None:
    rows = [["id", "name"], [], ["a", "A"], ["", None], ["b", "B"]]
    part = read(workbook({"people": rows}), "people", "xlsx")
    assert ids(part) == {"a": [3], "b": [5]} == ids(read(b"id,name\n\na,A\n,\nb,B\n"))


@pytest.mark.parametrize("one", [True, False], ids=["one workbook", "a workbook for each table"])
def test_a_workspace_in_xlsx_is_the_workspace_in_csv(one: bool, tmp_path: Path) -> None:
    """Quads, graph names and data version are equal."""
    source = minimal().write(tmp_path / "csv")
    write_workbooks(source, tmp_path / "xlsx", one=one)
    typed, built = build_in_memory(source), build_in_memory(tmp_path / "xlsx")
    assert built.faults == typed.faults == ()
    assert set(built.store) == set(typed.store)
    assert built.data_version == typed.data_version


def test_a_formula_without_a_stored_result_is_a_fault() -> None:
    def change(book: Workbook) -> None:
        book["people"]["C3"] = ArrayFormula("C3:C3", "=1+2")

    rows = [["id", "name", "note"], ["a", "=1+1", "x"], ["b", "B", "y"], ["c", "C", "z"]]
    part = read(workbook({"people": rows}, change), "people", "xlsx")
    assert seen(part) == [
        ("cell-formula", 2, "name", "error", "=1+1"),
        ("cell-formula", 3, "note", "error", "=1+2"),
    ]
    assert "Cell B2" in min(part.faults).message
    assert sorted(iri.removeprefix(BASE) for iri in part.damaged) == ["a", "b"]
    assert not part.unreadable


def test_a_formula_with_a_stored_result_is_its_result() -> None:
    def change(name: str, data: bytes) -> bytes:
        return data.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
            b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
        )

    data = rewrite(workbook({"people": [["id", "name"], ["a", "=1+1"]]}), change)
    part = read(data, "people", "xlsx")
    assert (part.faults, values(part, "a", "label")) == ([], ["2"])


def test_an_error_as_result_is_a_fault() -> None:
    part = read(workbook({"people": [["id", "name"], ["a", "#REF!"]]}), "people", "xlsx")
    assert seen(part) == [("cell-formula", 2, "name", "error", "#REF!")]


@pytest.mark.parametrize(("blank", "read_on"), [(999, True), (1000, False)])
def test_reading_stops_after_1000_empty_rows(blank: int, read_on: bool) -> None:
    def change(book: Workbook) -> None:
        book["people"].cell(blank + 3, 1, "b")
        book["people"].cell(blank + 3, 2, "B")

    part = read(workbook({"people": [["id", "name"], ["a", "A"]]}, change), "people", "xlsx")
    assert ("b" in ids(part)) is read_on
    assert ids(part).get("b", [blank + 3]) == [blank + 3]


def test_a_million_formatted_rows_are_not_walked_through() -> None:
    def change(book: Workbook) -> None:
        book["people"].cell(1_048_576, 1, "z")

    part = read(workbook({"people": [["id", "name"], ["a", "A"]]}, change), "people", "xlsx")
    assert ids(part) == {"a": [2]}


def test_a_wrong_dimension_cuts_nothing_off() -> None:
    def change(name: str, data: bytes) -> bytes:
        return data.replace(b'<dimension ref="A1:C2"', b'<dimension ref="A1"')

    data = workbook({"people": PEOPLE})
    changed = rewrite(data, change)
    assert changed != rewrite(data, lambda _, d: d)
    assert read(changed, "people", "xlsx").canonical == read(data, "people", "xlsx").canonical


def test_only_sheets_that_are_named_like_a_table_are_read() -> None:
    def change(book: Workbook) -> None:
        book["lists"].sheet_state = "hidden"

    sheets = {"People": PEOPLE, "criteria": [["id", "review", "label", "question"]],
              "scribbles": [["x"]], "lists": [["y"]]}  # fmt: skip
    parts = {p.name: p for p in read_all(workbook(sheets, change), "book.xlsx")}
    assert set(parts) == {"people", "criteria", "scribbles"}
    assert parts["people"].file == "tables/book.xlsx [People]"
    assert ids(parts["people"]) == {"coder": [2]}
    assert seen(parts["scribbles"]) == [("table-unknown", 0, "", "warning", "scribbles")]
    assert not parts["scribbles"].unreadable


def test_a_sheet_that_is_nearly_named_like_a_table_is_a_fault() -> None:
    """Passed over with a warning, its rows could be missed where they count against."""
    parts = {
        p.name: p for p in read_all(workbook({"people": PEOPLE, "bearing": [["id"]]}), "b.xlsx")
    }
    assert seen(parts["bearing"]) == [("table-unknown", 0, "", "error", "bearing")]
    assert 'Did you mean "bearings"?' in parts["bearing"].faults[0].message
    assert parts["bearing"].unreadable


def test_a_workbook_of_several_sheets_without_any_table_is_a_fault() -> None:
    (part,) = read_all(workbook({"Sheet1": PEOPLE, "Sheet2": [["x"]]}), "people.xlsx")
    assert seen(part) == [("table-unknown", 0, "", "error", "Sheet1, Sheet2")]
    assert (part.name, part.unreadable) == ("people", True)


def test_an_unknown_workbook_is_a_fault() -> None:
    (part,) = read_all(workbook({"Sheet1": PEOPLE}), "peopel.xlsx")
    assert seen(part) == [("table-unknown", 0, "", "error", "peopel")]


def test_an_empty_sheet_is_one_fault() -> None:
    part = read(workbook({"people": []}), "people", "xlsx")
    assert seen(part) == [("table-empty", 0, "", "error", "")]


@pytest.mark.parametrize(
    "data",
    [b"", b"no archive", workbook({"people": PEOPLE})[:-200], workbook({"people": PEOPLE})[200:],
     rewrite(workbook({"people": PEOPLE}), lambda n, d: d[: len(d) // 2]),
     rewrite(workbook({"people": PEOPLE}), lambda n, d: b"" if "sheet1" in n else d),
     rewrite(workbook({"people": PEOPLE}), lambda n, d: b"<x/>"),
     b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600],
    ids=["empty", "text", "cut", "headless", "half entries", "no sheet", "other xml", "encrypted"],
)  # fmt: skip
def test_a_corrupt_workbook_is_one_fault(data: bytes) -> None:
    part = read(data, "people", "xlsx")
    ((rule, row, column, severity, value),) = seen(part)
    assert (rule, row, column, severity) == ("table-unreadable", 0, "", "error")
    assert value and part.unreadable and not part.rows


def test_a_cell_beyond_the_header_is_ragged_and_a_missing_one_is_not() -> None:
    rows = [["id", "name", "note"], ["a", "A"], ["b", "B", "", "more"]]
    part = read(workbook({"people": rows}), "people", "xlsx")
    assert seen(part) == [("row-ragged", 3, "", "error", "more")]
