"""The flow of records, in the numbers that PRISMA 2020 asks for.

Layer: appraisal. Page et al. 2021, doi 10.1136/bmj.n71, name what a review reports: records
identified, removed as duplicates, screened and excluded; reports sought, not retrieved, assessed
and excluded with reasons; studies and reports included. What no table says is not known, and
never 0.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

__all__ = ["Excluded", "Flow", "Number", "Source"]


@dataclass(frozen=True)
class Number:
    """A number of the flow.

    Attributes:
        value: The number; None if it is not known.
        at_least: Whether the tables say only that it is no smaller.
    """

    value: int | None
    at_least: bool = False

    def __str__(self) -> str:
        """Return the number in words: "12", "at least 12" or "not known"."""
        if self.value is None:
            return "not known"
        return f"at least {self.value}" if self.at_least else str(self.value)


@dataclass(frozen=True)
class Source:
    """A search: where it looked, how many records it found, and how many of them are rows.

    Attributes:
        id: Id of the search.
        name: Database or other source; "" if it is not known.
        kind: database, register or other method; "" if it is not known.
        results: Records found.
        duplicates: Records removed as duplicates.
        linked: Rows of studies that name the search.
    """

    id: str
    name: str
    kind: str
    results: Number
    duplicates: Number
    linked: int


@dataclass(frozen=True)
class Excluded:
    """Records excluded at a stage.

    Attributes:
        records: How many.
        reports: Reports that belong to them.
        reasons: (criterion, records that fail it), in the order of ids; a record may fail several.
        no_reason: Records that no criterion excludes.
        for_target: Records among them that serve as evidence in a target context.
    """

    records: int
    reports: int
    reasons: tuple[tuple[str, int], ...]
    no_reason: int
    for_target: int


@dataclass(frozen=True)
class Flow:
    """The flow of the records that were found for source settings, and beside it the others.

    ``recorded`` is ``not_screened`` and ``screened`` together; what was screened is excluded at
    one of the two stages, waits, or is included.

    Attributes:
        title: Title of the review.
        sources: Searches for studies and disconfirming cases.
        identified: Records found by them.
        duplicates: Records removed as duplicates before screening.
        recorded: Rows of studies found for source settings.
        not_screened: Of these, rows on which nobody decided.
        screened: Of these, rows on which somebody decided.
        excluded: Excluded on title and abstract; None if nobody screened.
        sought: Reports sought.
        not_retrieved: Reports that could not be got.
        assessed: Reports assessed in full text.
        assessed_records: Records that they belong to.
        excluded_full: Excluded on full text; None if nobody assessed any.
        waiting: (verdict, records) of those that are neither excluded nor included.
        included: (role, studies included).
        included_unscreened: Studies included on which nobody decided.
        included_studies: All studies included so far; not known if there is no record at all.
        included_reports: Reports that belong to them.
        target_sources: Searches in target contexts.
        target: (role, records found for a target context).
        target_screened: Of these, records on which somebody decided.
        notes: Sentences that a reader of the numbers needs.
    """

    title: str
    sources: tuple[Source, ...]
    identified: Number
    duplicates: Number
    recorded: int
    not_screened: int
    screened: Number
    excluded: Excluded | None
    sought: Number
    not_retrieved: Number
    assessed: Number
    assessed_records: int
    excluded_full: Excluded | None
    waiting: tuple[tuple[str, int], ...]
    included: tuple[tuple[str, int], ...]
    included_unscreened: int
    included_studies: Number
    included_reports: Number
    target_sources: tuple[Source, ...]
    target: tuple[tuple[str, int], ...]
    target_screened: int
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Return the flow in its machine form; null stands for what is not known."""
        found = asdict(self)
        for name in ("waiting", "included", "target"):
            found[name] = dict(found[name])
        for name in ("excluded", "excluded_full"):
            if found[name]:
                found[name]["reasons"] = dict(found[name]["reasons"])
        return found
