"""What every command does: open the workspace, say what building it did and what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kg.cli.stream import count, say

if TYPE_CHECKING:
    from kg.workspace import Workspace

__all__ = ["as_json", "open_workspace", "say_left_out"]

_LISTED = 20


def open_workspace(context: click.Context, engine: str = "shacl") -> Workspace:
    """Return the workspace, and say what building it did."""
    from kg.workspace import Workspace

    workspace = Workspace(context.obj["folder"], engine=engine)
    built = workspace.built
    if not context.obj["quiet"]:
        if built.changed:
            where = "" if built.cached else " in memory (.kg can't be written)"
            say(f"built{where}: {count(len(built.read_again), 'changed file')} read")
        if built.dissent:
            rows = count(len(built.dissent), "row")
            say(f"{rows} adjudicated, or attached to such, not counted: kg agreement --dissent")
        if built.engine != engine:
            say(f"the engine {engine} can't be used: {built.engine} judged instead")
    return workspace


def say_left_out(context: click.Context, workspace: Workspace) -> int:
    """Say which rows are left out, and return the exit code."""
    built = workspace.built
    errors = sum(f.severity == "error" for f in built.faults)
    if errors and not context.obj["quiet"]:
        rows = [f"{t} row {n}" if n else f"all of {t}" for t, n in built.left_out]
        more = f" and {len(rows) - _LISTED} more" if len(rows) > _LISTED else ""
        what = f": left out are {', '.join(rows[:_LISTED])}{more}" if rows else ""
        say(f"{count(errors, 'error')} in the data{what}. `kg check` says why.")
    return 1 if errors else 0


def as_json(value: Any) -> str:
    """Return a value as JSON for people and programs."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=1)
