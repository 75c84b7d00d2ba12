"""Build: from files to a store that holds only what may be relied on.

Read what changed, judge everything that was read, leave out what has faults, infer, carry, judge
again, and make the result current by one rename. An unchanged workspace is not built again, what
building takes is loaded only when there is something to build, and where the reading before is
still there, only what differs since then is judged, inferred from and carried.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg import resources
from kg.errors import CannotWrite, Fault, KgError
from kg.progress import follow, tell
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
from kg.store import Cache, Snapshot, Store, load_quads
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
    from kg.workspace.assembly import assemble, describe
    from kg.workspace.judged import judge_parts, locate_parts

    parts = [p for f in files for p in read_file(f, review, load_schema())]
    judged, store = judge_parts(locate_parts(parts), engine), Store()
    note = describe(judged, assemble(store, judged, review.base))
    load_quads(store, judged.place_rest(review.base))
    built = _read_note(store, note, review, lambda: note["later"])
    return replace(built, read_again=tuple(f.name for f in files))


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
    try:
        return _restore(snapshot, review)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _restore(held: Snapshot, review: Review) -> Built:
    """Return the workspace that stands on disk."""
    built = _read_note(held.store, held.note, review, lambda: held.later)
    columns = held.columns if held.columns.is_dir() else None
    return replace(built, changed=False, cached=True, held=held, columns=columns)


def _read_note(
    store: Store, note: Mapping[str, Any], review: Review, places: Callable[[], Any]
) -> Built:
    return Built(
        store=store,
        review=review,
        faults=tuple(Fault(**f) for f in note["faults"]),
        left_out=tuple((t, n) for t, n in note["left_out"]),
        data_version=note["data_version"],
        engine=note["engine"],
        dissent=tuple((t, n) for t, n in note["dissent"]),
        individuals=dict(note["individuals"]),
        places=places,
        cached=False,
    )


def _build_on_disk(
    cache: Cache, review: Review, files: list[TruthFile], key: str, engine: str
) -> Built:
    from kg.checks import Change
    from kg.workspace.assembly import assemble, describe
    from kg.workspace.before import JUDGED, find_before
    from kg.workspace.columns import keep_columns
    from kg.workspace.judged import judge_parts, locate_parts
    from kg.workspace.update import Updated, update

    like = f"{resources.fingerprint()} {review} "
    stamps = {file.name: f"{like}{file.name} {file.digest}" for file in files}
    before = find_before(cache, engine, like)
    parts, again = _read_changed(cache, review, files, stamps, before.parts if before else {})
    locator = locate_parts(parts)
    change = Change(before.judged.locator, locator) if before else None
    judged = judge_parts(locator, engine, before.judged.results if before else (), change)
    start = before if change and not change.broad else None

    updated: Updated | None = None

    def write(store: Store) -> dict[str, Any]:
        nonlocal updated
        note: dict[str, Any] = {"key": key, "stamps": stamps}
        if start and change:
            updated = update(store, start.judged, judged, change, review.base, start.violations)
            violations = updated.violations
            note["quads"] = start.held.note["quads"] + updated.quads
        else:
            loaded = Store()
            violations = assemble(loaded, judged, review.base)
            store.bulk_extend(follow("writing", "quads", loaded, len(loaded)))
            load_quads(store, judged.place_rest(review.base))
        note["violations"] = violations
        return note | describe(judged, violations)

    snapshot = cache.switch(write, start.held if start else None)
    cache.write_part(JUDGED, key, judged.write())
    cache.keep_parts([_REVIEW, JUDGED, *stamps])
    keep_columns(snapshot, judged, review.base, start.held if start else None, updated)
    return replace(_restore(snapshot, review), changed=True, read_again=again)


def _read_changed(
    cache: Cache,
    review: Review,
    files: list[TruthFile],
    stamps: Mapping[str, str],
    known: Mapping[str, list[Part]],
) -> tuple[list[Part], tuple[str, ...]]:
    """Return the parts of all files, reading only files that changed since the last build.

    Args:
        cache: Where what was read is kept.
        review: What ``review.yaml`` says.
        files: The files.
        stamps: Name of each file → its stamp.
        known: Stamp → parts that are there already.
    """
    parts, again = [], []
    total, done = sum(len(file.data) for file in files), 0
    for file in files:
        tell("reading", "bytes", done, total)
        done += len(file.data)
        stamp = stamps[file.name]
        found = known.get(stamp) or _find_parts(cache, file.name, stamp)
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
