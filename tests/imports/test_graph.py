"""RDF from elsewhere: the same statements in a side file, nothing fetched, nothing unfolded."""

from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic

from kg.errors import UsageError
from kg.workspace import Workspace
from tests.imports.run import put, state, take, workspace
from tests.workspaces import BASE

TURTLE = """@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix : <http://example.org/> .
:o owl:imports <http://example.org/other> .
:a :b [ :c "x"@en ], _:n . _:n :d <r> .
"""
FORMS = {
    "a.ttl": '<http://e.org/s> <http://e.org/p> "x" .',
    "a.nt": '<http://e.org/s> <http://e.org/p> "x" .\n',
    "a.trig": 'GRAPH <http://e.org/g> { <http://e.org/s> <http://e.org/p> "x" }',
    "a.nq": '<http://e.org/s> <http://e.org/p> "x" <http://e.org/g> .\n',
    "a.jsonld": '{"@id": "http://e.org/s", "http://e.org/p": "x"}',
    "a.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:e="http://e.org/"><rdf:Description rdf:about="http://e.org/s"><e:p>x</e:p>'
    "</rdf:Description></rdf:RDF>",
}


@pytest.mark.parametrize(("name", "text"), FORMS.items(), ids=FORMS)
def test_every_form_becomes_the_same_side_file(name: str, text: str, tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    intake = take(folder, put(tmp_path, name, text))
    assert intake.written == ["more/a.ttl"]
    assert (folder / "more/a.ttl").read_text() == FORMS["a.ttl"] + "\n"
    notes = ["Named graphs became one: 1."] if name in ("a.trig", "a.nq") else []
    assert intake.reports[0].notes == notes
    assert [f.rule for f in Workspace(folder).check() if f.table.startswith("more/")] == []


def test_blank_nodes_get_iris_and_imports_are_dropped(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    intake = take(folder, put(tmp_path, "My Graph.ttl", TURTLE))
    report = intake.reports[0]
    assert (report.read, report.count("added"), report.count("left out")) == (5, 4, 1)
    assert report.losses == {"owl:imports, which is never followed": 1}
    found = rdflib.Graph().parse(folder / "more/my-graph.ttl")
    e, n = "http://example.org/", f"{BASE}genid/my-graph-b"
    expected = rdflib.Graph().parse(
        data=f'<{e}a> <{e}b> <{n}1>, <{n}2> . <{n}1> <{e}c> "x"@en . <{n}2> <{e}d> <{BASE}r> .',
        format="turtle",
    )
    swapped = rdflib.Graph().parse(
        data=f'<{e}a> <{e}b> <{n}1>, <{n}2> . <{n}2> <{e}c> "x"@en . <{n}1> <{e}d> <{BASE}r> .',
        format="turtle",
    )
    assert isomorphic(found, expected) or isomorphic(found, swapped)
    before = state(folder)
    again = take(folder, put(tmp_path, "My Graph.ttl", TURTLE))
    assert (again.written, again.reports[0].count("already there"), state(folder)) == (
        [],
        4,
        before,
    )


def test_a_side_file_is_never_overwritten(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    take(folder, put(tmp_path, "a.ttl", FORMS["a.ttl"]))
    before = state(folder)
    with pytest.raises(UsageError, match="says something else"):
        take(folder, put(tmp_path, "a.ttl", FORMS["a.ttl"].replace("x", "y")))
    assert state(folder) == before


def test_a_side_folder_that_leads_out_is_not_followed(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    (tmp_path / "outside").mkdir()
    (folder / "more").symlink_to(tmp_path / "outside")
    with pytest.raises(UsageError, match="leads out of the workspace"):
        take(folder, put(tmp_path, "a.ttl", FORMS["a.ttl"]))
    assert list((tmp_path / "outside").iterdir()) == []


def test_statements_about_statements_are_counted(tmp_path: Path) -> None:
    text = "<http://e.org/s> <http://e.org/p> 1, <<( <http://e.org/s> <http://e.org/p> 1 )>> ."
    report = take(workspace(tmp_path), put(tmp_path, "a.ttl", text)).reports[0]
    assert (report.read, report.losses) == (2, {"statement about a statement": 1})
