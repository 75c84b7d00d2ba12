"""`kg diff` and `kg doctor`: exit codes, what goes to stdout and what to stderr."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.run import Run
from tests.workspaces import minimal

Call = Callable[..., Run]


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """A sound workspace, one with another polarity, and one with a fault; tests only read them."""
    place = tmp_path_factory.mktemp("sides")
    folders = []
    for name, polarity in (("old", "supports"), ("new", "refutes"), ("faulty", "suports")):
        workspace = minimal()
        workspace.edit("bearings", "bearing", polarity=polarity)
        folders.append(workspace.write(place / name))
    old, new, faulty = folders
    return old, new, faulty


def test_a_difference_is_no_fault(call: Call, sides: tuple[Path, Path, Path]) -> None:
    old, new, _ = sides
    done = call("diff", old, new)
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        f"from {old} to {new}\n\n"
        "What is carried\n"
        "  changed: concept--target — a concept → a target\n"
        "    status: proposed → no basis, because bearing (refutes: a concept) changed: polarity: "
        "supports → refutes\n"
        "    studies elsewhere: 1 → 0\n"
        "    elsewhere, for: bearing → empty\n"
        "    elsewhere, against: empty → bearing\n\n"
        "Bearings\n"
        "  changed: bearings bearing — refutes: a concept\n"
        "    polarity: supports → refutes\n\n"
        "(0 came, 0 went, 2 changed)\n"
    )
    assert call("-C", new, "diff", old).out.startswith(f"from {old} to the files as they are\n")


def test_nothing_changed_is_said(call: Call, sides: tuple[Path, Path, Path]) -> None:
    done = call("diff", sides[0], sides[0])
    assert done.code == 0
    assert done.out.splitlines()[1:] == ["Nothing that either of them says differs."]
    assert json.loads(call("diff", sides[0], sides[0], "--format", "json").out)["same"] is True


def test_faults_on_either_side_are_said_and_end_with_1(
    call: Call, sides: tuple[Path, Path, Path]
) -> None:
    old, _, faulty = sides
    for args in ((old, faulty), (faulty, old)):
        done = call("diff", *args)
        assert done.code == 1
        assert f"{faulty}: 1 error in the data; `kg check` says which.\n" in done.err
        assert "What is carried" in done.out
        assert call("--quiet", "diff", *args)[::2] == (1, "")


def test_json_has_every_change(call: Call, sides: tuple[Path, Path, Path]) -> None:
    old, new, _ = sides
    answer = json.loads(call("diff", old, new, "--format", "json").out)
    assert (answer["old"], answer["new"], answer["same"]) == (str(old), str(new), False)
    assert answer["counts"] == {"came": 0, "went": 0, "changed": 2}
    assert answer["errors"] == {}
    assert answer["changes"][1] == {
        "section": "Bearings", "table": "bearings", "id": "bearing", "change": "changed",
        "text": "refutes: a concept", "because": "",
        "cells": [{"column": "polarity", "before": "supports", "after": "refutes"}],
    }  # fmt: skip


def test_the_extension_makes_a_page(
    call: Call, sides: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    old, new, _ = sides
    page = tmp_path / "x.html"
    done = call("diff", old, new, "-o", page)
    assert (done.code, done.out, done.err) == (0, "", f"written: {page}\n")
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    "args", [("nowhere",), ("--", "-x"), ("HEAD",), ("a", "b", "c"), ()], ids=" ".join
)
def test_wrong_use_of_diff_ends_with_2(
    args: tuple[str, ...], call: Call, sides: tuple[Path, Path, Path]
) -> None:
    done = call("-C", sides[0], "diff", *args)
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert done.err.startswith("kg: ")


def test_doctor_looks_at_both(call: Call, sides: tuple[Path, Path, Path]) -> None:
    done = call("-C", sides[0], "doctor")
    assert done.code == 0
    assert done.out.startswith("This machine\n  ok         Python: ")
    assert "\n\nThis workspace\n" in done.out
    assert "attention  review.yaml: The base address https://example.org/review/ is a" in done.out
    assert " points looked at: 0 wrong, " in done.err


def test_doctor_ends_with_1_for_faults_and_with_2_without_workspace(
    call: Call, sides: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    faults = call("--quiet", "-C", sides[2], "doctor", "--format", "json")
    assert (faults.code, faults.err) == (1, "")
    states = {p["name"]: p["state"] for p in json.loads(faults.out)}
    assert states["faults"] == "wrong"
    missing = call("-C", tmp_path, "doctor")
    assert missing.code == 2
    assert "This machine\n" in missing.out


def test_help_loads_none_of_what_the_verbs_need() -> None:
    code = (
        "import sys; from kg.cli import diff, doctor\n"
        "heavy = {'jinja2', 'polars', 'pyoxigraph', 'rdflib', 'kg.workspace', 'shacl'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"
