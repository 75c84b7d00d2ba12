"""The tables as a workbook: read back cell by cell, and helpful to those who fill it in."""

import csv
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from kg.errors import UsageError
from kg.exports.guide import FIRST, ORDER, order_tables
from kg.exports.workbook import write_workbook
from kg.schema import Column, load_schema
from kg.sources import Draft, map_sheet, read_csv, read_review, read_workbook
from kg.workspace.start import tables_as_workbook
from kg.workspace.welcome import EXAMPLES
from tests.workspace.memory import build_in_memory
from tests.workspaces import minimal

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "data/collective-efficacy"
TABLES = load_schema().tables
ONE_EXAMPLE = {"people": {"id": "me", "name": "=me"}}


def open_workbook(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def read(data: bytes) -> dict[str, dict[int, dict[str, str]]]:
    """Return table → record number → header → filled cell, as the package reads a workbook."""
    found = {}
    for sheet in read_workbook("tables/workbook.xlsx", data, frozenset(TABLES)):
        assert sheet.faults == [], sheet.faults
        rows = {n: dict(zip(sheet.header, cells, strict=False)) for n, cells in sheet.rows}
        found[sheet.table] = {n: {h: c for h, c in r.items() if c} for n, r in rows.items()}
    return found


def one_cell(table: str, column: str, text: str) -> bytes:
    return write_workbook(load_schema(), {table: {2: {"id": "x", column: text}}})


# Round trip


def read_case() -> dict[str, list[dict[str, str]]]:
    """Return the filled cells of the shipped tables, read by the csv module alone."""
    found = {}
    for path in sorted((CASE / "tables").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = [
                {h: c.strip() for h, c in row.items() if c.strip()} for row in csv.DictReader(file)
            ]
    return found


def test_shipped_tables_come_back_cell_by_cell() -> None:
    case, back = read_case(), read(tables_as_workbook(CASE))
    assert len(case) == 40 and set(back) == set(TABLES)
    for name in back:
        assert list(back[name].values()) == case.get(name, []), name
    assert sum(len(cells) for rows in case.values() for cells in rows) > 10_000


def test_shipped_case_is_the_same_from_a_workbook(tmp_path: Path) -> None:
    for folder in ("csv", "xlsx"):
        (tmp_path / folder / "tables").mkdir(parents=True)
        (tmp_path / folder / "review.yaml").write_bytes((CASE / "review.yaml").read_bytes())
    for path in (CASE / "tables").glob("*.csv"):
        (tmp_path / "csv/tables" / path.name).write_bytes(path.read_bytes())
    data = tables_as_workbook(CASE)
    (tmp_path / "xlsx/tables/tables.xlsx").write_bytes(data)
    again = tables_as_workbook(tmp_path / "xlsx")
    assert again == data
    assert parts(tmp_path / "csv") == parts(tmp_path / "xlsx")


def parts(folder: Path) -> dict[str, tuple[set[object], str]]:
    """Return table → its triples and its canonical rows; a table without rows is left out."""
    from kg.sources import list_files, read_file

    review = read_review(folder)
    found = [
        part
        for file in list_files(folder, review)
        if file.name.startswith("tables/")
        for part in read_file(file, review, load_schema())
    ]
    assert not any(part.faults for part in found)
    return {p.name: (set(p.triples), p.canonical) for p in found if p.rows}


def test_somebody_elses_reader_sees_the_same_texts() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(tables_as_workbook(CASE)))
    seen = 0
    for name, rows in read_case().items():
        header, *records = book.get_sheet_by_name(name).to_python()
        assert len(records) == len(rows), name
        for row, record in zip(rows, records, strict=True):
            shown = {h: show(v) for h, v in zip(header, record, strict=True) if v != ""}
            assert shown == row
            seen += len(shown)
    assert seen > 10_000


def show(value: object) -> str:
    if isinstance(value, float):
        return str(int(value))
    return str(value)


def test_same_bytes_twice(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib; from kg.schema import load_schema; "
        "from kg.exports.workbook import write_workbook; "
        "rows = {'people': {2: {'id': 'a', 'name': 'A'}}}; "
        "examples = {'settings': {'id': 'b', 'kind': 'couple'}}; "
        "sys.stdout.buffer.write(write_workbook(load_schema(), rows, examples))"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]  # fmt: skip
    assert made[0] == made[1] and len(made[0]) > 10_000


# Cells


TEXTS = (
    "007", "2014", "=1+1", "+1", "-1", "@a", "1e5", "TRUE", "#N/A", "2026-05-01", "a\nb", "“q” 🙂",
)  # fmt: skip


def test_texts_stay_texts() -> None:
    rows = {n: {"id": text, "name": text} for n, text in enumerate(TEXTS, start=2)}
    data = write_workbook(load_schema(), {"people": rows})
    sheet = open_workbook(data)["people"]
    for number, row in rows.items():
        for cell in sheet[number][:2]:
            assert (cell.value, cell.data_type, cell.number_format) == (row["id"], "s", "@")
    assert read(data)["people"] == rows


VALUES = (
    ("reports", "year", "2014", 2014),
    ("reports", "year", "0", 0),
    ("reports", "year", "02014", "02014"),
    ("reports", "year", "2014.0", "2014.0"),
    ("reports", "year", "1234567890123456", "1234567890123456"),
    ("reports", "year", "not reported", "not reported"),
    ("memos", "date", "2026-05-01", datetime(2026, 5, 1)),
    ("memos", "date", "2026-05-01T09:30:00Z", "2026-05-01T09:30:00Z"),
    ("memos", "date", "1899-12-31", "1899-12-31"),
    ("memos", "date", "2026-02-30", "2026-02-30"),
    ("memos", "date", "in May", "in May"),
    ("bearings", "presupposes", "true", "true"),
)


def test_numbers_and_days_can_be_sorted_and_come_back() -> None:
    rows: dict[str, dict[int, dict[str, str]]] = {}
    for number, (table, column, text, _) in enumerate(VALUES, start=2):
        rows.setdefault(table, {})[number] = {"id": f"x{number}", column: text}
    data = write_workbook(load_schema(), rows)
    book, back = open_workbook(data), read(data)
    for number, (table, column, text, value) in enumerate(VALUES, start=2):
        place = TABLES[table].header.index(column) + 1
        assert book[table].cell(number, place).value == value
        assert back[table][number][column] == text


def test_rows_keep_their_numbers_and_columns_that_no_shape_has() -> None:
    rows = {"people": {3: {"id": "a", "name": "A", "colour": "red"}, 7: {"id": "b", "name": "B"}}}
    data = write_workbook(load_schema(), rows)
    assert read(data)["people"] == rows["people"]
    assert [c.value for c in open_workbook(data)["people"][1]] == [
        *TABLES["people"].header, "colour",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x" * 32_768, r"The text is longer than 32,767 characters\."),
        ("🙂" * 16_384, r"The text is longer than 32,767 characters\."),
        ("a\x07b", r"The text holds the control character U\+0007\."),
        ("a\rb", r"The text holds the control character U\+000D\."),
    ],
)
def test_what_no_workbook_holds_is_refused_by_its_place(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=f'^people, row 2, column "note": {says}'):
        one_cell("people", "note", text)


