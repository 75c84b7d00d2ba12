"""`kg doctor`: what is wrong with this workspace and machine, and what to type."""

from __future__ import annotations

import click

from kg.cli.stream import count, find_format, formats, put, say

__all__ = ["command"]

_FORMS = ("text", "json")


@click.command("doctor")
@formats(*_FORMS)
@click.pass_context
def command(context: click.Context, form: str | None, output: str | None) -> None:
    """Look at this machine and workspace: what is ok, what needs attention, what is wrong.

    Nothing is changed. Ends with 1 if the data have faults, 2 without a workspace, 3 if something
    on the machine is broken.
    """
    from kg.workspace.doctor import diagnose, find_exit_code, render_points

    form = find_format(form, output, _FORMS)
    points = diagnose(context.obj["folder"])
    put(render_points(points, form), output, quiet=context.obj["quiet"])
    if not context.obj["quiet"]:
        wrong = sum(p.state == "wrong" for p in points)
        look = sum(p.state == "attention" for p in points)
        say(f"{count(len(points), 'point')} looked at: {wrong} wrong, {look} to look at")
    context.exit(find_exit_code(points))
