"""Files out, the format chosen by the extension of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.errors import UsageError, nearest
from kg.exports.description import describe_data
from kg.exports.jsonld import context, context_document
from kg.exports.network import (
    build_network,
    write_edges,
    write_graphml,
    write_nodes,
)
from kg.exports.ontology import (
    ontology_as_json_ld,
    ontology_as_rdfxml,
    ontology_as_turtle,
    write_release,
)
from kg.exports.queries import queries_as_turtle
from kg.exports.rdf import WITH_GRAPHS, data_quads, find_rdf_losses, to_rdflib, write_rdf
from kg.exports.refi import REFI
from kg.networks import find_concepts
from kg.networks import find_losses as find_network_losses
from kg.store import Store

__all__ = [
    "EXTENSIONS",
    "build_network",
    "context",
    "context_document",
    "data_quads",
    "describe_data",
    "export",
    "find_losses",
    "ontology_as_json_ld",
    "ontology_as_rdfxml",
    "ontology_as_turtle",
    "queries_as_turtle",
    "to_rdflib",
    "write_rdf",
    "write_release",
]

EXTENSIONS = {
    "edges.csv": "edges of the network of concepts, studies and settings",
    "graphml": "network of concepts, studies and settings",
    "jsonld": "JSON-LD with the context that the shapes give",
    "nodes.csv": "nodes of the network of concepts, studies and settings",
    "nq": "N-Quads",
    "nt": "N-Triples",
    "ontology.jsonld": "the ontology, JSON-LD",
    "ontology.ttl": "the ontology, Turtle",
    "owl": "the ontology, RDF/XML",
    "queries.ttl": "the shipped queries, Turtle",
    "rdf": "RDF/XML",
    "trig": "TriG",
    "ttl": "Turtle",
    "void.ttl": "how much there is of what, VoID in Turtle",
}
"""File extension → what is written."""

_NETWORK = {"edges.csv": write_edges, "graphml": write_graphml, "nodes.csv": write_nodes}
_SHIPPED: dict[str, Callable[[], bytes]] = {
    "ontology.jsonld": ontology_as_json_ld,
    "ontology.ttl": ontology_as_turtle,
    "owl": ontology_as_rdfxml,
    "queries.ttl": queries_as_turtle,
}


def export(
    store: Store, name: str, base: str, carried: Iterable[str] = (), title: str = ""
) -> bytes:
    """Return the content of a file with this name.

    Args:
        store: A built store.
        name: File name; its extension decides the format.
        base: Base IRI of the workspace.
        carried: IRIs of the targets whose carried claims are wanted as well.
        title: Title of the workspace, for a description of the data.

    Raises:
        UsageError: The extension is not known, or can't hold what is asked for.
    """
    extension, targets = _extension(name), list(carried)
    if targets and extension not in WITH_GRAPHS:
        raise UsageError("Carried claims need a format with graphs: .trig, .nq or .jsonld.")
    if extension in _NETWORK:
        return _NETWORK[extension](store)
    if extension in _SHIPPED:
        return _SHIPPED[extension]()
    if extension == "void.ttl":
        return describe_data(store, base, title)
    return write_rdf(store, extension, base, targets)


def find_losses(store: Store, name: str) -> tuple[str, ...]:
    """Return a sentence for each value that a file with this name can't hold as it is.

    Raises:
        UsageError: The extension is not known.
    """
    extension = _extension(name)
    if extension == "graphml":
        return tuple(find_network_losses(find_concepts(store)))
    return find_rdf_losses(data_quads(store)) if extension == "rdf" else ()


def _extension(name: str) -> str:
    """Return the longest known extension that a file name ends in."""
    for extension in sorted(EXTENSIONS, key=len, reverse=True):
        if _ends(name.lower(), extension):
            return extension
    if any(_ends(name.lower(), extension) for extension in REFI):
        raise UsageError(f'"{name}" is written from tables, not from a store: use kg export.')
    known = ", ".join(f".{e}" for e in sorted([*EXTENSIONS, *REFI]))
    near = nearest(name.rpartition(".")[2], [*EXTENSIONS, *REFI])
    hint = f' Did you mean ".{near}"?' if near else ""
    raise UsageError(f'The format of "{name}" is not known. Write one of {known}.{hint}')


def _ends(name: str, extension: str) -> bool:
    return name.endswith(f".{extension}") or name == extension or name.endswith(f"-{extension}")
