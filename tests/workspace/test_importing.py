"""`kg import` as people meet it: what it prints, its exit code, and what it never touches."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.run import Run, answer
from tests.imports.run import put, rows, state, workspace
from tests.imports.test_references import TEIG

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
