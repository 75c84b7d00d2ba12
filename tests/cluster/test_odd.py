"""Workspaces that are broken in an odd way: in batches they are broken in the same way."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cluster import pack
from kg.workspace.cluster import run
from tests.checks.fixture import complete
from tests.cluster.conftest import Here, ask_alone, entangle, write_entangled

_SIDE = """@prefix : <https://example.org/review/> . @prefix qes: <https://w3id.org/qes-kg/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:finding-2 qes:observedIn :setting-3 .
:extra a qes:Bearing ; qes:bearingOf :finding-3 ; qes:bearsOn :concept ;
  qes:hasPolarity qes:polarity-refutes ;
  qes:hasEvidenceKind qes:evidence-kind-interpretive-qualitative .
:fx a qes:Finding ; qes:findingOf :study-2 ; qes:statement "x" .
:sx a qes:Study ; rdfs:label "S" ; qes:sharesSampleWith :study .
:population-3 rdfs:label "more" . :setting-5 qes:bad "x" .
:p9 a qes:Precondition ; rdfs:label "p9" . :r9 qes:requirementOf :concept ; qes:requires :p9 .
"""


def _table(folder: Path, name: str) -> Path:
    return folder / "tables" / f"{name}.csv"


def _rewrite(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def rewrite(folder: Path) -> None:
        path = _table(folder, name)
        path.write_bytes(change(path.read_bytes()))

    return rewrite


def _twice(folder: Path) -> None:
    (folder / "tables" / "Findings.csv").write_bytes(_table(folder, "findings").read_bytes())


BREAKS: dict[str, tuple[Callable[[Path], None], str]] = {
    "a table that is there twice": (_twice, "table-duplicate"),
    "a table that is missing": (lambda f: _table(f, "settings").unlink(), "table-missing"),
    "an unknown column": (
        _rewrite("bearings", lambda b: b.replace(b"polarity", b"polarty", 1)),
        "column-missing",
    ),
    "a ragged row": (_rewrite("studies", lambda b: b + b"x," * 60 + b"\n"), "row-ragged"),
    "an id that is there twice": (
        _rewrite("findings", lambda b: b + b.splitlines(keepends=True)[3]),
        "id-duplicate",
    ),
    "much in a side file": (
        lambda f: (f / "more" / "b.ttl").write_text(_SIDE, encoding="utf-8"),
        "bearings-reason",
    ),
    "a broken side file": (
        lambda f: (f / "more" / "b.ttl").write_text("@prefix x y", encoding="utf-8"),
        "turtle-unreadable",
    ),
}


def compare(folder: Path, dataset: Path) -> set[str]:
    """Compare all verbs with one machine, two studies a batch; return the rules broken."""
    pack(folder, dataset, 2)
    alone = ask_alone(folder)
    check = run("check", dataset, Here())
    assert check.faults == alone.faults
    assert check.left_out == alone.left_out
    assert [t.as_dict() for t in check.transfers] == alone.transfers
    removals = run("robustness", dataset, Here()).removals
    assert [r.as_dict() for r in removals] == alone.removals
    tables = run("measures", dataset, Here()).tables
    assert tables.pop("personal").equals(alone.personal)
    assert {name: frame.rows() for name, frame in tables.items()} == alone.measures
    return {fault.rule for fault in alone.faults}


@pytest.mark.parametrize("name", BREAKS)
def test_broken_in_the_same_way(name: str, tmp_path: Path) -> None:
    change, rule = BREAKS[name]
    write_entangled(entangle(), tmp_path / "w")
    change(tmp_path / "w")
    assert rule in compare(tmp_path / "w", tmp_path / "d")


def test_every_table_and_column(tmp_path: Path) -> None:
    complete().write(tmp_path / "w")
    assert compare(tmp_path / "w", tmp_path / "d") == set()


def test_a_quotation_is_shown_what_stands_in_its_text(tmp_path: Path) -> None:
    workspace = complete()
    workspace.edit("quotations", "checked-words", exact="Neighbours may help.")
    workspace.edit("statements", "said-plainly", quotation="They often did.")
    workspace.write(tmp_path / "w")
    rules = compare(tmp_path / "w", tmp_path / "d")
    assert {"quotations-in-text"} <= rules
    messages = [f.message for f in ask_alone(tmp_path / "w").faults]
    assert any("text.txt" in message for message in messages), "the passage is told"
