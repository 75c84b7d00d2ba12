"""Both engines say the same, and the reference stays in its worker."""

import sys
from pathlib import Path

import pytest

from kg import resources
from kg.checks import engine as engines
from kg.checks import validate
from kg.checks.engine import Result
from kg.checks.reference import judge_in_worker, judge_text
from kg.errors import MachineryError
from kg.sources import Part
from kg.workspace.build import build
from tests.checks.fixture import complete
from tests.checks.judging import find_faults, place, read_workspace, run_engine
from tests.workspaces import Workspace

QES = "https://w3id.org/qes-kg/"
XSD = "http://www.w3.org/2001/XMLSchema#"


def key(results: list[Result]) -> set[tuple[str, str, str, str]]:
    """Return what both engines must agree about."""
    return {(r.focus, r.shape, r.component, r.value) for r in results}


def compare(parts: list[Part]) -> list[Result]:
    """Return the results of the fast engine, after they were found equal to the reference's."""
    fast, reference = run_engine(parts, "shacl"), run_engine(parts, "pyshacl")
    assert key(fast) == key(reference)
    assert fast == reference  # path, severity and message as well
    return fast


def test_shipped_case_conforms_in_both_engines() -> None:
    assert compare(read_workspace(resources.data_folder("collective-efficacy"))) == []


def spoil_references(workspace: Workspace) -> None:
    """Let every reference of every row lead nowhere."""
    ids = {row for rows in workspace.tables.values() for row in rows}
    for rows in workspace.tables.values():
        for cells in rows.values():
            for column, text in cells.items():
                if text and set(text.split(";")) <= ids:
                    cells[column] = f"no-{text}"


def spoil_everything(workspace: Workspace) -> None:
    """Put the same odd text into every cell."""
    for rows in workspace.tables.values():
        for cells in rows.values():
            cells.update(dict.fromkeys(cells, 'odd "text"; 1,5 €\\n\u2028\t😀'))


def empty_everything(workspace: Workspace) -> None:
    """Empty every cell but the ids."""
    for rows in workspace.tables.values():
        for cells in rows.values():
            cells.update(dict.fromkeys(cells, ""))


def forget_everything(workspace: Workspace) -> None:
    """Answer every cell with "not reported"."""
    for rows in workspace.tables.values():
        for cells in rows.values():
            cells.update(dict.fromkeys(cells, "not reported"))


def say_twice(workspace: Workspace) -> None:
    """State second values, texts in languages and wrong kinds of terms in a side file."""
    workspace.more["mutant.ttl"] = f"""
        @prefix qes: <{QES}> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <study-a> rdfs:label "Étude"@fr, "Study"@EN-gb, <study-b>, 5, 1.50 ;
            qes:playsRole "screened out", qes:study-role-screened-out ;
            qes:reportedIn "report-a", <study-a> .
        <found-a> qes:statement "back\\\\slash", "line\\nend\\r", "nul\\u0001", '''"quoted"''' ;
            qes:paraphraseOnly 1, "yes", true, false .
        <nobody> a qes:Interpreter .
        <alter> qes:hasCircle 1 .
    """


SPOILERS = (
    spoil_references,
    spoil_everything,
    empty_everything,
    forget_everything,
    say_twice,
)


@pytest.mark.parametrize("spoil", SPOILERS)
def test_many_faults_are_the_same_in_both_engines(spoil: object, tmp_path: Path) -> None:
    workspace = complete()
    spoil(workspace)  # type: ignore[operator]
    parts = read_workspace(workspace.write(tmp_path), keep=False)
    results = compare(parts)
    assert len(results) > 10
    built = build(tmp_path)
    first_pass = [f for f in built.faults if not f.rule.startswith(("senses-apart", "level-"))]
    assert first_pass == find_faults(parts, results)


# Lexical forms that one engine or the other takes for well-formed, and whether they are.
FORMS = {
    "integer": {
        "2019": True, "+2019": True, "02019": True, "abc": False, "1.0": False, "1e3": False,
        "2_019": False, "٢٠١٩": False, "0x7E3": False, "--5": False,
        "99999999999999999999": False,
    },
    "boolean": {
        "true": True, "false": True, "1": True, "0": True, "TRUE": False, "yes": False, "2": False,
    },
    "dateTime": {
        "2026-05-01T09:30:00Z": True, "2026-05-01T09:30:00": True,
        "2026-05-01T09:30:00.123456789+14:00": True, "2026-05-01": False,
        "2026-05-01T09:30": False, "2026-05-01 09:30:00": False, "20260501T093000": False,
        "2026-W18-5T09:30:00": False, "May 2026": False, "2026": False,
        "2026-02-30T00:00:00": False, "2026-05-01T24:00:00": False, "2026-05-01T25:00:00": False,
        "2026-05-01T09:30:00+15:00": False, "2026-05-01T09:30:00+0100": False,
        "2026-05-01T09:30:00,5": False, "0000-01-01T00:00:00": False,
        "-0001-01-01T00:00:00": False, "12026-01-01T00:00:00": False,
        "2026-05-01T09:30:60Z": False, "2026-05-01t09:30:00z": False,
    },
}  # fmt: skip
PLACES = {
    "integer": ("Report", "publicationYear", "reports-year"),
    "boolean": ("Bearing", "presupposes", "bearings-presupposes"),
    "dateTime": ("Bearing", "http://purl.org/dc/terms/date", "bearings-date"),
}


