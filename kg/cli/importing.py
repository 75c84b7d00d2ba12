"""`kg import`: references, other people's tables and RDF into the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.session import as_json
from kg.cli.stream import find_format, formats, put, say

if TYPE_CHECKING:
    from kg.workspace.importing import Intake

__all__ = ["command"]


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--table", default="", metavar="TABLE", help="Table that the rows of a file go to.")
@click.option(
    "--map", "map_file", default="", metavar="MAP", help="What columns become, such as map.yaml."
)
@click.option("--sheet", default="", metavar="SHEET", help="Sheet of a workbook.")
@click.option("--search", default="", metavar="ID", help="Search that found the references.")
@click.option("--skip-duplicates", is_flag=True, help="Leave out what is probably a duplicate.")
@click.option("--fill", is_flag=True, help="Fill empty cells of rows that are there.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@formats("text", "json")
@click.pass_context
def command(
    context: click.Context,
    files: tuple[str, ...],
    table: str,
    map_file: str,
    sheet: str,
    search: str,
    skip_duplicates: bool,
    fill: bool,
    dry_run: bool,
    form: str | None,
    output: str | None,
) -> None:
    """Take files over: RIS, BibTeX, NBIB, CSV, XLSX, ODS, Turtle, TriG, JSON-LD, RDF/XML, REFI-QDA.

    References become reports with studies that await their decision. Other tables need --table; a
    map of their columns is proposed first, for you to look at. RDF becomes a side file. Importing
    twice changes nothing, and no row or file that is there is overwritten.
    """
    from kg.workspace.importing import Choices, import_files

    form = find_format(form, output, ("text", "json"))
    choices = Choices(
        table=table, map_file=map_file, sheet=sheet, search=search,
        skip_duplicates=skip_duplicates, fill=fill, dry_run=dry_run,
    )  # fmt: skip
    intake = import_files(context.obj["folder"], list(files), choices)
    put(_render(intake, form, dry_run=dry_run), output, quiet=context.obj["quiet"])
    if not context.obj["quiet"]:
        _say_what_next(context, intake, choices.table, dry_run=dry_run)
    context.exit(0 if intake.sound else 1)


def _render(intake: Intake, form: str, *, dry_run: bool) -> str:
    if form == "json":
        return as_json(
            {
                "reports": [report.as_dict() for report in intake.reports],
                "refi": intake.refi,
                "changes": intake.diff.splitlines(),
                "maps": intake.maps,
                "written": intake.written,
            }
        )
    maps = [f"{name}:\n{text}" for name, text in intake.maps.items()]
    changes = [intake.diff] if dry_run and intake.diff else []
    return "\n".join([*maps, *changes, *intake.lines()])


def _say_what_next(context: click.Context, intake: Intake, table: str, *, dry_run: bool) -> None:
    if dry_run:
        say("nothing was written (--dry-run)")
        return
    for name in intake.written:
        say(f"written: {name}")
    where = f" -C {context.obj['folder']}" if str(context.obj["folder"]) != "." else ""
    for name in intake.maps:
        say(f"not imported yet: look at {name}, then type kg{where} import … --map {name}")
    if intake.written and not intake.maps:
        say(f"type kg{where} check")
