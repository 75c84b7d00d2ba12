"""Tables and columns, read from the SHACL shapes: the one schema of everything.

A column exists because a property shape says so. Nothing about tables is written a second time in
Python: headers, help, closed lists, references, separators and child nodes all come from
``ontology/shapes/``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from kg import resources
from kg.terms import KG, OWL, QES, RDF_TYPE, RDFS, SH, SKOS, local_name

__all__ = [
    "KIND_PATHS",
    "Column",
    "Schema",
    "Table",
    "build_schema",
    "load_schema",
    "ontology_quads",
    "ontology_triples",
    "shape_quads",
]

KIND_PATHS = frozenset({RDF_TYPE, RDFS + "subClassOf"})
"""Properties whose cells name a kind: its label stands there, and a class is meant."""

_RDF = RDF_TYPE.removesuffix("type")
_Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        name: Header of the column (``sh:name``).
        shape: IRI of the property shape.
        path: IRI of the property.
        help: What to write (``sh:description``).
        order: Place in the table.
        message: Remedy shown with a fault (``sh:message``).
        datatype: IRI of the datatype of a text, number, date or address; "" otherwise.
        choices: Closed list: label or short notation, in lower case → IRI.
        labels: The labels of the closed list, in order.
        refers_to: IRI of the class a reference must belong to; "" if it is not a reference.
        required: Whether every row needs a value.
        separator: What stands between several values; "" if there is only one.
        through: IRI of the property to the child node that the column belongs to, or "".
        child_shape: IRI of the node shape of that child node, or "".
    """

    name: str
    shape: str
    path: str
    help: str
    order: int
    message: str = ""
    datatype: str = ""
    choices: dict[str, str] = field(default_factory=dict, hash=False)
    labels: tuple[str, ...] = ()
    refers_to: str = ""
    required: bool = False
    separator: str = ""
    through: str = ""
    child_shape: str = ""

    @property
    def slug(self) -> str:
        """Return the last part of the child node's IRI, for example "quotation"."""
        return local_name(self.through).removeprefix("has").lower()


@dataclass(frozen=True)
class Table:
    """One table: its name, its class and its columns in order.

    Each row is a subclass of the class ``kind_of``, unless that is "".
    """

    name: str
    shape: str
    cls: str
    title: str
    why: str
    id_column: str
    columns: tuple[Column, ...]
    kind_of: str = ""

    @property
    def header(self) -> tuple[str, ...]:
        """Return the headers in order, the id first."""
        return (self.id_column, *(c.name for c in self.columns))

    def find(self, name: str) -> Column | None:
        """Return the column with this header, in any case, or None."""
        wanted = " ".join(name.split()).lower()
        return next((c for c in self.columns if c.name.lower() == wanted), None)


@dataclass(frozen=True)
class Schema:
    """All tables, and what the ontology adds to them.

    Attributes:
        tables: Table name → table.
        individuals: Local name → IRI of the shipped individuals that a row may refer to.
        superclasses: Class IRI → its superclasses, itself included.
        columns_by_shape: Property shape IRI → (table, column).
        classes_with_individuals: IRIs of the classes of which the ontology ships individuals.
    """

    tables: dict[str, Table]
    individuals: dict[str, str]
    superclasses: dict[str, frozenset[str]]
    columns_by_shape: dict[str, tuple[Table, Column]]
    classes_with_individuals: frozenset[str]

    def topic(self, column: Column) -> bool:
        """Return whether the column may name something that a transfer rests on."""
        topic = QES + "BearingTopic"
        return bool(column.refers_to) and topic in self.superclasses.get(column.refers_to, ())

    def table_of(self, cls: str) -> Table | None:
        """Return the table whose rows belong to exactly this class, or None."""
        return next((t for t in self.tables.values() if t.cls == cls), None)


@cache
def ontology_quads() -> tuple[Quad, ...]:
    """Return the shipped ontology, without shapes, as quads of the default graph."""
    return _parse(resources.ontology_files())


@cache
def ontology_triples() -> tuple[Triple, ...]:
    """Return the shipped ontology sorted, with the same names of blank nodes every time."""
    dataset = Dataset(ontology_quads())
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(sorted((q.triple for q in dataset), key=str))


@cache
def shape_quads() -> tuple[Quad, ...]:
    """Return all shapes as quads of the default graph."""
    return _parse(resources.shape_files())


def _parse(paths: tuple[object, ...]) -> tuple[Quad, ...]:
    return tuple(
        chain.from_iterable(
            parse(path=str(p), format=RdfFormat.TURTLE, rename_blank_nodes=True) for p in paths
        )
    )


@cache
def load_schema() -> Schema:
    """Return the schema of the shipped shapes and ontology."""
    return build_schema((*ontology_quads(), *shape_quads()))


def build_schema(quads: Iterable[Quad]) -> Schema:
    """Return the schema that an ontology and its shapes give.

    Args:
        quads: Ontology and shapes together; further property shapes give further columns.
    """
    graph = _Graph(quads)
    found = [_table(graph, node, name) for node, name in graph.pairs(KG + "table")]
    tables = {t.name: t for t in sorted(found, key=lambda t: t.name)}
    tables = {name: _with_child_values(table, tables) for name, table in tables.items()}
    superclasses = _superclasses(graph)
    individuals, used = _individuals(graph, {t.cls for t in tables.values()}, superclasses)
    return Schema(
        tables=tables,
        individuals=individuals,
        superclasses=superclasses,
        columns_by_shape={c.shape: (t, c) for t in tables.values() for c in t.columns},
        classes_with_individuals=used,
    )


