"""Annotated workbooks: faults stand in their cells, and nothing else is touched."""

import io
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from python_calamine import CalamineWorkbook

from kg.errors import Fault, UsageError
from kg.exports.annotate import annotate_tables, annotate_workbook, is_annotated
from kg.schema import load_schema
from kg.sources import Review, Sheet, find_lost_parts, read_csv, read_workbook
from kg.workspace.annotate import write_annotated
from tests.sources.files import rewrite, workbook, write_workbooks
from tests.workspace.memory import build_in_memory
from tests.workspaces import minimal

RED, YELLOW = "FFFFC7CE", "FFFFEB9C"
TABLES = frozenset(load_schema().tables)
PEOPLE = [["ID", "Name", "note"], ["a", "Ann", "x"], [], ["b", "Bob", None]]
THEORIES = [["id", "label"], ["t", "T"]]

ERROR = Fault("people", 2, "note", "people-note", "error", "x", "Write a note.", "y")
WARNING = Fault("people", 2, "note", "people-other", "warning", "", "=Look at it.")
ROW = Fault("people", 4, "", "row-without-id", "error", "", "Give the row an id.")
LACKING = Fault("theories", 2, "theorist", "theories-theorist", "error", "", "Say who.")
WHOLE = Fault("tables/b.xlsx [people]", 1, "nme", "column-missing", "error", "", "Add it.")
AWAY = Fault("tables/studies.csv", 0, "", "table-missing", "error", "", "Add the file.")


def sheets(data: bytes, file: str = "tables/b.xlsx") -> list[Sheet]:
    return read_workbook(file, data, TABLES)


def annotate(data: bytes, *faults: Fault) -> bytes:
    return annotate_workbook(data, sheets(data), faults, load_schema())


def load(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), rich_text=True)


def coloured(book: openpyxl.Workbook) -> dict[str, str]:
    """Return sheet and cell → colour, of all cells of tables that are filled."""
    return {
        f"{sheet.title}!{cell.coordinate}": cell.fill.fgColor.rgb
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fill_type and not sheet.title.startswith("Faults")
    }


def test_cells_are_coloured_and_noted_and_all_faults_listed() -> None:
    data = annotate(workbook({"people": PEOPLE, "theories": THEORIES}),
                    ERROR, WARNING, ROW, LACKING, WHOLE, AWAY)  # fmt: skip
    book = load(data)
    assert book.sheetnames == ["Faults", "people", "theories"]
    assert coloured(book) == {
        "people!C2": RED, "people!A4": RED, "people!A1": RED, "theories!A2": RED
    }  # fmt: skip
    assert book["people"]["C2"].comment.text == (
        'kg check: error: Write a note. Seen: "x". Did you mean "y"?\n'
        "kg check: warning: =Look at it."
    )
    assert book["people"]["A4"].comment.text == "kg check: error: Give the row an id."
    listed = book["Faults"]
    assert [[c.value for c in row[:9]] for row in listed.iter_rows()] == [
        ["table", "row", "column", "cell", "severity", "rule", "what was seen", "message",
         "did you mean"],
        ["people", 2, "note", "C2", "error", "people-note", "x", "Write a note.", "y"],
        ["people", 2, "note", "C2", "warning", "people-other", None, "=Look at it.", None],
        ["people", 4, None, "A4", "error", "row-without-id", None, "Give the row an id.", None],
        ["theories", 2, "theorist", "A2", "error", "theories-theorist", None, "Say who.", None],
        ["tables/b.xlsx [people]", 1, "nme", "A1", "error", "column-missing", None, "Add it.",
         None],
        ["tables/studies.csv", None, None, None, "error", "table-missing", None,
         "Add the file.", None],
    ]  # fmt: skip
    assert listed["H3"].data_type == "s"
    assert [listed.cell(n, 4).hyperlink and listed.cell(n, 4).hyperlink.location
            for n in range(2, 8)] == ["'people'!C2", "'people'!C2", "'people'!A4",
                                      "'theories'!A2", "'people'!A1", None]  # fmt: skip
    assert (listed.freeze_panes, listed.auto_filter.ref) == ("A2", "A1:I7")
    assert [s.sheet_view.tabSelected for s in book.worksheets] == [True, False, False]


