"""A dataset: a workspace as Parquet, one file a batch, and what all batches share.

`kg.cluster`. ``DATASET/dataset.json`` says what it is and by which kg it was made,
``shared.parquet`` holds what every process needs, ``batches/NUMBER.parquet`` the rows of some
studies with all that is looked at beside them. Every process that takes part reads it by the same
path.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg import resources
from kg.errors import UsageError
from kg.sources import Part, Review, read_parts, write_parts

__all__ = [
    "Batch",
    "Dataset",
    "Shared",
    "group",
    "may_replace",
    "open_dataset",
    "write_batch",
    "write_shared",
]

_ABOUT, _SHARED, _BATCHES = "dataset.json", "shared.parquet", "batches"
_FORM = 1
_PARTS = ("evidence", "others", "near", "beyond")


@dataclass(frozen=True)
class Batch:
    """The rows of some studies, or rows of no study, and what is looked at beside them.

    Attributes:
        studies: How many studies are in it.
        rows: IRIs of its rows; each row is in one batch.
        evidence: Its studies, and the findings, bearings, constructs and quotations of these.
        others: Its other rows.
        near: Rows of other batches that its rows name and that have no evidence of their own:
            settings, populations, reports.
        beyond: All other rows that the shapes look at when they judge its rows.
    """

    studies: int
    rows: tuple[str, ...]
    evidence: list[Part]
    others: list[Part]
    near: list[Part]
    beyond: list[Part]


@dataclass(frozen=True)
class Shared:
    """What all batches share, and what is looked at once.

    Attributes:
        index: All parts, with places but without lines; side files whole.
        slices: What every slice needs to be judged, as N-Triples.
        world: The lines at which the shapes look that look at all rows together.
        common: The lines of all rows that are no evidence that the rule may read.
        dissent: The lines that say what is adjudicated, and what belongs to it.
    """

    index: list[Part]
    slices: bytes
    world: bytes
    common: list[Part]
    dissent: list[Part]


@dataclass(frozen=True)
class Dataset:
    """An open dataset: what its ``dataset.json`` says.

    Attributes:
        folder: Its folder, absolute.
        review: What ``review.yaml`` said.
        batches: How many batches there are.
        studied: Numbers of the batches that hold studies.
        rows: How many rows there are.
        studies: How many studies there are.
        quads: How many triples were read from the workspace.
    """

    folder: Path
    review: Review
    batches: int
    studied: tuple[int, ...]
    rows: int
    studies: int
    quads: int

    def read_batch(self, number: int) -> Batch:
        """Return a batch."""
        import polars as pl

        row = pl.read_parquet(_name_batch(self.folder, number)).row(0, named=True)
        parts = {name: read_parts(row[name]) for name in _PARTS}
        return Batch(row["studies"], tuple(row["rows"]), **parts)

    def read_shared(self) -> Shared:
        """Return what all batches share."""
        import polars as pl

        row = pl.read_parquet(self.folder / _SHARED).row(0, named=True)
        parts = {name: read_parts(row[name]) for name in ("index", "common", "dissent")}
        return Shared(slices=row["slices"], world=row["world"], **parts)

    def write(self) -> None:
        """Write ``dataset.json``, last of all: without it, a folder is no dataset."""
        about = asdict(self) | {"form": _FORM, "kg": resources.fingerprint()}
        del about["folder"]
        text = json.dumps(about, ensure_ascii=False, indent=1) + "\n"
        (self.folder / _ABOUT).write_text(text, encoding="utf-8")


def _name_batch(folder: Path, number: int) -> Path:
    return folder / _BATCHES / f"{number:06}.parquet"


def write_batch(folder: Path, number: int, batch: Batch) -> None:
    """Write a batch into the folder of a dataset."""
    texts = {name: write_parts(getattr(batch, name)) for name in _PARTS}
    row = {"number": number, "studies": batch.studies, "rows": list(batch.rows), **texts}
    _write_row(_name_batch(folder, number), row)


def write_shared(folder: Path, shared: Shared) -> None:
    """Write what all batches share into the folder of a dataset."""
    parts: Iterable[str] = ("index", "common", "dissent")
    row: dict[str, Any] = {name: write_parts(getattr(shared, name)) for name in parts}
    _write_row(folder / _SHARED, row | {"slices": shared.slices, "world": shared.world})


def _write_row(path: Path, row: dict[str, Any]) -> None:
    import polars as pl

    from kg.columns import write_rows

    kinds: dict[str, Any] = {"number": pl.Int64, "studies": pl.Int64, "rows": pl.List(pl.String)}
    schema: dict[str, Any] = {name: kinds.get(name, pl.Binary) for name in row}
    write_rows(path.parent, path.stem, pl.DataFrame([row], schema=schema, orient="row"))


def open_dataset(folder: Path) -> Dataset:
    """Return the dataset in a folder.

    Raises:
        UsageError: There is none, it can't be read, or it was made by another kg.
    """
    try:
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        form, made = about.pop("form"), about.pop("kg")
        if form == _FORM and made == resources.fingerprint():
            about["review"] = Review(**about["review"])
            about["studied"] = tuple(about["studied"])
            return Dataset(folder.resolve(), **about)
    except FileNotFoundError:
        what = "is no dataset" if folder.exists() else "is not there"
        raise UsageError(
            f'"{folder}" {what}. `kg cluster pack WORKSPACE DATASET` makes one.'
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(
            f'"{folder}" can\'t be read as a dataset. Make it again with `kg cluster pack`.'
        ) from None
    raise UsageError(
        f'"{folder}" was made by another version of kg, whose rules may differ. Make it again with '
        "`kg cluster pack`."
    )


def may_replace(folder: Path) -> bool:
    """Return whether a folder is empty or not there, or holds a dataset and nothing else."""
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set[str]()
    return not names or (_ABOUT in names and names <= {_ABOUT, _SHARED, _BATCHES})


def group(numbers: Sequence[int], size: int) -> list[tuple[int, ...]]:
    """Return numbers of batches, so many put together."""
    return [tuple(numbers[start : start + size]) for start in range(0, len(numbers), size)]
