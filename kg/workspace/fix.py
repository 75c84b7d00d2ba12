"""Fixing: what is misspelt is mended in the tables, where that brings no other fault.

Everything is tried first on a copy of the files in a temporary folder. What is written are the
user's own tables, all of them or none; cells that aren't mended keep their bytes.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import Fault
from kg.schema import Schema, load_schema
from kg.sources import (
    Draft,
    Part,
    Review,
    find_kinds,
    finish_writing,
    list_files,
    read_file,
    read_review,
    with_kinds,
)
from kg.workspace.build import build
from kg.workspace.proposal import Proposal, find_proposals

__all__ = ["Fixed", "fix"]

_MAX_ROUNDS = 5
_LOST = (
    "{} holds a formula whose result may rest on what would change, and only a spreadsheet program "
    "can compute it. Mend the value there, and save the workbook."
)


@dataclass(frozen=True)
class Fixed:
    """What fixing came to.

    Attributes:
        diff: The changes for people, a line each; "" if there are none.
        files: Files that were written; empty in a dry run.
        refused: (proposal, fault that it would have brought), sorted.
        left: Proposals that were not chosen, sorted.
        faults: What is left, sorted by table, row and column.
    """

    diff: str
    files: tuple[str, ...]
    refused: tuple[tuple[Proposal, Fault], ...]
    left: tuple[Proposal, ...]
    faults: tuple[Fault, ...]


def fix(folder: Path, choose: Callable[[Proposal], bool], *, dry_run: bool = False) -> Fixed:
    """Mend what is misspelt and chosen, and return what was done and what is left.

    Args:
        folder: The workspace.
        choose: Says whether a proposal is wanted; asked once for each.
        dry_run: Whether to write nothing.

    Raises:
        DataFaults: A table can't be read.
        CannotWrite: The folder can't be written; nothing is changed then.
    """
    review = read_review(folder)
    if not dry_run:
        finish_writing(folder)
    draft = Draft(folder, review, load_schema())
    with tempfile.TemporaryDirectory(prefix="kg-fix-") as place:
        trial = _Trial(Path(place), review, folder)
        left = trial.run(choose)
    for proposal in trial.accepted:
        proposal.apply(draft)
    diff = draft.diff()
    files = () if dry_run else draft.write()
    faults = trial.all_faults if dry_run else build(folder).faults
    return Fixed(diff, files, tuple(sorted(trial.refused)), tuple(sorted(left)), faults)


class _Trial:
    """A copy of the files in which proposals are tried."""

    def __init__(self, folder: Path, review: Review, source: Path) -> None:
        """Copy the files of the truth, as they were read; no link is followed out of there."""
        self.folder, self.review = folder, review
        self.accepted: list[Proposal] = []
        self.refused: list[tuple[Proposal, Fault]] = []
        (folder / "review.yaml").write_bytes((source / "review.yaml").read_bytes())
        self._apart: list[Fault] = []
        for file in list_files(source, review):
            if file.fault:
                self._apart.append(file.fault)
            else:
                path = folder / file.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.data)
        self.faults = build(folder).faults

    @property
    def all_faults(self) -> tuple[Fault, ...]:
        """Return the faults as they are now, those of files that can't be copied included."""
        return tuple(sorted({*self.faults, *self._apart}))

    def run(self, choose: Callable[[Proposal], bool]) -> list[Proposal]:
        """Accept what is chosen and brings no fault, and return what was not chosen.

        A header that is mended may show faults in its column, so there are several rounds.
        """
        asked: set[tuple[str, int, str, str]] = set()
        left: list[Proposal] = []
        for _ in range(_MAX_ROUNDS):
            parts, schema = self._read()
            draft = Draft(self.folder, self.review, load_schema())
            found = find_proposals(draft, self.faults, parts, schema)
            new = [p for p in found if _key(p) not in asked]
            headers = [p for p in new if p.row == 1]
            wanted: list[Proposal] = []
            for proposal in headers or new:
                asked.add(_key(proposal))
                (wanted if choose(proposal) else left).append(proposal)
            self._accept(wanted)
            if not new:
                break
        return left

    def _read(self) -> tuple[list[Part], Schema]:
        files = list_files(self.folder, self.review)
        parts = [p for f in files for p in read_file(f, self.review, load_schema())]
        return parts, with_kinds(load_schema(), find_kinds(parts, load_schema()))

    def _accept(self, proposals: list[Proposal]) -> None:
        """Apply proposals, but for those that bring a fault: halves are tried to find these."""
        if not proposals:
            return
        files = {path: path.read_bytes() for path in sorted(self.folder.glob("tables/*"))}
        draft = Draft(self.folder, self.review, load_schema())
        for proposal in proposals:
            proposal.apply(draft)
        draft.write()
        faults = build(self.folder).faults
        worse = _find_worse(self.faults, faults, proposals)
        if worse is None:
            self.accepted += proposals
            self.faults = faults
            return
        for path, data in files.items():
            path.write_bytes(data)
        if len(proposals) == 1:
            self.refused.append((proposals[0], worse))
            return
        middle = len(proposals) // 2
        self._accept(proposals[:middle])
        self._accept(proposals[middle:])


def _key(proposal: Proposal) -> tuple[str, int, str, str]:
    return proposal.table, proposal.row, proposal.column, proposal.seen


def _find_worse(
    before: Iterable[Fault], after: Iterable[Fault], proposals: list[Proposal]
) -> Fault | None:
    """Return a fault that the proposals brought, or did not mend; None if all is well.

    While a header is wrong the rows below are not judged, so what is then found there is not new.
    """
    old, new = Counter(map(_where, before)), Counter(map(_where, after))
    mended = Counter(_where(p.fault) for p in proposals)
    worse = {key for key in new if new[key] > old[key] - mended[key]}
    if proposals[0].row == 1:
        worse = {key for key in worse if key[1] <= 1}
    found = sorted(f for f in after if _where(f) in worse)
    lost = next((f for f in found if f.rule == "cell-formula"), None)
    if lost:
        return replace(lost, message=_LOST.format(lost.message.split(" holds ")[0]))
    return next(iter(found), None)


def _where(fault: Fault) -> tuple[str, int, str, str]:
    return fault.table, fault.row, fault.column, fault.rule
