"""Files and workspaces for the tests of REFI-QDA; all of it is synthetic."""

import io
import zipfile
from pathlib import Path

from kg.schema import load_schema
from kg.sources import Draft, read_review

HERE = Path(__file__).parent / "refi"
BASE = "https://example.org/refi/"
TEXT = "They help.\r\nmend 🪜 roofs\r\nand I trust them."
"""The text of "Interview 1", in which the positions of the project were counted."""
PROJECT = "urn:QDA-XML:project:1.0"


def make_workspace(folder: Path) -> Path:
    """Make a workspace with one review, and return the folder."""
    (folder / "tables").mkdir(parents=True)
    (folder / "review.yaml").write_text(f"title: Neighbours\nbase: {BASE}\n", encoding="utf-8")
    (folder / "tables" / "reviews.csv").write_text(
        "id,title,kind,question\nsynthesis,Neighbours,this synthesis,Who helps?\n", encoding="utf-8"
    )
    return folder


def pack(path: Path, entries: dict[str, bytes]) -> Path:
    """Write an archive with these entries and return its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def write_project(path: Path, text: str = TEXT, name: str = "Neighbours.qde") -> Path:
    """Write the synthetic project as an archive and return its path."""
    project = (HERE / "project.qde").read_bytes()
    return pack(path, {name: project, "sources/one.txt": text.encode()})


def write_xml(path: Path, inside: str, more: dict[str, bytes] | None = None) -> Path:
    """Write a project with this inside its root element and return its path."""
    xml = f'<Project xmlns="{PROJECT}" name="p">{inside}</Project>'
    return pack(path, {"project.qde": xml.encode(), **(more or {})})


def read_rows(folder: Path) -> dict[str, dict[str, dict[str, str]]]:
    """Return table → id → cells, without the id, of all tables that have rows."""
    draft = Draft(folder, read_review(folder), load_schema())
    tables = {name: draft.rows(name) for name in load_schema().tables}
    return {
        name: {r["id"]: {c: v for c, v in r.items() if c != "id"} for r in rows.values()}
        for name, rows in tables.items()
        if rows
    }


def read_files(folder: Path) -> dict[str, bytes]:
    """Return name → content of all files of a workspace but the cache."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".kg" not in path.parts
    }


def open_bytes(data: bytes) -> io.BytesIO:
    """Return bytes as an opened file."""
    return io.BytesIO(data)
