"""Networks of a built workspace, and the statistics of its personal networks, in every form."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UnknownName, count
from kg.networks import (
    KINDS,
    MEASURES,
    Network,
    count_untied,
    find_losses,
    find_statistics,
    list_counts,
    read_personal_networks,
    with_measures,
    write_edge_table,
    write_gexf,
    write_graphml,
    write_node_table,
    write_table,
)
from kg.store import write_pieces
from kg.terms import show_id
from kg.workspace.build import Built

if TYPE_CHECKING:
    import polars

__all__ = [
    "FILES",
    "Network",
    "count_untied",
    "find_network",
    "find_network_losses",
    "find_personal",
    "render_network",
    "render_personal",
    "write_file",
    "write_network",
]

FILES = {
    "edges.csv": write_edge_table,
    "gexf": write_gexf,
    "graphml": write_graphml,
    "nodes.csv": write_node_table,
}
"""Form of a network → what writes it, piece by piece."""

_NOT_KNOWN = "not known"
_SHOWN = ("id", "origin", *MEASURES)
_COUNTED = ("members", "value", "origin", "number", "in networks")


def find_network(built: Built, kind: str, *, measures: bool = False) -> Network:
    """Return a network of a built workspace.

    Args:
        built: The built workspace.
        kind: One of :data:`kg.networks.KINDS`.
        measures: Whether nodes carry degree, betweenness and community.

    Raises:
        UnknownName: There is no such kind.
        UsageError: The network is too large to be measured without rustworkx.
    """
    if kind not in KINDS:
        raise UnknownName("kind of network", kind, KINDS)
    network = KINDS[kind](built.store, built.columns)
    return with_measures(network) if measures else network


def write_network(network: Network, form: str) -> Iterator[str]:
    """Return the network in one of :data:`FILES`, piece by piece."""
    return FILES[form](network)


def find_network_losses(network: Network, form: str) -> tuple[str, ...]:
    """Return a sentence for each value that this form can't hold as it is."""
    return () if form.endswith("csv") else tuple(find_losses(network))


def write_file(path: Path, pieces: Iterable[str]) -> None:
    """Write a file piece by piece; after a crash the old or the new content is there.

    Raises:
        CannotWrite: The file or its folder can't be written.
    """
    write_pieces(path, (piece.encode() for piece in pieces))


def render_network(network: Network) -> str:
    """Return what is in a network for people: nodes by kind, edges by relation."""
    lines = [network.meaning]
    for noun, counts in (
        ("node", Counter(str(n.data.get("kind")) for n in network.nodes())),
        ("edge", Counter(str(e.data.get("label")) for e in network.edges())),
    ):
        parts = ", ".join(f"{kind} {n}" for kind, n in sorted(counts.items()))
        lines.append(count(counts.total(), noun) + (f": {parts}" if parts else ""))
    return "\n".join(lines)


def find_personal(built: Built) -> polars.DataFrame:
    """Return the statistics of the personal networks, one row a person; null: not known."""
    return find_statistics(read_personal_networks(built.store))


def render_personal(statistics: polars.DataFrame, form: str) -> Iterator[str]:
    """Yield the statistics as text, Markdown, CSV or JSON, piece by piece.

    CSV has every count in a column of its own, empty where it is not known (JSON: null). Text and
    Markdown show the measures of each person, and then how many members there are of each kind.
    """
    named = statistics.rename({"row": "id"})
    if form == "csv":
        header = named.columns
        yield from write_table(header, ((show_id(r[0]), *r[1:]) for r in named.iter_rows()))
    elif form == "json":
        yield from _as_json(named)
    else:
        render = _markdown if form == "md" else _text
        persons = ([_show(name, v) for name, v in zip(_SHOWN, row, strict=True)]
                   for row in named.select(_SHOWN).iter_rows())  # fmt: skip
        yield from render(_SHOWN, list(persons))
        yield "\n"
        yield from render(_COUNTED, _sum_counts(named))


def _show(name: str, value: object) -> str:
    if value is None:
        return _NOT_KNOWN
    return show_id(str(value)) if name == "id" else _number(value)


def _number(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _sum_counts(statistics: polars.DataFrame) -> list[list[str]]:
    """Return the members of each kind over all networks that are known, real and synthetic apart.

    A count that is 0 everywhere is left out.
    """
    rows = []
    for column, value in list_counts():
        name = f"{column}: {value}"
        for origin in sorted(set(statistics["origin"].drop_nulls())):
            counts = statistics.filter(statistics["origin"] == origin)[name].drop_nulls()
            if total := int(counts.sum()):
                rows.append([column, value, origin, str(total), str(int((counts > 0).sum()))])
    return rows


def _text(header: tuple[str, ...], rows: list[list[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    for row in (header, ["-" * w for w in widths], *rows):
        line = "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True))
        yield f"{line.rstrip()}\n"


def _markdown(header: tuple[str, ...], rows: list[list[str]]) -> Iterator[str]:
    for row in (header, ["---"] * len(header), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |\n"


def _as_json(statistics: polars.DataFrame) -> Iterator[str]:
    """Yield a list of objects, one a line; null where something is not known."""
    counts = list_counts()
    first = True
    yield "["
    for row in statistics.iter_rows(named=True):
        found: dict[str, object] = {
            n: show_id(v) if n == "id" else v for n, v in row.items() if ": " not in n
        }
        members: dict[str, dict[str, object]] = {}
        for column, value in counts:
            members.setdefault(column, {})[value] = row[f"{column}: {value}"]
        text = json.dumps({**found, "members": members}, ensure_ascii=False)
        yield f"{'' if first else ','}\n {text}"
        first = False
    yield "]\n" if first else "\n]\n"
