"""Every verb is reached through the real command, and what it writes can be read again."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from kg.cli.main import cli
from kg.workspace import copy_case
from tests.cli.run import call
from tests.workspaces import minimal

VERBS = (
    "agreement", "build", "carry", "check", "cluster", "diff", "doctor", "export", "fix", "flow",
    "gaps", "import", "init", "merge", "network", "push", "query", "quote", "report", "robustness",
    "schema", "screening", "why", "why-not",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return minimal().write(tmp_path / "w")


def run(folder: Path, *args: str | Path) -> str:
    done = CliRunner().invoke(cli, ["-C", str(folder), *map(str, args)], catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    return done.stdout


def test_all_verbs_are_there() -> None:
    assert tuple(sorted(cli.commands)) == VERBS
    assert len(VERBS) == 24


def test_tables_become_a_workbook_and_files_of_refi_qda(tmp_path: Path) -> None:
    folder = copy_case("collective-efficacy", tmp_path / "case")
    run(folder, "export", *(tmp_path / f"x.{e}" for e in ("xlsx", "qdc", "qdpx")))
    assert "bearings" in openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames
    assert (tmp_path / "x.qdc").read_bytes().startswith(b"<?xml")
    assert "project.qde" in zipfile.ZipFile(tmp_path / "x.qdpx").namelist()


@pytest.mark.parametrize("extension", ["xlsx", "qdc", "qdpx"])
def test_carried_claims_have_no_place_in_tables(folder: Path, extension: str) -> None:
    done = call(folder, "export", f"x.{extension}", "--carried", "all")
    assert "Carried claims need a format with graphs" in str(done.exception)


def test_faults_are_marked_in_a_workbook(tmp_path: Path) -> None:
    workspace = minimal()
    workspace.edit("bearings", "bearing", polarity="suport")
    folder, marked = workspace.write(tmp_path / "w"), tmp_path / "marked.xlsx"
    done = call(folder, "check", "--annotate", marked)
    assert done.exit_code == 1
    assert openpyxl.load_workbook(marked).sheetnames[0] == "Faults"


def test_reference_page_is_a_report(folder: Path, tmp_path: Path) -> None:
    run(folder, "report", "ontology", "-o", tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>") and 'id="Transfer"' in page


def test_an_empty_workspace_says_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    assert call(".", "init", folder).exit_code == 0
    done = call(folder, "check")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "no row yet: README.md says what to fill in first" in done.stderr
