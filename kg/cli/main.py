"""The command line: parse, call one verb, show.

Exit codes: 0 done or conforms, 1 faults in the data, 2 wrong use, 3 broken machinery. Data go to
stdout, words to stderr.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg import __version__
from kg.errors import DataFaults, Fault, KgError, UsageError

if TYPE_CHECKING:
    from kg.workspace import Workspace

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "-C", "folder", metavar="DIR", default=".", help="Workspace to work in (default: here)."
)
@click.option("--quiet", is_flag=True, help="Say nothing but the data.")
@click.version_option(__version__, prog_name="kg")
@click.pass_context
def cli(context: click.Context, folder: str, quiet: bool) -> None:
    """Qualitative evidence synthesis: enter findings, check them, and carry concepts to a context.

    Start with `kg init my-review --case collective-efficacy`, then `kg -C my-review carry`.
    """
    context.obj = {"folder": Path(folder), "quiet": quiet}


def main() -> None:
    """Run the command line; every error becomes words once, here."""
    try:
        status = cli.main(standalone_mode=False, prog_name="kg")
    except click.exceptions.Exit as error:
        status = error.exit_code
    except click.Abort:
        status = 130
    except click.ClickException as error:
        _say(f"kg: {error.format_message()}")
        status = 2
    except DataFaults as error:
        _show_faults(error.faults)
        status = error.exit_code
    except KgError as error:
        _say(f"kg: {error}")
        status = error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        status = 0
    sys.exit(status if isinstance(status, int) else 0)


def _say(text: str) -> None:
    click.echo(text, err=True)


def _show_faults(faults: Iterable[Fault]) -> None:
    for fault in faults:
        _say(str(fault))


def _open(context: click.Context, engine: str = "shacl") -> Workspace:
    """Return the workspace, and say what building it did."""
    from kg.workspace import Workspace

    workspace = Workspace(context.obj["folder"], engine=engine)
    built = workspace.built
    if not context.obj["quiet"]:
        if built.read_again:
            where = "" if built.cached else " in memory (.kg can't be written)"
            _say(f"built{where}: {len(built.read_again)} changed files read")
        if built.engine != engine:
            _say(f"the engine {engine} can't be used: {built.engine} judged instead")
    return workspace


def _left_out(workspace: Workspace) -> int:
    """Say which rows are left out, and return the exit code."""
    built = workspace.built
    errors = sum(f.severity == "error" for f in built.faults)
    if errors:
        rows = ", ".join(f"{t} row {r}" for t, r in built.left_out[:20])
        more = f" and {len(built.left_out) - 20} more" if len(built.left_out) > 20 else ""
        _say(f"{errors} errors: these rows are left out: {rows}{more}. `kg check` says why.")
    return 1 if errors else 0


def _put(context: click.Context, text: str, output: str | None) -> None:
    """Write text to a file, or to stdout."""
    if output is None:
        if text:
            click.echo(text, nl=not text.endswith("\n"))
        return
    from kg.workspace import write_text

    write_text(Path(output), text if text.endswith("\n") else text + "\n")
    if not context.obj["quiet"]:
        _say(f"written: {output}")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _format(given: str | None, output: str | None, known: tuple[str, ...]) -> str:
    """Return the format that is asked for, by name or by the extension of the output file."""
    if given:
        return given
    extension = Path(output).suffix.lower().removeprefix(".") if output else ""
    if not extension or extension == "txt":
        return known[0]
    if extension not in known:
        raise UsageError(
            f'The format of "{output}" is not known. Write one of: {", ".join(known)}.'
        )
    return extension


def _formats(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add --format and -o to a command."""

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        command = click.option("-o", "output", metavar="FILE", help="Write to a file.")(command)
        return click.option(
            "--format", "form", type=click.Choice(names), help="Form of the answer."
        )(command)

    return add


@cli.command()
@click.argument("folder", metavar="DIR")
@click.option(
    "--case", required=True, metavar="NAME", help="Shipped case to copy: collective-efficacy."
)
@click.pass_context
def init(context: click.Context, folder: str, case: str) -> None:
    """Make a workspace from a shipped case."""
    from kg.workspace import copy_case

    path = copy_case(case, Path(folder))
    if not context.obj["quiet"]:
        _say(f"made {path}: edit the files in {path / 'tables'}, then type kg -C {path} check")


@cli.command()
@click.option(
    "--engine", type=click.Choice(("shacl", "pyshacl")), default="shacl", help="SHACL engine."
)
@click.option(
    "--ontology", is_flag=True, help="Reason over ontology and data with HermiT (needs Java)."
)
@_formats("text", "json", "csv", "ttl")
@click.pass_context
def check(
    context: click.Context, engine: str, ontology: bool, form: str | None, output: str | None
) -> None:
    """Judge all tables: one line a fault, with table, row, column, what was seen and what to do."""
    from kg.workspace import render_faults

    form = _format(form, output, ("text", "json", "csv", "ttl"))
    workspace = _open(context, engine)
    faults = workspace.check_ontology() if ontology else workspace.check()
    _put(context, render_faults(faults, form, workspace.built.engine), output)
    errors = sum(f.severity == "error" for f in faults)
    if not context.obj["quiet"]:
        warnings = len(faults) - errors
        _say(f"{errors} faults, {warnings} warnings ({len(workspace.built.rows)} rows checked)")
    context.exit(1 if errors else 0)