def test_a_warning_alone_is_yellow() -> None:
    assert coloured(load(annotate(workbook({"people": PEOPLE}), WARNING))) == {
        "people!C2": YELLOW
    }  # fmt: skip


def own_workbook() -> bytes:
    """Return a workbook with all that people put into one."""

    def change(book: openpyxl.Workbook) -> None:
        people, other = book["people"], book.create_sheet("Sums")
        people["C2"].fill = PatternFill("solid", fgColor="FF00FF00")
        people["C2"].comment = Comment("mine\nkept", "me")
        people["B4"].font = Font(bold=True)
        people["B4"].number_format = "0.00"
        people.column_dimensions["B"].width = 33
        people.freeze_panes = "B2"
        people.auto_filter.ref = "A1:C4"
        people.merge_cells("E1:F2")
        people["E1"] = CellRichText("plain")
        rule = CellIsRule(operator="equal", formula=['"x"'], fill=PatternFill(bgColor="FFAAAAAA"))
        people.conditional_formatting.add("C2:C9", rule)
        drop = DataValidation(type="list", formula1='"x,y"')
        drop.add("C2:C9")
        people.add_data_validation(drop)
        for number in range(1, 4):
            other.append([number, f"=A{number}*2"])
        chart = BarChart()
        chart.add_data(Reference(other, min_col=1, min_row=1, max_row=3))
        other.add_chart(chart, "D1")
        other.sheet_properties.tabColor = "FF112233"

    return with_results(workbook({"people": PEOPLE, "theories": THEORIES}, change))


def with_results(data: bytes) -> bytes:
    """Store results of the formulas, as a spreadsheet program does."""

    def change(name: str, content: bytes) -> bytes:
        if not name.endswith("sheet3.xml"):
            return content
        for number in range(1, 4):
            for empty in (b"<v></v>", b"<v/>", b"<v />"):
                old = b"<f>A%d*2</f>%s" % (number, empty)
                content = content.replace(old, b"<f>A%d*2</f><v>%d</v>" % (number, 2 * number))
        return content

    return rewrite(data, change)


def picture(book: openpyxl.Workbook) -> dict[str, object]:
    """Return what a person sees of the user's own sheets, the marked cell apart."""
    seen: dict[str, object] = {}
    for sheet in book.worksheets:
        if sheet.title.startswith("Faults"):
            continue
        seen[sheet.title] = (
            sheet.freeze_panes, sheet.auto_filter.ref, str(sheet.merged_cells),
            sheet.sheet_properties.tabColor and sheet.sheet_properties.tabColor.rgb,
            sorted((k, d.width) for k, d in sheet.column_dimensions.items()),
            [(str(v.sqref), v.formula1) for v in sheet.data_validations.dataValidation],
            [(str(f.sqref), [r.formula for r in f.rules]) for f in sheet.conditional_formatting],
            len(sheet._charts),
        )  # fmt: skip
        for row in sheet.iter_rows():
            for cell in row:
                if (sheet.title, cell.coordinate) != ("people", "C2"):
                    seen[f"{sheet.title}!{cell.coordinate}"] = (
                        str(cell.value), cell.data_type, cell.number_format, cell.font.b,
                        cell.fill.fill_type, cell.comment and cell.comment.text,
                    )  # fmt: skip
    return seen


def test_everything_else_stays() -> None:
    data = own_workbook()
    done = annotate(data, ERROR)
    before, after = load(data), load(done)
    assert picture(before)["people"][5] == [("C2:C9", '"x,y"')]  # type: ignore[index]
    assert picture(before)["Sums"][-1] == 1  # type: ignore[index]
    assert len(picture(before)) == 3 + (24 - 1) + 4 + 6
    assert picture(after) == picture(before)
    results = openpyxl.load_workbook(io.BytesIO(done), data_only=True)
    assert [results["Sums"].cell(n, 2).value for n in (1, 2, 3)] == [2, 4, 6]
    assert after["Sums"]["B2"].value == "=A2*2"
    note = after["people"]["C2"].comment
    assert (note.text.split("\n")[:2], note.author) == (["mine", "kept"], "me")
    assert note.text.split("\n")[2].startswith("kg check: error: Write a note.")
    assert after["people"]["C2"].fill.fgColor.rgb == RED


