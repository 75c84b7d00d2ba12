"""`kg doctor`: what is wrong with a workspace and its machine, in plain words, and what to do.

Nothing in the workspace is written, not even its cache: a copy of its files is judged, in a folder
of the system's that is deleted again.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.errors import DataFaults, Fault, KgError, NoWorkspace, count, shorten
from kg.schema import load_schema
from kg.sources import Review, TruthFile, list_files, read_review
from kg.store import NamedNode
from kg.terms import QES, plain
from kg.workspace.build import Built, build
from kg.workspace.keeping import look_at_cache, look_at_commit, look_at_journal
from kg.workspace.machine import look_at_machine
from kg.workspace.point import Point, list_some

__all__ = ["diagnose", "find_exit_code", "render_points"]

_LISTED = 3
_OF_FILES = ("table-", "file-", "header-missing", "text-encoding", "turtle-")
_FAULTS, _WORKSPACE = "faults", "review.yaml"


def diagnose(folder: Path) -> list[Point]:
    """Return what was looked at, the machine first, in a fixed order."""
    return [*look_at_machine(folder), *_look_at_workspace(folder)]


def find_exit_code(points: Sequence[Point]) -> int:
    """Return 3 if the machine is broken, 2 if there is no workspace, 1 for faults, else 0."""
    wrong = [p for p in points if p.state == "wrong"]
    if any(p.area == "machine" for p in wrong):
        return 3
    if any(p.name == "workspace" for p in wrong):
        return 2
    return 1 if wrong else 0


def render_points(points: Sequence[Point], form: str) -> str:
    """Return the points as lines for people, or as JSON."""
    if form == "json":
        return json.dumps([p.as_dict() for p in points], ensure_ascii=False, indent=1)
    lines: list[str] = []
    for area in dict.fromkeys(p.area for p in points):
        lines += ["", f"This {area}"] if lines else [f"This {area}"]
        for point in (p for p in points if p.area == area):
            lines.append(f"  {point.state:<9}  {point.name}: {point.text}")
            lines += [f"             {point.remedy}"] if point.remedy else []
    return "\n".join(lines)


def _point(name: str, state: str, text: str, remedy: str = "") -> Point:
    return Point("workspace", name, state, text, remedy)


def _look_at_workspace(folder: Path) -> Iterator[Point]:
    try:
        review = read_review(folder)
    except NoWorkspace as error:
        yield _point("workspace", "wrong", str(error))
        return
    except DataFaults as error:
        yield from (_point(_WORKSPACE, "wrong", str(f)) for f in error.faults)
        return
    yield _review(review)
    files = list_files(folder, review)
    yield from look_at_journal(folder)
    with tempfile.TemporaryDirectory(prefix="kg-doctor-") as place:
        copy = Path(place) / "workspace"
        try:
            built = None if any(f.fault for f in files) else build(_copy(folder, files, copy))
        except (KgError, OSError) as error:
            yield _point(_FAULTS, "wrong", f"The files could not be judged: {error}")
            return
        yield from look_at_cache(folder, built, Path(place))
        yield from _tables(files, built)
        yield from _texts(files, review, built)
        yield look_at_commit(folder, files, review)
        yield from _faults(files, built)


def _copy(folder: Path, files: Sequence[TruthFile], target: Path) -> Path:
    target.mkdir()
    shutil.copyfile(folder / _WORKSPACE, target / _WORKSPACE)
    for file in files:
        path = target / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    return target


def _review(review: Review) -> Point:
    host = review.base.partition("://")[2].partition("/")[0].partition(":")[0].lower()
    if host in ("example.org", "example.com", "example.net") or host.endswith(".example.org"):
        return _point(
            _WORKSPACE,
            "attention",
            f"The base address {review.base} is a placeholder.",
            "Write an address of your own into review.yaml before you publish.",
        )
    return _point(_WORKSPACE, "ok", f"“{shorten(review.title, 80)}”, base {review.base}")


def _tables(files: Sequence[TruthFile], built: Built | None) -> Iterator[Point]:
    tables = [f.name for f in files if f.name.startswith("tables/")]
    filled = {table for table, _ in built.rows.values()} if built else set()
    stems = {Path(n).stem.strip().lower() for n in tables if n.lower().endswith(".csv")}
    bare = sorted(stems & load_schema().tables.keys() - filled)
    if tables:
        some = f", {len(filled)} tables have rows" if built else ""
        none = f"; only a header is in {', '.join(bare)}" if built and bare else ""
        yield _point("tables", "ok", f"{count(len(tables), 'file')}{some}{none}")
    else:
        yield _point(
            "tables",
            "attention",
            "There are no tables.",
            "`kg schema` lists the tables and their columns.",
        )
    for fault in _all_faults(files, built):
        if fault.rule.startswith(_OF_FILES):
            name = "tables" if fault.table.startswith("tables/") else "texts"
            yield _point(name, "wrong" if fault.severity == "error" else "attention", str(fault))


def _all_faults(files: Sequence[TruthFile], built: Built | None) -> tuple[Fault, ...]:
    return built.faults if built else tuple(sorted(f.fault for f in files if f.fault))


def _texts(files: Sequence[TruthFile], review: Review, built: Built | None) -> Iterator[Point]:
    """Say which source texts no report names, and which are named and not there."""
    place = review.texts.rstrip("/")
    texts = {Path(f.name).name for f in files if f.name.lower().endswith(".txt")}
    side = [f.name for f in files if f.name.lower().endswith(".ttl")]
    if built:
        sources = built.store.quads_for_pattern(None, NamedNode(QES + "sourceFile"), None)
        named = {plain(q.object) for q in sources}
        if missing := sorted(named - texts):
            yield _point(
                "texts",
                "attention",
                f"Reports name texts that are not in {place}/: {list_some(missing)}.",
                'Put them there, or empty the column "text" of those reports.',
            )
        if unused := sorted(texts - named):
            yield _point(
                "texts",
                "attention",
                f"No report names {list_some(unused)}.",
                'Write the file\'s name into the column "text" of its report.',
            )
    yield _point(
        "texts",
        "ok",
        f"{count(len(texts), 'source text')} in {place}/, {count(len(side), 'side file')} in more/",
    )


def _faults(files: Sequence[TruthFile], built: Built | None) -> Iterator[Point]:
    faults = _all_faults(files, built)
    errors = [f for f in faults if f.severity == "error"]
    if built is None:
        yield _point(
            _FAULTS,
            "wrong",
            "Rows were not judged: some files can't be read.",
            "Mend those first, then type kg check.",
        )
        return
    if not faults:
        yield _point(_FAULTS, "ok", f"none in {count(len(built.rows), 'row')}")
        return
    counts = Counter(f.table for f in faults)
    tables = ", ".join(f"{t} {n}" for t, n in sorted(counts.items()))
    yield _point(
        _FAULTS,
        "wrong" if errors else "attention",
        f"{count(len(errors), 'error')}, {count(len(faults) - len(errors), 'warning')} "
        f"({tables}); "
        "first: " + " / ".join(map(str, sorted(faults, key=_weight)[:_LISTED])),
        "Type kg check: it says what to do about each.",
    )
    if built.left_out:
        rows = [f"{t} row {n}" if n else f"all of {t}" for t, n in built.left_out]
        yield _point(
            "left out",
            "attention",
            f"{len(rows)}: {list_some(rows)}. Answers do not rest on them.",
            "Mend the faults.",
        )


def _weight(fault: Fault) -> tuple[bool, Fault]:
    return fault.severity != "error", fault
