"""The manifest: a small graph beside the others that says which of them were pushed, and what.

Exports line, remote stores. Each graph has its number of statements and its hash; while one is
being sent, it has no hash but the numbers before and after, so that a push that was stopped can be
seen and goes on where it was.
The data version of the workspace stands in it only when all graphs are there.

    <manifest> void:uriSpace "base" ; owl:versionInfo "…" ; dcterms:hasPart <graph>, … .
    <graph> void:triples 12 ; schema:sha256 "…" .
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.errors import UsageError
from kg.query import Rows
from kg.remote.graph_store import DEFAULT
from kg.store import Literal, NamedNode, RdfFormat, Triple, serialize
from kg.terms import DCTERMS, OWL, QES, XSD

__all__ = ["MANIFEST_GRAPH", "MANIFEST_QUERY", "Entry", "Manifest", "read_manifest",
           "write_manifest"]  # fmt: skip

MANIFEST_GRAPH = QES + "graph/pushed"
_DEFAULT = MANIFEST_GRAPH + "/default"
_VOID = "http://rdfs.org/ns/void#"
_BASE, _COUNT = _VOID + "uriSpace", _VOID + "triples"
_HASH = "https://schema.org/sha256"
_VERSION = OWL + "versionInfo"
_PART = DCTERMS + "hasPart"
_SHA = re.compile(r"[0-9a-f]{64}")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
_NUMBER = re.compile(r"[0-9]{1,18}")

MANIFEST_QUERY = f"SELECT ?s ?p ?o WHERE {{ GRAPH <{MANIFEST_GRAPH}> {{ ?s ?p ?o }} }}"


@dataclass(frozen=True)
class Entry:
    """A graph that was pushed.

    Attributes:
        count: How many statements it has, or will have.
        digest: Hash of what it holds; "" while it is being sent or removed.
        before: How many statements it had when that began; -1 when it is over.
    """

    count: int
    digest: str = ""
    before: int = -1

    def accounts_for(self, count: int) -> bool:
        """Return whether a graph with so many statements holds nothing but what was pushed."""
        return count in (0, self.count, self.before)


@dataclass(frozen=True)
class Manifest:
    """What was pushed.

    Attributes:
        base: Base IRI of the workspace.
        version: Data version of the workspace; "" while not everything is there.
        entries: IRI of a graph, or :data:`DEFAULT` → what it holds.
    """

    base: str
    version: str = ""
    entries: dict[str, Entry] = field(default_factory=dict, hash=False)


def write_manifest(manifest: Manifest) -> bytes:
    """Return a manifest as N-Triples, sorted."""
    node = NamedNode(MANIFEST_GRAPH)
    triples = [Triple(node, NamedNode(_BASE), Literal(manifest.base))]
    if manifest.version:
        triples.append(Triple(node, NamedNode(_VERSION), Literal(manifest.version)))
    for graph, entry in manifest.entries.items():
        part, number = NamedNode(graph or _DEFAULT), NamedNode(XSD + "integer")
        triples.append(Triple(node, NamedNode(_PART), part))
        for count in {entry.count, entry.before} - {-1}:
            literal = Literal(str(count), datatype=number)
            triples.append(Triple(part, NamedNode(_COUNT), literal))
        if entry.digest:
            triples.append(Triple(part, NamedNode(_HASH), Literal(entry.digest)))
    return serialize(sorted(triples, key=str), format=RdfFormat.N_TRIPLES) or b""


def read_manifest(rows: Rows) -> Manifest | None:
    """Return the manifest in the answer to :data:`MANIFEST_QUERY`, or None if there is none.

    Raises:
        UsageError: What stands in its graph is no manifest of ours.
    """
    if not rows.rows:
        return None
    said: dict[tuple[str, str], list[str]] = {}
    for subject, predicate, value in rows.rows:
        said.setdefault((subject, predicate), []).append(value)
    bases = said.get((MANIFEST_GRAPH, _BASE), [])
    versions = said.get((MANIFEST_GRAPH, _VERSION), [""])
    entries = {}
    for part in said.get((MANIFEST_GRAPH, _PART), []):
        entry = _read_entry(said.get((part, _COUNT), []), said.get((part, _HASH), []))
        if entry is None or not _IRI.fullmatch(part):
            bases = []  # as if nothing in it could be read
        else:
            entries[DEFAULT if part == _DEFAULT else part] = entry
    if len(bases) != 1 or len(versions) != 1:
        raise UsageError(
            f"The graph <{MANIFEST_GRAPH}> there, which says what was pushed, was changed by "
            "somebody else. Delete it there, then push with --replace."
        )
    return Manifest(bases[0], versions[0], entries)


def _read_entry(counts: list[str], hashes: list[str]) -> Entry | None:
    """Return what is said of one graph, or None if we would not have written that."""
    if not all(_NUMBER.fullmatch(count) for count in counts):
        return None
    numbers = sorted(map(int, counts))
    if not hashes and len(numbers) in (1, 2):
        return Entry(numbers[-1], before=numbers[0])
    if len(hashes) == len(numbers) == 1 and _SHA.fullmatch(hashes[0]):
        return Entry(numbers[0], hashes[0])
    return None
