"""Two SHACL engines behind one function, with the same results.

``shacl`` (Rust) is the fast path, pyshacl the reference and the fallback. A result is reduced to
what both can say: focus, shape, component, value, path; a rule reports the node shape it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from kg.checks.reference import judge_in_worker
from kg.errors import MachineryError
from kg.schema import shape_quads
from kg.store import Literal, NamedNode, Quad, RdfFormat, Triple, serialize
from kg.terms import XSD

if TYPE_CHECKING:
    import shacl

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
        MachineryError: Only the reference is left and there are more than 2e5 triples, or it
            gives no answer.
    """
    triples = [_same_for_both(q.triple if isinstance(q, Quad) else q) for q in data]
    text = _write(triples)
    if engine == "shacl":
        try:
            return _fast(text), engine
        except BaseException as error:  # a panic in Rust is no Exception
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
        if len(triples) > _REFERENCE_LIMIT:
            raise MachineryError(
                f"The fast engine can't be used and {len(triples)} triples are too many for the "
                'reference. Install "shacl" again, or ask for pyshacl with --engine pyshacl.'
            )
    return _sorted(judge_in_worker(text, _shape_text())), "pyshacl"


def _write(triples: Iterable[Triple]) -> str:
    content = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert content is not None  # no output file was named
    return content.decode()


@cache
def _shape_text() -> str:
    return _write(q.triple for q in shape_quads())


def _fast(text: str) -> list[Result]:
    report = _fast_shapes().validate_text(text, format="ntriples")
    return _sorted(
        {
            "focus": r.focus_node.strip("<>"),
            "shape": (r.root_shape or r.source_shape or "").strip("<>"),
            "component": r.component.removesuffix("ConstraintComponent"),
            "value": r.value or "",
            "path": (r.path or "").strip("<>"),
            "severity": r.severity,
            "message": r.message or "",
        }
        for r in report.results
    )


@cache
def _fast_shapes() -> shacl.Shapes:
    import shacl

    return shacl.Shapes.from_text(_shape_text(), format="ntriples")


def _sorted(results: Iterable[dict[str, str]]) -> list[Result]:
    def severity(name: str) -> str:
        return "error" if name == "Violation" else "warning"

    return sorted({Result(**{**r, "severity": severity(r["severity"])}) for r in results})


_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?"
    r"(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
)
_BOOLEANS = {"1": "true", "0": "false"}


def _same_for_both(triple: Triple) -> Triple:
    """Return the triple with an object that both engines read in the same way.

    The engines differ in what they take for a well-formed number or date: one takes ``1_000`` and
    ``2026-05-01`` (a dateTime without time), the other years of five digits. A text that is not
    clearly well-formed becomes a plain string, so that both find it ill-typed.

    Source:
        XML Schema 1.1 part 2, sections 3.3.2, 3.3.7 and 3.4.13.
    """
    term = triple.object
    if not isinstance(term, Literal) or term.language:
        return triple
    kind, text = term.datatype.value, term.value
    if kind == XSD + "integer":
        fine = bool(_INTEGER.fullmatch(text))
    elif kind == XSD + "dateTime":
        fine = bool(_DATE_TIME.fullmatch(text)) and _exists(text)
    elif kind == XSD + "boolean":
        fine = text in ("true", "false")
        if text in _BOOLEANS:  # SPARQL compares it as a term with true or false
            text = _BOOLEANS[text]
            plain = Literal(text, datatype=NamedNode(kind))
            return Triple(triple.subject, triple.predicate, plain)
    else:
        return triple
    return triple if fine else Triple(triple.subject, triple.predicate, Literal(text))


def _exists(text: str) -> bool:
    try:
        datetime.fromisoformat(text[:19])
    except ValueError:
        return False
    return True
