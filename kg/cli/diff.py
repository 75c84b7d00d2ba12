"""`kg diff`: which claims came, went or changed, and why."""

from __future__ import annotations

import click

from kg.cli.stream import count, find_format, formats, put, say

__all__ = ["command"]

_FORMS = ("text", "json", "html")


@click.command("diff")
@click.argument("old")
@click.argument("new", default="")
@formats(*_FORMS)
@click.pass_context
def command(
    context: click.Context, old: str, new: str, form: str | None, output: str | None
) -> None:
    """Say which claims came, went or changed from OLD to NEW, and why a status is another one.

    OLD and NEW are folders with a workspace, or commits of the workspace (HEAD~1, a tag). Without
    NEW, OLD is compared with the files as they are. Bundles can't be compared yet.
    """
    from kg.workspace.difference import find_difference, render

    form = find_format(form, output, _FORMS)
    difference = find_difference(old, new, context.obj["folder"])
    put(render(difference, form), output, quiet=context.obj["quiet"])
    for name, errors in difference.faults if not context.obj["quiet"] else ():
        say(f"{name}: {count(errors, 'error')} in the data; `kg check` says which.")
    context.exit(1 if difference.faults else 0)