def test_forms_are_read_alike(tmp_path: Path) -> None:
    workspace = Workspace()
    for kind, forms in FORMS.items():
        cls, path, _ = PLACES[kind]
        path = path if path.startswith("http") else QES + path
        for number, form in enumerate(forms):
            workspace.more[f"{kind}-{number}.ttl"] = (
                f'<{kind}-{number}> a <{QES}{cls}> ; <{path}> "{form}"^^<{XSD}{kind}> .\n'
            )
    results = compare(read_workspace(workspace.write(tmp_path), keep=False))
    for kind, forms in FORMS.items():
        shape = "https://w3id.org/qes-kg/shapes/" + PLACES[kind][2]
        for number, (form, fine) in enumerate(forms.items()):
            focus = workspace.iri(f"{kind}-{number}")
            said = {(r.component, r.value) for r in results if (r.focus, r.shape) == (focus, shape)}
            wanted = set() if fine else {("Datatype", f'"{form}"')}
            assert {s for s in said if s[0] == "Datatype"} == wanted, form
            assert fine is not said, form


def test_fallback_is_the_reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = complete()
    workspace.edit("ties", "tie", strength="9")
    parts = read_workspace(workspace.write(tmp_path), keep=False)
    expected = run_engine(parts, "shacl")
    monkeypatch.setitem(sys.modules, "shacl", None)
    engines._fast_shapes.cache_clear()
    results, used = validate(b"".join(p.text for p in parts))
    assert used == "pyshacl"
    assert [r for r in results if "ties-strength" in r.shape] == expected
    assert build(tmp_path).engine == "pyshacl"


def test_fallback_refuses_what_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = read_workspace(complete().write(tmp_path), keep=False)
    text = b"".join(p.text for p in parts)
    number = text.count(b"\n")
    monkeypatch.setitem(sys.modules, "shacl", None)
    monkeypatch.setattr(engines, "_REFERENCE_LIMIT", number - 1)
    engines._fast_shapes.cache_clear()
    with pytest.raises(MachineryError, match=f"{number} triples are too many"):
        validate(text)


def test_panic_of_the_fast_engine_is_survived(monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        """What a panic in Rust is to Python: no Exception."""

    def panic(scope: str) -> None:
        raise Panic

    monkeypatch.setattr(engines, "_fast_shapes", panic)
    assert validate(b"") == ([], "pyshacl")


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_stopping_is_no_reason_to_go_on(
    stop: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(scope: str) -> None:
        raise stop

    monkeypatch.setattr(engines, "_fast_shapes", stopped)
    with pytest.raises(stop):
        validate(b"")


def test_worker_is_limited_in_memory_and_time() -> None:
    big = '<urn:n> <urn:p> "' + "x" * (32 << 20) + '" .\n'
    with pytest.raises(MachineryError, match=r"pyshacl gave no answer .* 64 MiB"):
        judge_in_worker(big, "", memory=64 << 20)
    with pytest.raises(MachineryError, match=r"pyshacl was stopped after 0\.01 seconds"):
        judge_in_worker("", "", seconds=0.01)


def test_worker_says_what_the_reference_says() -> None:
    shape = "<urn:s>"
    sh = "http://www.w3.org/ns/shacl#"
    shapes = (
        f"{shape} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{sh}PropertyShape> .\n"
        f"{shape} <{sh}targetNode> <urn:n> .\n{shape} <{sh}path> <urn:p> .\n"
        f'{shape} <{sh}maxLength> "1"^^<{XSD}integer> .\n'
        f'{shape} <{sh}message> "Too long." .\n'
    )
    data = '<urn:n> <urn:p> "ab"@en .\n'
    found = judge_text(data, shapes)
    assert found == judge_in_worker(data, shapes)
    assert found == [
        {
            "focus": "urn:n",
            "shape": "urn:s",
            "component": "MaxLength",
            "value": '"ab"@en',
            "path": "urn:p",
            "severity": "Violation",
            "message": "Too long.",
        }
    ]


def test_ambiguous_row_is_only_reported_as_such(tmp_path: Path) -> None:
    folder = complete().write(tmp_path)
    with (folder / "tables" / "ties.csv").open("a", encoding="utf-8") as file:
        file.write("tie,nobody,alter,9\n")
    parts = read_workspace(folder, keep=False)
    faults = find_faults(parts, run_engine(parts, "shacl"))
    assert [place(f)[:4] for f in faults] == [("ties", n, "id", "id-duplicate") for n in (2, 3)]
    assert ("ties", 2) in build(folder).left_out
