"""Which columns there are, and how each is found: the tables as the shapes give them.

`kg.columns`. A file of columns is a table: its headers (with ``_`` for a space), ids and labels,
of the rows that passed the checks and still count. So a new field is a new column, here too. Added
is only what rules found out. What a first quotation says stands in quotations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from kg.columns.answer import (
    find_labels,
    list_values,
    read_answer,
    read_facts,
    read_property,
    read_rows,
)
from kg.columns.name import name_rows
from kg.query import get_query
from kg.schema import Column, load_schema
from kg.store import Store
from kg.terms import QES, RDF_TYPE, XSD

if TYPE_CHECKING:
    import polars

__all__ = ["CARRIED", "COMPUTED", "SHARED", "STUDY", "TABLES", "read_table"]

STUDY = {
    "bearings": "?row qes:fromStudy ?study",
    "constructs": "?row qes:constructOf ?study",
    "findings": "?row qes:findingOf ?study",
    "quotations": "?of qes:hasQuotation|^qes:quotedFor ?row . ?of qes:findingOf ?study",
    "studies": "?study a qes:Study BIND (?study AS ?row)",
}
"""Table whose rows belong to studies → how the study of a row is found."""

SHARED = ("concepts", "conditions", "populations", "reports", "searches", "senses", "settings",
          "targets", "translations")  # fmt: skip
"""Tables whose rows may belong to several studies, or to none."""

CARRIED = ("statuses", "evidence")
"""Files that are no table: the status of every transfer, and what it rests on."""

COMPUTED = ("kinds", *CARRIED)
"""Files that are no table; beside those that are carried, the kinds of settings."""

TABLES = tuple(sorted((*STUDY, *SHARED, *COMPUTED)))
"""Names of all files, sorted."""

_FEW = 1000  # rows that are asked for by name, where a property has many others
_PLACES = {
    "qes:hasSourceEvidenceAgainst": "source evidence against",
    "qes:hasSourceEvidenceFor": "source evidence for",
    "qes:hasSourceStatement": "source statement",
    "qes:hasTargetEvidenceAgainst": "target evidence against",
    "qes:hasTargetEvidenceFor": "target evidence for",
}
_PREFIX = f"PREFIX qes: <{QES}> "
_COUNTS = ("studies", "statements", "for", "against", "independent")
_STATUSES = ("transfer", "kind", "topic", "sense", "target", "status", "scope", "modality",
             "generalisation", "read", *_COUNTS, "sentence")  # fmt: skip
_NAMED = {"transfer", "topic", "sense", "target", "claim", "node", "removed", "link"}


def read_table(
    store: Store,
    base: str,
    table: str,
    studies: Sequence[str] | None = None,
    scanned: dict[str, polars.DataFrame] | None = None,
) -> polars.DataFrame:
    """Return a table as columns, its rows sorted; text, whole numbers, true or false, and lists.

    Args:
        store: A built store.
        base: Base IRI of the workspace.
        table: One of :data:`TABLES`.
        studies: IRIs of the studies whose rows are wanted; an empty sequence: rows of no study;
            None: all rows.
        scanned: Properties that several tables have, kept from one table to the next.
    """
    if table in COMPUTED:
        return _read_computed(store, base, table)
    assert studies is None or table in STUDY, table
    found = _find_rows(store, table, studies)
    few = studies is not None or found.height <= _FEW
    rows = found["row"].to_list() if few else None
    facts = None if rows is None else read_facts(store, rows)
    added = _ADDED.get(table, {})
    wide = found.lazy()  # so that nothing is done for each column by itself
    for column in load_schema().tables[table].columns:
        if not column.through and column.name not in {*found.columns, *added}:
            values = _type(_read_values(store, table, column, facts, scanned), column, base)
            wide = wide.join(values, on="row", how="left")
    found = wide.collect()
    for add in added.values():
        found = found.join(add(store, base, rows), on="row", how="left")
    named = [name_rows(found[n], base) for n in ("row", "study") if n in found.columns]
    found = found.with_columns(named, iri="row").rename({"row": "id"}).sort("id")
    return found.rename({n: n.replace(" ", "_") for n in found.columns})


def _find_rows(store: Store, table: str, studies: Sequence[str] | None) -> polars.DataFrame:
    """Return "row", and "study" where rows belong to studies; IRIs, sorted."""
    import polars as pl

    if table not in STUDY:
        return read_rows(store, table)
    values = list_values("study", studies or None)
    text = f"{_PREFIX}SELECT ?row ?study WHERE {{ {values} {STUDY[table]} }}"
    found = read_answer(store, text, "row", "study").unique("row", keep="first")
    if not studies:
        rows = read_rows(store, table)
        found = (rows.join(found, on="row", how="left") if studies is None
                 else rows.join(found, on="row", how="anti").with_columns(
                     study=pl.lit(None, pl.String)))  # fmt: skip
    return (found.select("row") if table == "studies" else found).sort("row")


def _read_values(
    store: Store,
    table: str,
    column: Column,
    facts: dict[str, polars.DataFrame] | None,
    scanned: dict[str, polars.DataFrame] | None,
) -> polars.DataFrame:
    """Return "row" and "value" of a column; a closed list as labels, what it lacks left out."""
    import polars as pl

    labels = find_labels(column)
    if column.path == RDF_TYPE and table == "settings":
        labels = dict(_read_kinds(store).iter_rows())
    if facts is not None:
        nothing = pl.DataFrame(schema={"row": pl.String, "value": pl.String})
        found = facts.get(column.path, nothing)
    elif column.path == RDF_TYPE:
        text = f"SELECT ?row ?value WHERE {{ {list_values('value', labels)} ?row a ?value }}"
        found = read_answer(store, text, "row", "value")
    elif scanned is None or column.path not in _find_shared():
        found = read_property(store, column.path)
    else:
        if column.path not in scanned:
            scanned[column.path] = read_property(store, column.path)
        found = scanned[column.path]
    if labels:
        found = found.filter(pl.col("value").is_in(list(labels))).with_columns(
            pl.col("value").replace_strict(labels, return_dtype=pl.String)
        )
    return found


@cache
def _find_shared() -> frozenset[str]:
    """Return the properties that several tables have columns of."""
    tables = load_schema().tables
    paths = Counter(p for name in (*STUDY, *SHARED) for p in {c.path for c in tables[name].columns})
    return frozenset(path for path, number in paths.items() if number > 1)


def _type(found: polars.DataFrame, column: Column, base: str) -> polars.LazyFrame:
    """Return "row" and the column under its name: one value a row, or a sorted list of them."""
    import polars as pl

    if column.refers_to and found.height:
        found = found.with_columns(name_rows(found["value"], base))
    values = found.lazy().sort("row", "value")
    if column.separator:
        return values.group_by("row", maintain_order=True).agg(pl.col("value").alias(column.name))
    value = pl.col("value")
    if column.datatype == XSD + "integer":
        value = value.cast(pl.Int64, strict=False)
    elif column.datatype == XSD + "boolean":
        value = value == "true"
    return values.unique("row", keep="first", maintain_order=True).select(
        "row", value.alias(column.name)
    )


def _add_property(path: str, name: str) -> Callable[..., polars.DataFrame]:
    """Return what reads a property that no cell holds, the first value of each row."""

    def add(store: Store, base: str, rows: Sequence[str] | None) -> polars.DataFrame:
        found = read_property(store, path, rows).unique("row", keep="first")
        return found.select("row", name_rows(found["value"], base).alias(name))

    return add


def _add_classes(store: Store, base: str, rows: Sequence[str] | None) -> polars.DataFrame:
    """Return the IRIs of the kinds of each setting."""
    kinds = list_values("value", _read_kinds(store)["class"])
    text = f"SELECT ?row ?value WHERE {{ {kinds} ?row a ?value }}"
    found = read_answer(store, text, "row", "value")
    return found.group_by("row", maintain_order=True).agg("value").rename({"value": "classes"})


def _add_owner(store: Store, base: str, rows: Sequence[str] | None) -> polars.DataFrame:
    """Return the row that each quotation belongs to: it stands in that row, or names it."""
    values = list_values("row", rows)
    text = f"SELECT ?row ?of WHERE {{ {values} ?of qes:hasQuotation|^qes:quotedFor ?row }}"
    found = read_answer(store, _PREFIX + text, "row", "of").unique("row", keep="first")
    return found.with_columns(name_rows(found["of"], base))


_ADDED: dict[str, dict[str, Callable[..., polars.DataFrame]]] = {
    "quotations": {"of": _add_owner},
    "settings": {"classes": _add_classes},
    "studies": {"counted as": _add_property(QES + "countedAs", "counted as")},
}
"""Table → what no cell holds and its columns have none the less."""


def _read_kinds(store: Store) -> polars.DataFrame:
    return read_answer(store, get_query("columns", "kinds").text, "class", "label")


def _read_computed(store: Store, base: str, table: str) -> polars.DataFrame:
    """Return a file that is no table."""
    import polars as pl

    if table == "kinds":
        return _read_kinds(store)
    if table == "evidence":
        found = _read_evidence(store)
    else:
        found = read_answer(store, get_query("why", "transfers").text, *_STATUSES)
        found = found.with_columns(pl.col(_COUNTS).cast(pl.Int64))
    named = [name_rows(found[name], base) for name in found.columns if name in _NAMED]
    texts = [pl.col(n).replace("", None) for n, t in found.schema.items() if t == pl.String]
    return found.with_columns(named).with_columns(texts).sort(found.columns)


def _read_evidence(store: Store) -> polars.DataFrame:
    """Return what each claim rests on, by itself or through the state of a precondition."""
    import polars as pl

    def read(path: str, row: str, value: str) -> polars.DataFrame:
        text = f"{_PREFIX}SELECT ?{row} ?{value} WHERE {{ GRAPH ?g {{ ?{row} {path} ?{value} }} }}"
        return read_answer(store, text, row, value)

    places = [read(path, "node", "link").with_columns(place=pl.lit(place))
              for path, place in _PLACES.items()]  # fmt: skip
    study = read_property(store, QES + "fromStudy").rename({"row": "link", "value": "removed"})
    text = f"{_PREFIX}SELECT ?claim WHERE {{ GRAPH ?g {{ ?claim a qes:Transfer }} }}"
    claims = read_answer(store, text, "claim").with_columns(node="claim")
    depends = read("qes:dependsOn", "claim", "node")
    return (
        pl.concat([claims, depends.join(claims, on="claim", how="semi").select("claim", "node")])
        .unique()
        .join(pl.concat(places), on="node")
        .join(study, on="link", how="left")
        .select(
            "claim",
            "node",
            "place",
            kind=pl.when(pl.col("removed").is_null())
            .then(pl.lit("review statement"))
            .otherwise(pl.lit("study")),
            removed=pl.coalesce("removed", "link"),
            link="link",
        )
    )
