"""Translations: which constructs were translated into one another, and what came of it.

`kg.networks`. A translation may join more than two constructs, so it is a node of its own; drawn as
lines between pairs it would say more than the reviewers did.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.columns import read_choice, read_column, read_labels, read_rows
from kg.networks.network import Attribute, Edge, Network, Node, Value, name_nodes
from kg.store import Store
from kg.terms import local_name

if TYPE_CHECKING:
    import polars

__all__ = ["find_translations"]

_NODE = (
    Attribute("label", "wording of a construct, kind of a translation, statement of a line"),
    Attribute("kind", "construct, translation or line of argument"),
    Attribute("detail", "order of a construct, kind of a translation"),
    Attribute("study", "study of a construct; empty for third order"),
    Attribute("argument", "argument of a translation"),
    Attribute("iri", "IRI"),
)
_EDGE = (
    Attribute("label", "is translated in, leads into, or is joined by"),
    Attribute("kind", "kind of the translation"),
)


def find_translations(store: Store) -> Network:
    """Return constructs, translations and lines of argument, and what leads to what; directed.

    An edge runs from a construct to the translation that it "is translated in", from a translation
    to the third-order construct that it "leads into", and from a translation, a construct or a
    line of argument to the line of argument that it "is joined by". Constructs that nothing
    translates or joins are there, too, without edges. What was adjudicated and no longer counts is
    not there.
    """
    import polars as pl

    rows = pl.concat(
        read_rows(store, table).with_columns(kind=pl.lit(kind))
        for table, kind in (
            ("constructs", "construct"),
            ("translations", "translation"),
            ("lines-of-argument", "line of argument"),
        )
    ).unique("row", keep="first", maintain_order=True)
    names = dict(zip(rows["row"], name_nodes(rows["row"].to_list()), strict=True))
    kinds = dict(read_choice(store, "translations", "kind").iter_rows())
    nodes = [
        Node(names[iri], {**data, "iri": iri})
        for iri, data in _describe(store, rows, kinds)
    ]  # fmt: skip
    edges = list(_find_edges(store, names, kinds))
    return Network(
        "translations",
        "Constructs, translations and lines of argument: a construct is translated in a "
        "translation, which leads into a third-order construct; a line of argument joins them.",
        True,
        _NODE,
        _EDGE,
        lambda: nodes,
        lambda: edges,
    )


def _describe(
    store: Store, rows: polars.DataFrame, kinds: dict[str, str]
) -> Iterator[tuple[str, dict[str, Value]]]:
    details = {**dict(read_choice(store, "constructs", "order").iter_rows()), **kinds}
    statements = dict(read_labels(store, "lines-of-argument", "statement").iter_rows())
    labels = dict(read_labels(store, "constructs", "wording").iter_rows())
    studies = dict(read_labels(store, "constructs", "study").iter_rows())
    arguments = dict(read_labels(store, "translations", "argument").iter_rows())
    for iri, kind in rows.iter_rows():
        shown = {"construct": labels, "translation": kinds}.get(kind, statements)
        yield (
            iri,
            {
                "label": shown.get(iri, "") or local_name(iri),
                "kind": kind,
                "detail": details.get(iri, ""),
                "study": local_name(studies.get(iri, "")),
                "argument": arguments.get(iri, "") if kind == "translation" else "",
            },
        )


def _find_edges(store: Store, names: dict[str, str], kinds: dict[str, str]) -> Iterator[Edge]:
    """Yield the edges by source in the order of the nodes, then by target and relation."""
    places = {iri: place for place, iri in enumerate(names)}
    found = []
    for table, column, relation in (
        ("translations", "constructs", "is translated in"),
        ("translations", "into", "leads into"),
        ("lines-of-argument", "joins", "is joined by"),
    ):
        for row, value in read_column(store, table, column).iter_rows():
            source, target = (row, value) if relation == "leads into" else (value, row)
            if source in places and target in places:
                found.append((places[source], places[target], relation, source, target))
    for _, _, relation, source, target in sorted(found):
        key = f"{names[source]}--{relation.replace(' ', '-')}--{names[target]}"
        kind = kinds.get(source, "") or kinds.get(target, "")
        yield Edge(names[source], names[target], key, {"label": relation, "kind": kind})