@cli.command()
@click.pass_context
def build(context: click.Context) -> None:
    """Build the store from the tables; only changed tables are read again."""
    from kg.workspace import Workspace

    built = Workspace(context.obj["folder"]).build()
    if not context.obj["quiet"]:
        _say(f"{len(built.read_again)} changed files read, {len(built.store)} quads in .kg/")
    context.exit(1 if any(f.severity == "error" for f in built.faults) else 0)


@cli.command()
@click.argument("name", required=False)
@click.option(
    "--param", "params", multiple=True, metavar="NAME=VALUE", help="Value of a parameter."
)
@_formats("text", "csv", "json")
@click.pass_context
def query(
    context: click.Context,
    name: str | None,
    params: tuple[str, ...],
    form: str | None,
    output: str | None,
) -> None:
    """Answer a shipped question, a .rq file or a SPARQL text; without a name, list the questions."""
    from kg.workspace import list_questions, render_rows

    if name is None:
        for question in list_questions():
            click.echo(f"{question.name}\n    {question.summary}")
            for param, meaning in question.params.items():
                click.echo(f"    --param {param}=…  {meaning}")
        return
    pairs = dict(_pair(p) for p in params)
    form = _format(form, output, ("text", "csv", "json"))
    workspace = _open(context)
    rows = workspace.query(name, pairs)
    _put(context, render_rows(rows, form), output)
    context.exit(_left_out(workspace))


def _pair(text: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not found:
        raise UsageError(f"--param {text}: write NAME=VALUE.")
    return name, value


@cli.command()
@click.option("--to", default="", metavar="TARGET", help="Only this target context.")
@click.option("--all", "everything", is_flag=True, help="Show what has no basis, too.")
@_formats("text", "json", "csv")
@click.pass_context
def carry(
    context: click.Context, to: str, everything: bool, form: str | None, output: str | None
) -> None:
    """Say what can be carried into each target context: status, scope, counts and a sentence."""
    from kg.workspace import render_transfers

    form = _format(form, output, ("text", "json", "csv"))
    workspace = _open(context)
    transfers = [t for t in workspace.carry(to) if t.carried or everything]
    _put(context, render_transfers(transfers, form), output)
    context.exit(_left_out(workspace))


@cli.command()
@click.argument("id")
@click.option("--full", is_flag=True, help="Unfold near misses and uncounted evidence, too.")
@_formats("text", "json")
@click.pass_context
def why(context: click.Context, id: str, full: bool, form: str | None, output: str | None) -> None:
    """Show what a claim, construct, finding or any other row rests on, down to its quotations."""
    form = _format(form, output, ("text", "json"))
    workspace = _open(context)
    step = workspace.why(id)
    text = _json(step.as_dict()) if form == "json" else "\n".join(step.lines(full=full))
    _put(context, text, output)
    context.exit(_left_out(workspace))


@cli.command("why-not")
@click.argument("concept")
@click.option("--to", required=True, metavar="TARGET", help="Target context.")
@_formats("text", "json")
@click.pass_context
def why_not(
    context: click.Context, concept: str, to: str, form: str | None, output: str | None
) -> None:
    """Say what is missing for a concept in a target context, and what would change that."""
    form = _format(form, output, ("text", "json"))
    workspace = _open(context)
    obstacles = workspace.why_not(concept, to)
    if form == "json":
        text = _json([o.as_dict() for o in obstacles])
    else:
        text = "\n".join(line for o in obstacles for line in o.lines())
    _put(context, text, output)
    _left_out(workspace)


@cli.command()
@_formats("text", "json")
@click.pass_context
def robustness(context: click.Context, form: str | None, output: str | None) -> None:
    """Leave one study or review statement out at a time, and say which claims change."""
    from kg.workspace import render_removals

    form = _format(form, output, ("text", "json"))
    workspace = _open(context)
    _put(context, render_removals(workspace.robustness(), form), output)
    context.exit(_left_out(workspace))


@cli.command()
@_formats("text", "csv", "json")
@click.pass_context
def gaps(context: click.Context, form: str | None, output: str | None) -> None:
    """Map concepts by kind of setting: supported, contradicted, refuted, absent, or silent."""
    from kg.workspace import render_rows

    form = _format(form, output, ("text", "csv", "json"))
    workspace = _open(context)
    _put(context, render_rows(workspace.gaps(), form), output)
    context.exit(_left_out(workspace))


@cli.command()
@click.argument("table", required=False)
@_formats("text", "json", "md")
@click.pass_context
def schema(context: click.Context, table: str | None, form: str | None, output: str | None) -> None:
    """List the tables, or the columns of one: meaning, allowed values, what they refer to."""
    from kg.workspace import render_schema

    form = _format(form, output, ("text", "json", "md"))
    _put(context, render_schema(table, form), output)


@cli.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--carried",
    default="",
    metavar="TARGET",
    help='With the carried claims of a target, or of "all".',
)
@click.pass_context
def export(context: click.Context, files: tuple[str, ...], carried: str) -> None:
    """Write files whose extension decides the format: ttl, trig, nt, nq, jsonld, rdf, graphml, …

    Carried claims are left out unless a target is named, and keep their status and modality.
    """
    workspace = _open(context)
    for file in files:
        workspace.export(file, carried)
        if not context.obj["quiet"]:
            _say(f"written: {file}")
    context.exit(_left_out(workspace))
