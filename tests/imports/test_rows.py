"""Tables of others: a map that is proposed and looked at, and rows that are added by it."""

import io
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import openpyxl
import pytest

from kg.errors import DataFaults, UsageError
from kg.imports.mapping import ColumnMap, propose_map, read_map, write_map
from kg.schema import load_schema
from tests.imports.run import put, rows, state, take, workspace

TABLES = load_schema().tables
FINDINGS = (
    "Author;Key finding;Quote;Page;Colour;Certainty\n"
    "Study;People help one another;we all help;3;red;ASSERTED\n"
    "nobody 2009;They may;;4;;maybe\n"
)
MAP = """table: findings
columns:
  Author: study
  Key finding: statement
  Quote: quotation
  Page: locator
  Colour: "-"
  Certainty: modality
constants:
  wording: Paraphrase
"""
ODS_ROW = "<table:table-row>{}</table:table-row>"
ODS_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'


def ods(content: str, sheet: str = "Sheet1", before: str = "") -> bytes:
    """Write an OpenDocument spreadsheet with one sheet."""
    name = "urn:oasis:names:tc:opendocument:xmlns:"
    text = (
        f'<?xml version="1.0"?>{before}<office:document-content xmlns:office="{name}office:1.0" '
        f'xmlns:table="{name}table:1.0" xmlns:text="{name}text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="{sheet}">{content}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", ZIP_STORED)
        archive.writestr("content.xml", text)
    return made.getvalue()


def ods_rows(lines: list[list[str]]) -> str:
    return "".join(ODS_ROW.format("".join(map(ODS_CELL.format, line))) for line in lines)


def xlsx(lines: list[list[object]], *others: str) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for line in lines:
        book.active.append(line)
    for title in others:
        book.create_sheet(title).append(["x"])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("table", "headers"),
    [
        ("findings", {"ID": "id", "Author": "study", "Key finding": "statement",
                      "Quote": "quotation", "Page": "locator", "Setting": "settings",
                      "Participants": "applies to", "Colour": "-"}),
        ("reports", {"Article Title": "title", "Publication Year": "year", "D.O.I.": "-",
                     "DOI": "doi", "authors_": "authors"}),
        ("appraisals", {"Rating": "judgement", "Checklist": "tool", "Question": "item",
                        "Reviewer": "by", "Studies": "study"}),
    ],
)  # fmt: skip
def test_a_map_is_proposed_from_names_and_synonyms(table: str, headers: dict[str, str]) -> None:
    assert propose_map(TABLES[table], list(headers)).columns == headers


def test_no_column_is_proposed_twice() -> None:
    proposed = propose_map(TABLES["findings"], ["Quote", "Quotes", "Excerpt"]).columns
    assert sorted(proposed.values()) == ["-", "-", "quotation"]


def test_a_written_map_is_read_again() -> None:
    columns = {'a "b": c': "study", "# d\\e": "-", "Ü": "statement"}
    mapping = ColumnMap("findings", columns, {"wording": "paraphrase"})
    text = write_map(mapping, TABLES["findings"])
    assert read_map("m", text, TABLES["findings"], TABLES) == mapping
    assert '#   "modality": "asserted; hedged; conjecture"' in text


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("table: findings\ncolumns:\n  a: studdy\n", "studdy", "has no such column"),
        ("table: findings\ncolumns:\n  a: study\n  b: study\n", "study", "Two columns"),
        ("table: findingz\ncolumns: {}\n", "table", "no such table"),
        ("table: people\ncolumns: {}\n", "table", "another table"),
        ("table: findings\ncolumns: {}\nother: x\n", "other", "Only table, columns, constants"),
        ("table: findings\ncolumns:\n  a: x\n  a: y\n", "a", "stands twice"),
        ("table: findings\ncolumns:\n  a: &x study\n  b: *x\n", "columns", "aliases"),
        ("table: findings\ncolumns: [a]\n", "columns", "Lists"),
        ("table: findings\ncolumns:\n  a:\n    b: c\n", "", "names and texts"),
        ("table: findings\n", "", "needs lines for table"),
        ("table: [\n", "table", "Lists"),
        ("a: 'b\n", "a", "Only table"),
        ("just text", "", "needs lines for table"),
        ("table: findings\ncolumns: 'x\n", "", "can't be read as YAML"),
    ],
)
def test_a_wrong_map_is_told(text: str, column: str, words: str) -> None:
    with pytest.raises(DataFaults) as told:
        read_map("map.yaml", text, TABLES["findings"], TABLES)
    (fault,) = told.value.faults
    assert (fault.rule, fault.column) == ("map-unreadable", column)
    assert words in fault.message


