"""kg push: a built workspace in a store elsewhere."""

from __future__ import annotations

import click

from kg.cli.session import open_workspace, say_left_out
from kg.cli.stream import count, say

__all__ = ["command"]


@click.command("push")
@click.argument("url", metavar="URL")
@click.option(
    "--graph-store", default="", metavar="URL", help="Address of the graph store, if another one."
)
@click.option(
    "--carried",
    default="",
    metavar="TARGET",
    help='With the carried claims of a target, or of "all".',
)
@click.option(
    "--replace",
    "overwrite",
    is_flag=True,
    help="Replace graphs of the same names that kg did not push, too.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be sent, and send nothing.")
@click.option(
    "--timeout",
    type=click.IntRange(1, 86_400),
    default=600,
    show_default=True,
    metavar="SECONDS",
    help="Longest wait for one answer.",
)
@click.pass_context
def command(
    context: click.Context,
    url: str,
    graph_store: str,
    carried: str,
    overwrite: bool,
    dry_run: bool,
    timeout: int,
) -> None:
    """Push to a SPARQL store elsewhere, graph by graph; what is there already is not sent again.

    URL is its SPARQL endpoint. A token is taken from KG_TOKEN. Carried claims are left out unless a
    target is named; what kg did not push is never touched.
    """
    from kg.workspace.push import open_place, push

    place = open_place(url, graph_store, seconds=timeout)
    workspace = open_workspace(context)
    quiet = context.obj["quiet"]
    pushed = push(
        workspace.built, place, carried=carried, overwrite=overwrite, dry_run=dry_run,
        tell=(lambda line: None) if quiet else say,
    )  # fmt: skip
    if not quiet:
        would = "would be " if dry_run else ""
        say(
            f"{place.endpoint}: {count(pushed.sent, 'graph')} {would}sent, {pushed.kept} there "
            f"already, {pushed.removed} {would}removed"
        )
    context.exit(say_left_out(context, workspace))
