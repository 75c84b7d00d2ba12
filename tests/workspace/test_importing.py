"""`kg import` as people meet it: what it prints, its exit code, and what it never touches."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from kg.sources import finish_writing
from tests.cli.run import Run, answer
from tests.imports.run import put, rows, state, workspace
from tests.imports.test_references import TEIG, thousand
from tests.imports.test_rows import ods, ods_rows

ROOT = Path(__file__).parents[2]
Call = Callable[..., Run]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    """Run `kg -C ws import …` in this process."""

    def run(folder: Path, *args: str) -> Run:
        return answer(monkeypatch, capfd, "-C", folder, "import", *args)

    return run


def test_the_report_goes_to_stdout_and_what_was_written_to_stderr(
    call: Call, tmp_path: Path
) -> None:
    folder = workspace(tmp_path)
    file = put(tmp_path, "refs.ris", TEIG + "TY  - JOUR\nAU  - Doe, J.\nKW  - k\nER  - \n")
    code, out, err = call(folder, file)
    assert code == 1  # a record was rejected
    assert out.splitlines()[:4] == [
        "refs.ris: 2 records read = 1 added + 0 already there + 0 left out + 1 rejected",
        "  rejected: 1",
        "    line 9: It has no title.",
        "  without a place, not taken over: 1 values of KW (1)",
    ]
    assert err.splitlines() == [
        "written: tables/authors.csv",
        "written: tables/reports.csv",
        "written: tables/studies.csv",
        f"type kg -C {folder} check",
    ]


def test_a_dry_run_prints_the_diff_and_writes_nothing(call: Call, tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    before = state(folder)
    code, out, err = call(folder, put(tmp_path, "refs.ris", TEIG), "--dry-run")
    assert (code, err) == (0, "nothing was written (--dry-run)\n")
    assert "authors row 2, new: id=teig-e, name=Teig, Ellen\n" in out
    assert state(folder) == before
    assert not (folder / ".kg").exists()


def test_json_lists_every_record(call: Call, tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    code, out, _ = call(folder, put(tmp_path, "refs.ris", TEIG), "--format", "json")
    answer = json.loads(out)
    assert code == 0
    assert answer["reports"][0]["entries"] == [
        {"place": "line 1", "title": "Collective efficacy in Denver gardens", "fate": "added",
         "id": "teig2009-report", "like": "", "similarity": 0, "reason": "New."}
    ]  # fmt: skip
    assert answer["written"] == ["tables/authors.csv", "tables/reports.csv", "tables/studies.csv"]


def test_a_proposed_map_is_shown_with_what_to_type(call: Call, tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    file = put(tmp_path, "f.csv", "Author,Key finding\nstudy,x\n")
    code, out, err = call(folder, file, "--table", "findings")
    assert code == 0
    assert '  "Key finding": "statement"\n' in out
    assert err.splitlines()[-1].endswith("import … --map map.yaml")
    assert call(folder, file, "--map", "map.yaml")[0] == 0
    assert rows(folder, "findings")["study-f1"]["statement"] == "x"


def test_a_codebook_goes_to_its_own_importer(call: Call, tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    code, _, err = call(folder, put(tmp_path, "a.qdc", "<no"), put(tmp_path, "a.ris", TEIG))
    assert (code, len(err.splitlines())) == (2, 1)
    code, _, err = call(folder, put(tmp_path, "a.qdc", "<no"))
    assert (code, len(err.splitlines())) == (1, 1)


def zipped(**members: bytes) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


def book(**cells: str) -> bytes:
    made = openpyxl.Workbook()
    assert made.active is not None
    for place, value in cells.items():
        made.active[place] = value
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def far_right() -> bytes:
    made = openpyxl.Workbook(write_only=False)
    assert made.active is not None
    made.active["A1"] = "title"
    for row in range(2, 700):
        made.active.cell(row, 16_384, "x")
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


WIDE_CELL = '<table:table-cell office:value-type="string" table:number-columns-repeated="16000"/>'
FAR = '<table:table-row table:number-rows-repeated="1000000"/>'
FORMULA = '<table:table-cell table:formula="of:=1+1"/>'
ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
HOSTILE: dict[str, tuple[bytes, int, str]] = {
    "empty.ris": (b"", 1, "The file is empty"),
    "blank.csv": (b"\r\n \n", 1, "The file is empty"),
    "nul.ris": (b"TY  - JOUR\nTI  - a\0b\nER  - \n", 1, "Line 2 holds NUL"),
    "nul.csv": (b"title,doi\na\0b,10.1000/x\n", 1, "is NUL"),
    "bytes.ris": (b"TY  - JOUR\nTI  - \x81\nER  - \n", 1, "Byte 18 (line 2) has no meaning"),
    "bytes.csv": (b"title,doi\n\x81,x\n", 1, "has no meaning"),
    "cut.bib": (b"\xff\xfeabc", 1, "no meaning in UTF-16"),
    "quote.csv": (b'title,doi\n"open,10.1000/x\n', 1, "quotation mark"),
    "header.csv": (b"title,doi\n", 1, "no rows under its header"),
    "noheader.csv": (b"\ntitle,doi\n", 1, "Row 1 is blank"),
    "lines.csv": (b"title\n" + b"a\n" * 1_100_000, 1, "more than 1000000 lines"),
    "commas.csv": (b"," * 11_000_000, 1, "more than 10000000 cells"),
    "lines.ris": (b"TY  - JOUR\n" + b"\n" * 2_000_001, 1, "more than 2000000 lines"),
    "blanks.bib": (b"\n" * 1_000_000 + b"@x", 1, "holds no record"),
    "records.ris": (b"TY  - JOUR\n" * 200_001, 1, "more than 200000 records"),
    "records.bib": (b"@article{a,\n" * 400_001, 1, "more than 200000 records"),
    "signs.bib": (b"@" * 400_001, 1, "more than 200000 records"),
    "big.ris": (b"x" * ((64 << 20) + 1), 2, "bigger than 64 MiB"),
    "table.csv": (b"a,b\n1,2\n", 2, "For which table"),
    "page.csv": (b"<!DOCTYPE html><html></html>", 2, "a web page"),
    "pdf.ris": (b"%PDF-1.7", 2, "a PDF"),
    "old.xls": (b"\xd0\xcf\x11\xe0" + b"\0" * 99, 2, "an old Office file"),
    "word.xlsx": (zipped(word__document_xml=b"x"), 2, "a Word document"),
    "zip.csv": (zipped(a_txt=b"x"), 2, "an archive"),
    "text.xlsx": (b"title\nx\n", 1, "no XLSX"),
    "text.ods": (b"title\nx\n", 1, "no ODS"),
    "what.dat": (b"title\nx\n", 2, "can't be told"),
    "cut.xlsx": (book(A1="title")[:2000], 1, "damaged"),
    "bomb.xlsx": (zipped(xl__workbook_xml=b"0" * 50_000_000), 1, "unpacks to far more"),
    "bomb.ods": (zipped(content_xml=b"0" * 50_000_000), 1, "unpacks to far more"),
    "formula.xlsx": (book(A1="title", B1="doi", A2="=1+1", B2="x"), 1, "a formula"),
    "corner.xlsx": (book(A1="title", B1="doi", XFD1048576="x"), 1, "no rows under its header"),
    "right.xlsx": (far_right(), 1, "to the right of column ZZ"),
    "entity.ods": (ods(ods_rows([["title"], ["&b;"]]), before=ENTITY), 1, "has a DOCTYPE"),
    "formula.ods": (ods(f"<table:table-row>{FORMULA}</table:table-row>"), 1, "a formula"),
    "rows.ods": (ods(ods_rows([["title"]]) + FAR + ods_rows([["x"]])), 1, "unfolds to more"),
    "cells.ods": (
        ods(f'<table:table-row table:number-rows-repeated="1000">{WIDE_CELL}</table:table-row>'),
        1, "unfolds to more",
    ),
    "broken.ods": (zipped(content_xml=b"<a><b></a>"), 1, "can't be read as ODS"),
}  # fmt: skip


def test_there_are_as_many_hostile_files_as_said() -> None:
    assert len(HOSTILE) == 38


@pytest.mark.parametrize(("name", "case"), HOSTILE.items(), ids=HOSTILE)
def test_a_bad_file_is_one_sentence_and_touches_nothing(
    name: str, case: tuple[bytes, int, str], call: Call, tmp_path: Path
) -> None:
    folder = workspace(tmp_path)
    before = state(folder)
    code, out, err = call(folder, put(tmp_path, name, case[0]))
    assert (code, out, len(err.splitlines())) == (case[1], "", 1)
    assert case[2] in err
    assert state(folder) == before


@pytest.mark.parametrize("kind", ["ris", "bib", "csv"])
def test_a_cell_of_5_mb_is_rejected_and_touches_nothing(
    kind: str, call: Call, tmp_path: Path
) -> None:
    folder = workspace(tmp_path)
    before = state(folder)
    long = "x" * 5_000_000
    text = {
        "ris": f"TY  - JOUR\nTI  - {long}\nER  - \n",
        "bib": f"@article{{a, title={{{long}}}}}",
        "csv": f"title,doi\n{long},10.1000/x\n",
    }[kind]
    code, out, _ = call(folder, put(tmp_path, f"a.{kind}", text))
    assert code == 1
    assert "1 rejected" in out
    assert "longer than 32767 characters" in out
    assert state(folder) == before


def test_what_is_no_file_is_not_opened(call: Call, tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    put(tmp_path, "refs.ris", TEIG)
    (tmp_path / "link.ris").symlink_to(tmp_path / "refs.ris")
    (tmp_path / "dir.ris").mkdir()
    os.mkfifo(tmp_path / "pipe.ris")
    before = state(folder)
    for name, words in (("link", "is a link"), ("dir", "is a folder"), ("pipe", "is not a file"),
                        ("none", "can't be read")):  # fmt: skip
        code, out, err = call(folder, str(tmp_path / f"{name}.ris"))
        assert (code, out, len(err.splitlines())) == (2, "", 1)
        assert words in err
    assert state(folder) == before


def test_one_bad_file_of_several_leaves_everything_as_it_is(call: Call, tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    before = state(folder)
    files = [put(tmp_path, "a.ris", TEIG), put(tmp_path, "a.ttl", "<http://e.org/s> a 1 ."),
             put(tmp_path, "b.ris", "")]  # fmt: skip
    assert call(folder, *files)[0] == 1
    assert state(folder) == before


@pytest.mark.parametrize(
    ("name", "text"), [("refs.csv", TEIG), ("refs.txt", TEIG), ("refs.bib", TEIG)]
)
def test_a_wrong_extension_is_recognised_by_content(
    name: str, text: str, call: Call, tmp_path: Path
) -> None:
    folder = workspace(tmp_path)
    code, out, _ = call(folder, put(tmp_path, name, text))
    assert (code, "1 added" in out) == (0, True)
    assert ("It was read as ris" in out) is (name != "refs.txt")


def test_names_that_are_not_there_are_told(call: Call, tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    file = put(tmp_path, "f.csv", "a,b\n1,2\n")
    for args, words in (
        (("--table", "finding"), 'Did you mean "findings"?'),
        (("--map", "none.yaml"), 'There is no map "none.yaml"'),
    ):
        code, _, err = call(folder, file, *args)
        assert (code, len(err.splitlines())) == (2, 1)
        assert words in err


def test_no_heavy_library_is_loaded_with_the_command() -> None:
    heavy = ("rispy", "bibtexparser", "rapidfuzz", "python_calamine", "openpyxl", "yaml", "rdflib")
    code = f"import sys, kg.cli.importing\nprint([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    )
    assert done.stdout == "[]\n"


KILLED = """
import sys
from pathlib import Path
from kg.workspace.importing import Choices, import_files
print("ready", flush=True)
import_files(Path(sys.argv[1]), [sys.argv[2]], Choices())
"""


@pytest.mark.parametrize("moment", range(5))
def test_a_killed_import_leaves_the_old_or_the_new_state(moment: int, tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    before = state(folder)
    file = put(tmp_path, "thousand.ris", thousand())
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder), file], stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.3 + 0.37 * moment)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    finish_writing(folder)
    new = (len(rows(folder, "studies")), len(rows(folder, "reports")))
    assert state(folder) == before or new == (776, 777)
