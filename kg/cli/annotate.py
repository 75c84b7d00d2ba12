"""``kg check --annotate``: say where the annotated workbooks are, and what they don't hold."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from kg.cli.stream import say
from kg.errors import Fault

__all__ = ["annotate"]


def annotate(context: click.Context, out: str, faults: Iterable[Fault]) -> None:
    """Write the tables with each fault in its cell, and say so."""
    from kg.workspace.annotate import write_annotated

    for done in write_annotated(context.obj["folder"], Path(out), faults):
        if done.losses:  # said even if quiet: what is lost must not be found out later
            source = done.source or "the CSV files"
            say(f"{done.path}: not kept of {source}: {', '.join(done.losses)}")
        if not context.obj["quiet"]:
            say(f"written: {done.path}")
