"""A class diagram for each part of the ontology, as text for Graphviz and as committed drawings.

The text is made from the triples; ``ontology/diagrams/`` keeps it beside the drawing that ``dot``
makes of it, which names the hash of its text. So a drawing can be seen to be up to date where
``dot`` is not installed. After a change of the ontology, on a machine with Graphviz::

    make ontology
"""

from __future__ import annotations

import re
import shutil
import subprocess
import textwrap
from collections import defaultdict
from hashlib import sha256
from html import escape
from pathlib import Path

from kg import resources
from kg.errors import MachineryError
from kg.reports.mention import find_lists
from kg.reports.part import CASE, PARTS, Part
from kg.reports.vocabulary import Term, Vocabulary
from kg.schema import ontology_triples
from kg.store import write_text
from kg.terms import QES, SKOS, local_name

__all__ = ["build_dot", "diagram_folder", "read_svg", "stamp", "write_diagrams"]

_WIDTH = 44
_RECORD = QES + "Record"
_LINES = "#7d8794"
_HEAD = "#4a78b02e"
_OUTSIDE = "#7d879414"
_HEADER = """digraph "{name}" {{
  graph [rankdir={direction}, bgcolor="transparent", fontname="sans-serif", pad=0.2, nodesep=0.25, \
ranksep=0.45]
  node [shape=plain, fontname="sans-serif", fontsize=12, color="{lines}"]
  edge [fontname="sans-serif", fontsize=10, color="{lines}", arrowsize=0.8, arrowhead=vee]
"""
_WIDE = ("collective-efficacy", "confidence", "mechanisms", "personal-network", "settings")
"""Drawn from left to right; the others from top to bottom, which keeps them narrow."""

_TYPES = {"integer": "number", "string": "text", "boolean": "yes or no", "anyURI": "address",
          "dateTime": "date and time", "decimal": "number"}  # fmt: skip


def diagram_folder() -> Path:
    """Return where the committed diagrams are."""
    return resources.ontology_files()[0].parent / "diagrams"


def build_dot(vocabulary: Vocabulary, part: Part) -> str:
    """Return the text from which Graphviz draws the diagram of a part."""
    direction = "LR" if part.name in _WIDE else "TB"
    head = _HEADER.format(name=part.name, direction=direction, lines=_LINES)
    lines = _case_lines(vocabulary) if part is CASE else _class_lines(vocabulary, part)
    return head + "".join(f"  {line}\n" for line in lines) + "}\n"


def _class_lines(vocabulary: Vocabulary, part: Part) -> list[str]:
    inside = [vocabulary.own[QES + n] for n in part.classes if QES + n in vocabulary.own]
    names = {t.iri for t in inside}
    nodes = [_box(t, _above(vocabulary, t, names), _rows(vocabulary, t, names)) for t in inside]
    edges = [
        f'"{local_name(above)}" -> "{term.name}" [dir=back, arrowtail=empty]'
        for term in inside
        for above in _drawn(vocabulary, term, names)
    ]
    arrows: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for relation in vocabulary.of_kind("relation"):
        for source in vocabulary.ends(relation.iri, "domain"):
            for target in vocabulary.ends(relation.iri, "range"):
                if source in names and target in names:
                    arrows[source, target].append(relation.label)
    for (source, target), labels in sorted(arrows.items()):
        text = "\\n".join(f" {label} " for label in sorted(labels))
        edges.append(f'"{local_name(source)}" -> "{local_name(target)}" [label="{text}"]')
    return [*nodes, *sorted(edges)]


def _drawn(vocabulary: Vocabulary, term: Term, inside: set[str]) -> list[str]:
    """Return the parents to which an arrow leads; nearly all is a record, so that is written."""
    return [a for a in vocabulary.parents(term.iri) if a in inside and a != _RECORD]


def _above(vocabulary: Vocabulary, term: Term, inside: set[str]) -> str:
    drawn = _drawn(vocabulary, term, inside)
    named = [a for a in vocabulary.parents(term.iri) if a not in drawn]
    return ", ".join(vocabulary.label.get(a) or local_name(a) for a in named)


def _rows(vocabulary: Vocabulary, term: Term, inside: set[str]) -> list[str]:
    """Return what a class has besides arrows: data, values of lists, relations to other parts."""
    data, listed = [], []
    others: defaultdict[str, list[str]] = defaultdict(list)
    for prop in vocabulary.of_kind("data property", "relation"):
        if term.iri not in vocabulary.ends(prop.iri, "domain"):
            continue
        for end in vocabulary.ends(prop.iri, "range"):
            if prop.kind == "data property":
                kind = _TYPES.get(local_name(end), local_name(end))
                data.append(prop.label if kind == "text" else f"{prop.label} ({kind})")
            elif end == SKOS + "Concept":
                lists = [vocabulary.label[s] for s in find_lists(vocabulary, prop.iri)]
                listed.append(f"{prop.label}: {', '.join(lists) or 'a value'}")
            elif end not in inside and not _is_kind(vocabulary, prop, term):
                below = len(vocabulary.children(prop.iri))
                others[end].append(f"{prop.label} ({below} kinds)" if below else prop.label)
    rows = [*data, *listed]
    for end, labels in sorted(others.items()):
        name = vocabulary.label.get(end) or local_name(end)
        rows += textwrap.wrap(f"{', '.join(labels)} → {name}", _WIDTH, subsequent_indent="   ")
    return rows


