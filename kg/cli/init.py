"""``kg init``: a new workspace: empty, from a template, a shipped case, or a copy for a person."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from kg.cli.stream import say
from kg.errors import UsageError

__all__ = ["command"]


@click.command("init")
@click.argument("folder", metavar="DIR")
@click.option("--xlsx", is_flag=True, help="Make the tables one workbook, in place of CSV files.")
@click.option(
    "--template",
    default="",
    metavar="NAME",
    help="Start from conditions, theories and targets of a case: collective-efficacy.",
)
@click.option(
    "--case", default="", metavar="NAME", help="Copy a whole shipped case: collective-efficacy."
)
@click.option(
    "--for",
    "interpreter",
    default="",
    metavar="PERSON",
    help="Copy this workspace without the judgements of other people.",
)
@click.pass_context
def command(
    context: click.Context, folder: str, xlsx: bool, template: str, case: str, interpreter: str
) -> None:
    """Make a workspace in a new folder: empty tables, a workbook and a guide; nothing is asked."""
    from kg.workspace.case import copy_case
    from kg.workspace.people import copy_for
    from kg.workspace.start import make_workspace

    if sum(map(bool, (case, interpreter, xlsx or template))) > 1:
        raise UsageError("--case, --for and --template or --xlsx can't go together. Leave out one.")
    path, lines = Path(folder), [f"read {Path(folder) / 'README.md'}"]
    if case:
        copy_case(case, path)
        lines = [f"edit the files in {path / 'tables'}"]
    elif interpreter:
        lines = copy_for(context.obj["folder"], path, interpreter).lines()
        lines.append(f"edit the files in {path / 'tables'}")
    else:
        make_workspace(path, template=template, xlsx=xlsx)
    if not context.obj["quiet"]:
        for line in lines[:-1]:
            say(line)
        say(f"made {path}: {lines[-1]}, then type kg -C {shlex.quote(str(path))} check")
