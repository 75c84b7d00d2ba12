"""The command line: parse, call one verb, show.

Exit codes: 0 done or conforms, 1 faults in the data, 2 wrong use, 3 broken machinery. Data go to
stdout, words to stderr.
"""

from __future__ import annotations

import sys

import click

from kg.cli.later import Later
from kg.cli.session import as_json, open_workspace, say_left_out
from kg.cli.stream import count, find_format, formats, put, say, say_faults, use_utf8
from kg.errors import DataFaults, KgError, MachineryError, UsageError
from kg.progress import listen

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "-C", "folder", metavar="DIR", default=".", help="Workspace to work in (default: here)."
)
@click.option("--quiet", is_flag=True, help="Say nothing but the data.")
@click.version_option(package_name="collective-efficacy-kg", prog_name="kg")
@click.pass_context
def cli(context: click.Context, folder: str, quiet: bool) -> None:
    """Qualitative evidence synthesis: enter findings, check them, and carry concepts to a context.

    A synthesis of your own starts with `kg init my-review`.

    The first case is copied by `kg init my-review --case collective-efficacy`.
    """
    from pathlib import Path

    context.obj = {"folder": Path(folder), "quiet": quiet}
    if not quiet and sys.stderr.isatty():
        from kg.cli.waiting import Bar

        bar = Bar()
        context.with_resource(listen(bar))
        context.call_on_close(bar.close)


def main() -> None:
    """Run the command line; every error becomes words once, here."""
    use_utf8()
    sys.exit(_run())


def _run() -> int:
    try:
        status = cli.main(standalone_mode=False, prog_name="kg")
        return status if isinstance(status, int) else 0
    except SystemExit:  # click met a reader who has seen enough
        return 0
    except click.Abort:
        return 130
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "kg"
        say(f"kg: {error.format_message()} Type {command} --help.")
        return 2
    except DataFaults as error:
        say_faults(error.faults)
        return error.exit_code
    except KgError as error:
        say(f"kg: {error}{_damage(error)}")
        return error.exit_code
    except UnicodeEncodeError:
        say("kg: A name holds bytes that are not UTF-8. Write it in UTF-8.")
        return 2
    except OSError as error:
        say(f"kg: {error.filename or 'the system'}: {error.strerror or error}.")
        return 3
    except Exception as error:
        if not _damage(error):
            import traceback

            traceback.print_exc()
        say(f"kg: {_damage(error) or 'this is a defect of kg: report it with the lines above.'}")
        return 3


def _damage(error: Exception) -> str:
    """Return what to do where a file of the cache turns out to be damaged."""
    damaged = "Corruption:" in str(error)
    return " The cache is damaged: delete the folder .kg, it is made again." if damaged else ""


@cli.command()
@click.option(
    "--engine", type=click.Choice(("shacl", "pyshacl")), default="shacl", help="SHACL engine."
)
@click.option(
    "--ontology",
    is_flag=True,
    help="Judge the ontology, too: by its rules, OWL 2 DL and HermiT (needs Java).",
)
@click.option(
    "--annotate",
    "marked",
    metavar="OUT.xlsx",
    help="Write the tables as a workbook, too, with each fault in its cell.",
)
@formats("text", "json", "csv", "ttl")
@click.pass_context
def check(
    context: click.Context,
    engine: str,
    ontology: bool,
    marked: str | None,
    form: str | None,
    output: str | None,
) -> None:
    """Judge all tables: one line a fault, with table, row, column, what was seen and what to do."""
    from kg.workspace import render_faults

    form = find_format(form, output, ("text", "json", "csv", "ttl"))
    rows, stopped = 0, None
    try:
        workspace = open_workspace(context, engine)
        faults = workspace.check()
        engine, rows = workspace.built.engine, len(workspace.built.rows)
        if ontology:
            faults += workspace.check_rules()
            try:
                faults += workspace.check_logic()
            except MachineryError as error:  # said after what was found without Java
                stopped = error
    except DataFaults as error:
        faults = error.faults
    put(render_faults(faults, form, engine), output, quiet=context.obj["quiet"])
    if marked:
        from kg.cli.annotate import annotate

        annotate(context, marked, faults)
    errors = sum(f.severity == "error" for f in faults)
    if not context.obj["quiet"]:
        warnings = count(len(faults) - errors, "warning")
        say(f"{count(errors, 'fault')}, {warnings} ({count(rows, 'row')} checked)")
        if not rows and not errors:
            say("no row yet: README.md says what to fill in first")
        if ontology and not errors and not stopped:
            say("the ontology keeps its rules and is in OWL 2 DL; it is consistent, alone and with")
            say("the data, and nothing in it is unsatisfiable (OWL API, HermiT)")
    if stopped:
        raise stopped
    context.exit(1 if errors else 0)


