"""What else is recorded about a study: authors, screening, appraisal, constructs, translations.

None of it decides a status; it is there so that every table of a synthesis has rows, and enough.
"""

from __future__ import annotations

from bench.chance import Chance, Weights
from bench.frame import CODERS, SOURCE_AUTHORS
from bench.network import write_network
from bench.plan import Plan
from bench.study import CODER, Said
from bench.tables import Tables

__all__ = ["Records"]

_DESIGNS = ("qualitative", "qualitative", "mixed methods", "quantitative")
_COUNTRIES = ("Nowhere", "Nowhere", "Erewhon", "Utopia")
_AUTHORS = Weights((5, 30, 30, 20, 10, 5))
_EVERY = 60  # studies from one ego network, and one third-order construct, to the next
_REVIEW_FINDINGS = 40
_LEVELS = ("low confidence", "very low confidence", "moderate confidence")
_COMPONENTS = ("methodological limitations", "coherence", "adequacy", "relevance")
_DATE = "2026-02-01T00:00:00"


class Records:
    """Writes the records beside studies, findings and bearings."""

    def __init__(self, tables: Tables, chance: Chance, plan: Plan) -> None:
        """Begin with the authors of the source review and no construct."""
        self._tables = tables
        self._chance = chance
        self._plan = plan
        self._authors = len(SOURCE_AUTHORS)
        self._construct: tuple[str, str, str] | None = None  # id, study, sense
        self._due = False  # whether the next translation leads to a third-order construct
        self._review_findings = 0

    def find_authors(self, number: int) -> str:
        """Return the author cell of a report: some new, some who wrote much already."""
        chance = self._chance
        found: dict[str, None] = {}
        for _ in range(chance.weigh(_AUTHORS)):
            if chance.hit(0.25):
                self._authors += 1
                author = f"synthetic-author-{self._authors}"
                self._tables.add("authors", author, {"name": f"Synthetic, {self._authors}"})
            else:  # the lower the number, the more often
                first = chance.below(self._authors)
                author = f"synthetic-author-{chance.below(first + 1) + 1}"
            found[author] = None
        return ";".join(found)

    def describe_study(self, number: int) -> dict[str, str]:
        """Return further cells of a study."""
        chance = self._chance
        cells = {"country": chance.pick(_COUNTRIES)}
        if number % 4 == 0:
            cells["funding"] = "not reported"
        if number % 3 == 0:
            cells["outcomes"] = f"outcome-{chance.below(8) + 1}"
        if number % 5 == 0:
            cells["richness"] = chance.pick(("thin", "thin", "moderate", "rich"))
        if number % 7 == 0:
            cells["found_by"] = "search-1"
        return cells | {"design": chance.pick(_DESIGNS)}

    def write(
        self, number: int, study: str, report: str, said: Said | None, found: bool, role: str
    ) -> None:
        """Write the records of one study.

        Args:
            number: Number of the study.
            study: Id of the study.
            report: Id of one of its reports.
            said: What its first finding bears on first, if anything.
            found: Whether it has a finding.
            role: Its role.
        """
        self._write_screening(study, role)
        self._write_reading(number, study, report, found)
        if said is not None and self._chance.hit(0.25):
            self._write_construct(study, said)
        if number % _EVERY == 0:
            self._due = True
            write_network(self._tables, self._chance, f"ego-{number // _EVERY}")

    def _write_screening(self, study: str, role: str) -> None:
        if not self._chance.hit(0.3):
            return
        met = role != "screened out"
        self._tables.add(
            "eligibility",
            f"{study}-eligibility",
            {
                "study": study,
                "criterion": f"criterion-{self._chance.below(2) + 1}",
                "stage": "title and abstract",
                "decision": "met" if met else "not met",
                "reason": "" if met else "Synthetic: drawn by the generator.",
                "by": CODER,
            },
        )

    def _write_reading(self, number: int, study: str, report: str, found: bool) -> None:
        add, chance = self._tables.add, self._chance
        if chance.hit(0.1):
            cells = {"report": report, "address": f"https://example.org/synthetic/{study}"}
            add("pages", f"{study}-page", cells)
        if chance.hit(0.06):
            cells = {"study": study, "tool": "CASP", "item": "Is the aim clear?", "by": CODER}
            add("appraisals", f"{study}-appraisal", {**cells, "judgement": "can't tell"})
        if chance.hit(0.04):
            cells = {"in": study, "concept": self._plan.concepts[0], "theory": "theory-1",
                     "reason": "Synthetic: drawn by the generator."}  # fmt: skip
            add("uses", f"{study}-use", {**cells, "interpreter": CODER})
        if chance.hit(0.02):
            cells = {"about": study, "date": _DATE, "text": "A synthetic note."}
            add("memos", f"{study}-memo", {**cells, "by": CODERS[number % 3]})
        if found and chance.hit(0.06):
            cells = {"of": f"{study}-f1", "report": report, "locator": "page not recorded",
                     "exact": "Synthetic: perhaps one might guess that it is so.",
                     "check": "copied, not verifiable here"}  # fmt: skip
            add("quotations", f"{study}-q1", cells)

    def _write_construct(self, study: str, said: Said) -> None:
        """Write a second-order construct, and translate the one before into it."""
        row = f"{study}-construct"
        concept = said.topic if said.topic.startswith("concept-") else ""
        self._tables.add(
            "constructs",
            row,
            {
                "wording": f"synthetic construct of {study}",
                "order": "second-order construct",
                "whose": "study authors",
                "study": study,
                "concept": concept,
                "sense": said.sense if concept else "",
                "findings": f"{study}-f1",
                "interpreter": CODER,
            },
        )
        before, self._construct = self._construct, (row, study, said.sense if concept else "")
        if before is not None and (self._due or self._chance.hit(0.4)):
            self._write_translation(before, self._construct)

    def _write_translation(self, before: tuple[str, str, str], after: tuple[str, str, str]) -> None:
        row = f"{after[1]}-translation"
        into = f"{after[1]}-third" if self._due else ""
        refutes = self._chance.hit(0.15)
        self._tables.add(
            "translations",
            row,
            {
                "kind": f"{'refutational' if refutes else 'reciprocal'} translation",
                "constructs": f"{before[0]};{after[0]}",
                "into": into,
                "argument": "Synthetic: drawn by the generator." if before[2] != after[2] else "",
                "interpreter": CODER,
            },
        )
        relation = {"studies": f"{before[1]};{after[1]}", "interpreter": CODER}
        kind = "opposing" if refutes else "comparable"
        reason = "Synthetic: drawn by the generator."
        cells = {**relation, "relation": kind, "reason": reason}
        self._tables.add("study-relations", f"{after[1]}-relation", cells)
        if into:
            self._due = False
            self._write_third(row, into)

    def _write_third(self, translation: str, row: str) -> None:
        """Write a third-order construct, a line of argument, and the first few review findings."""
        add = self._tables.add
        cells = {"wording": f"synthetic construct {row}", "order": "third-order construct",
                 "whose": "makers of this synthesis", "review": "synthesis"}  # fmt: skip
        add("constructs", row, {**cells, "interpreter": CODER})
        cells = {"statement": "A synthetic line.", "joins": f"{translation};{row}"}
        add("lines-of-argument", f"{row}-line", {**cells, "interpreter": CODER})
        if self._review_findings == _REVIEW_FINDINGS:
            return
        self._review_findings += 1
        finding, number = f"review-finding-{self._review_findings}", self._review_findings
        cells = {"review": "synthesis", "statement": f"Synthetic review finding {number}.",
                 "about": self._plan.concepts[number % len(self._plan.concepts)],
                 "steps": f"{translation};{row}", "interpreter": CODER}  # fmt: skip
        add("review-findings", finding, cells)
        cells = {"review finding": finding, "by": CODER}
        if number % 3 == 0:
            cells["not assessed"] = "Synthetic: there is nothing to assess."
        else:
            cells |= {"level": _LEVELS[number % 3], "explanation": "Synthetic: drawn."}
            for component in _COMPONENTS:
                cells[component] = "serious concern"
                cells[f"{component} reason"] = "Nothing was observed."
        add("confidence", f"{finding}-confidence", cells)
