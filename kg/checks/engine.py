"""Two SHACL engines behind one function, with the same results.

``shacl`` (Rust) is the fast path, pyshacl the reference and the fallback. A result is reduced to
what both can say: focus, shape, component, value, path; a rule reports the node shape it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.errors import MachineryError
from kg.schema import shape_quads
from kg.terms import SH, local_name

__all__ = ["ENGINES", "Result", "validate"]

ENGINES = ("shacl", "pyshacl")
_REFERENCE_LIMIT = 200_000


@dataclass(frozen=True, order=True)
class Result:
    """One validation result; ``value`` is in N-Triples syntax, "" where there is none."""

    focus: str
    shape: str
    component: str
    value: str
    path: str
    severity: str
    message: str


def validate(data: Iterable[Triple | Quad], engine: str = "shacl") -> tuple[list[Result], str]:
    """Return what the shipped shapes say about the data, sorted, and the engine that said it.

    Args:
        data: Ontology and rows together.
        engine: "shacl" or "pyshacl"; if ``shacl`` can't be used, pyshacl is.

    Raises:
        MachineryError: Only the reference is left and there are more than 2e5 triples.
    """
    triples = [q.triple if isinstance(q, Quad) else q for q in data]
    text = serialize(triples, format=RdfFormat.N_TRIPLES).decode()
    if engine == "shacl":
        try:
            return _fast(text), engine
        except (ImportError, ValueError, RuntimeError):
            if len(triples) > _REFERENCE_LIMIT:
                raise MachineryError(
                    f"The fast engine can't be used and {len(triples)} triples are too many for "
                    'the reference. Install "shacl" again.'
                ) from None
    return _reference(text), "pyshacl"


@cache
def _shape_text() -> str:
    return serialize((q.triple for q in shape_quads()), format=RdfFormat.N_TRIPLES).decode()


def _fast(text: str) -> list[Result]:

    report = _fast_shapes().validate_text(text, format="ntriples")
    return sorted(
        {
            Result(
                focus=r.focus_node.strip("<>"),
                shape=(r.root_shape or r.source_shape or "").strip("<>"),
                component=r.component.removesuffix("ConstraintComponent"),
                value=r.value or "",
                path=(r.path or "").strip("<>"),
                severity=_severity(r.severity),
                message=r.message or "",
            )
            for r in report.results
        }
    )


@cache
def _fast_shapes() -> shacl.Shapes:  # type: ignore[name-defined]  # noqa: F821
    import shacl

    return shacl.Shapes.from_text(_shape_text(), format="ntriples")


def _reference(text: str) -> list[Result]:
    import logging

    import pyshacl
    import rdflib
    from rdflib import Graph, URIRef

    logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # ill-typed cells are reported by us
    rdflib.NORMALIZE_LITERALS = False  # a fault shows what stands in the cell
    shapes = Graph().parse(data=_shape_text(), format="nt")
    data = Graph().parse(data=text, format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=False)

    def get(node: object, name: str) -> str:
        value = report.value(node, URIRef(SH + name))
        return "" if value is None else str(value)

    results = set()
    for node in report.objects(predicate=URIRef(SH + "result")):
        value = report.value(node, URIRef(SH + "value"))
        results.add(
            Result(
                focus=get(node, "focusNode"),
                shape=get(node, "sourceShape"),
                component=local_name(get(node, "sourceConstraintComponent")).removesuffix(
                    "ConstraintComponent"
                ),
                value=_ntriples(value),
                path=get(node, "resultPath"),
                severity=_severity(local_name(get(node, "resultSeverity"))),
                message=get(node, "resultMessage"),
            )
        )
    return sorted(results)


def _ntriples(term: object) -> str:
    """Return an rdflib term as the fast engine writes it."""
    if term is None:
        return ""
    language, datatype = getattr(term, "language", None), getattr(term, "datatype", None)
    if type(term).__name__ != "Literal":
        return str(NamedNode(str(term)))
    kind = NamedNode(str(datatype)) if datatype else None
    return str(Literal(str(term), language=language, datatype=None if language else kind))


def _severity(name: str) -> str:
    return "error" if name == "Violation" else "warning"
