"""One term as the reference page shows it: everything that is said about it, gathered once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.reasoning import Sentence, say_axioms
from kg.reports.mention import (
    ColumnUse,
    Match,
    Rule,
    find_columns,
    find_lists,
    find_matches,
    find_queries,
    find_rules,
    mapping_folder,
    read_mappings,
)
from kg.reports.vocabulary import Term, Vocabulary, compact
from kg.schema import Table, load_schema
from kg.terms import CE, QES, SKOS

__all__ = ["Entry", "Gatherer", "anchor"]

_MEMBERSHIP = {SKOS + "ConceptScheme", SKOS + "inScheme"}
"""What the table of a closed list shows as a whole is not said again of each value."""


@dataclass(frozen=True)
class Entry:
    """One term and what the page says of it.

    Attributes:
        term: Its texts.
        used: How often the shipped case uses it, in words; "" if nobody counted.
        own: Axioms about it.
        mentioned: Axioms about other terms that mention it.
        table: The table whose rows are its individuals, or None.
        columns: Columns that are this property, or take a value of this list.
        places: Names of the columns that refer to this class or have this value.
        rules: Rules of the shapes that name it.
        matches: How it relates to terms of other vocabularies.
        queries: Title of a kind of query → names of the queries that name it.
        related: Heading → IRIs.
        values: Members, if it is a closed list.
    """

    term: Term
    used: str
    own: tuple[Sentence, ...]
    mentioned: tuple[Sentence, ...]
    table: Table | None
    columns: tuple[ColumnUse, ...]
    places: tuple[str, ...]
    rules: tuple[Rule, ...]
    matches: tuple[Match, ...]
    queries: dict[str, list[str]]
    related: dict[str, tuple[str, ...]]
    values: tuple[Entry, ...] = ()

    @property
    def anchor(self) -> str:
        """Return the id on the page."""
        return anchor(self.term.iri)

    @property
    def short(self) -> str:
        """Return the IRI with its prefix."""
        return compact(self.term.iri)


def anchor(iri: str) -> str:
    """Return the id of a term on the page: its local name if it is ours, else with its prefix."""
    own = iri.startswith((QES, CE)) and not iri.startswith(QES + "schema/")
    return iri.rpartition("/")[2] if own else re.sub(r"[^\w-]+", "-", compact(iri))


class Gatherer:
    """Gathers entries from one ontology and from what is shipped with it."""

    def __init__(self, vocabulary: Vocabulary, usage: Mapping[str, int]) -> None:
        """Keep what was counted in a built workspace; an empty mapping if nobody counted."""
        self.vocabulary = vocabulary
        self.usage = usage
        self.mappings = read_mappings(mapping_folder())
        self.sentences = tuple(
            s
            for s in say_axioms(vocabulary.triples, vocabulary.label)
            if not s.terms & _MEMBERSHIP and not self._types_value(s)
        )

    def _types_value(self, sentence: Sentence) -> bool:
        terms = [self.vocabulary.own[i] for i in sentence.subjects if i in self.vocabulary.own]
        return SKOS + "Concept" in sentence.terms and any(t.kind == "value" for t in terms)

    def gather(self, term: Term) -> Entry:
        """Return the entry of one of our own terms, with its values if it is a closed list."""
        uses = find_columns().get(term.iri, ())
        members = self.vocabulary.values(term.iri) if term.kind == "closed list" else []
        return Entry(
            term=term,
            used=self._used(term),
            own=self._sentences[0].get(term.iri, ()),
            mentioned=self._sentences[1].get(term.iri, ()),
            table=load_schema().table_of(term.iri),
            columns=tuple(u for u in uses if u.how == "property") or self._columns_of(members),
            places=tuple(u.name for u in uses if u.how in ("class", "value")),
            rules=find_rules().get(term.iri, ()),
            matches=find_matches(self.mappings, term.iri),
            queries=_grouped(find_queries().get(term.iri, ())),
            related={k: v for k, v in self._related(term).items() if v},
            values=tuple(self.gather(m) for m in members),
        )

    def _columns_of(self, members: list[Term]) -> tuple[ColumnUse, ...]:
        found = {
            use.name: use
            for member in members
            for use in find_columns().get(member.iri, ())
            if use.how == "value"
        }
        return tuple(found[name] for name in sorted(found))

    @cached_property
    def _sentences(self) -> tuple[dict[str, tuple[Sentence, ...]], dict[str, tuple[Sentence, ...]]]:
        """Return IRI → sentences about it, and IRI → sentences that only mention it."""
        own: defaultdict[str, list[Sentence]] = defaultdict(list)
        mentioned: defaultdict[str, list[Sentence]] = defaultdict(list)
        for sentence in self.sentences:
            for iri in sorted(sentence.terms):
                (own if iri in sentence.subjects else mentioned)[iri].append(sentence)
        return ({i: tuple(s) for i, s in own.items()}, {i: tuple(s) for i, s in mentioned.items()})

    def _used(self, term: Term) -> str:
        if not self.usage or term.kind == "closed list" or term.iri not in self.vocabulary.own:
            return ""
        number = self.usage.get(term.iri, 0)
        if not number:
            return "not used, carried claims aside"
        noun = {"class": "individual", "relation": "statement", "data property": "statement"}
        what = noun.get(term.kind, "mention")
        return f"{number:,} {what}{'' if number == 1 else 's'}"

    def _related(self, term: Term) -> dict[str, tuple[str, ...]]:
        vocabulary = self.vocabulary
        found: dict[str, tuple[str, ...]] = {
            "Kind of": vocabulary.parents(term.iri),
            "Kinds": tuple(t.iri for t in vocabulary.children(term.iri)),
        }
        if term.kind == "class":
            found["Has"] = self._with_end("domain", term.iri)
            found["Is reached by"] = self._with_end("range", term.iri)
        elif term.kind in ("relation", "data property"):
            found["From"] = vocabulary.ends(term.iri, "domain")
            found["To"] = vocabulary.ends(term.iri, "range")
            found["Values from"] = find_lists(vocabulary, term.iri)
        elif term.kind == "closed list":
            columns = self._columns_of(vocabulary.values(term.iri))
            paths = {
                i
                for i, uses in find_columns().items()
                for u in uses
                if u.how == "property" and u.name in {c.name for c in columns}
            }
            found["Is reached by"] = tuple(sorted(p for p in paths if p in vocabulary.own))
        elif term.kind == "sense":
            found["Sense of"] = vocabulary.objects(term.iri, QES + "senseOf")
        elif term.kind == "concept":
            found["Senses"] = vocabulary.subjects(QES + "senseOf", term.iri)
        found["Not the same as"] = self._told_apart(term)
        return found  # fmt: skip

    def _with_end(self, side: str, cls: str) -> tuple[str, ...]:
        properties = self.vocabulary.of_kind("relation", "data property")
        return tuple(p.iri for p in properties if cls in self.vocabulary.ends(p.iri, side))

    def _told_apart(self, term: Term) -> tuple[str, ...]:
        """Return the terms that a term is said not to be: "Not: a finding, which …; a study"."""
        clauses = (clause for text in term.not_for for clause in text.lower().split(";"))
        heads = " ; ".join(re.split(r",| which | who | of whom ", clause)[0] for clause in clauses)
        candidates = self._labels + [
            (other.label.lower(), other.iri)
            for scheme in self.vocabulary.objects(term.iri, SKOS + "inScheme")
            for other in self.vocabulary.values(scheme)
        ]
        found = set()
        for label, iri in sorted(candidates, key=lambda c: (-len(c[0]), c)):
            shorter, times = re.subn(rf"\b{re.escape(label)}\b", " ", heads)
            if iri != term.iri and times:
                heads = shorter
                found.add(iri)
        return tuple(sorted(found, key=lambda i: self.vocabulary.label[i].lower()))

    @cached_property
    def _labels(self) -> list[tuple[str, str]]:
        terms = self.vocabulary.of_kind("class", "concept", "sense")
        return [(t.label.lower(), t.iri) for t in terms]


def _grouped(queries: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for title, name in queries:
        groups.setdefault(title, []).append(name)
    return groups