def _is_kind(vocabulary: Vocabulary, prop: Term, term: Term) -> bool:
    """Return whether a relation is a kind of another one that the class has, too."""
    above = vocabulary.parents(prop.iri)
    return any(term.iri in vocabulary.ends(a, "domain") for a in above)


def _box(term: Term, above: str, rows: list[str]) -> str:
    label = escape(term.label)
    kind = f'<BR/><FONT POINT-SIZE="10"><I>{escape(above)}</I></FONT>' if above else ""
    link = f'HREF="#{term.name}" TITLE="{label}"'
    cells = f'<TR><TD BGCOLOR="{_HEAD}" {link}><B>{label}</B>{kind}</TD></TR>'
    return f'"{term.name}" [label={_table(cells + _body(rows))}]'


def _body(rows: list[str]) -> str:
    lines = "".join(f'{escape(row, quote=False)}<BR ALIGN="LEFT"/>' for row in rows)
    return f'<TR><TD ALIGN="LEFT" BALIGN="LEFT">{lines}</TD></TR>' if rows else ""


def _table(cells: str) -> str:
    return (
        f'<<TABLE BORDER="0" CELLBORDER="1" CELLSPACING="0" CELLPADDING="6" COLOR="{_LINES}">'
        f"{cells}</TABLE>>"
    )


def _case_lines(vocabulary: Vocabulary) -> list[str]:
    senses = vocabulary.of_kind("sense")
    edges = [(s, c) for s in senses for c in vocabulary.objects(s.iri, QES + "senseOf")]
    with_senses = sorted({c for _, c in edges})
    beside = [t.label for t in vocabulary.of_kind("concept") if t.iri not in with_senses]
    cells = (
        f'<TR><TD BGCOLOR="{_OUTSIDE}"><I>{len(beside)} concepts that stand beside it</I></TD></TR>'
        + _body(textwrap.wrap("; ".join(beside), _WIDTH + 10))
    )
    return [
        *(_box(vocabulary.own[c], "concept", []) for c in with_senses),
        *(_box(s, "sense", []) for s in senses),
        *(f'"{s.name}" -> "{local_name(c)}" [label=" sense of "]' for s, c in edges),
        f'"beside" [label={_table(cells)}]',
    ]


def stamp(dot: str) -> str:
    """Return the comment by which a drawing names the text that it was made from."""
    return f"<!-- dot sha256: {sha256(dot.encode()).hexdigest()} -->"


def read_svg(part: Part) -> str:
    """Return the committed drawing of a part, ready to stand inside a page."""
    return (diagram_folder() / f"{part.name}.svg").read_text(encoding="utf-8")


def _draw(dot: str, part: Part) -> str:
    """Return the drawing: no version, no ids, and colours that follow the page.

    Raises:
        MachineryError: Graphviz is missing.
    """
    if shutil.which("dot") is None:
        raise MachineryError("The diagrams need Graphviz. Install it: apt-get install graphviz")
    done = subprocess.run(["dot", "-Tsvg"], input=dot, capture_output=True, text=True, check=True)
    svg = done.stdout[done.stdout.index("<svg") :]
    svg = re.sub(r"<!--.*?-->\n?|<title>.*?</title>\n?", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\s+(?:id|xlink:title)="[^"]*"|\s+target="[^"]*"', "", svg)
    svg = re.sub(r"<a .*?</a>", _centred, svg, flags=re.DOTALL)
    svg = re.sub(r'(width|height)="(\d+)pt"', r'\1="\2"', svg)  # in pixels: as wide as a column
    svg = re.sub(r"<text(?![^>]*fill=)", '<text fill="currentColor"', svg)
    named = (
        f'role="group" aria-labelledby="drawing-{part.name} about-{part.name}"',
        f'<title id="drawing-{part.name}">Class diagram: {escape(part.title)}</title>',
        f'<desc id="about-{part.name}">Boxes are classes with what they have; a hollow arrow '
        "points from a kind to what it is a kind of; other arrows are relations. The same is said "
        "in words under each term.</desc>",
    )
    svg = re.sub(r"<svg ([^>]*)>", rf"<svg \1 {named[0]}>\n{named[1]}\n{named[2]}", svg, count=1)
    return f"{stamp(dot)}\n{svg}"


def _centred(head: re.Match[str]) -> str:
    """Return the head of a box with its texts in the middle, whatever font shows it."""
    points = re.search(r'points="([-\d.]+),\S+ \S+ ([-\d.]+),', head[0])
    middle = (float(points[1]) + float(points[2])) / 2 if points else 0
    return re.sub(r'text-anchor="start" x="[^"]*"', f'text-anchor="middle" x="{middle:g}"', head[0])


def write_diagrams() -> list[Path]:
    """Write the text and the drawing of every part, and return their paths.

    Raises:
        MachineryError: Graphviz is missing.
    """
    vocabulary = Vocabulary(ontology_triples())
    written = []
    for part in (*PARTS, CASE):
        dot = build_dot(vocabulary, part)
        for extension, text in (("dot", dot), ("svg", _draw(dot, part))):
            written.append(diagram_folder() / f"{part.name}.{extension}")
            write_text(written[-1], text.encode())
    return written
