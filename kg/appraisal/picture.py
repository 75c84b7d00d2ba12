"""What a workspace says, as plain values that can be compared: its rows, and what it carries.

Layer: appraisal, on query, store and schema. Rows are read from what was loaded and not from the
cells, so that the order of columns, of several values and of rows, and the case of a closed value
make no difference; identity is the id, so that the base address makes none either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from urllib.parse import unquote

from kg.checks import find_names
from kg.errors import Fault
from kg.query import get_query, list_queries, run_query
from kg.schema import Column, Schema, Table
from kg.store import Literal, NamedNode, Store
from kg.terms import (
    NOT_KNOWN,
    QES,
    RDF_TYPE,
    RDFS,
    data_iri,
    file_graph,
    local_name,
    plain,
    show_id,
    slug,
)

__all__ = ["ADJUDICATES", "Claim", "Picture", "Row", "State", "paths_that_decide", "read_picture"]

_EVIDENCE = {
    "hasTargetEvidenceFor": "in the target, for",
    "hasTargetEvidenceAgainst": "in the target, against",
    "hasSourceEvidenceFor": "elsewhere, for",
    "hasSourceEvidenceAgainst": "elsewhere, against",
    "hasSourceStatement": "said by the source review",
    "decidedThrough": "decided by",
    "newSinceDecision": "new since the decision",
    "leftOutBecauseOf": "undetermined because of left-out",
}
_FACTS = {
    "scope": "scope", "modality": "modality", "generalisation": "generalisation", "read": "read",
    "studies": "studies elsewhere", "statements": "review statements",
    "for": "samples for", "against": "samples against", "independent": "independent samples",
}  # fmt: skip
_TEXTS = ("statement", "exact", "wording", "label", "title", "name", "text", "argument", "reason")
ADJUDICATES = QES + "adjudicates"
_STATUS_PARTS = ("/carried", "/set-aside")
_Said = Mapping[str, list[NamedNode | Literal]]


@dataclass(frozen=True)
class Row:
    """One row of a table.

    Attributes:
        table: Name of the table.
        id: Id of the row.
        cells: Header → what stands there, in the order of the table; empty cells left out.
        label: What it says, in a line.
        used: Whether answers rest on it; False if it is left out.
        dissent: Whether another row decided against or beside it, so that it no longer counts.
        faults: Columns in which it has an error, "row" for an error of the whole row.
        refers: Ids of the rows it refers to.
        names: Those of them in columns that decide what is carried.
        decides: Ids of the rows between which it decides.
    """

    table: str
    id: str
    cells: Mapping[str, str]
    label: str
    used: bool
    dissent: bool
    faults: tuple[str, ...]
    refers: tuple[str, ...]
    names: tuple[str, ...]
    decides: tuple[str, ...]


@dataclass(frozen=True)
class State:
    """The state of a precondition in a target, and the ids of what it rests on."""

    value: str
    label: str
    searched: bool
    pro: frozenset[str] = frozenset()
    contra: frozenset[str] = frozenset()
    decisions: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """Return the state in words; an unknown one says whether somebody searched."""
        if self.value != "unknown":
            return self.value
        return f"unknown, {'searched without result' if self.searched else 'not searched'}"


@dataclass(frozen=True)
class Claim:
    """One transfer, with what its status rests on.

    Attributes:
        facts: Name of a fact → what it is, the status left out.
        evidence: How it counts → ids of bearings, statements, decisions and left-out rows.
        needs: Id of a precondition → its state.
    """

    id: str
    label: str
    topic: str
    target: str
    status: str
    facts: Mapping[str, str]
    evidence: Mapping[str, frozenset[str]]
    needs: Mapping[str, State]


@dataclass(frozen=True)
class Picture:
    """All that a workspace says.

    Attributes:
        rows: Id → row; of an id that stands twice, which is a fault, one.
        claims: Id → transfer, those without basis included.
        states: (target, precondition) → state.
        files: Name of a text or side file → what it says.
    """

    rows: Mapping[str, Row] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    states: Mapping[tuple[str, str], State] = field(default_factory=dict)
    files: Mapping[str, frozenset[str]] = field(default_factory=dict)


@cache
def paths_that_decide() -> frozenset[str]:
    """Return the properties from which the carry rule works out evidence and states.

    They are read from the stages before the first status: what those name, decides. So does an
    adjudication, which takes rows away before the first stage.
    """
    texts = (q.text for q in list_queries("carry") if "02" <= q.name < "21")
    return frozenset().union(*map(find_names, texts)) | {RDF_TYPE, ADJUDICATES}


def read_picture(
    store: Store,
    schema: Schema,
    base: str,
    places: Mapping[str, tuple[str, int]],
    left_out: Iterable[tuple[str, int]],
    faults: Iterable[Fault] = (),
    dissent: Iterable[tuple[str, int]] = (),
) -> Picture:
    """Return what a built store says.

    Args:
        store: The store, carried graphs included.
        schema: The tables.
        base: Base address of the workspace.
        places: IRI of every row → (table, record number).
        left_out: (table, record number) of every row that stays out.
        faults: What is wrong with the data.
        dissent: (table, record number) of every row that was decided against or beside.
    """
    said = {name: _group(store, base, name) for name in schema.tables}
    out, apart = set(left_out), set(dissent)
    wrong: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for fault in faults:
        if fault.severity == "error":
            wrong[fault.table, fault.row].add(fault.column or "row")
    reader = _Reader(store, schema, base, said)
    rows = {}
    for iri, (name, number) in sorted(places.items()):
        if iri.startswith(f"{base}no-id/"):
            continue  # a fault; nothing can be compared with it
        used = (name, number) not in out and (name, 0) not in out
        row = reader.read_row(schema.tables[name], iri)
        columns = tuple(sorted(wrong.get((name, number), ())))
        rows[row.id] = replace(row, used=used, faults=columns, dissent=(name, number) in apart)
    carried = _read_carried(store)
    states = {n: _read_state(reader, said) for n, said in carried.items() if _is_state(said)}
    return Picture(
        rows,
        {c.id: c for c in _read_claims(store, carried, states)},
        {_place(carried[n]): s for n, s in states.items() if s.value != "substituted"},
        dict(_read_files(store, base)),
    )


def _group(store: Store, base: str, name: str) -> dict[str, _Said]:
    """Return what a table says: subject → property → values."""
    graph = NamedNode(file_graph(base, name))
    found: defaultdict[str, defaultdict[str, list[NamedNode | Literal]]]
    found = defaultdict(lambda: defaultdict(list))
    for quad in store.quads_for_pattern(None, None, None, graph):
        if isinstance(quad.object, NamedNode | Literal):
            found[plain(quad.subject)][quad.predicate.value].append(quad.object)
    return dict(found)


class _Reader:
    """Turns what was loaded back into what a person would read in the table."""

    def __init__(
        self, store: Store, schema: Schema, base: str, said: Mapping[str, Mapping[str, _Said]]
    ) -> None:
        self._store, self._base, self._said = store, base, said
        self._individuals = schema.individuals
        self._shipped = {iri: name for name, iri in schema.individuals.items()}
        self._reasons = {iri: text for text, iri in NOT_KNOWN.items()}

    def read_row(self, table: Table, iri: str) -> Row:
        """Return a row as if it were used and had no faults."""
        cells: dict[str, str] = {}
        refers: dict[str, set[str]] = {}  # id → the properties that lead there
        for column in table.columns:
            values = self._values(table, iri, column)
            if values:
                cells[column.name] = "; ".join(sorted(values))
            for shown in sorted(values):
                if column.refers_to or values[shown].startswith(self._base):
                    refers.setdefault(shown, set()).add(column.path)
        return Row(
            table.name, self._show(iri), cells, self._label(table.name, cells),
            used=True, dissent=False, faults=(), refers=tuple(refers),
            names=tuple(i for i, paths in refers.items() if paths & paths_that_decide()),
            decides=tuple(i for i, paths in refers.items() if ADJUDICATES in paths),
        )  # fmt: skip

    def _values(self, table: Table, iri: str, column: Column) -> dict[str, str]:
        """Return what a person would read → the IRI that it stands for, "" for a text."""
        said = self._said[table.name]
        gap = said.get(f"{iri}/not-known/{slug(column.name)}")
        if gap:
            reasons = gap[QES + "hasUnknownReason"]
            return {self._reasons.get(plain(r), ""): plain(r) for r in reasons}
        node = f"{iri}/{column.slug}" if column.through else iri
        shown = {column.choices[name.lower()]: name for name in column.labels}
        found = {}
        for term in said.get(node, {}).get(column.path, []):
            text = plain(term)
            if isinstance(term, Literal):
                found[text] = ""
            elif not shown or text in shown or text.startswith(self._base):
                found[shown.get(text) or self._show(text)] = text  # else no cell said it
        return found

    def _show(self, iri: str) -> str:
        if iri.startswith(self._base):
            return unquote(iri.removeprefix(self._base))
        return self._shipped.get(iri, iri)

    def name(self, iri: str) -> str:
        """Return what something is called, its id if it has no label."""
        quads = self._store.quads_for_pattern(NamedNode(iri), NamedNode(RDFS + "label"), None)
        labels = sorted({plain(q.object) for q in quads})
        return labels[0] if labels else self._show(iri)

    def _called(self, row_id: str) -> str:
        """Return the label of a row or of something shipped."""
        return self.name(self._individuals.get(row_id) or data_iri(self._base, row_id))

    def _label(self, table: str, cells: Mapping[str, str]) -> str:
        def cell(name: str) -> str:
            return cells.get(name, "?")

        if table == "bearings":
            return f"{cell('polarity')}: {self._called(cell('towards'))}"
        if table == "confidence":
            level = cells.get("level") or f"not assessed: {cell('not assessed')}"
            return f"{cell('review finding')}: {level}"
        if table == "eligibility":
            place = f"{cell('study')}, {cell('criterion')}, {cell('stage')}"
            return f"{place}: {cell('decision')}"
        if table == "requires":
            return f"{cell('what')} needs {self._called(cell('precondition'))}"
        if table == "decisions":
            return f"{cell('kind')}: {cell('what')} in {cell('target')}"
        if table == "translations":
            return f"{cell('kind')}: {cell('constructs')}"
        return next((cells[name] for name in _TEXTS if name in cells), "")


def _read_carried(store: Store) -> dict[str, _Said]:
    """Return what is carried or set aside: node → property → values."""
    found: defaultdict[str, defaultdict[str, list[NamedNode | Literal]]]
    found = defaultdict(lambda: defaultdict(list))
    for graph in store.named_graphs():
        if graph.value.endswith(_STATUS_PARTS):
            for quad in store.quads_for_pattern(None, None, None, graph):
                if isinstance(quad.object, NamedNode | Literal):
                    found[plain(quad.subject)][quad.predicate.value].append(quad.object)
    return dict(found)


def _is_state(said: _Said) -> bool:
    return NamedNode(QES + "PreconditionState") in said.get(RDF_TYPE, ())


def _ids(said: _Said, name: str) -> frozenset[str]:
    return frozenset(show_id(plain(v)) for v in said.get(QES + name, ()))


def _place(said: _Said) -> tuple[str, str]:
    (target,), (precondition,) = _ids(said, "stateIn"), _ids(said, "statesPrecondition")
    return target, precondition


def _read_state(reader: _Reader, said: _Said) -> State:
    return State(
        local_name(plain(said[QES + "hasState"][0])).removeprefix("precondition-state-"),
        reader.name(plain(said[QES + "statesPrecondition"][0])),
        bool(said.get(QES + "searchedFor")),
        _ids(said, "hasTargetEvidenceFor"),
        _ids(said, "hasTargetEvidenceAgainst"),
        _ids(said, "decidedThrough"),
    )


def _read_claims(
    store: Store, carried: Mapping[str, _Said], states: Mapping[str, State]
) -> Iterator[Claim]:
    details: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in run_query(store, get_query("why", "transfer-details").text).as_dicts():
        details[row["transfer"]].append(row)
    for row in run_query(store, get_query("why", "transfers").text).as_dicts():
        said = carried[row["transfer"]]
        sense = f" ({row['senseLabel']})" if row["sense"] else ""
        label = row["label"] + sense
        facts = {"label": label} | {name: row[column] for column, name in _FACTS.items()}
        parts = sorted(d["label"] for d in details[row["transfer"]] if d["kind"] == "part")
        facts["parts"] = "; ".join(parts)
        needs = {_place(carried[plain(n)])[1]: states[plain(n)]
                 for n in said.get(QES + "dependsOn", ())}  # fmt: skip
        evidence = {words: _ids(said, name) for name, words in _EVIDENCE.items()}
        facts |= {words: "; ".join(sorted(ids)) for words, ids in evidence.items()}
        facts |= {f"precondition {needs[p].label}": needs[p].text for p in sorted(needs)}
        for detail in details[row["transfer"]]:
            if detail["kind"] == "confidence":
                facts[f"confidence in {show_id(detail['thing'])}"] = detail["value"]
        yield Claim(show_id(row["transfer"]), f"{label} → {row['targetLabel']}",
                    show_id(row["topic"]), show_id(row["target"]), row["status"],
                    facts, evidence, needs)  # fmt: skip


def _read_files(store: Store, base: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what texts and side files say, with the base address taken out."""
    start = file_graph(base, "")
    for graph in sorted(store.named_graphs(), key=lambda g: plain(g)):
        name = unquote(graph.value.removeprefix(start))
        if graph.value.startswith(start) and name.lower().endswith((".ttl", ".txt")):
            quads = store.quads_for_pattern(None, None, None, graph)
            yield name, frozenset(str(q.triple).replace(base, "") for q in quads)
