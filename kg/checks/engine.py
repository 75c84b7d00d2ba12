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

from kg.checks.reach import get_reach
from kg.checks.reference import judge_in_worker
from kg.checks.rule import TARGETS, narrow_targets
from kg.errors import MachineryError
from kg.schema import shape_quads
from kg.sources import write_lines
from kg.store import Triple
from kg.terms import XSD, plain

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


def validate(data: bytes, engine: str = "shacl", scope: str = "all") -> tuple[list[Result], str]:
    """Return what the shipped shapes say about the data, sorted, and the engine that said it.

    Args:
        data: Ontology and rows together, as N-Triples.
        engine: "shacl" or "pyshacl"; if ``shacl`` can't be used, pyshacl is.
        scope: "all" shapes; those that are "local"; those that look at the "world"; or the IRI
            of one of these.

    Raises:
        MachineryError: Only the reference is left and there are more than 2e5 triples, or it
            gives no answer.
    """
    text = _same_for_both(data).decode()
    if engine == "shacl":
        try:
            return _fast(text, scope), engine
        except BaseException as error:  # a panic in Rust is no Exception
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
        if (triples := data.count(b"\n")) > _REFERENCE_LIMIT:
            raise MachineryError(
                f"The fast engine can't be used and {triples} triples are too many for the "
                'reference. Install "shacl" again, or ask for pyshacl with --engine pyshacl.'
            )
    return _sorted(judge_in_worker(text, _shape_text(scope))), "pyshacl"


@cache
def _shapes(scope: str) -> tuple[Triple, ...]:
    """Return the shapes of a scope; what is left of the others is no shape that judges."""
    triples = [quad.triple for quad in shape_quads()]
    if scope == "all":
        return tuple(triples)
    far = set(get_reach().world)
    judging = {plain(t.subject) for t in triples if t.predicate.value in TARGETS}
    wanted = {"local": judging - far, "world": far}.get(scope, {scope})
    return tuple(t for t in triples if plain(t.subject) not in judging - wanted)


@cache
def _shape_text(scope: str = "all") -> str:
    return write_lines(_shapes(scope)).decode()


def _fast(text: str, scope: str) -> list[Result]:
    report = _fast_shapes(scope).validate_text(text, format="ntriples")
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
def _fast_shapes(scope: str) -> shacl.Shapes:
    import shacl

    shapes = write_lines(narrow_targets(_shapes(scope))).decode()
    return shacl.Shapes.from_text(shapes, format="ntriples")


def _sorted(results: Iterable[dict[str, str]]) -> list[Result]:
    def severity(name: str) -> str:
        return "error" if name == "Violation" else "warning"

    return sorted({Result(**{**r, "severity": severity(r["severity"])}) for r in results})


_INTEGER = re.compile(rb"[+-]?[0-9]{1,18}")
_DATE_TIME = re.compile(
    rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?"
    rb"(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
)
_BOOLEANS = {b"1": b"true", b"0": b"false"}
_TYPED = re.compile(
    re.escape(f'"^^<{XSD}').encode() + rb"(integer|dateTime|boolean)> [.]$", re.MULTILINE
)


def _same_for_both(text: bytes) -> bytes:
    """Return N-Triples with objects that both engines read in the same way.

    The engines differ in what they take for a well-formed number or date: one takes ``1_000`` and
    ``2026-05-01`` (a dateTime without time), the other years of five digits. A text that is not
    clearly well-formed becomes a plain string, so that both find it ill-typed.

    Source:
        XML Schema 1.1 part 2, sections 3.3.2, 3.3.7 and 3.4.13.
    """
    pieces, done = [], 0
    for found in _TYPED.finditer(text):
        line = text.rfind(b"\n", 0, found.start()) + 1
        start = text.index(b' "', line) + 2
        value, kind = text[start : found.start()], found[1]
        if kind == b"boolean" and value in _BOOLEANS:  # SPARQL compares it with true as a term
            pieces += [text[done:start], _BOOLEANS[value]]
            done = found.start()
        elif not _is_well_formed(value, kind):
            pieces += [text[done : found.start()], b'" .']
            done = found.end()
    return b"".join([*pieces, text[done:]]) if pieces else text


def _is_well_formed(value: bytes, kind: bytes) -> bool:
    if kind == b"integer":
        return bool(_INTEGER.fullmatch(value))
    if kind == b"dateTime":
        return bool(_DATE_TIME.fullmatch(value)) and _exists(value.decode())
    return value in (b"true", b"false")


def _exists(text: str) -> bool:
    try:
        datetime.fromisoformat(text[:19])
    except ValueError:
        return False
    return True
