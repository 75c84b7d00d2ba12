"""kg query: a shipped question, a file or a text, asked here or of a store elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.session import open_workspace, say_left_out
from kg.cli.stream import find_format, formats, put
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.query import Rows

__all__ = ["command"]

_SECONDS = 600


@click.command("query")
@click.argument("name", required=False)
@click.option(
    "--param", "params", multiple=True, metavar="NAME=VALUE", help="Value of a parameter."
)
@click.option("--endpoint", default="", metavar="URL", help="Ask a SPARQL endpoint elsewhere.")
@click.option(
    "--timeout",
    type=click.IntRange(1, 86_400),
    metavar="SECONDS",
    help="Longest wait for an endpoint (default: 600).",
)
@formats("text", "csv", "json")
@click.pass_context
def command(
    context: click.Context,
    name: str | None,
    params: tuple[str, ...],
    endpoint: str,
    timeout: int | None,
    form: str | None,
    output: str | None,
) -> None:
    """Answer a shipped question, a .rq file or SPARQL text; without a name, list the questions.

    With --endpoint the workspace is not asked and need not be there. A token is taken from
    KG_TOKEN.
    """
    from kg.workspace import list_questions, render_rows

    if name is None:
        lines = []
        for question in list_questions():
            lines += [question.name, f"    {question.summary}"]
            lines += [f"    --param {p}=…  {meaning}" for p, meaning in question.params.items()]
        put("\n".join(lines))
        return
    pairs = dict(_pair(p) for p in params)
    form = find_format(form, output, ("text", "csv", "json"))
    quiet = context.obj["quiet"]
    if endpoint:
        rows = _ask(context, endpoint, name, pairs, timeout or _SECONDS)
        put(render_rows(rows, form), output, quiet=quiet)
        return
    if timeout:
        raise UsageError("--timeout is for --endpoint. Leave it out.")
    workspace = open_workspace(context)
    put(render_rows(workspace.query(name, pairs), form), output, quiet=quiet)
    context.exit(say_left_out(context, workspace))


def _pair(text: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not found:
        raise UsageError(f'"--param {text}" names no value. Write NAME=VALUE.')
    return name, value


def _ask(
    context: click.Context, url: str, text: str, params: dict[str, str], seconds: float
) -> Rows:
    """Return an endpoint's answer; a workspace is read only where an id may become an IRI."""
    from kg.workspace.endpoint import query_endpoint

    own = "{" in text or text.endswith(".rq")
    there = (context.obj["folder"] / "review.yaml").is_file()
    built = open_workspace(context).built if own and params and there else None
    return query_endpoint(url, text, params, built=built, seconds=seconds)
