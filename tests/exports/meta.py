"""Files that describe other files, judged by the shapes in `ontology/meta/` in both engines."""

from pathlib import Path

import rdflib
import shacl

from kg.checks.reference import judge_in_worker

ROOT = Path(__file__).resolve().parents[2]
META = "https://w3id.org/qes-kg/meta/"
ENGINES = ("shacl", "pyshacl")

Found = set[tuple[str, str, str]]
"""(name of the shape, IRI of the focus, severity)."""


def read(text: bytes | str) -> rdflib.Graph:
    return rdflib.Graph(bind_namespaces="none").parse(data=text, format="turtle")


def read_shapes(name: str) -> rdflib.Graph:
    return read((ROOT / "ontology/meta" / f"{name}.ttl").read_bytes())


def judge(data: rdflib.Graph, name: str, engine: str) -> Found:
    """Return what the shapes in `ontology/meta/<name>.ttl` find in a graph."""
    texts = [graph.serialize(format="nt") for graph in (data, read_shapes(name))]
    if engine == "pyshacl":
        return {
            (r["shape"].removeprefix(META), r["focus"], r["severity"])
            for r in judge_in_worker(*texts)
        }
    report = shacl.Shapes.from_text(texts[1], format="ntriples").validate_text(
        texts[0], format="ntriples"
    )
    return {
        (
            (r.root_shape or r.source_shape or "").strip("<>").removeprefix(META),
            r.focus_node.strip("<>"),
            r.severity,
        )
        for r in report.results
    }


def list_shapes(name: str) -> set[str]:
    """Return the names of the shapes that can report something: of properties, or with a rule."""
    query = """
        PREFIX sh: <http://www.w3.org/ns/shacl#>
        SELECT ?shape WHERE { { ?shape sh:path ?path } UNION { ?shape sh:sparql ?rule } }"""
    return {str(row[0]).removeprefix(META) for row in read_shapes(name).query(query)}