@cli.command()
@click.pass_context
def build(context: click.Context) -> None:
    """Build the store from the tables; only changed tables are read again."""
    from kg.workspace import Workspace

    built = Workspace(context.obj["folder"]).build()
    if not context.obj["quiet"]:
        files = count(len(built.read_again), "changed file")
        say(f"{files} read, {count(len(built.store), 'quad')} in .kg/")
    context.exit(1 if any(f.severity == "error" for f in built.faults) else 0)


@cli.command()
@click.option("--to", default="", metavar="TARGET", help="Only this target context.")
@click.option("--all", "everything", is_flag=True, help="Show what has no basis, too.")
@formats("text", "json", "csv")
@click.pass_context
def carry(
    context: click.Context, to: str, everything: bool, form: str | None, output: str | None
) -> None:
    """Say what can be carried into each target context: status, scope, counts and a sentence."""
    from kg.workspace import render_transfers

    form = find_format(form, output, ("text", "json", "csv"))
    workspace = open_workspace(context)
    transfers = [t for t in workspace.carry(to) if t.carried or everything]
    text = render_transfers(transfers, form)
    if form == "text" and not transfers and workspace.built.left_out:
        text = "Undetermined: the target context, or what is asked about, was left out."
    put(text, output, quiet=context.obj["quiet"])
    context.exit(say_left_out(context, workspace))


@cli.command()
@click.argument("id")
@click.option("--full", is_flag=True, help="Unfold near misses and uncounted evidence, too.")
@formats("text", "json")
@click.pass_context
def why(context: click.Context, id: str, full: bool, form: str | None, output: str | None) -> None:
    """Show what a claim, construct, finding or any other row rests on, down to its quotations."""
    form = find_format(form, output, ("text", "json"))
    workspace = open_workspace(context)
    step = workspace.why(id)
    text = as_json(step.as_dict()) if form == "json" else "\n".join(step.lines(full=full))
    put(text, output, quiet=context.obj["quiet"])
    context.exit(say_left_out(context, workspace))


@cli.command("why-not")
@click.argument("concept")
@click.option("--to", required=True, metavar="TARGET", help="Target context.")
@formats("text", "json")
@click.pass_context
def why_not(
    context: click.Context, concept: str, to: str, form: str | None, output: str | None
) -> None:
    """Say what is missing for a concept in a target context, and what would change that."""
    form = find_format(form, output, ("text", "json"))
    workspace = open_workspace(context)
    obstacles = workspace.why_not(concept, to)
    if form == "json":
        text = as_json([o.as_dict() for o in obstacles])
    else:
        text = "\n".join(line for o in obstacles for line in o.lines())
    put(text, output, quiet=context.obj["quiet"])
    say_left_out(context, workspace)


@cli.command()
@click.option("--counts", is_flag=True, help="Count the claims that rest on each, and on it alone.")
@formats("text", "csv", "json")
@click.pass_context
def robustness(context: click.Context, counts: bool, form: str | None, output: str | None) -> None:
    """Leave one study or review statement out at a time, and say which claims change."""
    from kg.workspace import render_removals, render_rows

    known = ("text", "csv", "json") if counts else ("text", "json")
    form = find_format(form, output, known)
    if form not in known:
        raise UsageError("What changes is no table: write --format json, or --counts as well.")
    workspace = open_workspace(context)
    text = (render_rows(workspace.reliance(), form) if counts
            else render_removals(workspace.robustness(), form))  # fmt: skip
    put(text, output, quiet=context.obj["quiet"])
    context.exit(say_left_out(context, workspace))


