"""kg network: networks as files for other programs, and statistics of personal networks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.session import open_workspace, say_left_out
from kg.cli.stream import count, put, say
from kg.errors import UsageError

if TYPE_CHECKING:
    import polars

    from kg.workspace.network import Network

__all__ = ["command"]

_KINDS = ("co-occurrence", "concepts", "personal", "translations")
_FILES = ("edges.csv", "gexf", "graphml", "nodes.csv")
_STATISTICS = ("text", "csv", "json", "md")


@click.command("network")
@click.argument("kind", type=click.Choice(_KINDS), metavar="KIND")
@click.option("--measures", is_flag=True, help="Give each node degree, betweenness and community.")
@click.option(
    "--format", "form", type=click.Choice((*_STATISTICS, *_FILES)), help="Form of the answer."
)
@click.option("-o", "outputs", multiple=True, metavar="FILE", help="Write to a file; repeatable.")
@click.pass_context
def command(
    context: click.Context,
    kind: str,
    measures: bool,
    form: str | None,
    outputs: tuple[str, ...],
) -> None:
    """Write a network for Gephi, Cytoscape or R, or the statistics of personal networks.

    KIND is co-occurrence (concepts in studies), concepts (with studies and settings), translations
    (constructs and what they lead to), or personal (persons, members and their ties). Files end in
    .graphml, .gexf, .nodes.csv or .edges.csv.

    Personal networks also give text, csv, json and md: size, density, effective size, constraint
    and the kinds of members of each person. What is not defined or not known is said to be so.
    """
    from kg.workspace.network import find_network, find_personal

    if kind == "personal" and measures:
        raise UsageError(
            "Personal networks have no members in common, so --measures says nothing of them. "
            "Leave it out: kg network personal shows the statistics of each."
        )
    wanted = [(o, _find_form(o, form, kind)) for o in outputs] or [("", form or "text")]
    if kind != "personal" and form in ("csv", "json", "md"):
        raise _unfit(f"--format {form}", kind)
    workspace = open_workspace(context)
    network: Network | None = None
    statistics: polars.DataFrame | None = None
    for output, shape in wanted:
        if kind == "personal" and shape in _STATISTICS:
            if statistics is None:
                statistics = find_personal(workspace.built)
            _give_statistics(context, statistics, shape, output)
        else:
            if network is None:
                network = find_network(workspace.built, kind, measures=measures)
            _give_network(context, network, shape, output)
    context.exit(say_left_out(context, workspace))


def _find_form(output: str, form: str | None, kind: str) -> str:
    """Return the form that is asked for, by name or by what the file name ends in.

    Raises:
        UsageError: The ending is not known, or is of no form of this kind.
    """
    if form:
        return form
    name = Path(output).name.lower()
    known = (*_FILES, *(("csv", "json", "md", "txt") if kind == "personal" else ("txt",)))
    for ending in known:  # edges.csv and nodes.csv before csv
        if name == ending or name.endswith((f".{ending}", f"-{ending}")):
            return "text" if ending == "txt" else ending
    raise _unfit(f'"{output}"', kind)


def _unfit(given: str, kind: str) -> UsageError:
    more = ", .csv, .json, .md" if kind == "personal" else ""
    return UsageError(
        f"{given} is in no form of the network {kind}. Write one of: .graphml, .gexf, .nodes.csv, "
        f".edges.csv{more}."
    )


def _give_statistics(
    context: click.Context, statistics: polars.DataFrame, form: str, output: str
) -> None:
    from kg.workspace.network import count_untied, render_personal, write_file

    pieces = render_personal(statistics, form)
    if output:
        write_file(Path(output), pieces)
    else:
        put("".join(pieces))
    if context.obj["quiet"]:
        return
    if output:
        say(f"written: {output}")
    if not len(statistics):
        say("no personal network yet: fill in the tables egos, alters and ties")
    elif statistics["ties"].null_count() == len(statistics):
        say("no tie between members is recorded, so nothing that rests on ties is known")
    elif untied := count_untied(statistics):
        say(f"{count(untied, 'network')} of two or more members without any tie: read as no ties")
    if left := int((statistics["left out"] > 0).sum()):
        say(f"{count(left, 'network')} not known, for rows of it are left out")


def _give_network(context: click.Context, network: Network, form: str, output: str) -> None:
    from kg.workspace.network import (
        find_network_losses,
        render_network,
        write_file,
        write_network,
    )

    pieces = [render_network(network), "\n"] if form == "text" else write_network(network, form)
    if not output:
        put("".join(pieces))
    else:
        write_file(Path(output), pieces)
    if form != "text":
        for loss in find_network_losses(network, form):
            say(f"{output or network.name}: {loss}")
    if output and not context.obj["quiet"]:
        say(f"written: {output}")
