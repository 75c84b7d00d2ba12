"""The tutorial is true: its commands print what it shows, and each of its mistakes is found."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kg import resources
from tests.cli.run import call
from tests.docs.session import Told, run_session
from tests.docs.tutorial.fill import (
    FIRST,
    Mistake,
    read_mistakes,
    read_tables,
    type_correction,
    type_tables,
)

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
TABLES, MISTAKES = read_tables(PAGE), read_mistakes(PAGE)
CASE = resources.data_folder("collective-efficacy")
PINK = "FFFFC7CE"

Place = tuple[str, int, str]


def place(mistake: Mistake) -> Place:
    """Return sheet, row and column of a mistake."""
    return mistake.sheet, mistake.row, mistake.column


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Told]]:
    """Run the session; return its folder, and (command, promised, printed) of each command."""
    folder = tmp_path_factory.mktemp("tutorial")
    (folder / "tests").symlink_to(ROOT / "tests")
    return folder, run_session(PAGE, folder)


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """Return a workspace, and its workbook with the tables typed, mistakes and all."""
    folder = tmp_path_factory.mktemp("typed") / "my-review"
    assert call(".", "init", folder, "--xlsx").exit_code == 0
    text = CASE / "texts" / "abstract.txt"
    (folder / "texts" / text.name).write_bytes(text.read_bytes())
    book = load_workbook(folder / "tables" / "workbook.xlsx")
    type_tables(book, PAGE)
    data = io.BytesIO()
    book.save(data)
    return folder, data.getvalue()


def check(typed: tuple[Path, bytes], corrected: list[Mistake]) -> dict[Place, str]:
    """Return sheet, row and column → message of each fault that is left after corrections."""
    folder, data = typed
    book = load_workbook(io.BytesIO(data))
    for mistake in corrected:
        type_correction(book, mistake)
    book.save(folder / "tables" / "workbook.xlsx")
    faults = json.loads(call(folder, "check", "--format", "json", quiet=True).stdout)
    found = {}
    for fault in faults:
        inside = re.search(r"\[(.*)\]$", fault["table"])
        sheet = inside[1] if inside else fault["table"]
        found[sheet, fault["row"], fault["column"]] = fault["message"]
    assert len(found) == len(faults)
    return found


def test_the_session_prints_what_it_shows(ran: tuple[Path, list[Told]]) -> None:
    _, told = ran
    assert len(told) == 14
    for command, promised, printed in told:
        assert printed == promised, command


def test_each_mistake_is_marked_in_its_cell(
    ran: tuple[Path, list[Told]],
) -> None:
    book = load_workbook(ran[0] / "faults.xlsx")
    links = {row[3].hyperlink.location for row in book["Faults"].iter_rows(min_row=2)}
    assert len(links) == 14
    for mistake in MISTAKES:
        sheet = book[mistake.sheet]
        column = [cell.value for cell in sheet[1]].index(mistake.column) + 1
        cell = sheet.cell(mistake.row, column)
        assert str(cell.value or "") == mistake.typed, mistake
        assert cell.fill.fgColor.rgb == PINK, mistake
        assert mistake.message in cell.comment.text, mistake
        assert f"'{mistake.sheet}'!{cell.coordinate}" in links, mistake


def test_long_messages_have_room_in_the_list(
    ran: tuple[Path, list[Told]],
) -> None:
    sheet = load_workbook(ran[0] / "faults.xlsx")["Faults"]
    rows = {sheet.cell(n, 1).value: sheet.row_dimensions[n].height for n in range(2, 16)}
    assert len(str(sheet["H11"].value)) > 6 * 70  # seven lines in a column of 70 characters
    assert rows["statements"] >= 7 * 15
    assert rows["reports"] <= 2 * 15
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_there_are_ten_mistakes_each_in_a_cell_that_is_typed() -> None:
    assert len({place(m) for m in MISTAKES}) == len(MISTAKES) == 10
    for sheet, row, column, wrong, _, right in MISTAKES:
        rows = TABLES[sheet]
        shown = column if row == 1 else rows[row - FIRST].get(column, "")
        assert shown == wrong != right


def test_all_mistakes_are_found_at_once(typed: tuple[Path, bytes]) -> None:
    found = check(typed, [])
    assert len(found) == 14
    for mistake in MISTAKES:
        assert mistake.message in found[place(mistake)], mistake


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m.sheet}-{m.row}-{m.column}")
def test_a_mistake_alone_has_a_fault_of_its_own(
    mistake: Mistake, typed: tuple[Path, bytes]
) -> None:
    others = [m for m in MISTAKES if m != mistake]
    found = check(typed, others)
    assert mistake.message in found[place(mistake)]
    quoted = ("statements", 3, "quotation")  # its offsets are filled in later
    assert {place(m) for m in others} & set(found) <= {quoted}


def test_what_is_corrected_lacks_but_the_offsets(typed: tuple[Path, bytes]) -> None:
    found = check(typed, MISTAKES)
    assert set(found) == {("statements", 3, "quotation")}
    assert "The words stand at 1278–1436 in abstract.txt." in found["statements", 3, "quotation"]


def test_case_and_blanks_are_no_faults(typed: tuple[Path, bytes]) -> None:
    book: Any = load_workbook(io.BytesIO(typed[1]))
    assert book["settings"]["C7"].value == "Neighbourhood "
    assert book["studies"]["H5"].value == "Qualitative"
    found = check(typed, [])
    assert ("settings", 7, "kind") not in found
    assert ("studies", 5, "design") not in found


def shipped(table: str, *columns: str) -> set[str]:
    """Return what stands in columns of a table of the first case."""
    with (CASE / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return {row[column] for row in csv.DictReader(file) for column in columns} - {""}


def test_what_is_typed_of_the_sources_stands_in_the_first_case() -> None:
    assert len(TABLES["studies"]) == 5
    wrong = {m.typed for m in MISTAKES}
    quoted = shipped("findings", "quotation") | shipped("quotations", "exact")
    quoted |= shipped("statements", "quotation")
    expected = {
        ("reports", "title"): shipped("reports", "title"),
        ("reports", "doi"): shipped("reports", "doi"),
        ("reports", "year"): shipped("reports", "year"),
        ("findings", "quotation"): quoted,
        ("findings", "locator"): shipped("findings", "locator"),
        ("quotations", "exact"): quoted,
        ("statements", "quotation"): quoted,
        ("settings", "label"): shipped("settings", "label"),
        ("populations", "label"): shipped("populations", "label"),
        ("studies", "country"): shipped("studies", "country"),
    }
    seen = {
        (table, column, row[column])
        for table, column in expected
        for row in TABLES[table]
        if column in row and row[column] not in wrong
    }
    assert len(seen) == 43
    for table, column, text in seen:
        assert any(text in known for known in expected[table, column]), text