def test_annotating_again_replaces_what_was_annotated() -> None:
    data = own_workbook()
    once = annotate(data, ERROR, ROW)
    assert annotate(once, ERROR, ROW) == once
    clean = load(annotate(once))
    assert clean.sheetnames == ["Faults", "people", "theories", "Sums"]
    assert picture(clean) == picture(load(data))
    assert clean["people"]["C2"].fill.fgColor.rgb == "FF00FF00"
    assert clean["people"]["C2"].comment.text == "mine\nkept"
    assert clean["Faults"]["H2"].value == "Nothing was found."


def test_the_same_bytes_everywhere(tmp_path: Path) -> None:
    (tmp_path / "own.xlsx").write_bytes(own_workbook())
    program = (
        "import sys; from tests.exports.test_annotate import *;"
        "data = Path(sys.argv[1]).read_bytes();"
        "csv = annotate_tables([read_csv('tables/people.csv', CSV)], [ERROR], load_schema());"
        "sys.stdout.buffer.write(annotate(data, ERROR, ROW) + csv)"
    )
    found = set()
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima")):
        root = str(Path(__file__).parents[2])
        places = {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": root}
        run = subprocess.run([sys.executable, "-c", program, str(tmp_path / "own.xlsx")],
                             capture_output=True, check=True, cwd=root,
                             env={**os.environ, **places})  # fmt: skip
        found.add(run.stdout)
        time.sleep(1.1)  # the clock of a file counts seconds
    assert len(found) == 1 and found != {b""}


def test_a_sheet_of_the_users_that_is_called_faults_stays() -> None:
    data = workbook({"people": PEOPLE, "Faults": [["mine"]]})
    once = annotate(data, ERROR)
    assert load(once).sheetnames == ["Faults 2", "people", "Faults"]
    again = load(annotate(once))
    assert again.sheetnames == ["Faults 2", "people", "Faults"]
    assert again["Faults"]["A1"].value == "mine"


@pytest.mark.parametrize("titles", [("people", "theories"), ("Sheet1",)])
def test_an_annotated_workbook_is_read_as_before(titles: tuple[str, ...]) -> None:
    data = workbook(dict(zip(titles, (PEOPLE, THEORIES), strict=False)))
    file = "tables/people.xlsx"
    before = read_workbook(file, data, TABLES)
    after = read_workbook(file, annotate_workbook(data, before, [ERROR], load_schema()), TABLES)
    assert [(s.table, s.header, s.rows, s.faults) for s in after] == [
        (s.table, s.header, s.rows, s.faults) for s in before
    ]
    assert [s.table for s in before] == ["people", *titles[1:]]


def test_a_fault_in_a_merged_range_is_marked_in_its_first_cell() -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["people"].merge_cells("B2:C2")

    data = workbook({"people": PEOPLE}, change)
    assert coloured(load(annotate(data, ERROR))) == {"people!B2": RED}


def test_newer_drop_downs_and_sparklines_stay_and_other_extensions_do_not() -> None:
    x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    xm = "http://schemas.microsoft.com/office/excel/2006/main"
    added = (
        f'<extLst><ext xmlns:x14="{x14}" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}">'
        f'<x14:dataValidations xmlns:xm="{xm}" count="1"><x14:dataValidation type="list">'
        "<x14:formula1><xm:f>theories!$A$2:$A$9</xm:f></x14:formula1><xm:sqref>C2</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations></ext>"
        f'<ext xmlns:x14="{x14}" uri="{{A8765BA9-456A-4dab-B4F3-ACF838C121DE}}">'
        '<x14:slicerList/></ext></extLst></worksheet>'
    )  # fmt: skip

    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"</worksheet>", added.encode()) if "sheet1" in name else content

    data = rewrite(workbook({"people": PEOPLE, "theories": THEORIES}), change)
    done = annotate(annotate(data, ERROR), ERROR)
    with zipfile.ZipFile(io.BytesIO(done)) as archive:
        people = archive.read("xl/worksheets/sheet2.xml").decode()
        others = archive.read("xl/worksheets/sheet1.xml") + archive.read("xl/worksheets/sheet3.xml")
    assert people.count("theories!$A$2:$A$9") == people.count("extLst>") // 2 == 1
    assert "slicer" not in people and b"extLst" not in others
    with pytest.warns(UserWarning, match="Data Validation extension"):
        load(done)