def test_the_longest_text_comes_back() -> None:
    assert read(one_cell("people", "note", "x" * 32_767))["people"][2]["note"] == "x" * 32_767


def test_more_rows_than_a_sheet_has_are_refused() -> None:
    with pytest.raises(UsageError, match="There are more than 1,048,576 rows"):
        write_workbook(load_schema(), {"people": {1_048_577: {"id": "x"}}})


# What helps to fill it in


@pytest.fixture(scope="module")
def empty() -> Any:
    """Return an empty workbook with one example, opened."""
    return open_workbook(write_workbook(load_schema(), {}, ONE_EXAMPLE))


def test_there_is_a_sheet_for_each_table_in_the_order_of_entering(empty: Any) -> None:
    assert set(ORDER) <= set(TABLES) and len(set(ORDER)) == len(ORDER) >= 42
    assert {name for name, _ in FIRST} <= set(TABLES)
    titles = [table.name for table in order_tables(TABLES)]
    assert sorted(titles) == sorted(TABLES) and titles[: len(ORDER)] == list(ORDER)
    assert empty.sheetnames == ["Start here", *titles, "Lists"]
    assert empty["Lists"].sheet_state == "hidden"
    assert {empty[t].sheet_state for t in titles} == {"visible"}


def test_first_sheet_leads_to_all_others(empty: Any) -> None:
    links = [
        cell.hyperlink.location
        for row in empty["Start here"].iter_rows()
        for cell in row
        if cell.hyperlink
    ]
    assert set(links) == {f"'{name}'!A1" for name in TABLES}
    assert len(links) == len(TABLES) + len(FIRST)


