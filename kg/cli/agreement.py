"""`kg agreement`: how far interpreters agree, what was decided between them, and the dissent."""

from __future__ import annotations

import click

from kg.cli.session import open_workspace, say_left_out
from kg.cli.stream import find_format, formats, put

__all__ = ["command"]

_FORMS = ("text", "json", "csv")


@click.command("agreement")
@click.argument("table", default="")
@click.option(
    "--dissent", is_flag=True, help="List decisions with both sides, and differences left open."
)
@formats(*_FORMS)
@click.pass_context
def command(
    context: click.Context, table: str, dissent: bool, form: str | None, output: str | None
) -> None:
    """Say how far interpreters agree: percent, Cohen's kappa and Krippendorff's alpha.

    One line for each pair, in each category of each table of judgements (or of TABLE). What was
    decided between others' judgements is no judgement of one's own and is not counted.
    """
    from kg.workspace.agreement import (
        list_agreement,
        list_rulings,
        render_agreement,
        render_rulings,
    )

    form = find_format(form, output, _FORMS)
    workspace = open_workspace(context)
    store = workspace.built.store
    if dissent:
        text = render_rulings(list_rulings(store, table), form)
    else:
        text = render_agreement(list_agreement(store, table), form)
    put(text, output, quiet=context.obj["quiet"])
    context.exit(say_left_out(context, workspace))
