"""The provocations: updates that break the shipped ontology, and the updates that repair it.

`provocations/NAME.ru` says in its header which rule must report it (`rule`), the term that must be
named (`focus`), and who sees it (`by`): our own rules, or the OWL API and HermiT. `also` lists what
else is reported because of it, `violation` the OWL API's name of a broken rule of OWL 2 DL. What is
inserted into the default graph goes to the file that describes the subject; the graph `file:NAME`
is one file, and shapes are there only.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from kg.checks import read_modules

FOLDER = Path(__file__).parent / "provocations"
# What the OWL API and HermiT find, and no rule of ours.
OWL_RULES = (
    "class-unsatisfiable",
    "ontology-inconsistent",
    "owl2-dl-profile",
    "property-unsatisfiable",
    "unparsed-triples",
)

Graphs = dict[str, list[Triple]]


@dataclass(frozen=True)
class Provocation:
    """One way of breaking the ontology, and of repairing it."""

    name: str
    summary: str
    rule: str
    focus: str
    by: str
    also: frozenset[str]
    violation: str
    update: str
    repair: str

    def wrong(self) -> Graphs:
        """Return the files of the ontology and the shapes, broken."""
        return apply(self.update)

    def repaired(self) -> Graphs:
        """Return the files of the ontology and the shapes, broken and repaired."""
        return apply(self.update, self.repair)


@cache
def shipped() -> Graphs:
    """Return the files of the ontology and the shapes as they are shipped."""
    return read_modules()


@cache
def find_provocations() -> tuple[Provocation, ...]:
    """Return all provocations by name."""
    files = sorted(f for f in FOLDER.glob("*.ru") if not f.name.endswith(".repair.ru"))
    return tuple(read_provocation(file) for file in files)


def read_provocation(file: Path) -> Provocation:
    """Return the provocation in a file, with the repair beside it."""
    text = file.read_text(encoding="utf-8")
    header = read_header(text)
    assert set(header) <= {"summary", "rule", "focus", "by", "also", "violation"}, file.name
    (summary,), (rule,), (focus,), (by,) = (header[k] for k in ("summary", "rule", "focus", "by"))
    (violation,) = header.get("violation", [""])
    repair = file.with_suffix(".repair.ru").read_text(encoding="utf-8")
    also = frozenset(header.get("also", []))
    return Provocation(file.stem, summary, rule, focus, by, also, violation, text, repair)


def read_header(text: str) -> dict[str, list[str]]:
    """Return the header of an update: key → its values."""
    header = defaultdict(list)
    for line in text.splitlines():
        if line.startswith("#+"):
            key, _, value = line[2:].strip().partition(": ")
            header[key].append(value)
    return dict(header)


def apply(*updates: str) -> Graphs:
    """Return the files of the shipped ontology after some updates."""
    store = Store()
    store.extend(shipped_quads())
    for update in updates:
        store.update(update)
    modules = [n for n in shipped() if not n.startswith("shapes/")]
    left = {q.triple for q in store.quads_for_pattern(None, None, None, DefaultGraph())}
    files = {n: [t for t in shipped()[n] if t in left] for n in modules}
    home = {t.subject: n for n in modules for t in shipped()[n]}
    for triple in sorted(left.difference(*files.values()), key=str):
        files.setdefault(home.get(triple.subject, "new.ttl"), []).append(triple)
    for graph in store.named_graphs():
        quads = store.quads_for_pattern(None, None, None, graph)
        files.setdefault(graph.value.removeprefix("file:"), []).extend(q.triple for q in quads)
    return files


@cache
def shipped_quads() -> list[Quad]:
    """Return what is shipped as updates see it."""
    return [
        Quad(t.subject, t.predicate, t.object, graph_of(name))
        for name, triples in shipped().items()
        for t in triples
    ]


def graph_of(name: str) -> NamedNode | DefaultGraph:
    """Return the graph that holds a file while updates run."""
    return NamedNode(f"file:{name}") if name.startswith("shapes/") else DefaultGraph()
