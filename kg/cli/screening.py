"""kg screening: who decided what on which record, and what rules propose."""

from __future__ import annotations

import click

from kg.cli.session import open_workspace, say_left_out
from kg.cli.stream import count, find_format, formats, put, say
from kg.errors import UsageError

__all__ = ["command"]

_STAGES = ("title and abstract", "full text")


@click.command("screening")
@click.option("--stage", type=click.Choice(_STAGES), help="Only this stage.")
@click.option("--by", default="", metavar="PERSON", help="Only the decisions of this person.")
@click.option(
    "--propose", is_flag=True, help="Print rows that rules propose for undecided records instead."
)
@formats("text", "csv", "json")
@click.pass_context
def command(
    context: click.Context,
    stage: str | None,
    by: str,
    propose: bool,
    form: str | None,
    output: str | None,
) -> None:
    """List the verdict of each record by each criterion, and on the whole.

    With --propose: rules in the table criteria (years, designs, languages) give rows for records
    that nobody has decided on. They decide nothing: a person signs a row in column "by" and adds
    it to the table eligibility.
    """
    from kg.workspace import render_rows
    from kg.workspace.screening import find_proposed, find_screening

    if propose and by:
        raise UsageError("A proposal is nobody's decision. Leave out --by or --propose.")
    form = find_format(form, output, ("text", "csv", "json"))
    workspace = open_workspace(context)
    if propose:
        rows = find_proposed(workspace.built, stage or "")
    else:
        rows = find_screening(workspace.built, stage or "", by)
    put(render_rows(rows, form), output, quiet=context.obj["quiet"])
    if propose and not context.obj["quiet"]:
        say(
            f"{count(len(rows.rows), 'proposal')}, nothing is decided. Check each one, write who "
            'decides in column "by", and add it to the table eligibility.'
        )
    context.exit(say_left_out(context, workspace))
