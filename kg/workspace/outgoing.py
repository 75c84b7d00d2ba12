"""What of a built workspace goes to a store elsewhere: the graphs, their hashes, their triples.

What goes is what may be relied on: the default graph with the ontology, so that the questions have
the same answers there, and of each table's graph what passed. Carried claims go only if a target is
named. A graph is written into a file, never into memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from tempfile import TemporaryFile
from typing import BinaryIO

from kg.remote import DEFAULT, Entry
from kg.store import DefaultGraph, NamedNode, Quad, RdfFormat, serialize
from kg.terms import ENTAILED_GRAPH, ONTOLOGY_GRAPH, file_graph
from kg.workspace.built import Built

__all__ = ["dump_graph", "hash_graphs"]

_SIZE = 1 << 256
_CARRIED = ("/carried", "/set-aside")  # what is carried into a target, and what has no basis


def hash_graphs(built: Built, targets: Iterable[str]) -> Iterator[tuple[str, Entry]]:
    """Yield each graph that is pushed, unless it is empty, with its number and hash.

    Args:
        built: The built workspace.
        targets: IRIs of the target contexts whose carried claims are wanted as well.

    The hash is the sum of the SHA-256 of all lines, modulo 2^256: a store keeps no order, and
    sorting would take memory.
    """
    names = {graph.value for graph in built.store.named_graphs() if isinstance(graph, NamedNode)}
    files = file_graph(built.review.base, "")
    chosen = [n for n in names if n.startswith(files) or n in (ENTAILED_GRAPH, ONTOLOGY_GRAPH)]
    carried = [t + part for t in targets for part in _CARRIED if t + part in names]
    for graph in [DEFAULT, *sorted([*chosen, *carried])]:
        count = total = 0
        with dump_graph(built, graph) as file:
            for line in file:
                total += int.from_bytes(sha256(line).digest())
                count += 1
        if count:
            yield graph, Entry(count, f"{total % _SIZE:064x}")


@contextmanager
def dump_graph(built: Built, graph: str) -> Iterator[BinaryIO]:
    """Write what is pushed of a graph as N-Triples into a file that goes when it is closed."""
    node = NamedNode(graph) if graph else DefaultGraph()
    with TemporaryFile() as file:
        if graph.startswith(file_graph(built.review.base, "")) and (
            built.left_out or built.dissent
        ):
            serialize(
                (q.triple for q in _passed(built, node)), output=file, format=RdfFormat.N_TRIPLES
            )
        else:
            built.store.dump(file, RdfFormat.N_TRIPLES, from_graph=node)
        file.seek(0)
        yield file


def _passed(built: Built, node: NamedNode | DefaultGraph) -> Iterator[Quad]:
    """Yield the statements of a table's graph that stand in the default graph, too."""
    for quad in built.store.quads_for_pattern(None, None, None, node):
        if Quad(quad.subject, quad.predicate, quad.object) in built.store:
            yield quad
