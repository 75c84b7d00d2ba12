"""The shapes, tried on case files: every fault that a file promises is found, and no other.

Each file in `shapes/<stem of the shapes file>/` is a small workspace in a namespace of its own
(`https://example.org/<stem>/<case>/`), so that all of them are judged in one go, together with
the ontology. A `pass-` file promises no fault; a `fail-` file lists its faults in its first lines:

    #! shape | focus | path | component | value

with local names for IRIs, the lexical form for literals and `-` for nothing. Both engines must
give the same.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyshacl
import pytest
import rdflib
import shacl
from rdflib.namespace import RDF, SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.util import from_n3

ROOT = Path(__file__).resolve().parents[2]
SHAPES = sorted((ROOT / "ontology" / "shapes").rglob("*.ttl"))
RULES = sorted((ROOT / "ontology" / "shapes" / "rules").glob("*.ttl"))
TABLES = sorted(
    p
    for p in (ROOT / "ontology" / "shapes").glob("*.ttl")
    if p.stem not in ("prefixes", "vocabulary")
)
ONTOLOGY = sorted((ROOT / "ontology").glob("*.ttl"))
CASES = sorted((Path(__file__).parent / "shapes").glob("*/*.ttl"))

CASE_BASE = "https://example.org/"
SHAPE_BASE = "https://w3id.org/qes-kg/shapes/"
COLUMN = rdflib.URIRef("https://w3id.org/qes-kg/schema/column")
PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "qes": "https://w3id.org/qes-kg/",
    "rdf": str(RDF),
    "rdfs": str(rdflib.RDFS),
    "skos": str(rdflib.SKOS),
}
ENGINES = ("pyshacl", "shacl")


class Fault(NamedTuple):
    """One fault of one case file, as its first lines write it."""

    case: str
    shape: str
    focus: str
    path: str
    component: str
    value: str

    def __str__(self) -> str:
        return f"{self.case}: " + " | ".join(self[1:])


class PreparingGraph(rdflib.Graph):
    """A graph that parses each query once; pyshacl asks the same rule for every focus node."""

    def query(self, query_object, *args, **kwargs):  # type: ignore[no-untyped-def]
        return super().query(prepare(query_object), *args, **kwargs)


@cache
def prepare(text: str) -> Query:
    """Return a query, parsed."""
    return prepareQuery(text)


def read_graph(files: Iterable[Path]) -> rdflib.Graph:
    """Return one graph of all files, without their prefixes."""
    graph = PreparingGraph(bind_namespaces="none")
    for file in files:
        # Prefixes stay behind: rdflib binds each of them anew in every query.
        for triple in rdflib.Graph().parse(file, format="turtle"):
            graph.add(triple)
    return graph


@cache
def read_data() -> rdflib.Graph:
    """Return the ontology and all cases in one graph."""
    # rdflib logs every ill-typed literal; the fail files hold them on purpose.
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)
    return read_graph([*ONTOLOGY, *CASES])


@cache
def read_shapes() -> rdflib.Graph:
    """Return all shapes in one graph."""
    return read_graph(SHAPES)


def find_case(focus: rdflib.term.Node | None) -> str:
    """Return `stem/case` of the file that a focus node belongs to, or "ontology"."""
    if str(focus).startswith(CASE_BASE):
        return str(focus).removeprefix(CASE_BASE).rsplit("/", 1)[0]
    return "ontology"


def write_node(node: rdflib.term.Node | None) -> str:
    """Return the local name of an IRI, the lexical form of a literal, or `-`."""
    if node is None:
        return "-"
    return (
        str(node).rsplit("/", 1)[-1].rsplit("#", 1)[-1]
        if isinstance(node, rdflib.URIRef)
        else str(node)
    )


def write_path(node: rdflib.term.Node | None) -> str:
    """Return a path as a prefixed name, or `-`."""
    if node is None:
        return "-"
    for prefix, namespace in sorted(PREFIXES.items(), key=lambda item: -len(item[1])):
        if str(node).startswith(namespace):
            return f"{prefix}:{str(node).removeprefix(namespace)}"
    return str(node)


def build_fault(
    shape: rdflib.term.Node | None,
    focus: rdflib.term.Node | None,
    path: rdflib.term.Node | None,
    component: str,
    value: rdflib.term.Node | None,
) -> Fault:
    """Return a fault in the words of the case files."""
    return Fault(
        find_case(focus),
        write_node(shape),
        write_node(focus),
        write_path(path),
        component.removesuffix("ConstraintComponent"),
        write_node(value),
    )


@cache
def find_faults(engine: str) -> frozenset[Fault]:
    """Return the faults that an engine finds in the ontology and all cases, judged in one run."""
    if engine == "pyshacl":
        _, report, _ = pyshacl.validate(
            read_data(), shacl_graph=read_shapes(), advanced=False, inference="none"
        )
        return frozenset(
            build_fault(
                report.value(result, SH.sourceShape),
                report.value(result, SH.focusNode),
                report.value(result, SH.resultPath),
                write_node(report.value(result, SH.sourceConstraintComponent)),
                report.value(result, SH.value),
            )
            for result in report.subjects(RDF.type, SH.ValidationResult)
        )
    shapes = shacl.Shapes.from_turtle(
        "\n".join(file.read_text(encoding="utf-8") for file in SHAPES)
    )
    data = "\n".join(file.read_text(encoding="utf-8") for file in [*ONTOLOGY, *CASES])
    return frozenset(
        build_fault(
            rdflib.URIRef(result.source_shape.strip("<>")),
            from_n3(result.focus_node),
            from_n3(result.path) if result.path else None,
            result.component,
            from_n3(result.value) if result.value else None,
        )
        for result in shapes.validate_turtle(data).results
    )


@cache
def read_expected() -> frozenset[Fault]:
    """Return the faults that the case files promise."""
    return frozenset(
        Fault(f"{file.parent.name}/{file.stem}", *(part.strip() for part in line[2:].split(" | ")))
        for file in CASES
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith("#!")
    )


def test_every_case_is_collected() -> None:
    """A list of cases that silently shrinks tests nothing."""
    assert len(TABLES) == 42
    assert len(RULES) == 44
    assert len(CASES) == 175


def test_no_rule_takes_the_name_of_a_column() -> None:
    """A shape that is both a table's column and a rule stops pyshacl and confuses every reader."""
    shapes = read_shapes()
    both = set(shapes.subjects(RDF.type, SH.NodeShape)) & set(
        shapes.subjects(RDF.type, SH.PropertyShape)
    )
    assert not both


