"""Build: from files to a store that holds only what may be relied on.

Read what changed, judge everything that was read, leave out what has faults, infer, carry, judge
again, and make the result current by one rename. An unchanged workspace is not built again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from kg import resources
from kg.checks import (
    Dissent,
    LeftOut,
    Locator,
    check_store,
    duplicate_faults,
    find_dissent,
    judge,
    leave_out,
    validate,
)
from kg.errors import CannotWrite, Fault
from kg.reasoning import infer
from kg.schema import load_schema, ontology_triples
from kg.sources import (
    Part,
    Review,
    TruthFile,
    find_kinds,
    finish_writing,
    list_files,
    missing_tables,
    name_kinds,
    read_file,
    read_parts,
    read_review,
    repeated_tables,
    with_kinds,
    write_parts,
)
from kg.store import Cache, DefaultGraph, NamedNode, Quad, Snapshot, Store, Triple
from kg.synthesis import carry
from kg.terms import DISSENT_GRAPH, LEFT_OUT_GRAPH, ONTOLOGY_GRAPH, QES, RDF_TYPE, file_graph

__all__ = ["Built", "build"]


@dataclass(frozen=True)
class Built:
    """A built workspace.

    Attributes:
        store: The store, to be read only.
        review: What ``review.yaml`` says.
        faults: All faults, sorted by table, row and column.
        left_out: (table, record number) of every row that stays out, sorted; record number 0 for
            a table of which no row could be read.
        dissent: (table, record number) of every row that was adjudicated and no longer counts, and
            of the notes and quotations that belong to it, sorted.
        data_version: SHA-256 over the canonical rows.
        engine: The engine that judged: "shacl", or "pyshacl" where that can't be used.
        changed: Whether the store was built just now; False if it was there already.
        read_again: Names of the files that were read in this build; empty if nothing changed.
        cached: Whether the store is the one on disk.
        rows: IRI of every row → (table, record number).
        held: What keeps the store on disk from being deleted.
    """

    store: Store
    review: Review
    faults: tuple[Fault, ...]
    left_out: tuple[tuple[str, int], ...]
    data_version: str
    engine: str
    changed: bool = True
    read_again: tuple[str, ...] = ()
    cached: bool = True
    rows: dict[str, tuple[str, int]] = field(default_factory=dict, hash=False)
    held: Snapshot | None = field(default=None, repr=False, compare=False)
    dissent: tuple[tuple[str, int], ...] = ()


def build(folder: Path, *, engine: str = "shacl", write: bool = False) -> Built:
    """Return the built workspace, building it first if a file of the truth changed.

    Args:
        folder: Folder with ``review.yaml``.
        engine: Engine that judges.
        write: Whether a cache that can't be written is an error; otherwise everything is built
            in memory.

    Raises:
        NoWorkspace: There is no ``review.yaml``.
        DataFaults: ``review.yaml`` can't be read.
        CannotWrite: ``write`` was asked for and the folder can't be written.
    """
    review = read_review(folder)
    finish_writing(folder)
    files = list_files(folder, review, load_schema())
    cache = Cache(folder / ".kg")
    key = _key(review, files, engine)
    if not write and (built := _find(cache, review, key)):
        return built
    try:
        with cache.writing():  # meanwhile another process may have built
            return _find(cache, review, key) or _build_on_disk(cache, review, files, key, engine)
    except CannotWrite:
        if write:
            raise
    built = _assemble(
        [p for f in files for p in read_file(f, review, load_schema())], review, engine
    )
    return replace(built, read_again=tuple(f.name for f in files), cached=False)


def _key(review: Review, files: list[TruthFile], engine: str) -> str:
    digest = sha256(f"{resources.fingerprint()}\n{engine}\n{review}\n".encode())
    for file in files:
        digest.update(f"{file.name}\0{file.digest}\n".encode())
    return digest.hexdigest()


def _find(cache: Cache, review: Review, key: str) -> Built | None:
    """Return the workspace as it stands on disk, or None if that is of another truth."""
    snapshot = cache.read()
    if snapshot is None or snapshot.note.get("key") != key:
        return None
    note = snapshot.note
    try:
        return Built(
            store=snapshot.store,
            review=review,
            faults=tuple(Fault(**f) for f in note["faults"]),
            left_out=tuple((t, n) for t, n in note["left_out"]),
            data_version=note["data_version"],
            engine=note["engine"],
            changed=False,
            rows={iri: (t, n) for iri, (t, n) in note["rows"].items()},
            held=snapshot,
            dissent=tuple((t, n) for t, n in note["dissent"]),
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _build_on_disk(
    cache: Cache, review: Review, files: list[TruthFile], key: str, engine: str
) -> Built:
    parts, again = _read_changed(cache, review, files)
    built = _assemble(parts, review, engine)
    note = {
        "key": key,
        "faults": [f.as_dict() for f in built.faults],
        "left_out": built.left_out,
        "data_version": built.data_version,
        "engine": built.engine,
        "rows": built.rows,
        "dissent": built.dissent,
    }
    snapshot = cache.switch(set(built.store), note)
    cache.keep_parts(file.name for file in files)
    return replace(built, store=snapshot.store, held=snapshot, read_again=again)


def _read_changed(
    cache: Cache, review: Review, files: list[TruthFile]
) -> tuple[list[Part], tuple[str, ...]]:
    """Return the parts of all files, reading only files that changed since the last build."""
    parts, again = [], []
    for file in files:
        stamp = f"{resources.fingerprint()} {review} {file.name} {file.digest}"
        found = _find_parts(cache, file.name, stamp)
        if found is None:
            found = read_file(file, review, load_schema())
            again.append(file.name)
            cache.write_part(file.name, stamp, write_parts(found))
        parts += found
    return parts, tuple(again)


def _find_parts(cache: Cache, name: str, stamp: str) -> list[Part] | None:
    data = cache.read_part(name, stamp)
    try:
        return None if data is None else read_parts(data)
    except ValueError:
        return None


def _assemble(parts: list[Part], review: Review, engine: str) -> Built:
    """Judge the parts and put everything where it belongs, in a store in memory."""
    schema = with_kinds(load_schema(), find_kinds(parts, load_schema()))
    parts = name_kinds(parts, schema)
    ontology = _ontology()
    repeated = repeated_tables(parts, schema)
    locator = Locator(parts, schema)
    shared = _doubt_shared_ids(parts, locator)
    results, used = validate([*ontology, *(t for p in parts for t in p.triples)], engine)
    # What two rows say together under one id was judged, too, but is no fault of its own.
    results = [r for r in results if locator.row_of(r.focus) not in shared]
    faults, wrong = judge(results, locator, parts)
    faults += [f for p in parts for f in p.faults]
    faults += [*missing_tables(parts, schema), *repeated]
    doubtful = {p.name for p in parts if p.unreadable}
    faults += [f for f in duplicate_faults(locator) if not repeated or f.table not in doubtful]
    out = leave_out(wrong, parts, locator, _topics(ontology, parts))
    dissent = find_dissent(parts, out, locator)
    store = Store()
    store.bulk_extend(_asserted(ontology, parts, out, dissent, locator, review))
    infer(store)
    rows = "\n".join(sorted(p.canonical for p in parts if p.canonical))
    version = sha256(rows.encode()).hexdigest()
    carry(store, version)
    faults += check_store(store, locator)
    store.optimize()
    return Built(
        store=store,
        review=review,
        faults=tuple(sorted(set(faults))),
        left_out=tuple(
            sorted({p for r, at in out.rows.items() for p in locator.rows.get(r, [at])})
        ),
        data_version=version,
        engine=used,
        rows={iri: places[0] for iri, places in sorted(locator.rows.items())},
        dissent=tuple(sorted(p for r in dissent.rows for p in locator.rows.get(r, []))),
    )


@cache
def _ontology() -> tuple[Triple, ...]:
    return ontology_triples()


def _doubt_shared_ids(parts: list[Part], locator: Locator) -> set[str]:
    """Return the IRIs of rows whose id is used more than once, within or across tables."""
    shared = {iri for iri, places in locator.rows.items() if len(places) > 1}
    for part in parts:
        part.damaged |= shared & part.rows.keys()
    return shared


def _topics(ontology: Iterable[Triple], parts: list[Part]) -> set[str]:
    """Return the IRIs of everything that a transfer may rest on, in ontology and rows."""
    schema = load_schema()
    topic = QES + "BearingTopic"
    kinds = {cls for cls, above in schema.superclasses.items() if topic in above}
    return {
        t.subject.value
        for triples in (ontology, *(p.triples for p in parts))
        for t in triples
        if t.predicate.value == RDF_TYPE
        and isinstance(t.subject, NamedNode)
        and isinstance(t.object, NamedNode)
        and t.object.value in kinds
    }


def _asserted(
    ontology: Iterable[Triple],
    parts: list[Part],
    out: LeftOut,
    dissent: Dissent,
    locator: Locator,
    review: Review,
) -> Iterator[Quad]:
    """Yield the default graph without entailed triples, and the graphs that say where from."""
    default = DefaultGraph()
    for triple in ontology:
        yield _quad(triple, default)
        yield _quad(triple, NamedNode(ONTOLOGY_GRAPH))
    for part in parts:
        graph = NamedNode(file_graph(review.base, part.name))
        for triple in part.triples:
            yield _quad(triple, graph)
            if not isinstance(triple.subject, NamedNode):
                continue
            if locator.row_of(triple.subject.value) not in out.rows:
                held = dissent.holds(triple)
                yield _quad(triple, NamedNode(DISSENT_GRAPH) if held else default)
    for triple in out.triples():
        yield _quad(triple, NamedNode(LEFT_OUT_GRAPH))


def _quad(triple: Triple, graph: NamedNode | DefaultGraph) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)