def test_the_first_call_proposes_and_the_second_imports(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    file, before = put(tmp_path, "found.csv", FINDINGS), rows(folder, "findings")
    first = take(folder, file, table="findings")
    assert (list(first.maps), first.written, first.reports) == (["map.yaml"], ["map.yaml"], [])
    assert rows(folder, "findings") == before
    assert take(folder, file, table="findings").written == []  # the same map is there
    (folder / "map.yaml").write_text(MAP)
    assert list(take(folder, file, table="findings").maps) == ["map-findings.yaml"]
    assert (folder / "map.yaml").read_text() == MAP
    report = take(folder, file, map_file="map.yaml").reports[0]
    new = {i: r for i, r in rows(folder, "findings").items() if i not in before}
    assert new == {
        "study-f1": {"id": "study-f1", "study": "study", "statement": "People help one another",
                     "wording": "paraphrase", "quotation": "we all help", "locator": "3",
                     "modality": "asserted"},
        "nobody-2009-f1": {"id": "nobody-2009-f1", "study": "nobody 2009", "statement": "They may",
                           "wording": "paraphrase", "locator": "4", "modality": "maybe"},
    }  # fmt: skip
    assert report.losses == {"Colour": 1}
    assert report.notes == [
        'Column "modality" doesn\'t know "maybe" (1); `kg check` says what it knows.',
        'Column "study" doesn\'t know "nobody 2009" (1); `kg check` says what it knows.',
        'References in column "study" found by label: 1.',
        "Ids made, since the file has none: 2.",
    ]
    before_again = state(folder)
    again = take(folder, file, map_file="map.yaml").reports[0]
    assert (again.count("already there"), again.count("added")) == (2, 0)
    assert state(folder) == before_again


def test_own_headers_need_no_map_and_rows_that_are_there_stay(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    text = "ID,Name,Note\ncoder,other,x\nnew,New One,\nstudy,Taken,\n,,\n"
    report = take(folder, put(tmp_path, "p.csv", text), table="people").reports[0]
    assert [(e.fate, e.id) for e in report.entries] == [
        ("already there", "coder"), ("added", "new"), ("rejected", "")
    ]  # fmt: skip
    assert report.conflicts == ['coder, name: "coder" stands there, row 2 says "other"']
    assert report.offers == ['coder, note: "x"']
    assert rows(folder, "people")["coder"].get("note") is None
    take(folder, put(tmp_path, "p.csv", text), table="people", fill=True)
    assert rows(folder, "people")["coder"]["note"] == "x"


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_workbooks_and_open_documents_are_read(kind: str, tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    lines = [["id", "name"], ["p1", "Ann"], ["p2", "Çelik & <co>"]]
    marked = [[c.replace("&", "&amp;").replace("<", "&lt;") for c in line] for line in lines]
    data = xlsx([*lines]) if kind == "xlsx" else ods(ods_rows(marked))
    take(folder, put(tmp_path, f"p.{kind}", data), table="people")
    assert rows(folder, "people")["p2"] == {"id": "p2", "name": "Çelik & <co>"}


def test_numbers_and_repeated_rows_of_open_documents(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    number = '<table:table-cell office:value-type="float" office:value="2014"/>'
    content = (
        ods_rows([["id", "name"]])
        + '<table:table-row table:number-rows-repeated="3"/>'
        + ODS_ROW.format(number + ODS_CELL.format("Ann"))
        + '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    report = take(folder, put(tmp_path, "p.ods", ods(content)), table="people").reports[0]
    assert [(e.place, e.id) for e in report.entries] == [("row 5", "2014")]


def test_one_of_several_sheets_is_named(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    file = put(tmp_path, "p.xlsx", xlsx([["id", "name"], ["p1", "Ann"]], "Other"))
    with pytest.raises(UsageError, match="several sheets: Sheet, Other"):
        take(folder, file, table="people")
    with pytest.raises(UsageError, match='no sheet called "None"'):
        take(folder, file, table="people", sheet="None")
    take(folder, file, table="people", sheet="sheet")
    assert "p1" in rows(folder, "people")


def test_a_dry_run_shows_rows_by_the_proposed_map_and_writes_nothing(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    before = state(folder)
    intake = take(folder, put(tmp_path, "f.csv", FINDINGS), table="findings", dry_run=True)
    assert state(folder) == before
    assert "findings row 3, new: id=study-f1" in intake.diff
    assert list(intake.maps) == ["map.yaml"]
