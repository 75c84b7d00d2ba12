"""`kg merge`: bring the rows of another copy of the workspace into this one."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.stream import count, find_format, formats, put, say

__all__ = ["command"]

_FORMS = ("text", "json")


@click.command("merge")
@click.argument("other", metavar="DIR")
@click.option(
    "--take",
    type=click.Choice(("ours", "theirs")),
    default="ours",
    help="Which cells hold where the same row differs (default: ours).",
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@formats(*_FORMS)
@click.pass_context
def command(
    context: click.Context,
    other: str,
    take: str,
    dry_run: bool,
    form: str | None,
    output: str | None,
) -> None:
    """Bring the rows of another copy (DIR) into this workspace, by table and id.

    Rows that are only there are added. A row that differs stays as it is here, and the cells are
    listed, unless --take theirs. Exits 1 while something is left to be settled.
    """
    from kg.workspace.people import merge, render_merge

    form = find_format(form, output, _FORMS)
    merged = merge(context.obj["folder"], Path(other), take=take, dry_run=dry_run)
    put(render_merge(merged, form), output, quiet=context.obj["quiet"])
    if not context.obj["quiet"]:
        files = count(len(merged.written), "file")
        say("nothing is written (dry run)" if dry_run else f"{files} written; type kg check")
    context.exit(0 if merged.settled else 1)
