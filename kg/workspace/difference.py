"""`kg diff`: two folders, two commits of one workspace, or a commit and the files as they are."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from kg.appraisal import Difference, Picture, compare, read_picture
from kg.errors import UsageError, shorten
from kg.reports.difference import render_difference
from kg.schema import load_schema
from kg.workspace.build import build
from kg.workspace.commit import find_commit, write_commit

__all__ = ["find_difference", "render"]

_REVIEW = "review.yaml"
_ARCHIVES = (".zip", ".qdpx", ".gz", ".tgz", ".crate")


def find_difference(old: str, new: str = "", folder: Path = Path()) -> Difference:
    """Return what differs between two states of a workspace.

    Args:
        old: A folder with ``review.yaml``, or the name of a commit of the workspace.
        new: The same; "" for the workspace as its files are now.
        folder: The workspace in whose repository commits are looked for.

    Raises:
        UsageError: A name is neither, or the commit has no workspace here.
        DataFaults: ``review.yaml`` can't be read on one side.
        MachineryError: There is no git on this machine.
    """
    before, old_errors = _read(old, folder)
    after, new_errors = _read(new, folder)
    shown = new or "the files as they are"
    faults = tuple((n, e) for n, e in ((old, old_errors), (shown, new_errors)) if e)
    return Difference(old, shown, compare(before, after), faults)


def _read(name: str, folder: Path) -> tuple[Picture, int]:
    """Return what one side says, and how many errors it has."""
    if not name or os.path.isfile(os.path.join(name, _REVIEW)):  # whatever the name holds
        return _read_folder(Path(name) if name else folder)
    if name.lower().endswith(_ARCHIVES) and os.path.isfile(name):
        raise UsageError(
            f'"{name}" is a file. Only folders and commits can be compared so far, no bundles: '
            "unpack it and name the folder."
        )
    commit = find_commit(folder, name)
    if commit is None:
        raise UsageError(
            f'"{shorten(name)}" is neither a folder with {_REVIEW} nor a commit of the repository '
            f'in which "{folder}" lies. Name a folder, or a commit such as HEAD~1.'
        )
    with tempfile.TemporaryDirectory(prefix="kg-diff-") as place:
        return _read_folder(write_commit(folder, commit, Path(place) / "workspace"))


def _read_folder(folder: Path) -> tuple[Picture, int]:
    built = build(folder)
    picture = read_picture(
        built.store,
        load_schema(),
        built.review.base,
        built.rows,
        built.left_out,
        built.faults,
        built.dissent,
    )
    return picture, sum(f.severity == "error" for f in built.faults)


def render(difference: Difference, form: str) -> str:
    """Return a difference as text for people, JSON or an HTML page."""
    if form == "json":
        return json.dumps(difference.as_dict(), ensure_ascii=False, indent=1)
    if form == "html":
        return render_difference(difference).decode()
    return "\n".join(difference.lines())
