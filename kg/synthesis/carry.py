"""Carry: from the settings where a concept was studied into another context.

The rule lives in ``queries/carry/*.rq``, numbered stages that are run here in order; then every
transfer gets its sentence. Nothing of the rule is written a second time in Python.

Stages below 20 find the facts, those from 20 on decide the statuses from these facts alone, those
from 40 on say what belongs to a status and write it, and those from 50 on list the evidence beside.
What only asks for statuses stops at 40.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.progress import tell
from kg.query import Query, get_query, list_queries, run_query, run_update
from kg.store import Literal, NamedNode, Quad, Store
from kg.synthesis.sentence import write_sentence
from kg.terms import QES, RDF_TYPE, WORKING_GRAPH, plain, show_id

__all__ = [
    "FACTS",
    "LISTS",
    "STATUSES",
    "Transfer",
    "carry",
    "describe_run",
    "infer_claims",
    "infer_facts",
    "infer_statuses",
    "list_stages",
    "read_near_misses",
    "read_transfers",
    "statuses",
]

FACTS, STATUSES, _CLAIMS, LISTS = "01", "23", "4", "5"  # first figures of the stages of a part
_TYPE = NamedNode(RDF_TYPE)
_LAST_CLAIM = "02"  # with this stage all that is carried or stated has its name
_PROV = "http://www.w3.org/ns/prov#"


@dataclass(frozen=True)
class Transfer:
    """One carried claim: a concept in a sense, or a configuration, in a target context.

    Attributes:
        id: ``concept--sense--target``, or ``configuration--target``.
        label: What is carried, in words.
        status: One of the ten statuses of the carry rule.
        scope: "whole target", "part of the target", or "" if it was not observed.
        parts: Names of the parts in which it was observed.
        source: Numbers of independent samples and of review statements that support it.
        target_evidence: Numbers of independent samples for, against, and sharing no author with
            a source review.
        preconditions: id, label and state of each, and whether somebody searched for it.
        near_misses: finding and label of each.
        confidence: review finding and its own level, or why it was not assessed.
        read: The least reading depth on the chain.
        left_out: "table row number" of each left-out row that names its concept or precondition.
        kind: "concept" or "configuration".
        iri: IRI of the transfer.
        graph: IRI of the graph it stands in.
    """

    id: str
    concept: str
    sense: str
    label: str
    target: str
    target_label: str
    status: str
    modality: str
    scope: str = ""
    parts: tuple[str, ...] = ()
    sentence: str = ""
    generalisation: str = ""
    read: str = ""
    source: dict[str, int] = field(default_factory=dict, hash=False)
    target_evidence: dict[str, int] = field(default_factory=dict, hash=False)
    preconditions: tuple[dict[str, str], ...] = field(default=(), hash=False)
    near_misses: tuple[dict[str, str], ...] = field(default=(), hash=False)
    confidence: tuple[dict[str, str], ...] = field(default=(), hash=False)
    left_out: tuple[str, ...] = ()
    iri: str = ""
    graph: str = ""
    kind: str = ""

    @property
    def is_link(self) -> bool:
        """Return whether a configuration is carried, and not a concept."""
        return self.kind == "configuration"

    @property
    def carried(self) -> bool:
        """Return whether the transfer is written as a carried claim (it has a basis)."""
        return self.graph.endswith("/carried")

    def as_dict(self) -> dict[str, Any]:
        """Return the transfer in its machine form (design, section 8)."""
        return {
            "id": self.id,
            "concept": self.concept,
            "sense": self.sense,
            "label": self.label,
            "target": self.target,
            "status": self.status,
            "scope": self.scope or None,
            "parts": list(self.parts),
            "modality": self.modality,
            "generalisation": self.generalisation,
            "sentence": self.sentence,
            "source": self.source,
            "target_evidence": self.target_evidence,
            "preconditions": list(self.preconditions),
            "near_misses": list(self.near_misses),
            "confidence": list(self.confidence),
            "read": self.read,
            "left_out": list(self.left_out),
        }


def carry(store: Store, data_version: str = "", topics: Collection[str] | None = None) -> None:
    """Work out every transfer, and write it into the carried graph of its target.

    Earlier carried graphs are replaced.

    Args:
        store: Store whose default graph holds ontology, passing rows and entailed triples, and
            whose graph ``left-out`` holds the rows that stay out.
        data_version: Hash of the truth, recorded with the run.
        topics: IRIs of what is carried, and of the preconditions of which the states are wanted,
            those included that it needs; None for everything.
    """
    infer_facts(store, topics)
    infer_claims(store)
    _run_stages(store, LISTS)
    store.remove_graph(NamedNode(WORKING_GRAPH))
    _record_runs(store, data_version)


def infer_claims(store: Store) -> None:
    """Decide the statuses from the facts in the working graph, and write every transfer."""
    infer_statuses(store)
    _run_stages(store, _CLAIMS)
    # Before the long lists are written: what is said of a transfer is found among few quads then.
    for transfer in read_transfers(store, near=()):  # a sentence names no near miss
        sentence = Literal(write_sentence(transfer))
        node, graph = NamedNode(transfer.iri), NamedNode(transfer.graph)
        store.add(Quad(node, NamedNode(QES + "sentence"), sentence, graph))


def list_stages(part: str) -> tuple[Query, ...]:
    """Return the stages of one part of the rule, in their order."""
    return tuple(stage for stage in list_queries("carry") if stage.name[0] in part)


def infer_facts(store: Store, topics: Collection[str] | None = None) -> None:
    """Find in the working graph what the statuses rest on; earlier carried graphs are removed.

    Args:
        store: As in :func:`carry`.
        topics: As in :func:`carry`.
    """
    for graph in list(store.named_graphs()):
        if graph.value.endswith(("/carried", "/set-aside", "/working")):
            store.remove_graph(graph)
    for stage in _tell_stages(FACTS):
        run_update(store, stage.text)
        if topics is not None and stage.name.startswith(_LAST_CLAIM):
            _forget_others(store, topics)


def _forget_others(store: Store, topics: Collection[str]) -> None:
    """Take out of the working graph what is about other topics, before its evidence is found."""
    graph = NamedNode(WORKING_GRAPH)
    for quad in list(store.quads_for_pattern(None, NamedNode(QES + "working/topic"), None, graph)):
        if plain(quad.object) not in topics:
            for other in list(store.quads_for_pattern(quad.subject, None, None, graph)):
                store.remove(other)


def infer_statuses(store: Store) -> None:
    """Decide the statuses from the facts in the working graph, and from nothing else."""
    _run_stages(store, STATUSES)


def _run_stages(store: Store, part: str) -> None:
    for stage in _tell_stages(part):
        run_update(store, stage.text)


def _tell_stages(part: str) -> Iterator[Query]:
    """Yield the stages of one part, and say how far carrying is."""
    every = list_queries("carry")
    for stage in list_stages(part):
        tell("carrying", "stages", every.index(stage), len(every))
        yield stage


def statuses(store: Store) -> dict[str, str]:
    """Return the status of every transfer, those without basis included, by id."""
    rows = run_query(store, get_query("why", "statuses").text).rows
    return {show_id(transfer): status for transfer, status in rows}


def read_transfers(
    store: Store, near: Iterable[tuple[str, str, str]] | None = None
) -> list[Transfer]:
    """Return every transfer, those without basis included, sorted by target and id.

    Args:
        store: A store that was carried in.
        near: (transfer, label, finding) of the near misses, sorted, where they were not written
            into the store; IRIs.
    """
    rows = read_near_misses(store) if near is None else near
    details: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in run_query(store, get_query("why", "transfer-details").text).as_dicts():
        details[row["transfer"]].append(row)
    for transfer, label, thing in rows:
        details[transfer].append({"kind": "near miss", "label": label, "thing": thing})
    found = [
        _transfer(row, details[row["transfer"]])
        for row in run_query(store, get_query("why", "transfers").text).as_dicts()
    ]
    return sorted(found, key=lambda t: (t.target, t.id))


def read_near_misses(store: Store) -> list[tuple[str, str, str]]:
    """Return (transfer, label, finding) of all near misses, sorted; IRIs."""
    rows = run_query(store, get_query("why", "near-misses").text).rows
    return [(transfer, label, thing) for transfer, label, thing in rows]


def _transfer(row: dict[str, str], details: list[dict[str, str]]) -> Transfer:
    def of(kind: str) -> list[dict[str, str]]:
        return [d for d in details if d["kind"] == kind]

    return Transfer(
        id=show_id(row["transfer"]),
        concept=show_id(row["topic"]),
        sense=show_id(row["sense"]),
        label=row["label"] + (f" ({row['senseLabel']})" if row["sense"] else ""),
        target=show_id(row["target"]),
        target_label=row["targetLabel"],
        status=row["status"],
        modality=row["modality"],
        scope=row["scope"],
        parts=tuple(sorted({d["label"] for d in of("part")})),
        sentence=row["sentence"],
        generalisation=row["generalisation"].removesuffix(" generalisation"),
        read=row["read"],
        source={"studies": int(row["studies"]), "review_statements": int(row["statements"])},
        target_evidence={
            "for": int(row["for"]),
            "against": int(row["against"]),
            "independent": int(row["independent"]),
        },
        preconditions=tuple(
            {
                "id": show_id(d["thing"]),
                "label": d["label"],
                "state": d["value"],
                "searched": d["searched"],
            }
            for d in of("precondition")
        ),
        near_misses=tuple(
            {"finding": show_id(d["thing"]), "label": d["label"]} for d in of("near miss")
        ),
        confidence=tuple(
            {"review_finding": show_id(d["thing"]), "level": d["value"]} for d in of("confidence")
        ),
        left_out=tuple(sorted({d["label"] for d in of("left out")})),
        iri=row["transfer"],
        graph=row["graph"],
        kind=row["kind"],
    )


def _record_runs(store: Store, data_version: str) -> None:
    """Write which queries and which data the carried graphs come from."""
    for graph in [NamedNode(found.value) for found in store.named_graphs()]:
        if graph.value.endswith("/carried"):
            run = describe_run(graph, data_version)
            store.extend(run)
            transfers = store.quads_for_pattern(None, _TYPE, NamedNode(QES + "Transfer"), graph)
            made = NamedNode(_PROV + "wasGeneratedBy")
            store.extend([Quad(t.subject, made, run[0].subject, graph) for t in transfers])


def describe_run(graph: NamedNode, data_version: str) -> list[Quad]:
    """Return which queries and which data a carried graph comes from, as its own quads."""
    run = NamedNode(graph.value.replace("/carried", "--run"))
    return [
        Quad(run, _TYPE, NamedNode(QES + "CarryRun"), graph),
        Quad(run, NamedNode(QES + "dataVersion"), Literal(data_version), graph),
        *(
            Quad(run, NamedNode(QES + "queryHash"), Literal(f"{s.name} {s.digest}"), graph)
            for s in list_queries("carry")
        ),
    ]