class _Graph:
    """Triples as plain strings: IRIs and texts as they are, blank nodes with ``_:``."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._objects: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._pairs: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for quad in quads:
            subject, predicate, value = map(_plain, quad.triple)
            self._objects[subject, predicate].append(value)
            self._pairs[predicate].append((subject, value))

    def pairs(self, predicate: str) -> list[tuple[str, str]]:
        """Return (subject, object) of each triple with this predicate."""
        return self._pairs[predicate]

    def objects(self, node: str, predicate: str) -> list[str]:
        """Return all values of a property of a node."""
        return self._objects.get((node, predicate), [])

    def value(self, node: str, predicate: str) -> str:
        """Return the value of a property of a node, or ""."""
        return next(iter(self.objects(node, predicate)), "")

    def members(self, head: str) -> Iterator[str]:
        """Yield the members of an RDF list."""
        while head != _RDF + "nil":
            yield from self.objects(head, _RDF + "first")
            head = self.value(head, _RDF + "rest")

    def subclasses(self, cls: str) -> set[str]:
        """Return all classes below a class."""
        below = {a for a, b in self.pairs(RDFS + "subClassOf") if b == cls}
        return below.union(*(self.subclasses(c) for c in below))

    def label(self, node: str) -> str:
        """Return the label of a node, or its local name."""
        return self.value(node, RDFS + "label") or local_name(node)


def _plain(term: _Term) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _table(graph: _Graph, node: str, name: str) -> Table:
    kind_of = graph.value(node, KG + "kindOf")
    columns = [
        _column(graph, column, kind_of or graph.value(node, SH + "targetClass"))
        for predicate in (SH + "property", KG + "column")
        for column in graph.objects(node, predicate)
    ]
    return Table(
        name=name,
        shape=node,
        cls=graph.value(node, SH + "targetClass"),
        title=graph.value(node, RDFS + "label") or name,
        why=graph.value(node, RDFS + "comment"),
        id_column=graph.value(node, KG + "idColumn"),
        columns=tuple(sorted(columns, key=lambda c: (c.order, c.shape))),
        kind_of=kind_of,
    )


def _with_child_values(table: Table, tables: dict[str, Table]) -> Table:
    """Give columns of child nodes the datatype, list or class that the child's own shape sets."""
    by_shape = {t.shape: t for t in tables.values()}
    columns = []
    for column in table.columns:
        if column.child_shape:
            own = next(c for c in by_shape[column.child_shape].columns if c.path == column.path)
            column = replace(
                column,
                message=own.message,
                datatype=own.datatype,
                choices=own.choices,
                labels=own.labels,
                refers_to=own.refers_to,
            )
        columns.append(column)
    return replace(table, columns=tuple(columns))


def _column(graph: _Graph, node: str, cls: str) -> Column:
    path = graph.value(node, SH + "path")
    members = [m for head in graph.objects(node, SH + "in") for m in graph.members(head)]
    if path in KIND_PATHS:  # every row has the class of its table, no cell says it
        members = [m for m in members if m != cls] or sorted(graph.subclasses(cls), key=graph.label)
    choices = {graph.label(m).lower(): m for m in members}
    choices |= {n.lower(): m for m in members for n in graph.objects(m, SKOS + "notation")}
    needed = 2 if path == RDF_TYPE else 1
    return Column(
        name=graph.value(node, SH + "name"),
        shape=node,
        path=path,
        help=graph.value(node, SH + "description"),
        order=int(graph.value(node, SH + "order") or 0),
        message=graph.value(node, SH + "message"),
        datatype=graph.value(node, SH + "datatype"),
        choices=choices,
        labels=tuple(map(graph.label, members)),
        refers_to=graph.value(node, SH + "class"),
        required=int(graph.value(node, SH + "minCount") or 0) >= needed,
        separator=graph.value(node, KG + "separator"),
        through=graph.value(node, KG + "through"),
        child_shape=graph.value(node, KG + "childShape"),
    )


def _individuals(
    graph: _Graph, classes: set[str], superclasses: dict[str, frozenset[str]]
) -> tuple[dict[str, str], frozenset[str]]:
    found: dict[str, str] = {}
    used: set[str] = set()
    for node, cls in graph.pairs(RDF_TYPE):
        if cls in classes and not node.startswith("_:"):
            found[local_name(node)] = node
            used |= superclasses[cls]
    return found, frozenset(used)


def _superclasses(graph: _Graph) -> dict[str, frozenset[str]]:
    direct: defaultdict[str, set[str]] = defaultdict(set)
    for cls, above in graph.pairs(RDFS + "subClassOf"):
        if not above.startswith("_:"):
            direct[cls].add(above)
    closed: dict[str, frozenset[str]] = {}

    def close(cls: str, seen: frozenset[str]) -> frozenset[str]:
        if cls not in closed:
            wider = (close(d, seen | {cls}) for d in direct[cls] if d not in seen)
            closed[cls] = frozenset({cls}).union(*wider)
        return closed[cls]

    for name, kind in sorted(graph.pairs(RDF_TYPE)):
        if kind == OWL + "Class" and not name.startswith("_:"):
            close(name, frozenset())
    return closed
