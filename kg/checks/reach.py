"""How far each shape looks from the node that it judges, derived from the shapes themselves.

A row belongs to the row that its first reference towards a study names: a finding to its study, a
bearing to its finding. What hangs together so is a unit. A shape is local if it looks at nothing
but the unit of its node, at rows to which one comes from there by references, and at tables that
don't grow with the studies. Every other shape looks at the world: also one that is not understood.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from kg.checks.pattern import Group, Hop, Step
from kg.checks.rule import Rule, read_rules
from kg.schema import Schema, load_schema, shape_quads
from kg.terms import RDF_TYPE

__all__ = ["Reach", "Reads", "Sight", "find_owners", "find_reach", "get_reach", "tables_of"]

Reads = dict[tuple[int, str], set[str]]
"""(number of references away, last property on the way, "^" before it if it was followed backwards)
→ properties that are read there; "" among them is any."""


@dataclass(frozen=True)
class Sight:
    """What a shape of the world looks at.

    Attributes:
        paths: IRIs of properties; "" among them is any.
        classes: IRIs of classes of which it wants to know the rows; "" among them is any.
    """

    paths: frozenset[str]
    classes: frozenset[str]


@dataclass
class Reach:
    """What the shapes look at.

    Attributes:
        world: IRI of each shape that is not local → the reason.
        local: IRIs of the shapes of local rules; the shapes of columns are all local.
        owners: Table → property by which its rows belong to a row nearer to a study.
        sights: IRI of each shape that is not local → at what it looks.
        reads: What local shapes read of rows outside the unit of the node that they judge.
        joins: (property, property of a file beside the tables) whose values are the same.
        companions: Tables of which local shapes may need every row.
    """

    world: dict[str, str] = field(default_factory=dict)
    local: set[str] = field(default_factory=set)
    owners: dict[str, str] = field(default_factory=dict)
    sights: dict[str, Sight] = field(default_factory=dict)
    reads: Reads = field(default_factory=lambda: defaultdict(set))
    joins: set[tuple[str, str]] = field(default_factory=set)
    companions: set[str] = field(default_factory=set)


def find_owners(schema: Schema) -> dict[str, str]:
    """Return table → property by which its rows belong to a row nearer to a study.

    It is that of the first column that holds one reference, to a study or to a class of which rows
    of a table are that belong to one; the tables nearest to the studies are looked at first.
    """
    study = next(t for t in schema.tables.values() if t.name == "studies")
    near = {study.name}
    owners: dict[str, str] = {}
    while True:
        found = {}
        for table in schema.tables.values():
            for column in table.columns if table.name not in near else ():
                single = column.refers_to and not column.separator and not column.through
                if single and near & tables_of(column.refers_to, schema):
                    found[table.name] = column.path
                    break
        if not found:
            return owners
        owners |= found
        near |= found.keys()


def tables_of(cls: str, schema: Schema) -> set[str]:
    """Return the tables of which a row may be of a class, or of a kind of it."""
    above = schema.superclasses
    return {
        t.name
        for t in schema.tables.values()
        if cls in above.get(t.cls, {t.cls}) or t.cls in above.get(cls, ())
    }


def _grow(schema: Schema, owners: dict[str, str]) -> set[str]:
    """Return the tables that get rows when studies are added: those that lead to a study."""
    growing = {"studies", *owners}
    while more := {
        table.name
        for table in schema.tables.values()
        if table.name not in growing
        and any(growing & tables_of(c.refers_to, schema) for c in table.columns if c.refers_to)
    }:
        growing |= more
    return growing


@cache
def get_reach() -> Reach:
    """Return the reach of the shipped shapes."""
    return find_reach(read_rules(quad.triple for quad in shape_quads()), load_schema())


def find_reach(rules: list[Rule], schema: Schema) -> Reach:
    """Return what the shapes look at.

    Args:
        rules: The rules of the shapes.
        schema: Tables and columns.
    """
    tables = _Tables(schema)
    reach = Reach(owners=tables.owners)
    for rule in rules:
        walk = _Walk(tables)
        try:
            if rule.pattern is None:
                raise _FarError("its text is not understood")
            walk.enter(rule.pattern, {"?this": {_Node(0)}})
        except _FarError as far:
            reach.world[rule.shape] = str(far)
            reach.sights[rule.shape] = _find_sight(rule, schema)
            continue
        reach.local.add(rule.shape)
        for key, properties in walk.reads.items():
            reach.reads[key] |= properties
        reach.joins |= walk.joins
        reach.companions |= walk.companions
    return reach


def _find_sight(rule: Rule, schema: Schema) -> Sight:
    paths, classes = set(rule.subjects_of), set(rule.classes)
    groups = [rule.pattern] if rule.pattern else []
    if not groups:
        paths.add("")
    while groups:
        group = groups.pop()
        for step in group.steps:
            found = {hop.property for path in step.paths for hop in path}
            paths |= found - {RDF_TYPE}
            if RDF_TYPE in found:
                classes.add("" if step.object.startswith("?") else step.object)
        groups += group.inner
    if "" in paths or "" in classes:
        return Sight(frozenset(paths), frozenset(classes | {""}))
    above = schema.superclasses
    return Sight(frozenset(paths), frozenset(c for c in above if above[c] & classes) | classes)


class _FarError(Exception):
    """The shape looks at the world; the text says why."""


@dataclass(frozen=True)
class _Node:
    """What is known of a node on the way.

    Attributes:
        depth: How many references it is away; -1 for a value, which is no row.
        by: The last property on the way.
    """

    depth: int
    by: str = ""


_Known = dict[str, set[_Node]]
"""Variable → all that it may be, by the ways that lead to it."""


class _Tables:
    """What a walk has to know of the tables."""

    def __init__(self, schema: Schema) -> None:
        self.owners = find_owners(schema)
        self.growing = _grow(schema, self.owners)
        self.having: defaultdict[str, set[str]] = defaultdict(set)
        self.texts: set[str] = set()
        self.children: set[str] = set()
        for table in schema.tables.values():
            for column in table.columns:
                self.having[column.path].add(table.name)
                if column.datatype:
                    self.texts.add(column.path)
                if column.through:
                    self.children.add(column.through)

    def owns(self, path: str) -> bool:
        """Return whether a property leads to the row to which a row belongs, in any table."""
        having = self.having.get(path, set())
        return bool(having) and all(self.owners.get(name) == path for name in having)


class _Walk:
    """Goes from the node that is judged to all that its rule looks at."""

    def __init__(self, tables: _Tables) -> None:
        self.reads: Reads = defaultdict(set)
        self.joins: set[tuple[str, str]] = set()
        self.companions: set[str] = set()
        self._tables = tables

    def enter(self, group: Group, known: _Known) -> _Known:
        """Follow all steps of a group, and return what is known of its variables then."""
        known |= {name: {_Node(-1)} for name in group.bound if name not in known}
        steps, unions = list(group.steps), list(group.unions)
        while steps or unions:
            step = next((s for s in steps if self._follow(s, known)), None)
            if step:
                steps.remove(step)
            elif unions:
                self._choose(unions.pop(0), known)
            else:
                raise _FarError(f"nothing leads to {steps[0].subject}")
        for inner in group.exists:
            self.enter(inner, dict(known))
        return known

    def _choose(self, union: list[Group], known: _Known) -> None:
        ends = [self.enter(group, dict(known)) for group in union]
        for name in set.intersection(*(set(end) for end in ends)):
            known[name] = set().union(*(end[name] for end in ends))

    def _follow(self, step: Step, known: _Known) -> bool:
        """Follow one step from the end that is known, and return whether one is."""
        start, name, paths = known.get(step.subject), step.object, step.paths
        if start is None:
            start = known.get(step.object)
            if start is None and step.object.startswith("?"):
                return False
            name = step.subject
            paths = tuple(
                tuple(Hop(hop.property, not hop.backward) for hop in reversed(path))
                for path in paths
            )
        if not name.startswith("?") and start is None:
            raise _FarError(f"it starts at {step.subject}")
        if step.repeated:
            raise _FarError("a part of a path may be gone any number of times")
        if step.variable:
            known.setdefault(step.variable, {_Node(-1)})
        ends = {self._go(node, path) for path in paths for node in start or {_Node(-1)}}
        if name.startswith("?") and name not in known:
            known[name] = ends
        return True

    def _go(self, node: _Node, path: tuple[Hop, ...]) -> _Node:
        for hop in path:
            node = self._back(node, hop) if hop.backward else self._forth(node, hop)
        return node

    def _forth(self, node: _Node, hop: Hop) -> _Node:
        if node.depth < 0:
            raise _FarError("it goes on from a value")
        if node.depth:
            self.reads[node.depth, node.by].add(hop.property)
        if hop.property in self._tables.children:
            return node
        if node.depth == 0 and self._tables.owns(hop.property):
            return _Node(0)
        if hop.property in self._tables.texts:
            return _Node(-1, hop.property)
        return _Node(node.depth + 1, hop.property)

    def _back(self, node: _Node, hop: Hop) -> _Node:
        path, known = hop.property, self._tables
        having = known.having.get(path, set())
        if path in known.children and node.depth >= 0:
            return node
        if path and not having and node.depth < 0 and node.by:
            self.joins.add((node.by, path))
            return _Node(1, f"^{path}")
        if known.owns(path) and node.depth == 0:
            return node
        if known.owns(path) and node.depth > 0:
            self.reads[node.depth, f"^{path}"].add(path)
            return _Node(node.depth, f"^{path}")
        if having and node.depth >= 0 and not having & known.growing:
            self.companions |= having
            return _Node(1, f"^{path}")
        raise _FarError(f"it looks for whatever has {path or 'any property'}")
