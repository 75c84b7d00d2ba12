"""What the exports are tried on: the shipped case, and a small workspace full of odd values."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from kg.exports import export
from kg.workspace import copy_case
from kg.workspace.build import build
from tests.workspaces import minimal

GRAPHS = "https://w3id.org/qes-kg/graph/"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

# What a table cell may hold: quotation marks, an emoji made of several characters, line breaks,
# markup, a backslash, letters of other scripts, and what a spreadsheet takes for a formula.
ODD_TEXTS = {
    "study": '=2+3 "walking" 🧑\u200d🤝\u200d🧑 together',
    "setting": "+44 <b>Llanelli & Rhyl</b> \\ 'quoted' ]]>",
    "target-setting": "@home, İstanbul; ağ",
    "concept": "-confidence\nin\ttwo lines",
}
# What only a file in more/ can say: languages, datatypes, and characters that XML can't hold.
SIDE_FILE = """
@prefix : <https://example.org/review/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix own: <https://example.org/own#> .

:study rdfs:comment "Sie sagten: \\"Wir schaffen das\\"."@de , "colour"@en-GB , "colour"@en ,
        "colour" ;
    own:decimal "1.5"^^xsd:decimal ; own:double "1.0E6"^^xsd:double ; own:flag true ;
    own:when "2025-02-03T04:05:06Z"^^xsd:dateTime ; own:own "x"^^own:datatype ;
    own:empty "" , ""@en ; own:blank "  two  spaces  " ;
    own:break "one\\r\\ntwo\\rthree" ; own:control "bell\\u0007 and \\uFFFE" ;
    own:see <https://example.org/a%20b?c=d&e=%C3%A9#f> , <urn:example:1> ,
        <https://example.org/review/> ;
    skos:note "\\"\\"\\"" , "\\\\" , "\\\\n" .
"""


@dataclass(frozen=True)
class Source:
    """A built store and what must be in an export of it."""

    store: Store
    base: str
    quads: frozenset[Quad]
    """What was asserted or entailed, in the default graph."""
    carried: frozenset[Quad]
    targets: tuple[str, ...]
    _written: dict[tuple[str, tuple[str, ...]], bytes] = field(default_factory=dict)

    def write(self, name: str, targets: tuple[str, ...] = ()) -> bytes:
        """Return an export, made once."""
        if (name, targets) not in self._written:
            self._written[name, targets] = export(self.store, name, self.base, targets)
        return self._written[name, targets]


def describe(folder: Path) -> Source:
    """Return the store and what is expected of it, read without any code of the exports."""
    built = build(folder)
    default = {q.triple for q in built.store.quads_for_pattern(None, None, None, DefaultGraph())}
    said, carried = set(), set()
    for quad in built.store:
        name = quad.graph_name
        if isinstance(name, DefaultGraph) or name.value.endswith("/set-aside"):
            continue
        if name.value.endswith("/carried"):
            carried.add(quad)
        elif name.value not in (GRAPHS + "ontology", GRAPHS + "left-out"):
            said.add(quad.triple)
    assert not any(isinstance(t, BlankNode) for row in said for t in row)
    return Source(
        store=built.store,
        base=built.review.base,
        quads=frozenset(Quad(*t) for t in said & default),
        carried=frozenset(carried),
        targets=tuple(sorted({q.graph_name.value.removesuffix("/carried") for q in carried})),
    )


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """Return the shipped case, built in a copy so that the checkout is left as it is."""
    return describe(copy_case("collective-efficacy", tmp_path_factory.mktemp("case") / "shipped"))


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """Return a small workspace whose values no writer may take for granted."""
    workspace = minimal()
    workspace.edit("studies", "study", settings="setting", names="concept")
    for row, text in ODD_TEXTS.items():
        table = {"study": "studies", "concept": "concepts"}.get(row, "settings")
        workspace.edit(table, row, label=text)
    workspace.more["odd.ttl"] = SIDE_FILE
    source = describe(workspace.write(tmp_path_factory.mktemp("odd")))
    values = {q.object.value for q in source.quads if isinstance(q.object, Literal)}
    assert set(ODD_TEXTS.values()) <= values and "bell\x07 and \ufffe" in values
    return source
