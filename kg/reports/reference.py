"""The reference page of the ontology: one HTML file that needs no network and no script.

Everything on it is gathered from ontology, shapes, queries, mapping sets and diagrams; the template
only lays it out. The small script on it searches; a strict policy allows that script and that style
by their hashes and nothing else.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from kg import resources
from kg.reports.diagrams import read_svg
from kg.reports.entry import Entry, Gatherer, anchor
from kg.reports.part import CASE, OTHER, PARTS, Part, find_part
from kg.reports.vocabulary import Term, Vocabulary, compact
from kg.schema import ontology_triples, shape_quads
from kg.terms import DCTERMS, KG, OWL, RDFS

__all__ = ["render_reference"]

_TEMPLATES = Path(__file__).with_name("templates")
_GROUPS = {
    "Classes": ("class",),
    "Relations": ("relation",),
    "Data properties": ("data property",),
    "Annotations": ("annotation",),
    "Closed lists": ("closed list",),
    "Concepts": ("concept",),
    "Senses": ("sense",),
    "Individuals": ("individual",),
}
_CAPTIONS = {
    "collective-efficacy": "The senses lead to their concept. No arrow leads from one sense or "
    "concept to another: none is a kind, a part or a match of another.",
}
_CAPTION = (
    "In a box: what a class is a kind of, its data, its closed lists, its relations to other "
    "parts. Hollow arrows lead from a kind to what it is a kind of, open arrows are relations."
)


@dataclass(frozen=True)
class Shown:
    """A part of the page: its drawing and its entries under their headings."""

    part: Part
    drawing: str
    caption: str
    groups: tuple[tuple[str, tuple[Entry, ...]], ...]


def render_reference(usage: Mapping[str, int]) -> bytes:
    """Return the reference page of the shipped ontology as HTML.

    Args:
        usage: How often a built workspace uses each term, as :func:`kg.reports.count_usage`
            returns it; empty if nobody counted, and the page then says nothing about use.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    page = _Page(Vocabulary(ontology_triples()), usage)
    style, script = (
        (_TEMPLATES / name).read_text(encoding="utf-8").strip()
        for name in ("reference.css", "reference.js")
    )
    text = environment.get_template("reference.html").render(
        page=page,
        style=style,
        script=script,
        policy=(
            f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
            "img-src data:; base-uri 'none'; form-action 'none'"
        ),
    )
    lines = (line.rstrip() for line in re.sub(r"<dl>\s*</dl>", "", text).splitlines())
    return ("\n".join(line for line in lines if line) + "\n").encode()


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


class _Page:
    """What the template asks for."""

    def __init__(self, vocabulary: Vocabulary, usage: Mapping[str, int]) -> None:
        self.vocabulary = vocabulary
        self.counted = bool(usage)
        self._gatherer = Gatherer(vocabulary, usage)

    @cached_property
    def parts(self) -> list[Shown]:
        """Return the parts that have terms, in reading order."""
        terms: dict[Part, list[Term]] = {part: [] for part in (*PARTS, CASE, OTHER)}
        for term in self.vocabulary.own.values():
            if term.kind != "value":
                terms[find_part(self.vocabulary, term)].append(term)
        return [self._show(part, members) for part, members in terms.items() if members]

    def _show(self, part: Part, members: list[Term]) -> Shown:
        groups = []
        for title, kinds in _GROUPS.items():
            entries = tuple(self._gatherer.gather(t) for t in members if t.kind in kinds)
            if entries:
                groups.append((title, entries))
        drawing = "" if part is OTHER else read_svg(part)
        return Shown(part, drawing, _CAPTIONS.get(part.name, _CAPTION), tuple(groups))

    @cached_property
    def words(self) -> list[Term]:
        """Return the annotations by which shapes describe tables; a vocabulary of its own."""
        found = Vocabulary(q.triple for q in shape_quads()).own.values()
        return [t for t in found if t.kind == "annotation" and t.iri.startswith(KG)]

    @cached_property
    def foreign(self) -> list[Entry]:
        """Return the terms of other vocabularies."""
        return [self._gatherer.gather(t) for t in self.vocabulary.foreign.values()]

    @cached_property
    def index(self) -> list[tuple[str, list[Term]]]:
        """Return all terms by the first letter of their labels."""
        letters: dict[str, list[Term]] = {}
        terms = [*self.vocabulary.own.values(), *self.words, *self.vocabulary.foreign.values()]
        for term in sorted(terms, key=lambda t: (t.label.lower(), t.iri)):
            letters.setdefault(term.label[:1].upper(), []).append(term)
        return sorted(letters.items())

    @cached_property
    def header(self) -> dict[str, str]:
        """Return what the ontology says about itself."""
        about = self.vocabulary.about
        found = {
            name: about(DCTERMS + name)
            for name in ("title", "description", "creator", "license", "created", "modified")
        }
        return found | {
            "iri": self.vocabulary.header,
            "version": about(OWL + "versionInfo"),
            "version_iri": about(OWL + "versionIRI"),
            "note": about(RDFS + "comment"),
            "year": (about(DCTERMS + "modified") or about(DCTERMS + "created"))[:4],
        }

    @cached_property
    def downloads(self) -> list[str]:
        """Return the names of the released files, which lie beside the page."""
        folder = resources.ontology_files()[0].parent / "release"
        return sorted(path.name for path in folder.glob("qes-kg.*"))

    @cached_property
    def counts(self) -> list[tuple[str, int]]:
        """Return how many terms of each kind there are."""
        plural = {"class": "classes", "relation": "relations", "data property": "data properties",
                  "annotation": "annotations", "closed list": "closed lists", "value": "values",
                  "concept": "concepts", "sense": "senses",
                  "individual": "individuals"}  # fmt: skip
        found = [(name, len(self.vocabulary.of_kind(kind))) for kind, name in plural.items()]
        return [(name, number) for name, number in found if number]

    def tree(self, kind: str) -> list[Term]:
        """Return the terms of a kind that are under none of our own."""
        return self.vocabulary.roots(kind)

    def children(self, term: Term) -> list[Term]:
        """Return the terms directly under one."""
        return self.vocabulary.children(term.iri)

    def anchor(self, iri: str) -> str:
        """Return the id of a term on the page."""
        return anchor(iri)

    def known(self, iri: str) -> bool:
        """Return whether a term stands on the page."""
        return iri in self.vocabulary.own or iri in self.vocabulary.foreign

    def label(self, iri: str) -> str:
        """Return what a term is called; a datatype by its short name."""
        return self.vocabulary.label.get(iri) or compact(iri)
