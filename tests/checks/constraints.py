"""The mutator: every constraint of every column, read from the shapes, and a cell that breaks it.

Nothing is listed by hand. A property shape gives one constraint for each SHACL parameter it has; a
column that belongs to a child node has the constraints of the child's shape. ``break_constraint``
changes one cell of the complete workspace; where no cell can break a constraint (a second value in
a column that isn't split, a language in a text), it adds one triple in ``more/mutant.ttl``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from tests.workspaces import Workspace

__all__ = ["SHAPES", "Constraint", "Mutant", "break_constraint", "list_constraints", "local"]

SHAPES = Path(__file__).resolve().parents[2] / "ontology" / "shapes"
SH = "http://www.w3.org/ns/shacl#"
KG = "https://w3id.org/qes-kg/schema/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"

COMPONENTS = {
    "class": "Class",
    "datatype": "Datatype",
    "in": "In",
    "maxCount": "MaxCount",
    "maxInclusive": "MaxInclusive",
    "minCount": "MinCount",
    "minInclusive": "MinInclusive",
    "nodeKind": "NodeKind",
    "pattern": "Pattern",
}
NO_CONSTRAINT = {"description", "message", "name", "order", "path"}
ILL_TYPED = {"boolean": "perhaps", "dateTime": "in May", "integer": "many"}


@dataclass(frozen=True, order=True)
class Constraint:
    """One SHACL parameter of one column.

    Attributes:
        table: Name of the table.
        column: Header of the column.
        component: Name of the constraint component, for example "MinCount".
        shape: Local name of the property shape that judges the column.
        path: IRI of the property.
        parameter: Value of the parameter.
        datatype: Local name of the datatype of the column, "" if it has none.
        members: Members of the closed list of the column with spaces between them.
        refers_to: Class of what the column refers to.
        child: Last part of the IRI of the child node, "" if the row itself is judged.
        separator: What stands between several values.
    """

    table: str
    column: str
    component: str
    shape: str
    path: str
    parameter: str
    datatype: str = ""
    members: str = ""
    refers_to: str = ""
    child: str = ""
    separator: str = ""

    def __str__(self) -> str:
        return f"{self.table}/{self.column.replace(' ', '-')}/{self.component}"


@dataclass(frozen=True)
class Mutant:
    """One broken cell.

    Attributes:
        table: Name of the table.
        row: Id of the row.
        column: Header of the column.
        rule: Name under which the fault must be reported.
        value: What must be reported as seen.
        cell: New text of the cell, None if it stays.
        triple: Line of ``more/mutant.ttl``, relative to the base; "" if there is none.
    """

    table: str
    row: str
    column: str
    rule: str
    value: str
    cell: str | None = None
    triple: str = ""

    def apply(self, workspace: Workspace) -> None:
        """Break the cell of a workspace."""
        if self.cell is not None:
            workspace.tables[self.table][self.row][self.column] = self.cell
        if self.triple:
            workspace.more["mutant.ttl"] = workspace.more.get("mutant.ttl", "") + self.triple


def local(iri: str) -> str:
    """Return the last part of an IRI."""
    return iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]


class _Shapes:
    def __init__(self) -> None:
        self.store = Store()
        for file in sorted(SHAPES.glob("*.ttl")):
            self.store.load(path=str(file), format=RdfFormat.TURTLE)

    def objects(self, node: NamedNode, predicate: str) -> list[NamedNode | Literal]:
        found = self.store.quads_for_pattern(node, NamedNode(predicate), None)
        return sorted((q.object for q in found), key=str)

    def value(self, node: NamedNode, predicate: str) -> str:
        return next((o.value for o in self.objects(node, predicate)), "")

    def members(self, node: NamedNode) -> str:
        found = []
        head = next(iter(self.objects(node, SH + "in")), NamedNode(RDF + "nil"))
        while head.value != RDF + "nil":
            found.append(self.value(head, RDF + "first"))
            head = self.objects(head, RDF + "rest")[0]
        return " ".join(found)


def list_constraints() -> list[Constraint]:
    """Return every constraint of every column of every table, sorted."""
    shapes = _Shapes()
    return sorted(
        constraint
        for quad in shapes.store.quads_for_pattern(None, NamedNode(KG + "table"), None)
        for constraint in _of_table(shapes, quad.subject, quad.object.value)
    )


def _of_table(shapes: _Shapes, table: NamedNode, name: str) -> Iterator[Constraint]:
    for column in shapes.objects(table, SH + "property"):
        yield from _of_column(shapes, name, column, column)
    for column in shapes.objects(table, KG + "column"):
        path = shapes.value(column, SH + "path")
        (child,) = shapes.objects(column, KG + "childShape")
        (judging,) = (
            s
            for s in shapes.objects(child, SH + "property")
            if shapes.value(s, SH + "path") == path
        )
        yield from _of_column(shapes, name, column, judging)


def _of_column(
    shapes: _Shapes, table: str, column: NamedNode, judging: NamedNode
) -> Iterator[Constraint]:
    for quad in shapes.store.quads_for_pattern(judging, None, None):
        parameter = local(quad.predicate.value)
        if not quad.predicate.value.startswith(SH) or parameter in NO_CONSTRAINT:
            continue
        yield Constraint(
            table=table,
            column=shapes.value(column, SH + "name"),
            component=COMPONENTS[parameter],  # a parameter that is new here needs a way to break it
            shape=local(judging.value),
            path=shapes.value(judging, SH + "path"),
            parameter=quad.object.value,
            datatype=local(shapes.value(judging, SH + "datatype")),
            members=shapes.members(judging),
            refers_to=shapes.value(judging, SH + "class"),
            child=local(shapes.value(column, KG + "through")).removeprefix("has").lower(),
            separator=shapes.value(column, KG + "separator"),
        )


def break_constraint(constraint: Constraint, workspace: Workspace) -> Mutant:
    """Return the mutant that breaks a constraint and, if it can be helped, nothing else."""
    row = _choose_row(constraint, workspace)
    seen = workspace.tables[constraint.table][row][constraint.column]

    def mutant(value: str, cell: str | None = None, term: str = "") -> Mutant:
        node = f"{row}/{constraint.child}" if constraint.child else row
        triple = f"<{node}> <{constraint.path}> {term} .\n" if term else ""
        return Mutant(
            constraint.table, row, constraint.column, constraint.shape, value, cell, triple
        )

    def add(text: str) -> str:
        return f"{seen}{constraint.separator}{text}" if constraint.separator else text

    match constraint.component:
        case "MinCount":
            return mutant("", "")
        case "MaxCount":
            shown, term = _second_value(constraint, workspace, seen)
            return mutant("; ".join(sorted([seen, shown])), None, term)
        case "Class":
            return mutant("no-such-row", add("no-such-row"))
        case "In" | "NodeKind":
            return mutant("no such value", add("no such value"))
        case "Pattern":
            return mutant("?", "?")
        case "MinInclusive" | "MaxInclusive":
            step = -1 if constraint.component == "MinInclusive" else 1
            beyond = str(int(constraint.parameter) + step)
            return mutant(beyond, beyond)
        case "Datatype" if constraint.datatype in ILL_TYPED:
            text = ILL_TYPED[constraint.datatype]
            return mutant(text, text)
        case "Datatype":
            plain = '"' if constraint.datatype == "anyURI" else '"@en'
            return mutant(seen, "", f'"{seen}{plain}')
    raise ValueError(constraint)


def _choose_row(constraint: Constraint, workspace: Workspace) -> str:
    """Return a row that says something in the column, if possible one that nothing refers to."""
    unknown = ("", "not reported", "not reported in the source seen", "not applicable")
    rows = workspace.tables[constraint.table]
    told = [i for i, cells in rows.items() if cells.get(constraint.column, "") not in unknown]
    named = {
        text
        for others in workspace.tables.values()
        for cells in others.values()
        for cell in cells.values()
        for text in cell.split(";")
    }
    return min(told, key=lambda i: (i in named, list(rows).index(i)))


def _second_value(constraint: Constraint, workspace: Workspace, seen: str) -> tuple[str, str]:
    """Return another sound value of a column: as it would stand in a cell, and as a term."""
    if constraint.datatype in ("integer", "boolean", "dateTime", "anyURI"):
        other = {
            "integer": lambda: str(int(seen) + 1),
            "boolean": lambda: "false" if seen == "true" else "true",
            "dateTime": lambda: "2026-06-01T09:30:00Z",
            "anyURI": lambda: "https://example.org/other",
        }[constraint.datatype]()
        return other, f'"{other}"^^<{XSD}{constraint.datatype}>'
    if constraint.members:
        label = {iri: _labels()[iri] for iri in constraint.members.split()}
        own = next(iri for iri, name in label.items() if name == seen)
        # The first member of a list of kinds is the class of the table itself.
        other = next(iri for iri in reversed(label) if iri != own)
        return label[other], f"<{other}>"
    if constraint.refers_to:
        rows = next(rows for rows in workspace.tables.values() if seen in rows)
        kind = rows[seen].get("order")
        other = next(i for i in rows if i != seen and rows[i].get("order") == kind)
        return other, f"<{other}>"
    if seen[-1].isdigit():
        other = seen[:-1] + str((int(seen[-1]) + 1) % 10)
    elif constraint.column in ("language", "languages"):  # a code stays a code
        other = seen[:-1] + "x"
    else:
        other = "another"
    return other, f'"{other}"'


@cache
def _labels() -> dict[str, str]:
    store = Store()
    for file in sorted(SHAPES.parent.glob("*.ttl")):
        store.load(path=str(file), format=RdfFormat.TURTLE)
    found = store.quads_for_pattern(None, NamedNode(RDFS + "label"), None)
    return {q.subject.value: q.object.value for q in found}
