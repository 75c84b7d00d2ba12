"""Importing into a small workspace, and what stands in its tables afterwards."""

import csv
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.workspace.importing import Choices, Intake, import_files
from tests.workspaces import minimal


def workspace(folder: Path) -> Path:
    """Write the small sound workspace of the tests."""
    return minimal().write(folder / "ws")


def put(folder: Path, name: str, content: str | bytes) -> str:
    """Write a file beside the workspace, and return its path."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def take(folder: Path, *files: str, **choices: Any) -> Intake:
    """Import files into the workspace."""
    return import_files(folder, list(files), Choices(**choices))


def rows(folder: Path, table: str) -> dict[str, dict[str, str]]:
    """Return the filled cells of the rows of a table by id."""
    path = folder / "tables" / f"{table}.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {r["id"]: {h: c for h, c in r.items() if c} for r in csv.DictReader(file)}


def state(folder: Path) -> dict[str, str]:
    """Return the digest of every file of a workspace but its cache."""
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".kg" not in path.parts
    }
