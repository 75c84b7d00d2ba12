"""kg cluster: the same work on Apache Spark, for syntheses that one machine takes too long for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.stream import count, put, say
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.workspace.cluster import Found

__all__ = ["command"]

_LISTED = 20


@click.group("cluster")
def command() -> None:
    """Check, carry and count on Apache Spark, with the same answers as on one machine.

    `kg cluster pack` first makes a dataset of a workspace. Below 2,000 studies one process is
    faster; docs/scale.md says when which is.
    """


@command.command("pack")
@click.argument("workspace", metavar="WORKSPACE")
@click.argument("dataset", metavar="DATASET")
@click.option(
    "--batch",
    "size",
    type=click.IntRange(1, 100_000),
    default=250,
    show_default=True,
    metavar="STUDIES",
    help="Studies in a batch.",
)
@click.pass_context
def _pack(context: click.Context, workspace: str, dataset: str, size: int) -> None:
    """Make a dataset of a workspace: a folder of Parquet files that every machine can read."""
    from kg.workspace.cluster import pack

    packed = pack(Path(workspace), Path(dataset), size)
    if not context.obj["quiet"]:
        say(
            f"{dataset}: {packed.studies} studies, "
            f"{count(packed.rows, 'row')} in {packed.batches} batches"
        )


def _on_spark(verb: str, meaning: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Add what all verbs on Spark take."""

    def add(function: Callable[..., Any]) -> click.Command:
        for option in (
            click.option("-o", "output", metavar="OUT", help=meaning),
            click.option(
                "--master",
                default="local[*]",
                show_default=True,
                metavar="MASTER",
                help="Which Spark: local[*], or spark://HOST:PORT.",
            ),
            click.argument("dataset", metavar="DATASET"),
        ):
            function = option(function)
        return command.command(verb)(click.pass_context(function))

    return add


@_on_spark("check", "Write to OUT.parquet, .csv or .json.")
def _check(context: click.Context, dataset: str, master: str, output: str | None) -> None:
    """Judge all rows: the faults that `kg check` finds, each with table, row and column."""
    found = _run(context, "check", dataset, master, output)
    errors = sum(f.severity == "error" for f in found.faults)
    if not context.obj["quiet"]:
        say(f"{count(errors, 'fault')}, {count(len(found.faults) - errors, 'warning')}")
    context.exit(1 if errors else 0)


@_on_spark("carry", "Write to OUT.parquet or .json, transfers without basis included.")
def _carry(context: click.Context, dataset: str, master: str, output: str | None) -> None:
    """Say what can be carried into each target context, as `kg carry` does."""
    found = _run(context, "carry", dataset, master, output)
    context.exit(_say_left_out(context, found))


@_on_spark("robustness", "Write to OUT.parquet or .json.")
def _robustness(context: click.Context, dataset: str, master: str, output: str | None) -> None:
    """Leave one study or review statement out at a time, as `kg robustness` does."""
    found = _run(context, "robustness", dataset, master, output)
    context.exit(_say_left_out(context, found))


@_on_spark("measures", "Folder for one Parquet file a measure (required).")
def _measures(context: click.Context, dataset: str, master: str, output: str | None) -> None:
    """Count: gaps, facets, co-occurrence, reliance, and statistics of personal networks."""
    if output is None:
        raise UsageError("Measures are files: name a folder for them with -o.")
    found = _run(context, "measures", dataset, master, output)
    context.exit(_say_left_out(context, found))


def _run(context: click.Context, verb: str, dataset: str, master: str, output: str | None) -> Found:
    """Run a verb on Spark, and write or print what it found.

    Raises:
        UsageError: The output is in no form of the verb, or there is no dataset.
        MachineryError: Spark can't be started, or gave up.
    """
    from kg.workspace.cluster import Spark, open_dataset, render, run, write

    quiet = context.obj["quiet"]
    form = _find_form(verb, output) if output is not None else "text"
    open_dataset(Path(dataset))  # before Spark is started, which takes seconds
    with Spark(master, (lambda line: None) if quiet else say) as spark:
        found = run(verb, Path(dataset), spark)
    if output is None:
        put(render(verb, found))
    else:
        write(verb, found, Path(output), form)
        if not quiet:
            say(f"written: {output}")
    return found


def _find_form(verb: str, output: str) -> str:
    from kg.workspace.cluster import VERBS

    extension = Path(output).suffix.lower().removeprefix(".")
    if verb == "measures":
        return "parquet"
    if extension not in VERBS[verb]:
        raise UsageError(
            f'"{output}" is in no form of this verb. Write one of: '
            f"{', '.join(f'.{known}' for known in VERBS[verb])}."
        )
    return extension


def _say_left_out(context: click.Context, found: Found) -> int:
    """Say which rows are left out, and return the exit code."""
    errors = sum(f.severity == "error" for f in found.faults)
    if errors and not context.obj["quiet"]:
        rows = [f"{t} row {n}" if n else f"all of {t}" for t, n in found.left_out]
        more = f" and {len(rows) - _LISTED} more" if len(rows) > _LISTED else ""
        say(
            f"{count(errors, 'error')} in the data: left out are {', '.join(rows[:_LISTED])}"
            f"{more}. `kg cluster check` says why."
        )
    return 1 if errors else 0
