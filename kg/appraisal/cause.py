"""Why the status of a transfer changed: the smallest set of rows that differ and decide it.

Layer: appraisal. The rule itself is not repeated here. It is known which kind of thing decides each
status; of two statuses the one that comes first in the rule held on one side only, so what decides
it differs, and nothing else need be looked at. From there the way leads down to the row that came,
went or changed in a column from which the rule works out evidence and states.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.appraisal.picture import Picture, Row, State, paths_that_decide
from kg.schema import load_schema

__all__ = ["DECIDED_BY", "explain_change", "find_cells"]

DECIDED_BY = {
    "withdrawn": "decided by",
    "undetermined": "undetermined because of left-out",
    "contested": "in the target, ",
    "contradicted in target": "in the target, ",
    "observed in target": "in the target, ",
    "no basis": "elsewhere",
    "blocked": "unmet",
    "preconditions contested": "contested",
    "preconditions met": "unknown",
    "proposed": "",
}
"""Status → what decides it: a kind of evidence, or the state of a precondition. In the order of
the rule (``queries/carry/21`` to ``30``): the first that holds is the status."""

_BASIS = ("elsewhere, for", "said by the source review")
_LISTED = 5


def explain_change(old: Picture, new: Picture, claim_id: str) -> str:
    """Return in words why the status of a transfer differs, "" if nothing in the tables says so."""
    return _Comparison(old, new, claim_id).explain()


def find_cells(old: Row, new: Row) -> list[tuple[str, str, str]]:
    """Return (column, before, after) of every cell that differs, "" where there is none."""
    names = dict.fromkeys([*old.cells, *new.cells])
    cells = [(n, old.cells.get(n, ""), new.cells.get(n, "")) for n in names]
    return [(n, a, b) for n, a, b in cells if a != b]


class _Comparison:
    def __init__(self, old: Picture, new: Picture, claim_id: str) -> None:
        self.old, self.new = old, new
        self.before, self.after = old.claims[claim_id], new.claims[claim_id]

    def explain(self) -> str:
        order = list(DECIDED_BY)
        first = min(self.before.status, self.after.status, key=order.index)
        decides = DECIDED_BY[first]
        if decides in ("unmet", "contested", "unknown"):
            phrases = self._states(decides)
        elif decides == "elsewhere":
            phrases = self._evidence(_BASIS, "elsewhere")
        elif decides == "undetermined because of left-out":
            phrases = self._left_out(decides)
        elif decides == "decided by":
            phrases = self._evidence([decides], "for this transfer")
        else:
            sides = [s for s in self.before.evidence if s.startswith(decides)]
            phrases = self._evidence(sides, "in the target")
        return "; ".join(dict.fromkeys(phrases))

    def _evidence(self, sides: Iterable[str], place: str) -> list[str]:
        """Say what came to, or went from, evidence that is there on one side only."""
        before = [self.before.evidence[s] for s in sides]
        after = [self.after.evidence[s] for s in sides]
        if place != "in the target":  # statements and studies elsewhere are one basis
            before, after = [frozenset().union(*before)], [frozenset().union(*after)]
        return self._moves(zip(before, after, strict=True), place)

    def _moves(self, pairs: Iterable[tuple[frozenset[str], frozenset[str]]], place: str
               ) -> list[str]:  # fmt: skip
        moved: dict[str, bool] = {}
        for before, after in pairs:
            if bool(before) != bool(after):
                moved |= dict.fromkeys(before - after, False) | dict.fromkeys(after - before, True)
        return _shorten([self._move(i, moved[i], place) for i in sorted(moved)])

    def _move(self, row_id: str, joins: bool, place: str) -> str:
        """Say in words why one row counts now, or no longer."""
        old, new = self.old.rows.get(row_id), self.new.rows.get(row_id)
        if old is None or new is None:
            row = old or new
            name = f"{row_id} ({row.label})" if row else row_id
            return f"{name} {'went' if new is None else 'came'}"
        name = f"{row_id} ({new.label})"
        if own := _decisive(old, new):
            return f"{name} changed: {_say_cells(own)}"
        counts = f"{name} {'counts' if joins else 'no longer counts'} {place}"
        for decision in self._adjudications(row_id):
            if found := self._say_row(decision):
                return f"{counts}: {found}"
        for name_below in self._below([row_id, self.after.target]):
            if found := self._say_row(name_below):
                return f"{counts}: {found}"
        return f"{counts}, for a reason outside the tables"

    def _adjudications(self, row_id: str) -> list[str]:
        """Return the ids of the rows that decide over one, on either side."""
        rows = [*self.old.rows.values(), *self.new.rows.values()]
        return sorted({row.id for row in rows if row_id in row.decides})

    def _say_row(self, row_id: str) -> str:
        """Say what of a row that decides differs, "" if nothing does."""
        old, new = self.old.rows.get(row_id), self.new.rows.get(row_id)
        if old is None or new is None:
            row = old or new
            return f"{row.table} {row_id} {'went' if new is None else 'came'}" if row else ""
        cells = _decisive(old, new)
        return f"{new.table} {row_id} changed: {_say_cells(cells)}" if cells else ""

    def _below(self, open_rows: list[str]) -> Iterator[str]:
        """Yield the rows that are reached through columns that decide, the nearest first."""
        seen = set(open_rows)
        while open_rows:
            row_id = open_rows.pop(0)
            yield row_id
            rows = (p.rows.get(row_id) for p in (self.old, self.new))
            for name in sorted({n for row in rows if row for n in row.names} - seen):
                seen.add(name)
                open_rows.append(name)

    def _left_out(self, side: str) -> list[str]:
        """Say which faults came or were mended; rows that only refer to one are not listed."""
        before, after = self.before.evidence[side], self.after.evidence[side]
        came = [_find_fault(self.new, i, "is left out: fault in") for i in sorted(after - before)]
        gone = [_find_fault(self.old, i, "was left out: fault in") for i in sorted(before - after)]
        return _shorten(list(dict.fromkeys([*came, *gone])))

    def _states(self, value: str) -> list[str]:
        """Say which preconditions have this state, or are needed, on one side only."""
        before, after = self.before.needs, self.after.needs
        names = sorted(before.keys() | after.keys())
        found = [n for n in names if _has(before, n, value) != _has(after, n, value)]
        if not found and value == "unknown":  # none is unknown: one is met on one side only
            found = [n for n in names if _has(before, n, "met") != _has(after, n, "met")]
        return [phrase for name in found for phrase in self._state(name)]

    def _state(self, name: str) -> Iterator[str]:
        old, new = self.before.needs.get(name), self.after.needs.get(name)
        if old is None or new is None:
            yield from self._requirement(name, old or new)
            return
        stated = f"“{new.label}” was {old.text}, is {new.text}"
        yield from self._why_state(name, old, new) or ["for a reason outside the tables"]
        yield stated

    def _why_state(self, name: str, old: State, new: State) -> list[str]:
        if "substituted" not in (old.value, new.value):
            pairs = [(old.pro, new.pro), (old.contra, new.contra)]
            return self._moves(pairs, "in the target")
        decisions = sorted(old.decisions | new.decisions)
        own = [self._say_row(d) for d in decisions]
        substitutes = [n for d in decisions for p in (self.old, self.new)
                       if d in p.rows for n in p.rows[d].names]  # fmt: skip
        below = [
            phrase
            for n in dict.fromkeys([name, *substitutes])
            if (states := [p.states.get((self.after.target, n)) for p in (self.old, self.new)])
            and states[0] and states[1] and states[0].value != states[1].value
            for phrase in self._why_state(n, states[0], states[1])
        ]  # fmt: skip
        return [p for p in own if p] or below

    def _requirement(self, name: str, state: State | None) -> Iterator[str]:
        """Say why a precondition is needed on one side only."""
        label = state.label if state else name
        needed = "is needed now" if name in self.after.needs else "is no longer needed"
        rows = [*self.old.rows.values(), *self.new.rows.values()]
        asking = sorted({r.id for r in rows if r.table == "requires" and name in r.names})
        found = [p for i in [*asking, *self._below([self.after.topic])] if (p := self._say_row(i))]
        yield from dict.fromkeys(found)
        yield f"“{label}” {needed}"


def _find_fault(picture: Picture, row_id: str, words: str) -> str:
    """Say in words which fault keeps a row out: its own, or that of a row it refers to."""
    open_rows, seen = [row_id], {row_id}
    while open_rows:
        row = picture.rows.get(open_rows.pop(0))
        if row and row.faults:
            return f"{row.table} {row.id} {words} {', '.join(row.faults)}"
        new = [n for n in (row.refers if row else ()) if n not in seen]
        seen.update(new)
        open_rows += new
    row = picture.rows.get(row_id)
    name = f"{row.table} {row_id}" if row else f"all of {row_id}"
    return f"{name} {words.partition(':')[0]}"


def _has(needs: Mapping[str, State], name: str, value: str) -> bool:
    return name in needs and needs[name].value == value


def _decisive(old: Row, new: Row) -> list[tuple[str, str, str]]:
    """Return the cells that differ in columns from which the rule works."""
    table = load_schema().tables[new.table]
    columns = {c.name for c in table.columns if c.path in paths_that_decide()}
    return [cell for cell in find_cells(old, new) if cell[0] in columns]


def _say_cells(cells: Iterable[tuple[str, str, str]]) -> str:
    return ", ".join(f"{n}: {a or 'empty'} → {b or 'empty'}" for n, a, b in cells)


def _shorten(phrases: list[str]) -> list[str]:
    more = len(phrases) - _LISTED
    return phrases if more <= 0 else [*phrases[:_LISTED], f"{more} more"]