@cli.command()
@click.option("--facets", is_flag=True, help="Count studies and findings by role, year, setting ….")
@formats("text", "csv", "json")
@click.pass_context
def gaps(context: click.Context, facets: bool, form: str | None, output: str | None) -> None:
    """Map concepts by kind of setting: supported, contradicted, refuted, absent, or silent."""
    from kg.workspace import render_rows

    form = find_format(form, output, ("text", "csv", "json"))
    workspace = open_workspace(context)
    rows = workspace.facets() if facets else workspace.gaps()
    put(render_rows(rows, form), output, quiet=context.obj["quiet"])
    context.exit(say_left_out(context, workspace))


@cli.command()
@click.argument("table", required=False)
@formats("text", "json", "md")
@click.pass_context
def schema(context: click.Context, table: str | None, form: str | None, output: str | None) -> None:
    """List the tables, or the columns of one: meaning, allowed values, what they refer to."""
    from kg.workspace import render_schema

    form = find_format(form, output, ("text", "json", "md"))
    put(render_schema(table, form), output, quiet=context.obj["quiet"])


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
    """Write files; the extension decides: ttl, trig, nt, nq, jsonld, rdf, owl, graphml and more.

    NAME.parquet is a folder with one file a table, for R, polars and DuckDB.

    Carried claims are left out unless a target is named, and keep their status and modality.
    """
    workspace = open_workspace(context)
    for file in files:
        workspace.export(file, carried)
        for loss in workspace.losses(file):
            say(f"{file}: {loss}")
        if not context.obj["quiet"]:
            say(f"written: {file}")
    context.exit(say_left_out(context, workspace))


@cli.command()
@click.argument("kind", type=click.Choice(("ontology",)), metavar="KIND")
@formats("html")
@click.pass_context
def report(context: click.Context, kind: str, form: str | None, output: str | None) -> None:
    """Write a report. KIND is ontology: every term of it, on one page that needs no network.

    Each term stands with its definition, its axioms in words, the columns and queries that use it,
    its mappings, and how often this workspace uses it.
    """
    find_format(form, output, ("html",))
    page = open_workspace(context).report(kind)
    put(page, output, quiet=context.obj["quiet"])


for _verb in (
    Later(
        "agreement",
        "Say how far interpreters agree: percent, Cohen's kappa and Krippendorff's alpha.",
    ),
    Later(
        "cluster",
        "Check, carry and count on Apache Spark, with the same answers as on one machine.",
    ),
    Later(
        "diff",
        "Say which claims came, went or changed from OLD to NEW, and why a status is another one.",
    ),
    Later(
        "doctor",
        "Look at this machine and workspace: what is ok, what needs attention, what is wrong.",
    ),
    Later(
        "fix",
        "Mend misspelt words of closed lists, ids and headers in the tables, and show each change.",
    ),
    Later(
        "flow",
        "Count records from search to inclusion, in the numbers of PRISMA 2020.",
    ),
    Later(
        "import",
        "Take files over: RIS, BibTeX, NBIB, CSV, XLSX, ODS, Turtle, TriG, JSON-LD, RDF/XML, "
        "REFI-QDA.",
        module="importing",
    ),
    Later(
        "init",
        "Make a workspace in a new folder: empty tables, a workbook and a guide; nothing is asked.",
    ),
    Later("merge", "Bring the rows of another copy (DIR) into this workspace, by table and id."),
    Later(
        "network",
        "Write a network for Gephi, Cytoscape or R, or the statistics of personal networks.",
    ),
    Later(
        "push",
        "Push to a SPARQL store elsewhere, graph by graph; what is there already is not sent "
        "again.",
    ),
    Later(
        "query",
        "Answer a shipped question, a .rq file or SPARQL text; without a name, list the questions.",
    ),
    Later(
        "quote",
        "Find quotations in the texts of their reports: where, how exactly, or what comes nearest.",
    ),
    Later("screening", "List the verdict of each record by each criterion, and on the whole."),
):
    cli.add_command(_verb)