LOSSES: list[tuple[str, str, str]] = [
    ("xl/media/image1.emf", "", "images"),
    ("xl/drawings/drawing9.xml", "<xdr:sp macro=''/>", "text boxes and shapes"),
    ("xl/charts/style1.xml", "", "styles of charts"),
    ("xl/charts/chartEx1.xml", "", "newer kinds of charts"),
    ("xl/threadedComments/threadedComment1.xml", "", "threads of comments (kept as notes)"),
    ("xl/slicers/slicer1.xml", "", "slicers and timelines"),
    ("xl/ctrlProps/ctrlProp1.xml", "", "form controls"),
    ("xl/drawings/vmlDrawing7.vml", '<x:ClientData ObjectType="Drop">', "form controls"),
    ("xl/vbaProject.bin", "", "macros"),
    ("xl/printerSettings/printerSettings1.bin", "", "printer settings"),
    ("customXml/item1.xml", "", "embedded or linked data"),
    ("xl/worksheets/sheet9.xml", "<x14:conditionalFormatting>", "newer conditional formats"),
]


@pytest.mark.parametrize(("name", "content", "what"), LOSSES)
def test_what_is_lost_is_said(name: str, content: str, what: str) -> None:
    stream = io.BytesIO(own_workbook())
    assert find_lost_parts(stream.getvalue()) == ()
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, content)
    assert find_lost_parts(stream.getvalue()) == (what,)


def test_the_list_of_losses_is_whole() -> None:
    assert len(LOSSES) == 12


@pytest.mark.parametrize("element", ["mergeCell", "hyperlink"])
def test_a_workbook_that_merges_or_links_all_cells_is_refused(element: str) -> None:
    whole = f'<{element}s><{element} ref="A1:XFD1048576"/></{element}s></worksheet>'

    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"</worksheet>", whole.encode()) if "sheet1" in name else content

    with pytest.raises(UsageError, match="more than a million cells"):
        annotate(rewrite(workbook({"people": PEOPLE}), change), ERROR)


CSV = b'id;name;note\na;=1+1;"x\ny"\n\nb;+44;007\n'


def test_csv_tables_become_sheets_of_text() -> None:
    people = read_csv("tables/people.csv", CSV)
    broken = read_csv("tables/memos.csv", b'id,note\n"open\n')
    unknown = read_csv("tables/peopel.csv", b"id\nx\n")
    data = annotate_tables([people, broken, unknown], [ERROR, ROW], load_schema())
    book = load(data)
    assert book.sheetnames == ["Faults", "people", "memos"]
    assert [[c.value for c in row] for row in book["people"].iter_rows()] == [
        ["id", "name", "note"], ["a", "=1+1", "x\ny"], [None] * 3, ["b", "+44", "007"]
    ]  # fmt: skip
    assert {c.data_type for row in book["people"].iter_rows() for c in row if c.value} == {"s"}
    assert coloured(book) == {"people!C2": RED, "people!A4": RED}
    other = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("people")
    assert other.to_python()[1] == ["a", "=1+1", "x\ny"]
    assert book["people"]["C2"].number_format == "@"
    read = {s.table: s for s in read_workbook("tables/b.xlsx", data, TABLES)}
    assert (read["people"].header, read["people"].rows) == (people.header, people.rows)
    assert "Faults" not in read


def faulty(folder: Path) -> Path:
    workspace = minimal()
    workspace.edit("bearings", "bearing", polarity="suport")
    return workspace.write(folder / "ws")


def test_a_workspace_of_csv_files_gives_one_workbook(tmp_path: Path) -> None:
    folder = faulty(tmp_path)
    faults = build_in_memory(folder).faults
    (done,) = write_annotated(folder, tmp_path / "out.xlsx", faults)
    assert (done.path, done.source, done.losses) == (tmp_path / "out.xlsx", "", ())
    data = done.path.read_bytes()
    assert is_annotated(data)
    (place,) = coloured(load(data))
    header = [c.value for c in load(data)["bearings"][1]]
    assert place == f"bearings!{'ABCDEFGHIJ'[header.index('polarity')]}2"
    assert write_annotated(folder, tmp_path / "out.xlsx", faults) == (done,)
    assert done.path.read_bytes() == data


