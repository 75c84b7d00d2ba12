"""Graph Store HTTP Protocol: one graph put or deleted by one request.

Exports line, remote stores.
"""

from __future__ import annotations

from typing import BinaryIO
from urllib.parse import quote

from kg.remote.address import Address
from kg.remote.exchange import send

__all__ = ["DEFAULT", "delete_graph", "put_graph"]

DEFAULT = ""
"""Stands for the default graph where graphs are named by IRI."""

_MOST = 1 << 20
_KIND = "application/n-triples"


def put_graph(address: Address, graph: str, triples: bytes | BinaryIO, *, seconds: float) -> None:
    """Replace what a graph holds by these triples.

    Args:
        address: The graph store.
        graph: IRI of the graph, :data:`DEFAULT` for the default graph.
        triples: N-Triples; a file at its beginning, which is sent piece by piece.
        seconds: Longest time that it may take.

    Raises:
        MachineryError: The store does not take them.
    """
    headers = {"Content-Type": _KIND, "Content-Length": str(_size(triples))}
    _send(address, "PUT", graph, triples, headers, seconds)


def delete_graph(address: Address, graph: str, *, seconds: float) -> None:
    """Remove a graph; one that is not there is no error.

    Raises:
        MachineryError: The store does not do it.
    """
    _send(address, "DELETE", graph, b"", {}, seconds)


def _send(
    address: Address,
    method: str,
    graph: str,
    body: bytes | BinaryIO,
    headers: dict[str, str],
    seconds: float,
) -> None:
    send(
        address,
        method,
        body,
        question=f"graph={quote(graph, safe='')}" if graph else "default",
        headers=headers,
        seconds=seconds,
        most=_MOST,
        passed=(404,) if method == "DELETE" else (),
        hint="If the graph store has an address of its own, name it with --graph-store.",
    )


def _size(triples: bytes | BinaryIO) -> int:
    if isinstance(triples, bytes):
        return len(triples)
    size = triples.seek(0, 2)
    triples.seek(0)
    return size
