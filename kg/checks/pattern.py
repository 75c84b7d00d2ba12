"""The pattern of a rule: which triples it looks at, and in which groups they stand.

Just enough of SPARQL for the rules in ``ontology/shapes``, so that their reach can be derived from
their text. What is not understood is refused: nothing is concluded from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.terms import RDF_TYPE

__all__ = ["Group", "Hop", "Step", "parse_pattern"]


@dataclass(frozen=True)
class Hop:
    """One property of a path.

    Attributes:
        property: IRI of the property, "" if it is a variable.
        backward: Whether it is followed from object to subject.
    """

    property: str
    backward: bool = False


@dataclass(frozen=True)
class Step:
    """One triple pattern.

    Attributes:
        subject: A variable with "?", an IRI or a literal with its quotation marks.
        paths: The ways that lead from subject to object, each a row of properties.
        object: As the subject.
        repeated: Whether a part of the path may be gone any number of times.
        variable: The variable that stands for the property, "" if none does.
    """

    subject: str
    paths: tuple[tuple[Hop, ...], ...]
    object: str
    repeated: bool = False
    variable: str = ""


@dataclass
class Group:
    """What stands between two braces.

    Attributes:
        steps: Triple patterns.
        unions: Alternatives, of which one has to hold; one alone is a group in the group.
        exists: Groups in conditions, whether they have to hold or not.
        used: Variables in conditions and in what is bound, those of ``exists`` apart.
        bound: Variables that get a value by BIND.
    """

    steps: list[Step] = field(default_factory=list)
    unions: list[list[Group]] = field(default_factory=list)
    exists: list[Group] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)

    @property
    def inner(self) -> list[Group]:
        """Return all groups that stand in this one."""
        return [*self.exists, *(group for union in self.unions for group in union)]


_TOKEN = re.compile(
    r"""\#[^\n]*|\s+|(?P<token>
    <[^<>\s"{}|^`\\]*> | "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' | [?$]\w+
    | [A-Za-z][\w-]*:[A-Za-z0-9_-]* | :[A-Za-z_][\w-]* | \d+(?:\.\d+)? | \w+
    | \^\^|&&|\|\||!=|<=|>=|[{}().;,*+/|^?!=<>-])""",
    re.VERBOSE | re.DOTALL,
)


def parse_pattern(select: str, prefixes: Mapping[str, str]) -> Group:
    """Return the pattern of a rule.

    Args:
        select: Text of the rule, without prefixes.
        prefixes: Prefix → namespace.

    Raises:
        ValueError: The text is not a SELECT with a pattern of triples, conditions, BIND and UNION.
    """
    reader = _Reader(list(_tokens(select)), prefixes)
    while reader.peek() != "{":
        reader.next()
    group = reader.read_group()
    if reader.peek():
        raise ValueError(f"not understood after the pattern: {reader.peek()}")
    return group


def _tokens(text: str) -> list[str]:
    tokens, place = [], 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if not found:
            raise ValueError(f"not understood: {text[place : place + 20]!r}")
        if found["token"]:
            tokens.append(found["token"])
        place = found.end()
    return tokens


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[str], prefixes: Mapping[str, str]) -> None:
        self._tokens, self._place, self._prefixes = tokens, 0, prefixes

    def peek(self) -> str:
        return self._tokens[self._place] if self._place < len(self._tokens) else ""

    def next(self, *wanted: str) -> str:
        token = self.peek()
        if not token or (wanted and token not in wanted):
            raise ValueError(f"expected {' or '.join(wanted) or 'more'}, got {token!r}")
        self._place += 1
        return token

    def read_group(self) -> Group:
        group = Group()
        self.next("{")
        while (token := self.peek()) != "}":
            word = token.upper()
            if token == "{":
                group.unions.append(self._read_union())
            elif word == "FILTER":
                self.next()
                self._read_condition(group)
            elif word == "BIND":
                self.next()
                self._read_bind(group)
            elif token == ".":
                self.next()
            else:
                self._read_triples(group)
        self.next("}")
        return group

    def _read_union(self) -> list[Group]:
        groups = [self.read_group()]
        while self.peek().upper() == "UNION":
            self.next()
            groups.append(self.read_group())
        return groups

    def _read_condition(self, group: Group) -> None:
        """Read an expression with its parentheses, or EXISTS and its group."""
        while self.peek() not in ("(", "{"):
            if self.next() in (".", "}"):
                raise ValueError("a condition without parentheses")
        if self.peek() == "{":
            group.exists.append(self.read_group())
        else:
            group.used |= self._read_parentheses(group)

    def _read_bind(self, group: Group) -> None:
        before = self._place
        used = self._read_parentheses(group)
        name = _variable(self._tokens[self._place - 2])
        if self._tokens[self._place - 3].upper() != "AS" or name == _THIS:
            raise ValueError(f"a BIND without AS: {' '.join(self._tokens[before : self._place])}")
        group.bound.add(name)
        group.used |= used - {name}

    def _read_parentheses(self, group: Group) -> set[str]:
        """Read to the closing parenthesis, and return the variables on the way."""
        used, depth = set(), 0
        while True:
            if self.peek() == "{":
                group.exists.append(self.read_group())
                continue
            token = self.next()
            depth += {"(": 1, ")": -1}.get(token, 0)
            if token[0] in "?$" and len(token) > 1:
                used.add(_variable(token))
            if depth == 0:
                return used

    def _read_triples(self, group: Group) -> None:
        subject = self._read_term()
        while True:
            paths, repeated, variable = self._read_verb()
            while True:
                step = Step(subject, paths, self._read_term(), repeated, variable)
                group.steps.append(step)
                if self.peek() != ",":
                    break
                self.next()
            if self.peek() != ";":
                return
            while self.peek() == ";":
                self.next()
            if self.peek() in (".", "}"):
                return

    def _read_term(self) -> str:
        token = self.next()
        if token[0] in "?$":
            return _variable(token)
        if token[0] in "\"'":
            if self.peek() == "^^":
                self.next()
                self._read_iri(self.next())
            return token
        if token[0].isdigit() or token in ("true", "false"):
            return f'"{token}"'
        return self._read_iri(token)

    def _read_iri(self, token: str) -> str:
        if token.startswith("<"):
            return token[1:-1]
        prefix, colon, name = token.partition(":")
        if not colon or prefix not in self._prefixes:
            raise ValueError(f"not understood: {token}")
        return self._prefixes[prefix] + name

    def _read_verb(self) -> tuple[tuple[tuple[Hop, ...], ...], bool, str]:
        if self.peek()[:1] in ("?", "$"):
            return ((Hop(""),),), False, _variable(self.next())
        paths, repeated = self._read_alternatives()
        return tuple(paths), repeated, ""

    def _read_alternatives(self) -> tuple[list[tuple[Hop, ...]], bool]:
        paths, repeated = self._read_sequence()
        while self.peek() == "|":
            self.next()
            more, again = self._read_sequence()
            paths, repeated = [*paths, *more], repeated or again
        return paths, repeated

    def _read_sequence(self) -> tuple[list[tuple[Hop, ...]], bool]:
        paths, repeated = self._read_element()
        while self.peek() == "/":
            self.next()
            more, again = self._read_element()
            paths = [(*first, *then) for first in paths for then in more]
            repeated = repeated or again
        return paths, repeated

    def _read_element(self) -> tuple[list[tuple[Hop, ...]], bool]:
        token = self.next()
        repeated = False
        if token == "^":
            paths, repeated = self._read_element()
            paths = [
                tuple(Hop(h.property, not h.backward) for h in reversed(path)) for path in paths
            ]
            return paths, repeated
        if token == "(":
            paths, repeated = self._read_alternatives()
            self.next(")")
        else:
            paths = [(Hop(RDF_TYPE if token == "a" else self._read_iri(token)),)]
        if self.peek() in ("*", "+", "?"):
            self.next()
            repeated = True
        return paths, repeated


_THIS = "?this"


def _variable(token: str) -> str:
    return "?" + token[1:]
