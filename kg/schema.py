"""Tables and columns, read from the SHACL shapes: the one schema of everything.

A column exists because a property shape says so. Nothing about tables is written a second time in
Python: headers, help, closed lists, references, separators and child nodes all come from
``ontology/shapes/``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import chain

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg import resources
from kg.terms import KG, QES, RDF_TYPE, RDFS, SH, SKOS, local_name

__all__ = ["Column", "Schema", "Table", "load_schema", "ontology_quads", "shape_quads"]


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
    """One table: its name, its class and its columns in order."""

    name: str
    shape: str
    cls: str
    title: str
    why: str
    id_column: str
    columns: tuple[Column, ...]

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
        severities: Shape IRI → "error" or "warning".
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
    graph = Store()
    graph.extend((*ontology_quads(), *shape_quads()))
    labels = dict(_pairs(graph, RDFS + "label"))
    notations = dict(_pairs(graph, SKOS + "notation"))
    tables: dict[str, Table] = {}
    for quad in graph.quads_for_pattern(None, NamedNode(KG + "table"), None):
        node = quad.subject
        columns = [
            _column(graph, column, labels, notations)
            for predicate in (SH + "property", KG + "column")
            for column in _objects(graph, node, predicate)
        ]
        name = str(quad.object.value)
        tables[name] = Table(
            name=name,
            shape=node.value,
            cls=_value(graph, node, SH + "targetClass"),
            title=labels.get(node.value, name),
            why=_value(graph, node, RDFS + "comment"),
            id_column=_value(graph, node, KG + "idColumn"),
            columns=tuple(sorted(columns, key=lambda c: c.order)),
        )
    tables = {name: _with_child_values(table, tables) for name, table in sorted(tables.items())}
    superclasses = _superclasses(graph)
    individuals, used = _individuals(graph, {t.cls for t in tables.values()}, superclasses)
    return Schema(
        tables=tables,
        individuals=individuals,
        superclasses=superclasses,
        columns_by_shape={c.shape: (t, c) for t in tables.values() for c in t.columns},
        classes_with_individuals=used,
    )


def _with_child_values(table: Table, tables: dict[str, Table]) -> Table:
    """Give columns of child nodes the datatype, list or class that the child's own shape sets."""
    by_shape = {t.shape: t for t in tables.values()}
    columns = []
    for column in table.columns:
        if column.child_shape:
            own = next(c for c in by_shape[column.child_shape].columns if c.path == column.path)
            column = Column(
                name=column.name,
                shape=column.shape,
                path=column.path,
                help=column.help,
                order=column.order,
                message=own.message,
                datatype=own.datatype,
                choices=own.choices,
                labels=own.labels,
                refers_to=own.refers_to,
                through=column.through,
                child_shape=column.child_shape,
            )
        columns.append(column)
    return Table(
        table.name, table.shape, table.cls, table.title, table.why, table.id_column, tuple(columns)
    )


def _column(
    graph: Store, node: NamedNode, labels: dict[str, str], notations: dict[str, str]
) -> Column:
    members = [m.value for head in _objects(graph, node, SH + "in") for m in _list(graph, head)]
    table_class = members[0] if _value(graph, node, SH + "path") == RDF_TYPE else ""
    members = [m for m in members if m != table_class]
    choices = {labels.get(m, local_name(m)).lower(): m for m in members}
    choices |= {notations[m].lower(): m for m in members if m in notations}
    needed = 2 if table_class else 1
    return Column(
        name=_value(graph, node, SH + "name"),
        shape=node.value,
        path=_value(graph, node, SH + "path"),
        help=_value(graph, node, SH + "description"),
        order=int(_value(graph, node, SH + "order") or 0),
        message=_value(graph, node, SH + "message"),
        datatype=_value(graph, node, SH + "datatype"),
        choices=choices,
        labels=tuple(labels.get(m, local_name(m)) for m in members),
        refers_to=_value(graph, node, SH + "class"),
        required=int(_value(graph, node, SH + "minCount") or 0) >= needed,
        separator=_value(graph, node, KG + "separator"),
        through=_value(graph, node, KG + "through"),
        child_shape=_value(graph, node, KG + "childShape"),
    )


def _individuals(
    graph: Store, classes: set[str], superclasses: dict[str, frozenset[str]]
) -> tuple[dict[str, str], frozenset[str]]:
    found: dict[str, str] = {}
    used: set[str] = set()
    for quad in graph.quads_for_pattern(None, NamedNode(RDF_TYPE), None):
        if quad.object.value in classes and isinstance(quad.subject, NamedNode):
            found[local_name(quad.subject.value)] = quad.subject.value
            used |= superclasses[quad.object.value]
    return found, frozenset(used)


def _superclasses(graph: Store) -> dict[str, frozenset[str]]:
    direct: defaultdict[str, set[str]] = defaultdict(set)
    for quad in graph.quads_for_pattern(None, NamedNode(RDFS + "subClassOf"), None):
        if isinstance(quad.object, NamedNode):
            direct[quad.subject.value].add(quad.object.value)
    closed: dict[str, frozenset[str]] = {}

    def close(cls: str, seen: frozenset[str]) -> frozenset[str]:
        if cls not in closed:
            above = (close(d, seen | {cls}) for d in direct[cls] if d not in seen)
            closed[cls] = frozenset({cls}).union(*above)
        return closed[cls]

    names = {
        q.subject.value
        for q in graph.quads_for_pattern(None, NamedNode(RDF_TYPE), None)
        if q.object.value.endswith("#Class") and isinstance(q.subject, NamedNode)
    }
    for name in sorted(names):
        close(name, frozenset())
    return closed


def _pairs(graph: Store, predicate: str) -> Iterator[tuple[str, str]]:
    for quad in graph.quads_for_pattern(None, NamedNode(predicate), None):
        if isinstance(quad.object, Literal):
            yield quad.subject.value, quad.object.value


def _objects(graph: Store, node: NamedNode, predicate: str) -> list[NamedNode]:
    return [q.object for q in graph.quads_for_pattern(node, NamedNode(predicate), None)]


def _value(graph: Store, node: NamedNode, predicate: str) -> str:
    return next((str(o.value) for o in _objects(graph, node, predicate)), "")


def _list(graph: Store, head: NamedNode) -> Iterator[NamedNode]:
    rdf = RDF_TYPE.removesuffix("type")
    while head.value != rdf + "nil":
        yield from _objects(graph, head, rdf + "first")
        head = _objects(graph, head, rdf + "rest")[0]
