"""The rules of the shapes, and the nodes about which the fast engine asks each of them.

That engine asks a rule again for every node of its class, and prepares the query each time: nine
tenths of a check were spent on nodes with which nothing is wrong. So its copy of the shapes names
other targets: those that the rule itself finds when it is asked once about all nodes. Every one of
them is then asked about as before, so that a target too many does no harm, and a rule for which a
target too few can't be ruled out keeps its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from kg.checks.pattern import Group, parse_pattern
from kg.store import Literal, NamedNode, Store, Triple
from kg.terms import SH, plain

__all__ = ["TARGETS", "Rule", "narrow_targets", "read_rules"]

TARGETS = (SH + "targetClass", SH + "targetSubjectsOf")
"""What says which nodes a shape judges."""

_THIS = "?this"


@dataclass(frozen=True)
class Rule:
    """One rule, and the node shape in which it stands.

    Attributes:
        shape: IRI of the node shape, which is what a result names.
        node: IRI of the rule.
        select: Its text, without prefixes.
        prefixes: Prefix → namespace.
        classes: IRIs of the classes whose nodes it judges.
        subjects_of: IRIs of properties that the nodes have which it judges.
        pattern: Its pattern; None if that is not understood.
    """

    shape: str
    node: str
    select: str
    prefixes: dict[str, str] = field(hash=False)
    classes: tuple[str, ...] = ()
    subjects_of: tuple[str, ...] = ()
    pattern: Group | None = field(default=None, hash=False)


def read_rules(triples: Iterable[Triple]) -> list[Rule]:
    """Return the rules that shapes hold, sorted by the IRI of their shape."""
    said: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    shapes = set()
    for triple in triples:
        said[str(triple.subject), triple.predicate.value].append(plain(triple.object))
        if triple.predicate.value == SH + "sparql":
            shapes.add((str(triple.subject), plain(triple.object)))
    spaces = {key[0]: values[0] for key, values in said.items() if key[1] == SH + "namespace"}
    prefixes = {
        values[0]: spaces[node]
        for (node, path), values in said.items()
        if path == SH + "prefix" and node in spaces
    }
    rules = []
    for shape, node in sorted(shapes):
        (select,) = said[f"<{node}>", SH + "select"]
        classes, subjects_of = (tuple(sorted(said[shape, path])) for path in TARGETS)
        pattern = _parse(select, tuple(sorted(prefixes.items())))
        rules.append(
            Rule(shape[1:-1], node, select, prefixes, classes, subjects_of, pattern)
        )  # fmt: skip
    return rules


@cache
def _parse(select: str, prefixes: tuple[tuple[str, str], ...]) -> Group | None:
    try:
        return parse_pattern(select, dict(prefixes))
    except ValueError:
        return None


def narrow_targets(triples: Iterable[Triple]) -> list[Triple]:
    """Return shapes in which each rule is asked only about nodes with which something is wrong.

    Raises:
        ValueError: A query that was put together is no query; the engine would pass over it.
    """
    triples = list(triples)
    queries = {
        rule.shape: _write_query(rule)
        for rule in read_rules(triples)
        if rule.pattern is not None and _is_same_asked_once(rule.pattern)
    }
    kept = [
        t
        for t in triples
        if not (plain(t.subject) in queries and t.predicate.value in TARGETS)
    ]  # fmt: skip
    store = Store()
    for shape, query in queries.items():
        try:
            store.query(query)
        except SyntaxError as error:
            raise ValueError(f"the targets of {shape} can't be asked for: {error}") from error
        target = NamedNode(f"{shape}-target")
        kept.append(Triple(NamedNode(shape), NamedNode(SH + "target"), target))
        kept.append(Triple(target, NamedNode(SH + "select"), Literal(query)))
    return kept


def _write_query(rule: Rule) -> str:
    header = "".join(f"PREFIX {p}: <{space}>\n" for p, space in sorted(rule.prefixes.items()))
    body = rule.select[rule.select.index("{") + 1 : rule.select.rindex("}")]
    judged = [f"{{ $this a ?itsClass . ?itsClass rdfs:subClassOf* <{c}> }}" for c in rule.classes]
    judged += [f"{{ $this <{p}> ?itsValue }}" for p in rule.subjects_of]
    targets = " UNION ".join(judged)
    return f"{header}SELECT DISTINCT $this WHERE {{{body}\nFILTER EXISTS {{ {targets} }} }}"


def _is_same_asked_once(group: Group) -> bool:
    """Return whether every node that a rule finds when asked about it is found when asked once.

    SHACL puts the node into the text before anything is evaluated, also into a group that no triple
    ties to it. Asked once, such a group knows no node: its conditions would be about all of them.
    """
    return _binds(group) and _is_tied(group, False)


def _binds(group: Group) -> bool:
    if any(_THIS in (step.subject, step.object) for step in group.steps):
        return True
    return any(all(map(_binds, union)) for union in group.unions)


def _is_tied(group: Group, given: bool) -> bool:
    tied = given or _binds(group)
    if not tied and (_THIS in group.used or any(map(_names, group.exists))):
        return False
    return all(_is_tied(g, tied) for g in group.exists) and all(
        _is_tied(g, given) for union in group.unions for g in union
    )


def _names(group: Group) -> bool:
    """Return whether a group, or one in it, is about the node that is judged."""
    own = any(_THIS in (step.subject, step.object) for step in group.steps)
    return own or _THIS in group.used or any(map(_names, group.inner))
