"""Build: from files to a store that holds only what may be relied on.

Read what changed, judge everything that was read, leave out what has faults, infer, carry, judge
again, and make the result current by one rename. An unchanged workspace is not built again.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store, Triple

from kg import resources
from kg.checks import LeftOut, Locator, check_store, duplicate_faults, judge, leave_out, validate
from kg.errors import CannotWrite, Fault
from kg.reasoning import infer
from kg.schema import load_schema, ontology_quads
from kg.sources import (
    Part,
    Review,
    TruthFile,
    list_files,
    missing_tables,
    read_file,
    read_review,
)
from kg.store import Cache
from kg.synthesis import carry
from kg.terms import LEFT_OUT_GRAPH, ONTOLOGY_GRAPH, QES, RDF_TYPE, file_graph

__all__ = ["Built", "build"]


@dataclass(frozen=True)
class Built:
    """A built workspace.

    Attributes:
        store: The store, to be read only.
        review: What ``review.yaml`` says.
        faults: All faults, sorted by table, row and column.
        left_out: (table, record number) of every row that stays out, sorted.
        data_version: SHA-256 over the canonical rows.
        engine: The engine that judged: "shacl", or "pyshacl" where that can't be used.
        read_again: Names of the files that were read in this build; empty if nothing changed.
        cached: Whether the store is the one on disk.
    """

    store: Store
    review: Review
    faults: tuple[Fault, ...]
    left_out: tuple[tuple[str, int], ...]
    data_version: str
    engine: str
    read_again: tuple[str, ...] = ()
    cached: bool = True
    rows: dict[str, tuple[str, int]] = field(default_factory=dict, hash=False)


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
    files = list_files(folder, review)
    cache = Cache(folder / ".kg")
    key = _key(review, files, engine)
    note = cache.read_note()
    if note.get("key") == key:
        try:
            return _from_note(cache.open(), review, note)
        except (OSError, KeyError, TypeError):
            note = {}
    try:
        with cache.writing():
            return _build(cache, review, files, key, engine)
    except CannotWrite:
        if write:
            raise
        return _build(None, review, files, key, engine)


def _key(review: Review, files: list[TruthFile], engine: str) -> str:
    digest = sha256(f"{resources.fingerprint()}\n{engine}\n{review}\n".encode())
    for file in files:
        digest.update(f"{file.name}\0{file.digest}\n".encode())
    return digest.hexdigest()


def _from_note(store: Store, review: Review, note: dict[str, object]) -> Built:
    if len(store) != note["quads"]:
        raise OSError("the store does not hold what it should")
    return Built(
        store=store,
        review=review,
        faults=tuple(Fault(**f) for f in note["faults"]),  # type: ignore[attr-defined]
        left_out=tuple((t, n) for t, n in note["left_out"]),  # type: ignore[attr-defined]
        data_version=str(note["data_version"]),
        engine=str(note["engine"]),
        rows={k: (v[0], v[1]) for k, v in note["rows"].items()},  # type: ignore[attr-defined]
    )


def _build(
    cache: Cache | None, review: Review, files: list[TruthFile], key: str, engine: str
) -> Built:
    parts, again = _read_parts(cache, review, files)
    store, built = _assemble(parts, review, engine)
    built = Built(**{**built.__dict__, "read_again": again, "cached": cache is not None})
    if cache is None:
        return built
    new = set(store)
    old = set(cache.open()) if cache.current else set()
    note = {
        "key": key,
        "quads": len(new),
        "faults": [f.as_dict() for f in built.faults],
        "left_out": built.left_out,
        "data_version": built.data_version,
        "engine": built.engine,
        "rows": built.rows,
    }
    cache.switch(old - new, new - old, note)
    return Built(**{**built.__dict__, "store": cache.open()})


def _read_parts(
    cache: Cache | None, review: Review, files: list[TruthFile]
) -> tuple[list[Part], tuple[str, ...]]:
    """Return the parts of all files, reading only files that changed since the last build."""
    schema = load_schema()
    parts, again = [], []
    for file in files:
        stamp = sha256(f"{resources.fingerprint()}{review.base}{file.digest}".encode()).hexdigest()
        kept = (
            cache.folder / "parts" / f"{sha256(file.name.encode()).hexdigest()[:16]}.part"
            if cache
            else None
        )
        found = _load_part(kept, stamp) if kept else None
        if found is None:
            found = read_file(file, review, schema)
            again.append(file.name)
            if kept:
                kept.parent.mkdir(exist_ok=True)
                kept.write_bytes(stamp.encode() + pickle.dumps(found))
        parts += found
    return parts, tuple(again)


def _load_part(path: Path, stamp: str) -> list[Part] | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return pickle.loads(data[64:]) if data[:64] == stamp.encode() else None


def _assemble(parts: list[Part], review: Review, engine: str) -> tuple[Store, Built]:
    """Judge the parts and put everything where it belongs, in a store in memory."""
    schema = load_schema()
    ontology = [q.triple for q in ontology_quads()]
    locator = Locator(parts, schema)
    results, used = validate([*ontology, *(t for p in parts for t in p.triples)], engine)
    faults, wrong = judge(results, locator, parts)
    faults += [f for p in parts for f in p.faults]
    faults += missing_tables(parts, schema) + duplicate_faults(locator)
    out = leave_out(wrong, parts, locator, _topics(ontology, parts))
    store = Store()
    store.bulk_extend(_asserted(ontology, parts, out, locator, review))
    infer(store)
    version = sha256("\n".join(sorted(p.canonical for p in parts)).encode()).hexdigest()
    carry(store, version)
    faults += check_store(store, locator)
    store.optimize()
    built = Built(
        store=store,
        review=review,
        faults=tuple(sorted(set(faults))),
        left_out=tuple(sorted(out.rows.values())),
        data_version=version,
        engine=used,
        rows={iri: places[0] for iri, places in sorted(locator.rows.items())},
    )
    return store, built


def _topics(ontology: Iterable[Triple], parts: list[Part]) -> set[str]:
    """Return the IRIs of everything that a transfer may rest on, in ontology and rows."""
    schema = load_schema()
    topic = QES + "BearingTopic"
    return {
        t.subject.value
        for triples in (ontology, *(p.triples for p in parts))
        for t in triples
        if t.predicate.value == RDF_TYPE
        and topic in schema.superclasses.get(str(t.object.value), ())
    }


def _asserted(
    ontology: list[Triple], parts: list[Part], out: LeftOut, locator: Locator, review: Review
) -> Iterable[Quad]:
    """Yield the default graph without entailed triples, and the graphs that say where from."""
    graph = NamedNode(ONTOLOGY_GRAPH)
    for triple in ontology:
        yield Quad(*triple)
        yield Quad(*triple, graph)
    for part in parts:
        graph = NamedNode(file_graph(review.base, part.name))
        for triple in part.triples:
            yield Quad(*triple, graph)
            if locator.row_of(triple.subject.value) not in out.rows:
                yield Quad(*triple)
    graph = NamedNode(LEFT_OUT_GRAPH)
    for triple in out.triples():
        yield Quad(*triple, graph)