@pytest.mark.parametrize("name", TABLES)
def test_headers_say_what_goes_in(name: str, empty: Any) -> None:
    sheet, table = empty[name], TABLES[name]
    assert sheet.freeze_panes == "B2"
    assert tuple(cell.value for cell in sheet[1]) == table.header
    for cell in sheet[1]:
        column = table.find(cell.value)
        needed = column is None or column.required
        assert cell.font.bold is needed
        assert cell.style == ("kg required" if needed else "kg optional")
        note = cell.comment.text
        assert ("* Every row needs it." in note) is needed
        if column:
            assert note.startswith(column.help)
            assert all(label in note for label in column.labels)
            assert ("Several are allowed" in note) is bool(column.separator)
        form = {"integer": "0", "dateTime": "yyyy-mm-dd"}
        kind = column.datatype.rpartition("#")[2] if column else ""
        assert sheet.column_dimensions[cell.column_letter].number_format == form.get(kind, "@")


def drop_downs(book: Any, name: str) -> Mapping[str, Any]:
    """Return header → drop-down of a sheet."""
    found = {}
    for rule in book[name].data_validations.dataValidation:
        (span,) = rule.sqref.ranges
        assert (span.min_row, span.max_row) == (2, 2000) and span.min_col == span.max_col
        found[book[name].cell(1, span.min_col).value] = rule
    return found


def choices(book: Any, rule: Any) -> list[str]:
    title, _, cells = rule.formula1.partition("!")
    return [c.value for row in book[title.strip("'")][cells.replace("$", "")] for c in row]


def test_closed_lists_are_drop_downs(empty: Any) -> None:
    tried = 0
    unknown = ["not reported", "not reported in the source seen", "not applicable"]
    for name, table in TABLES.items():
        rules = drop_downs(empty, name)
        for column in table.columns:
            if column.labels and not column.separator:
                own = list(column.labels) + ([] if column.required else unknown)
                assert choices(empty, rules[column.name]) == own
                assert rules[column.name].errorStyle == "stop"
                tried += 1
    assert tried > 40


def test_a_kind_of_ones_own_is_not_forbidden(empty: Any) -> None:
    kind = drop_downs(empty, "settings")["kind"]
    under = drop_downs(empty, "setting-kinds")["under"]
    assert not kind.showErrorMessage and not under.showErrorMessage
    assert drop_downs(empty, "constructs")["order"].showErrorMessage


def test_ids_of_another_sheet_are_drop_downs_below_its_example(empty: Any) -> None:
    bearings, findings = drop_downs(empty, "bearings"), drop_downs(empty, "findings")
    assert bearings["interpreter"].formula1 == "'people'!$A$3:$A$2000"
    assert bearings["finding"].formula1 == "'findings'!$A$2:$A$2000"
    assert findings["study"].formula1 == "'studies'!$A$2:$A$2000"
    assert bearings["finding"].errorStyle == "warning"
    assert "towards" not in bearings  # ids of several sheets
    assert "settings" not in findings  # several values
    assert choices(empty, bearings["presupposes"])[:2] == ["true", "false"]


def test_drop_downs_reach_below_the_last_row() -> None:
    rows = {"people": {n: {"id": f"p{n}", "name": "x"} for n in range(2, 1_502)}}
    book = open_workbook(write_workbook(load_schema(), rows))
    rule = next(
        r for r in book["bearings"].data_validations.dataValidation if "people" in r.formula1
    )
    assert rule.formula1 == "'people'!$A$2:$A$2501"


