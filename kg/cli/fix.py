"""``kg fix``: mend what is misspelt, where it is safe or after asking."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kg.cli.stream import count, put, say
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.workspace.proposal import Proposal

__all__ = ["command"]


@click.command("fix")
@click.option(
    "--apply",
    "which",
    type=click.Choice(("SAFE",), case_sensitive=False),
    help="Mend what can't be meant otherwise.",
)
@click.option(
    "--interactive",
    is_flag=True,
    help="Ask about each proposal: y yes, n no, a this and all others, q no to all others.",
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.pass_context
def command(context: click.Context, which: str | None, interactive: bool, dry_run: bool) -> None:
    """Mend misspelt words of closed lists, ids and headers in the tables, and show each change.

    What would bring another fault is left alone, and so is a cell with a formula, or one from
    which a formula of the same workbook computes a cell of a table.
    """
    from kg.workspace.fix import fix

    if bool(which) == interactive:
        raise UsageError("Say what to mend: --apply SAFE, or --interactive to be asked.")
    if interactive and not sys.stdin.isatty():
        raise UsageError("--interactive needs a terminal to ask. Use --apply SAFE without one.")
    choose = _Asking() if interactive else _is_safe
    fixed = fix(context.obj["folder"], choose, dry_run=dry_run)
    put(fixed.diff)
    errors = sum(fault.severity == "error" for fault in fixed.faults)
    if not context.obj["quiet"]:
        for proposal, fault in fixed.refused:
            say(f"not done, it would bring a fault: {proposal}")
            say(f"    {fault}")
        number = len(fixed.diff.splitlines())
        if number or fixed.left or fixed.refused:
            say(f"{count(number, 'cell')} {'would change' if dry_run else 'changed'}")
        else:
            say("nothing to mend")
        if fixed.left and not interactive:
            what = count(len(fixed.left), "proposal")
            say(f"{what} left that may be meant otherwise: kg fix --interactive asks")
        warnings = count(len(fixed.faults) - errors, "warning")
        remain = "would remain" if dry_run else "remain"
        more = " `kg check` lists them." if fixed.faults else ""
        say(f"{count(errors, 'fault')}, {warnings} {remain}.{more}")
    context.exit(1 if errors else 0)


def _is_safe(proposal: Proposal) -> bool:
    return proposal.safe


class _Asking:
    """Asks about one proposal after the other, until an answer holds for all."""

    def __init__(self) -> None:
        self._answer = ""

    def __call__(self, proposal: Proposal) -> bool:
        """Return whether the proposal is wanted."""
        if self._answer not in ("a", "q"):
            say(str(proposal.fault))
            choice = click.Choice(("y", "n", "a", "q"))
            self._answer = click.prompt(str(proposal), type=choice, err=True)
        return self._answer in ("y", "a")
