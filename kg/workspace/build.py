"""Build: from files to a store that holds only what may be relied on.

Read what changed, judge everything that was read, leave out what has faults, infer, carry, judge
again, and make the result current by one rename. An unchanged workspace is not built again, and
what building takes is loaded only when there is something to build.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path

from kg import resources
from kg.errors import CannotWrite, Fault, KgError
from kg.schema import load_schema
from kg.sources import (
    Part,
    Review,
    TruthFile,
    finish_writing,
    list_files,
    read_file,
    read_parts,
    read_review,
    read_settings,
    write_parts,
)
from kg.store import Cache, Snapshot, Store
from kg.workspace.built import Built

__all__ = ["Built", "build"]

_REVIEW = "review.yaml"


def build(folder: Path, *, engine: str = "shacl", write: bool = False) -> Built:
    """Return the built workspace, building it first if a file of the truth changed.

    Args:
        folder: Folder with ``review.yaml``.
        engine: Engine that judges.
        write: Whether a cache that can't be written is an error; otherwise everything is built
            in memory.

    Raises:
        NoWorkspace: There is no ``review.yaml``.
        DataFaults: ``review.yaml`` can't be read.
        CannotWrite: ``write`` was asked for and the folder can't be written.
    """
    cache = Cache(folder / ".kg")
    review, stamp = _find_review(cache, folder)
    finish_writing(folder)
    files = list_files(folder, review)
    key = _key(review, files, engine)
    if not write and (built := _find(cache, review, key)):
        return built
    try:
        with cache.writing():  # meanwhile another process may have built
            if built := _find(cache, review, key):
                return built
            if stamp:
                cache.write_part(_REVIEW, stamp, json.dumps(asdict(review)).encode())
            return _build_on_disk(cache, review, files, key, engine)
    except CannotWrite:
        if write:
            raise
    from kg.workspace.assembly import assemble

    built = assemble(
        [p for f in files for p in read_file(f, review, load_schema())], review, engine
    )
    return replace(built, read_again=tuple(f.name for f in files), cached=False)


def _find_review(cache: Cache, folder: Path) -> tuple[Review, str]:
    """Return what ``review.yaml`` says, and under which stamp to keep that ("" is none).

    It is read again only if the file changed: loading a reader of YAML takes as long as the start
    of Python.
    """
    stamp = _stamp_review(folder)
    kept = cache.read_part(_REVIEW, stamp) if stamp and cache.current else None
    if kept is not None:
        try:
            return Review(**json.loads(kept)), stamp
        except (TypeError, ValueError):
            pass
    review = read_review(folder)
    return review, stamp if stamp == _stamp_review(folder) else ""


def _stamp_review(folder: Path) -> str:
    try:
        content = read_settings(folder)
    except KgError:  # reading it properly says what is wrong
        return ""
    return f"{resources.fingerprint()} {sha256(content).hexdigest()}"


def _key(review: Review, files: list[TruthFile], engine: str) -> str:
    digest = sha256(f"{resources.fingerprint()}\n{engine}\n{review}\n".encode())
    for file in files:
        digest.update(f"{file.name}\0{file.digest}\n".encode())
    return digest.hexdigest()


def _find(cache: Cache, review: Review, key: str) -> Built | None:
    """Return the workspace as it stands on disk, or None if that is of another truth."""
    snapshot = cache.read()
    if snapshot is None or snapshot.note.get("key") != key:
        return None
    note = snapshot.note
    try:
        return Built(
            store=snapshot.store,
            review=review,
            faults=tuple(Fault(**f) for f in note["faults"]),
            left_out=tuple((t, n) for t, n in note["left_out"]),
            data_version=note["data_version"],
            engine=note["engine"],
            changed=False,
            rows={iri: (t, n) for iri, (t, n) in note["rows"].items()},
            held=snapshot,
            dissent=tuple((t, n) for t, n in note["dissent"]),
            individuals=dict(note["individuals"]),
            columns=_find_columns(snapshot),
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _build_on_disk(
    cache: Cache, review: Review, files: list[TruthFile], key: str, engine: str
) -> Built:
    from kg.workspace.assembly import assemble

    parts, again = _read_changed(cache, review, files)
    built = assemble(parts, review, engine)
    note = {
        "key": key,
        "faults": [f.as_dict() for f in built.faults],
        "left_out": built.left_out,
        "data_version": built.data_version,
        "engine": built.engine,
        "rows": built.rows,
        "dissent": built.dissent,
        "individuals": built.individuals,
    }
    snapshot = cache.switch(built.store, note)
    cache.keep_parts([_REVIEW, *(file.name for file in files)])
    _write_columns(snapshot, built.store, review.base)
    return replace(
        built,
        store=snapshot.store,
        held=snapshot,
        read_again=again,
        columns=_find_columns(snapshot),
    )


def _write_columns(snapshot: Snapshot, store: Store, base: str) -> None:
    """Write the columns of a large store beside it; a reader sees all of them or none."""
    from kg.columns import LARGE, write_columns

    if snapshot.note["quads"] >= LARGE:
        new = snapshot.columns.with_suffix(".columns.new")
        write_columns(store, base, new)
        new.rename(snapshot.columns)


def _find_columns(snapshot: Snapshot) -> Path | None:
    return snapshot.columns if snapshot.columns.is_dir() else None


def _read_changed(
    cache: Cache, review: Review, files: list[TruthFile]
) -> tuple[list[Part], tuple[str, ...]]:
    """Return the parts of all files, reading only files that changed since the last build."""
    parts, again = [], []
    for file in files:
        stamp = f"{resources.fingerprint()} {review} {file.name} {file.digest}"
        found = _find_parts(cache, file.name, stamp)
        if found is None:
            found = read_file(file, review, load_schema())
            again.append(file.name)
            cache.write_part(file.name, stamp, write_parts(found))
        parts += found
    return parts, tuple(again)


def _find_parts(cache: Cache, name: str, stamp: str) -> list[Part] | None:
    data = cache.read_part(name, stamp)
    try:
        return None if data is None else read_parts(data)
    except ValueError:
        return None
