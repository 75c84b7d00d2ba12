"""Formulas: which of them keep their stored results when cells of the workbook change."""

import io
from pathlib import Path

import openpyxl
import pytest

from kg.schema import load_schema
from kg.sources import Draft, read_review
from kg.sources.formula import find_untouched
from tests.sources.files import REVIEW, rewrite, workbook

# Formula in C9 of the sheet `settings`, of which B2 changes → whether its result still holds.
CASES: dict[str, bool] = {
    # what it names
    '="a"&"b"': True,
    "=1+2*3": True,
    "=B3": True,
    "=B2": False,
    "=$B$2": False,
    "=A1+B3": True,
    "=SUM(A1:A9,C1:C3)": True,
    "=SUM(A1:C3)": False,
    "=SUM(C3:A1)": False,
    "=SUM(B3:B9)": True,
    "=SUM(B:B)": False,
    "=SUM(C:D)": True,
    "=SUM(2:2)": False,
    "=SUM(3:4)": True,
    "=IF(B3 = 1, A1 & C2, -D4%)": True,
    "=IF(B3=1,A1&B2,0)": False,
    "=settings!B2": False,
    "='Settings'!B2": False,
    "=other!B2": True,
    "='an other''s'!B2": True,
    # through another formula: other!A1 reads B2, other!A2 reads other!A1, other!A3 nothing
    "=other!A1": False,
    "=other!A2+1": False,
    "=other!A3": True,
    # what may be anywhere
    '=INDIRECT("B3")': False,
    "=OFFSET(A1,1,1)": False,
    "=SUMIF(A1:A3,1,C1)": False,
    "=myfunction(A1)": False,
    "=_xlfn.XLOOKUP(A1,C:C,D:D)": False,
    "=name": False,
    "=TAX2026": True,  # a cell far to the right
    "=YEN2026": False,  # no sheet has such a column: a name
    "=Table1[label]": False,
    "=A1:INDEX(C:C,3)": False,
    "=other:settings!A1": False,
    "=[1]other!A1": False,
    "=#REF!+1": True,
    "=A1#": False,
    "=A1,B3)(": False,
}


def test_the_list_of_cases_is_whole() -> None:
    assert len(CASES) == 38


@pytest.mark.parametrize(("formula", "holds"), CASES.items(), ids=CASES)
def test_a_result_holds_where_nothing_it_reads_changes(formula: str, holds: bool) -> None:
    book = openpyxl.Workbook()
    settings, other = book.active, book.create_sheet("other")
    assert settings is not None
    book.create_sheet("an other's")
    settings.title = "settings"
    settings["C9"] = formula
    other["A1"], other["A2"], other["A3"] = "=settings!B2&1", "=A1", "=settings!B3"
    found = find_untouched(book, {"settings": {(2, 2)}})
    assert (("settings", "C9") in found) is holds
    assert found - {("settings", "C9")} == {("other", "A3")}


def test_array_formulas_are_not_followed() -> None:
    from openpyxl.worksheet.formula import ArrayFormula

    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["C9"] = ArrayFormula("C9:C10", "=A1:A2")
    assert find_untouched(book, {"Sheet": {(2, 2)}}) == frozenset()


def test_a_change_keeps_the_results_that_hold_and_no_others(tmp_path: Path) -> None:
    rows = [["id", "name", "note"], ["a", "Ann", '="x"&A2'], ["b", "Bob", '="y"&B3']]
    made = workbook({"people": rows})

    def change(name: str, data: bytes) -> bytes:
        for cell, formula, result in (
            (b"C2", b'"x"&amp;A2', b"xa &lt;"), (b"C3", b'"y"&amp;B3', b"yBob")
        ):  # fmt: skip
            for empty in (b"<v></v>", b"<v/>", b"<v />"):
                whole = b'<c r="%s"><f>%s</f>' % (cell, formula)
                full = b'<c r="%s" t="str"><f>%s</f><v>%s</v>' % (cell, formula, result)
                data = data.replace(whole + empty, full)
        return data

    (tmp_path / "tables").mkdir()
    (tmp_path / "tables/people.xlsx").write_bytes(rewrite(made, change))
    (tmp_path / "review.yaml").write_text(f"title: T\nbase: {REVIEW.base}\n")
    draft = Draft(tmp_path, read_review(tmp_path), load_schema())
    assert draft.rows("people")[2]["note"] == "xa <"
    draft.set("people", 3, "name", "Rob")
    assert draft.write() == ("tables/people.xlsx",)
    data = io.BytesIO((tmp_path / "tables/people.xlsx").read_bytes())
    sheets = [openpyxl.load_workbook(data, data_only=only)["people"] for only in (False, True)]
    formulas, results = ([[c.value for c in row] for row in sheet["B2:C3"]] for sheet in sheets)
    assert formulas == [["Ann", '="x"&A2'], ["Rob", '="y"&B3']]
    assert results == [["Ann", "xa <"], ["Rob", None]]
