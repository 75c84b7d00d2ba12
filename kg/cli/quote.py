"""`kg quote`: each quotation found in the text of its report, and offsets filled in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from kg.cli.session import as_json
from kg.cli.stream import count, find_format, formats, put, say
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.workspace.quotation import Quotation
    from kg.workspace.quoting import Quotations

__all__ = ["command"]

_FORMS = ("text", "json")
_ORDER = (
    "exact", "layout apart", "bracketed", "split", "several", "not found", "no text"
)  # fmt: skip


@click.command("quote")
@click.argument("ids", nargs=-1, metavar="[ID]…")
@click.option("--fill", is_flag=True, help="Write start, end and check where words are found.")
@click.option(
    "--correct", is_flag=True, help="Like --fill, and change offsets that are wrong, too."
)
@click.option(
    "--split", is_flag=True, help="Make each part of the named quotations one of its own."
)
@click.option(
    "--extract", metavar="FILE.pdf", help="Write the text of a PDF to the folder of texts."
)
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@formats(*_FORMS)
@click.pass_context
def command(
    context: click.Context,
    ids: tuple[str, ...],
    fill: bool,
    correct: bool,
    split: bool,
    extract: str | None,
    dry_run: bool,
    form: str | None,
    output: str | None,
) -> None:
    """Find quotations in the texts of their reports: where, how exactly, or what comes nearest.

    Words verify a quotation if they stand there letter for letter, or layout apart (white space,
    hyphens at line ends, ligatures, forms of quotation marks and dashes). Without ID, all are
    looked up; those without a text are only counted.
    """
    from kg.workspace.quoting import Quotations

    form = find_format(form, output, _FORMS)
    quiet = context.obj["quiet"]
    if extract:
        if ids or fill or correct or split:
            raise UsageError("--extract is asked for alone. Leave the other options out.")
        _extract(context, extract, dry_run)
        return
    if split and not ids:
        raise UsageError("--split needs the id of a quotation. Name one.")
    opened = Quotations(context.obj["folder"])
    found = opened.read(ids)
    if split or fill or correct:
        found = _write(opened, found, split, correct, dry_run, quiet)
    put(_render(found, form, named=bool(ids)), output, quiet=quiet)
    if not quiet:
        say(_summary(found))
    context.exit(1 if any(q.fault for q in found) else 0)


def _write(
    opened: Quotations,
    found: list[Quotation],
    split: bool,
    correct: bool,
    dry_run: bool,
    quiet: bool,
) -> list[Quotation]:
    """Write what was asked for, or say what would be, and return the quotations as they are."""
    if split:
        for quotation in found:
            opened.split(quotation)
    else:
        opened.fill(found, correct=correct)
    diff = opened.draft.diff()
    if not quiet or dry_run:
        say(diff or "nothing to write")
    if not diff or dry_run:
        return found
    ids = [q.id for q in found]
    files = opened.draft.write()
    if not quiet:
        say(f"written: {', '.join(files)}")
    return [q for q in opened.read() if q.id in ids]


def _render(found: list[Quotation], form: str, *, named: bool) -> str:
    if form == "json":
        return as_json([q.as_dict() for q in found])
    shown = [q for q in found if named or q.verdict or q.elsewhere or q.file]
    return "\n".join(line for q in shown for line in q.lines())


def _summary(found: list[Quotation]) -> str:
    counts = Counter(q.status for q in found)
    named = ", ".join(f"{counts[status]} {status}" for status in _ORDER if counts[status])
    wrong = sum(q.given == "wrong" for q in found)
    more = f"; {wrong} not as the row claims" if wrong else ""
    return f"{count(len(found), 'quotation')}{': ' if named else ''}{named}{more}"


def _extract(context: click.Context, file: str, dry_run: bool) -> None:
    from kg.workspace.extraction import extract_text

    name, text, pages = extract_text(context.obj["folder"], file, write=not dry_run)
    if not context.obj["quiet"]:
        done = "would be written" if dry_run else "written"
        say(f"{done}: {name} ({count(pages, 'page')}, {count(len(text), 'character')})")
        say(f'write {name} in column "text" of the report, then type kg quote --fill')
