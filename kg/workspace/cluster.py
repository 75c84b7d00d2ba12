"""Checking, carrying and counting on Spark, and what that writes.

What a verb finds is what the same verb of a workspace finds, to the last row; as Parquet, or as
what `kg check`, `kg carry` and `kg robustness` print.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from kg.cluster import (
    SIZE,
    Facts,
    Judgement,
    Runner,
    Shared,
    Spark,
    carry_dataset,
    check_claims,
    find_claims,
    find_passing,
    find_personal,
    judge_dataset,
    leave_one_out,
    measure_columns,
    open_dataset,
    pack,
)
from kg.columns import write_rows
from kg.errors import Fault
from kg.store import write_text
from kg.workspace.render import render_faults, render_removals, render_transfers

if TYPE_CHECKING:
    import polars

    from kg.synthesis import Removal, Transfer

__all__ = ["SIZE", "VERBS", "Found", "Spark", "open_dataset", "pack", "render", "run", "write"]

VERBS: dict[str, tuple[str, ...]] = {
    "check": ("parquet", "csv", "json"),
    "carry": ("parquet", "json"),
    "robustness": ("parquet", "json"),
    "measures": ("parquet",),
}
"""Verb → extensions of the files that it writes; measures are a folder of Parquet files."""


@dataclass
class Found:
    """What a verb found on a dataset.

    Attributes:
        faults: All faults for check, those of files and rows for other verbs; sorted.
        left_out: (table, record number) of every row that stays out, sorted.
        transfers: Every transfer, those without basis included.
        removals: What would change without each study and each review statement.
        tables: Name of a measure → its rows.
    """

    faults: list[Fault]
    left_out: list[tuple[str, int]]
    transfers: list[Transfer] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)
    tables: dict[str, polars.DataFrame] = field(default_factory=dict)


def run(verb: str, folder: Path, runner: Runner) -> Found:
    """Return what a verb of :data:`VERBS` finds on a dataset.

    Args:
        verb: The verb.
        folder: Folder of the dataset.
        runner: What runs a function on batches.

    Raises:
        UsageError: There is no dataset, or it was made by another version of kg.
        MachineryError: What runs the functions fails.
    """
    dataset = open_dataset(folder)
    shared = dataset.read_shared()
    judgement = judge_dataset(dataset, shared, runner)
    facts = carry_dataset(dataset, shared, judgement, runner)
    found = Found(sorted(set(judgement.faults)), judgement.left_out)
    if verb == "robustness":
        found.removals = leave_one_out(facts)
        return found
    evidence = verb in ("check", "measures")
    found.transfers = find_claims(facts, shared, dataset.review.base, evidence=evidence)
    if verb == "check":
        found.faults = check_claims(facts, judgement)
    elif verb == "measures":
        found.tables = _measure(folder, shared, judgement, facts, runner)
    return found


def _measure(
    folder: Path, shared: Shared, judgement: Judgement, facts: Facts, runner: Runner
) -> dict[str, polars.DataFrame]:
    passing = find_passing(open_dataset(folder), shared, judgement)
    with TemporaryDirectory(prefix="kg-") as columns:
        measures = measure_columns(passing, facts, Path(columns), runner)
    found = {name: rows.to_polars() for name, rows in sorted(measures.items())}
    return {**found, "personal": find_personal(passing, runner)}


def render(verb: str, found: Found, form: str = "text") -> str:
    """Return what a verb found as the verb of a workspace prints it; measures have no such form."""
    if verb == "check":
        return render_faults(found.faults, form, "shacl")
    if verb == "carry":
        shown = [t for t in found.transfers if t.carried or form != "text"]
        return render_transfers(shown, form)
    return render_removals(found.removals, form)


def write(verb: str, found: Found, output: Path, form: str) -> None:
    """Write what a verb found.

    Args:
        verb: The verb.
        found: What it found.
        output: The file; for measures the folder.
        form: One of the forms of the verb.

    Raises:
        CannotWrite: The file or folder can't be written.
    """
    if verb == "measures":
        for name, frame in found.tables.items():
            write_rows(output, name, frame)
    elif form == "parquet":
        write_rows(output.parent, output.stem, _tabulate(verb, found))
    else:
        text = render(verb, found, form)
        write_text(output, text if text.endswith("\n") or not text else text + "\n")


def _tabulate(verb: str, found: Found) -> polars.DataFrame:
    """Return the rows of a verb, with the same columns whether there are any rows."""
    import polars as pl

    rows: dict[str, list[dict[str, Any]]] = {
        "check": [dict(f.as_dict()) for f in found.faults],
        "carry": [t.as_dict() for t in found.transfers],
        "robustness": [r.as_dict() for r in found.removals],
    }
    return pl.DataFrame(rows[verb], schema=_find_schema(verb), orient="row")


def _find_schema(verb: str) -> dict[str, Any]:
    import polars as pl

    def structs(*names: str) -> pl.List:
        return pl.List(pl.Struct(dict.fromkeys(names, pl.String)))

    def numbers(*names: str) -> pl.Struct:
        return pl.Struct(dict.fromkeys(names, pl.Int64))

    texts = pl.List(pl.String)
    if verb == "check":
        names = list(Fault.__dataclass_fields__)
        return {name: pl.Int64 if name == "row" else pl.String for name in names}
    if verb == "robustness":
        return {"removed": pl.String, "kind": pl.String, "lost": texts,
                "changed": structs("id", "from", "to")}  # fmt: skip
    words = ("id", "concept", "sense", "label", "target", "status", "scope")
    return {
        **dict.fromkeys(words, pl.String),
        "parts": texts,
        **dict.fromkeys(("modality", "generalisation", "sentence"), pl.String),
        "source": numbers("studies", "review_statements"),
        "target_evidence": numbers("for", "against", "independent"),
        "preconditions": structs("id", "label", "state", "searched"),
        "near_misses": structs("finding", "label"),
        "confidence": structs("review_finding", "level"),
        "read": pl.String,
        "left_out": texts,
    }
