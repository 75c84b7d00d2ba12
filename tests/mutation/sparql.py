"""Takes a query apart and gives it back with one FILTER, MINUS, OPTIONAL or triple pattern missing.

Nothing that we depend on writes SPARQL back from its tree as it was, so this reads tokens and cuts
spans out of the text. It knows the SPARQL that the shipped queries are written in, and stops at
anything else: no blank nodes, collections or quoted triples in patterns.

A triple pattern is one subject, one path, one object, also within lists with ``;`` and ``,``, in
sub-queries, and inside EXISTS. Templates of INSERT and rows of VALUES are not patterns.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Mutant", "find_mutants"]

_TOKEN = re.compile(
    r"""
    (?P<skip>\s+|\#[^\n]*)
    |(?P<iri><[^<>"{}|^`\\\s]*>)
    |(?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
    |(?P<var>[?$]\w+)
    |(?P<name>[A-Za-z][\w.-]*:[\w.-]*(?<!\.)|:[\w-]+|[A-Za-z]\w*)
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<mark>\^\^|&&|\|\||[<>!]=|[{}()\[\].;,^/|*+?!=<>@-])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Mutant:
    """A query with one part missing.

    Attributes:
        kind: FILTER, MINUS, OPTIONAL or TRIPLE.
        part: The missing part on one line, with "(2)" and so on after the second and further
            ones that read the same.
        text: The query without it.
    """

    kind: str
    part: str
    text: str


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class _Cut:
    """A part: how it reads, the span to replace, and what is put there."""

    kind: str
    part: str
    start: int
    end: int
    instead: str


def find_mutants(text: str) -> list[Mutant]:
    """Return the mutants of a SELECT query or an INSERT update, in the order of the text.

    Raises:
        ValueError: The text uses SPARQL that this reader does not know.
    """
    seen: Counter[tuple[str, str]] = Counter()
    mutants = []
    for cut in sorted(_Reader(text).read(), key=lambda cut: (cut.start, -cut.end)):
        seen[cut.kind, cut.part] += 1
        number = seen[cut.kind, cut.part]
        part = cut.part if number == 1 else f"{cut.part} ({number})"
        mutants.append(Mutant(cut.kind, part, text[: cut.start] + cut.instead + text[cut.end :]))
    return mutants


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if not found:
            raise ValueError(f"no token at {text[place : place + 30]!r}")
        if found.lastgroup != "skip":
            yield _Token(found.lastgroup or "", found[0], *found.span())
        place = found.end()


class _Reader:
    """Goes through the tokens once and collects the cuts."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [*_tokens(text), _Token("end", "", len(text), len(text))]
        self.place = 0
        self.cuts: list[_Cut] = []

    @property
    def next(self) -> _Token:
        return self.tokens[self.place]

    def word(self) -> str:
        """Return the next token as a keyword."""
        return self.next.text.upper() if self.next.kind == "name" else self.next.text

    def take(self, expected: str = "") -> _Token:
        token = self.next
        if expected and self.word() != expected:
            raise ValueError(
                f"expected {expected} at {self.text[token.start : token.start + 40]!r}"
            )
        self.place += 1
        return token

    def line(self, start: int, end: int) -> str:
        return " ".join(self.text[start:end].split())

    def read(self) -> list[_Cut]:
        while self.next.kind != "end":
            match self.word():
                case "INSERT" | "DELETE":
                    self.take()
                    self.skip_braces()
                    self.take("WHERE")
                    self.group()
                case "SELECT":
                    self.select()
                case _:  # prologue, and ; between updates
                    self.take()
        return self.cuts

    def skip_braces(self) -> None:
        """Skip a template or the rows of VALUES."""
        depth = 0
        while True:
            depth += {"{": 1, "}": -1}.get(self.take().text, 0)
            if depth == 0:
                return

    def select(self) -> None:
        """Read SELECT, its expressions, the group, and what follows up to the closing brace."""
        self.take("SELECT")
        while self.word() not in ("WHERE", "{"):
            if self.next.text == "(":
                self.brackets()
            else:
                self.take()
        if self.word() == "WHERE":
            self.take()
        self.group()
        while self.next.text not in ("}", "") and self.next.kind != "end":
            if self.next.text == "(":
                self.brackets()
            else:
                self.take()

    def brackets(self) -> None:
        """Read an expression in brackets, with the groups of EXISTS in it."""
        self.take("(")
        while self.next.text != ")":
            if self.next.text == "(":
                self.brackets()
            elif self.next.text == "{":
                self.group()
            else:
                self.take()
        self.take(")")

    def group(self) -> None:
        self.take("{")
        if self.word() == "SELECT":
            self.select()
        while self.next.text != "}":
            start = self.next.start
            match self.word():
                case "FILTER":
                    self.take()
                    while self.next.text not in ("(", "{"):  # FILTER NOT EXISTS, FILTER regex(…)
                        self.take()
                    if self.next.text == "(":
                        self.brackets()
                    else:
                        self.group()
                    self.cut("FILTER", start)
                case "MINUS" | "OPTIONAL" as kind:
                    self.take()
                    self.group()
                    self.cut(kind, start)
                case "BIND":
                    self.take()
                    self.brackets()
                case "VALUES":
                    while self.next.text != "{":
                        self.take()
                    self.skip_braces()
                case "GRAPH":
                    self.take()
                    self.take()
                    self.group()
                case "{":
                    self.group()
                case "UNION" | ".":
                    self.take()
                case _:
                    self.triples()
        self.take("}")

    def cut(self, kind: str, start: int) -> None:
        end = self.tokens[self.place - 1].end
        self.cuts.append(_Cut(kind, self.line(start, end), start, end, ""))

    def triples(self) -> None:
        """Read the patterns of one subject; without one of them the others are written out."""
        start = self.next.start
        subject = self.term()
        found: list[str] = []
        while True:
            path = self.path()
            found.append(f"{subject} {path} {self.term()}")
            while self.next.text == ",":
                self.take()
                found.append(f"{subject} {path} {self.term()}")
            if self.next.text != ";":
                break
            self.take()
        if self.next.text == ".":
            self.take()
        end = self.tokens[self.place - 1].end
        for number, pattern in enumerate(found):
            others = found[:number] + found[number + 1 :]
            instead = "".join(f"{other} . " for other in others)
            self.cuts.append(_Cut("TRIPLE", pattern, start, end, instead))

    def term(self) -> str:
        token = self.take()
        if token.kind not in ("iri", "string", "var", "name", "number"):
            raise ValueError(f"expected a term at {self.text[token.start : token.start + 40]!r}")
        end = token.end
        if token.kind == "string" and self.next.text in ("@", "^^"):
            self.take()
            end = self.take().end
        return self.text[token.start : end]

    def path(self) -> str:
        start = self.next.start
        self.alternatives()
        return self.line(start, self.tokens[self.place - 1].end)

    def alternatives(self) -> None:
        self.step()
        while self.next.text in ("/", "|"):
            self.take()
            self.step()

    def step(self) -> None:
        while self.next.text in ("^", "!"):
            self.take()
        if self.next.text == "(":
            self.take()
            self.alternatives()
            self.take(")")
        else:
            self.term()
        if self.next.text in ("?", "*", "+"):
            self.take()