def test_kinds_of_the_workspace_are_in_the_list(tmp_path: Path) -> None:
    workspace = minimal()
    workspace.add("setting-kinds", "school", label="school")
    book = open_workbook(tables_as_workbook(workspace.write(tmp_path)))
    rule = next(
        r for r in book["settings"].data_validations.dataValidation if r.formula1.startswith("L")
    )
    assert choices(book, rule)[8:10] == ["supporting pair", "school"]


# Examples and guides are never read


def test_example_is_shown_and_not_read() -> None:
    data = write_workbook(load_schema(), {}, {**ONE_EXAMPLE, **EXAMPLES})
    book = open_workbook(data)
    cell = book["people"]["A2"]
    assert cell.value == "example: me" and cell.font.italic and cell.style == "kg example"
    assert book["people"]["B2"].value == "=me" and book["people"]["B2"].data_type == "s"
    assert read(data) == {name: {} for name in TABLES}


def test_table_with_rows_has_no_example() -> None:
    rows = {"people": {2: {"id": "a", "name": "A"}}}
    data = write_workbook(load_schema(), rows, ONE_EXAMPLE)
    assert read(data)["people"] == rows["people"]


@pytest.mark.parametrize("row", [b"example:a,A", b"Example: a,A", b" EXAMPLE:,"])
def test_example_rows_of_csv_are_not_read(row: bytes) -> None:
    sheet = read_csv("tables/people.csv", b"id,name\n" + row + b"\nb,an example: B\n")
    assert sheet.rows == [(3, ["b", "an example: B"])] and sheet.examples == {2}
    assert map_sheet(sheet, TABLES["people"], load_schema(), "https://e.org/").faults == []


def test_id_column_decides_wherever_it_stands() -> None:
    sheet = read_csv("tables/people.csv", b"name,ID\nexample: A,a\nB,example: b\n")
    assert sheet.rows == [(2, ["example: A", "a"])]


def test_formula_in_an_example_is_no_fault() -> None:
    book = open_workbook(write_workbook(load_schema(), {}, ONE_EXAMPLE))
    book["people"]["C2"] = "=1+1"
    data = io.BytesIO()
    book.save(data)
    assert read(data.getvalue())["people"] == {}


def test_draft_adds_below_the_example(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "review.yaml").write_text("title: T\nbase: https://example.org/t/\n")
    path = tmp_path / "tables/workbook.xlsx"
    path.write_bytes(write_workbook(load_schema(), {}, ONE_EXAMPLE))
    draft = Draft(tmp_path, read_review(tmp_path), load_schema())
    assert draft.add("people", {"id": "a", "name": "A"}) == 3
    draft.write()
    sheet = open_workbook(path.read_bytes())["people"]
    assert [sheet["A2"].value, sheet["A3"].value] == ["example: me", "a"]
    assert read(path.read_bytes())["people"] == {3: {"id": "a", "name": "A"}}


def test_workbook_is_built_like_csv(tmp_path: Path) -> None:
    source = minimal().write(tmp_path / "csv")
    (tmp_path / "xlsx/tables").mkdir(parents=True)
    (tmp_path / "xlsx/review.yaml").write_bytes((source / "review.yaml").read_bytes())
    (tmp_path / "xlsx/tables/all.xlsx").write_bytes(tables_as_workbook(source))
    typed, built = build_in_memory(source), build_in_memory(tmp_path / "xlsx")
    assert built.faults == typed.faults == ()
    assert set(built.store) == set(typed.store)
    assert built.data_version == typed.data_version


def columns_of(name: str) -> dict[str, Column | None]:
    return {header: TABLES[name].find(header) for header in TABLES[name].header}


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_are_such_as_a_row_may_be(name: str) -> None:
    columns = columns_of(name)
    for header, text in EXAMPLES[name].items():
        column = columns[header]
        values = text.split(column.separator) if column and column.separator else [text]
        if column and column.choices:
            assert {v.strip().lower() for v in values} <= set(column.choices)
    needed = {c.name for c in TABLES[name].columns if c.required}
    assert needed <= set(EXAMPLES[name])
