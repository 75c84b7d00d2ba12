"""kg flow: the flow of records."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.session import open_workspace, say_left_out
from kg.cli.stream import find_format, formats, put, say
from kg.errors import UsageError

__all__ = ["command"]


@click.command("flow")
@formats("text", "json", "svg", "png")
@click.pass_context
def command(context: click.Context, form: str | None, output: str | None) -> None:
    """Count records from search to inclusion, in the numbers of PRISMA 2020.

    Shows text, JSON, or a figure: `kg flow -o flow.svg`, `kg flow -o flow.png`. What no table says
    is not known, and never 0.
    """
    from kg.workspace import write_text
    from kg.workspace.screening import find_flow, find_unshown, render_flow

    form = find_format(form, output, ("text", "json", "svg", "png"))
    if form == "png" and output is None:
        raise UsageError("A picture can't be shown here. Name a file with -o, as -o flow.png.")
    workspace = open_workspace(context)
    flow = find_flow(workspace.built)
    content = render_flow(flow, form)
    if isinstance(content, str):
        put(content, output, quiet=context.obj["quiet"])
    elif output is not None:
        write_text(Path(output), content)
        if not context.obj["quiet"]:
            say(f"written: {output}")
        if missing := find_unshown(flow):
            say(f"The font of the PNG lacks: {' '.join(missing[:20])} — the SVG shows them.")
    context.exit(say_left_out(context, workspace))