def test_a_workspace_of_one_workbook_gives_it_back(tmp_path: Path) -> None:
    write_workbooks(faulty(tmp_path), tmp_path / "one", one=True)
    faults = build_in_memory(tmp_path / "one").faults
    (done,) = write_annotated(tmp_path / "one", tmp_path / "out.xlsx", faults)
    assert (done.path.name, done.source) == ("out.xlsx", "tables/all.xlsx")
    assert len(coloured(load(done.path.read_bytes()))) == 1
    (tmp_path / "one/tables/all.xlsx").write_bytes(done.path.read_bytes())
    assert build_in_memory(tmp_path / "one").faults == faults


def test_several_workbooks_give_those_with_faults_under_their_names(tmp_path: Path) -> None:
    write_workbooks(faulty(tmp_path), tmp_path / "many", one=False)
    faults = build_in_memory(tmp_path / "many").faults
    away = Fault("review.yaml", 0, "base", "review-unreadable", "error", "", "Mend it.")
    (done,) = write_annotated(tmp_path / "many", tmp_path / "out.xlsx", [*faults, away])
    assert (done.path.name, done.source) == ("out-bearings.xlsx", "tables/bearings.xlsx")
    listed = load(done.path.read_bytes())["Faults"]
    assert [listed.cell(n, 1).value for n in (2, 3)] == ["bearings", "review.yaml"]


def test_a_workbook_that_cannot_be_read_gives_the_list_alone(tmp_path: Path) -> None:
    folder = tmp_path / "ws"
    (folder / "tables").mkdir(parents=True)
    (folder / "review.yaml").write_text("title: T\nbase: https://example.org/t/\n")
    (folder / "tables/people.xlsx").write_bytes(b"no archive")
    faults = build_in_memory(folder).faults
    (done,) = write_annotated(folder, tmp_path / "out.xlsx", faults)
    assert done.losses == ("all tables: the workbook can't be read",)
    assert load(done.path.read_bytes()).sheetnames == ["Faults"]


def _changed(folder: Path) -> Path:
    (done,) = write_annotated(folder, folder / "out.xlsx", [])
    book = load(done.path.read_bytes())
    book["people"]["B2"] = "corrected"
    book.save(done.path)
    return done.path


def _somebodys(folder: Path) -> Path:
    (folder / "out.xlsx").write_bytes(workbook({"people": PEOPLE}))
    return folder / "out.xlsx"


def _text(folder: Path) -> Path:
    (folder / "out.xlsx").write_text("mine")
    return folder / "out.xlsx"


@pytest.mark.parametrize("make", [_changed, _somebodys, _text])
def test_nothing_of_anybodys_is_overwritten(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    folder = faulty(tmp_path)
    path = make(folder)
    before = path.read_bytes()
    with pytest.raises(UsageError, match="somebody has changed it since"):
        write_annotated(folder, path, [])
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "why"), [("out.csv", "has to end in .xlsx"), ("ws/tables/o.xlsx", "read as a table")]
)
def test_a_wrong_name_is_refused(tmp_path: Path, name: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        write_annotated(faulty(tmp_path), tmp_path / name, [])
    assert not (tmp_path / name).exists()


def test_a_review_that_cannot_be_read_is_listed(tmp_path: Path) -> None:
    folder = faulty(tmp_path)
    (folder / "review.yaml").write_text("title: [")
    away = Fault("review.yaml", 0, "", "review-unreadable", "error", "", "Mend it.")
    (done,) = write_annotated(folder, tmp_path / "out.xlsx", [away])
    assert "bearings" in load(done.path.read_bytes()).sheetnames
    assert Review("", "").texts == "texts"


def test_a_table_that_is_given_twice_is_not_marked_by_its_name(tmp_path: Path) -> None:
    folder = faulty(tmp_path)
    (folder / "tables/b.xlsx").write_bytes(workbook({"people": PEOPLE, "theories": THEORIES}))
    done = write_annotated(folder, tmp_path / "out.xlsx", [ERROR, LACKING])
    assert [d.path.name for d in done] == ["out-csv.xlsx", "out-b.xlsx"]
    assert [coloured(load(d.path.read_bytes())) for d in done] == [{}, {"theories!A2": RED}]