def test_every_shapes_file_has_a_pass_and_a_fail_case() -> None:
    names = {(file.parent.name, file.stem.split("-")[0]) for file in CASES}
    assert names == {(file.stem, kind) for file in [*TABLES, *RULES] for kind in ("pass", "fail")}


def test_only_fail_cases_promise_faults() -> None:
    promising = {fault.case for fault in read_expected()}
    assert promising == {
        f"{file.parent.name}/{file.stem}" for file in CASES if file.stem.startswith("fail-")
    }


def test_every_case_keeps_to_its_own_namespace() -> None:
    for file in CASES:
        own = f"{CASE_BASE}{file.parent.name}/{file.stem}/"
        rows = {str(s) for s in read_graph([file]).subjects() if str(s).startswith(CASE_BASE)}
        assert rows and all(row.startswith(own) for row in rows), file


@pytest.mark.parametrize("engine", ENGINES)
def test_engine_finds_exactly_the_promised_faults(engine: str) -> None:
    found, expected = find_faults(engine), read_expected()
    wrong = [f"missing    {fault}" for fault in sorted(expected - found)]
    wrong += [f"unexpected {fault}" for fault in sorted(found - expected)]
    assert not wrong, f"{engine}\n" + "\n".join(
        sorted(wrong, key=lambda line: line.split(maxsplit=1)[1])
    )


def test_every_shape_fails_once() -> None:
    """A shape that no case breaks may be checking nothing."""
    shapes = read_shapes()
    columns_of_children = set(shapes.objects(None, COLUMN))
    judging = set(shapes.subjects(RDF.type, SH.PropertyShape)) - columns_of_children
    judging |= {shape for shape in shapes.subjects(SH.sparql) if str(shape).startswith(SHAPE_BASE)}
    assert {write_node(shape) for shape in judging} == {fault.shape for fault in read_expected()}
